"""What a person has said, in separate records: to a service, to sharing, and with what capacity."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person, Relationship
from joinedup.identity.sharing.choices import (
    CapacityOutcome,
    ConsentState,
    Method,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.models.words import coded, only

SAID = (ConsentState.GIVEN, ConsentState.DECLINED, ConsentState.OBJECTED)
"""What is written down; not asked, withdrawn and expired follow from what is there and the time."""


class ServiceAgreement(models.Model):
    """A person's yes or no to a service offered; it is no consent to share and no lawful basis."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="service_agreements")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    service = models.CharField(max_length=200)
    answer = coded(ServiceAnswer)
    method = coded(Method)
    recorded_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            only("answer", ServiceAnswer, "service_answer_is_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("said_at")),
                name="service_withdrawn_after_said",
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer} {self.pk}"


class CapacityAssessment(models.Model):
    """Whether a person could make one decision, on one day, and what was done in their interest (P12)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capacity")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=200, help_text="The one decision that was assessed.")
    purpose = coded(
        Purpose,
        blank=True,
        default="",
        help_text="Where the decision was whether to share for a purpose: that purpose.",
    )
    outcome = coded(CapacityOutcome)
    best_interests = models.TextField(blank=True, default="")
    assessed_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()

    class Meta:
        constraints = (
            only("outcome", CapacityOutcome, "capacity_outcome_is_known"),
            models.CheckConstraint(condition=~Q(decision=""), name="capacity_names_the_decision"),
        )

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"


class Consent(models.Model):
    """Common-law consent or objection, for one purpose, from holder to recipient; empty means any.

    The latest said for the same purpose, holder and recipient counts. No row is: not asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consents")
    purpose = coded(Purpose)
    holder = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    categories = ArrayField(
        models.CharField(max_length=40), default=list, help_text="Empty means all of them."
    )
    state = coded(ConsentState)
    who_spoke = coded(WhoSpoke)
    competence = models.TextField(
        blank=True, default="", help_text="Why the child was judged competent (P12)."
    )
    responsible = models.ForeignKey(
        Relationship,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="By which parental responsibility, attorneyship or order somebody else spoke (P12).",
    )
    capacity = models.ForeignKey(
        CapacityAssessment, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    method = coded(Method)
    evidence = models.CharField(max_length=200, blank=True, default="")
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", help_text="Whose practitioner wrote it."
    )
    recorded_by = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where the person said it on their own page.",
    )
    said_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Post,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wrote the withdrawal; empty where the person did it on their own page.",
    )

    class Meta:
        indexes = (models.Index(fields=("person", "purpose"), name="consent_of_person"),)
        constraints = (
            only("purpose", Purpose, "consent_purpose_is_known"),
            only("state", SAID, "consent_state_is_said"),
            only("who_spoke", WhoSpoke, "consent_who_spoke_is_known"),
            models.CheckConstraint(
                condition=~Q(who_spoke=WhoSpoke.COMPETENT_CHILD) | ~Q(competence=""),
                name="consent_child_competence_said",
            ),
            models.CheckConstraint(
                condition=~Q(who_spoke__in=(WhoSpoke.PARENTAL_RESPONSIBILITY, WhoSpoke.ATTORNEY))
                | Q(responsible__isnull=False),
                name="consent_by_another_names_authority",
            ),
            models.CheckConstraint(
                condition=~Q(who_spoke=WhoSpoke.BEST_INTERESTS) | Q(capacity__isnull=False),
                name="consent_best_interests_has_assessment",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("said_at")),
                name="consent_expires_after_said",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("said_at")),
                name="consent_withdrawn_after_said",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} for {self.purpose}"
