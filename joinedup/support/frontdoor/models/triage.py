"""What triage found of a referral, what a practitioner decided instead, and batches of step-downs."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import BatchRowState, HighRiskRoute
from joinedup.support.frontdoor.models.route import Route


class Triage(models.Model):
    """One run of the rule over one referral: the lines met, the evidence, the routes considered.

    `lines` and `routes` are what the rule gave, as data; for whoever works at the referral, never
    for the referrer (their reason stands in Referral.reason_told).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="triages")
    at = models.DateTimeField()
    is_eligible = models.BooleanField()
    lines = models.JSONField(default=list)
    routes = models.JSONField(default=list)
    route = models.ForeignKey(
        Route, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (models.Index(fields=("matter", "-at"), name="triage_of_matter"),)

    def __str__(self) -> str:
        return f"{self.matter_id} at {self.at}"


class HighRiskReferral(models.Model):
    """That high risk went to MARAC, MAPPA, IOM or the MASH beside the programme: never dropped (P16)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="high_risk")
    route = coded(HighRiskRoute)
    tool = models.CharField(max_length=100)
    deemed_by = models.CharField(max_length=200)
    deemed_on = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("route", HighRiskRoute, "high_risk_route_is_known"),
            models.UniqueConstraint(fields=("matter", "route"), name="high_risk_route_once"),
            models.CheckConstraint(
                condition=~Q(tool="") & ~Q(deemed_by=""), name="high_risk_says_who_and_how"
            ),
        )

    def __str__(self) -> str:
        return f"{self.route} of {self.matter_id}"


class Override(models.Model):
    """That a practitioner sent a referral another way than the rule, and why; a report reads them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="overrides")
    triage = models.ForeignKey(Triage, on_delete=models.PROTECT, related_name="overrides")
    from_route = models.ForeignKey(
        Route, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_route = models.ForeignKey(Route, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} to {self.to_route_id}"


class Batch(models.Model):
    """A file of approved step-downs, and who sent it (P22)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    approval = models.CharField(max_length=300)
    content_hash = models.CharField(max_length=64, unique=True)
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class BatchRow(models.Model):
    """A row of a batch and what became of it: taken, returned with reasons, or with a person."""

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()
    state = coded(BatchRowState)
    raw = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            only("state", BatchRowState, "batch_row_state_is_known"),
            models.UniqueConstraint(fields=("batch", "number"), name="batch_row_once"),
        )

    def __str__(self) -> str:
        return f"row {self.number}"
