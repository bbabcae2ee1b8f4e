"""A breach of personal data with what was done about it, and a person's complaint about their data."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.accountability.choices import (
    BreachDeed,
    BreachKind,
    ComplaintOutcome,
    ComplaintWay,
    PeopleTold,
    Risk,
)
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only


class DataBreach(models.Model):
    """A breach of personal data, whose clock runs from when its controller knew. It names no person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    controller = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="data_breaches")
    is_law_enforcement = models.BooleanField(default=False)
    """Of data processed under Part 3 of the Act: s67 and s68 stand for UK GDPR 33 and 34."""
    kinds = ArrayField(models.CharField(max_length=20))
    categories = ArrayField(models.CharField(max_length=30), default=list)
    what = models.TextField(help_text="What happened; about no person by name.")
    happened_on = models.DateField(null=True, blank=True)
    aware_at = models.DateTimeField()
    people_about = models.PositiveIntegerField(null=True, blank=True)
    """How many people it is about, as far as known."""
    told_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="breaches_told")
    told_at = models.DateTimeField()
    risk = coded(Risk, blank=True, default="")
    consequences = models.TextField(blank=True, default="")
    measures = models.TextField(blank=True, default="")
    commissioner_told_at = models.DateTimeField(null=True, blank=True)
    commissioner_reference = models.CharField(max_length=60, blank=True, default="")
    late_because = models.TextField(blank=True, default="")
    people_told = coded(PeopleTold, blank=True, default="")
    people_told_on = models.DateField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    learned = models.TextField(blank=True, default="")

    class Meta:
        indexes = (models.Index(fields=("aware_at",), name="data_breach_by_its_clock"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(risk__in=["", *(each.value for each in Risk)]),
                name="data_breach_risk_is_known",
            ),
            models.CheckConstraint(
                condition=Q(people_told__in=["", *(each.value for each in PeopleTold)]),
                name="data_breach_people_told_is_known",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="data_breach_says_what"),
            models.CheckConstraint(
                condition=Q(kinds__len__gt=0)
                & Q(kinds__contained_by=[kind.value for kind in BreachKind]),
                name="data_breach_kinds_are_known",
            ),
            models.CheckConstraint(
                condition=Q(aware_at__lte=F("told_at")), name="data_breach_known_before_told"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True)
                | (
                    ~Q(risk="")
                    & ~Q(learned="")
                    & (Q(risk="unlikely") | Q(commissioner_told_at__isnull=False))
                    & (~Q(risk="high") | ~Q(people_told=""))
                ),
                name="data_breach_closed_when_all_were_told",
            ),
        )

    def __str__(self) -> str:
        return f"data breach {self.pk}"


class BreachStep(models.Model):
    """One thing that was done about a breach; the record that UK GDPR 33(5) asks for is these in a row."""

    id = models.BigAutoField(primary_key=True)
    breach = models.ForeignKey(DataBreach, on_delete=models.PROTECT, related_name="steps")
    deed = coded(BreachDeed)
    words = models.TextField(blank=True, default="")
    by_post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (only("deed", BreachDeed, "breach_step_deed_is_known"),)

    def __str__(self) -> str:
        return f"{self.deed} at {self.breach_id}"


class DataComplaint(models.Model):
    """A person's complaint about what a controller did with their data (DPA 2018 s164A)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="data_complaints")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="data_complaints")
    words = models.TextField()
    way = coded(ComplaintWay)
    received_on = models.DateField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who wrote it down for them; nobody where they did on their own page."""
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    progress = models.TextField(blank=True, default="")
    """Where it stands, in words for the person: the latest that they were told."""
    progress_at = models.DateTimeField(null=True, blank=True)
    outcome = coded(ComplaintOutcome, blank=True, default="")
    answer = models.TextField(blank=True, default="")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = (
            models.Index(fields=("person",), name="data_complaint_of_person"),
            models.Index(fields=("agency", "received_on"), name="data_complaint_of_agency"),
        )
        constraints = (
            only("way", ComplaintWay, "data_complaint_way_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="data_complaint_says_what"),
            models.CheckConstraint(
                condition=Q(way="own_page", written_by__isnull=True)
                | (~Q(way="own_page") & Q(written_by__isnull=False)),
                name="data_complaint_written_by_them_or_for_them",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_on__gte=F("received_on"), acknowledged_by__isnull=False),
                name="data_complaint_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome="", answer="", answered_at__isnull=True, answered_by__isnull=True
                )
                | (
                    Q(outcome__in=[each.value for each in ComplaintOutcome])
                    & ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                    & Q(acknowledged_on__isnull=False)
                ),
                name="data_complaint_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        return f"data complaint {self.pk}"
