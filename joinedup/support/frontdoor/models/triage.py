"""What triage found of a referral, on what evidence, and what a practitioner decided instead."""

import uuid

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.frontdoor.choices import (
    Characteristic,
    ContactReason,
    EmergencyService,
    FoundKind,
)
from joinedup.support.frontdoor.models.route import Route


class Triage(models.Model):
    """One run of the rule over one referral: the lines met and the routes considered.

    For the front door alone: never for the referrer (their reason stands in Referral.reason_told),
    nor for a team it is handed to. What another agency holds stands in no line: see Evidence.
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


class Evidence(models.Model):
    """That contacts which an agency holds reach a threshold: seen by who sees that holder's data.

    A count of what is held tells what is held. So it stands here, judged as the holding itself is,
    and no line of a triage repeats it.
    """

    id = models.BigAutoField(primary_key=True)
    triage = models.ForeignKey(Triage, on_delete=models.CASCADE, related_name="evidence")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="evidence")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    category = coded(Category)
    characteristic = coded(Characteristic, blank=True, default="")
    """The characteristic this is evidence for; empty while it stays below the threshold."""
    service = coded(EmergencyService)
    reason = coded(ContactReason)
    contacts = models.PositiveSmallIntegerField()
    last_on = models.DateField()
    threshold = models.CharField(max_length=400)
    """The threshold it was held against, in words, with its source."""

    class Meta:
        constraints = (
            only("category", Category, "evidence_category_is_known"),
            only("service", EmergencyService, "evidence_service_is_known"),
            only("reason", ContactReason, "evidence_reason_is_known"),
            models.CheckConstraint(
                condition=Q(characteristic__in=["", *Characteristic]),
                name="evidence_characteristic_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} for {self.triage_id}"


class Found(models.Model):
    """What the front door found out and the referrer had not said: an agency needed, a characteristic."""

    id = models.BigAutoField(primary_key=True)
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="found")
    kind = coded(FoundKind)
    code = models.CharField(max_length=40)
    words = models.TextField()
    """How it is known: who said so, and when."""
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("kind", FoundKind, "found_kind_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="found_says_how_it_is_known"),
            models.UniqueConstraint(
                fields=("matter", "kind", "code"),
                condition=Q(taken_back_at__isnull=True),
                name="found_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"


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
