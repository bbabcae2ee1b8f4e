"""Information sharing agreements: what opens the door, and whose lapse shuts it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.choices import AgreementDeed, AgreementKind, AgreementState, Purpose
from joinedup.identity.sharing.models.words import coded, only

ACTED = (
    AgreementState.DRAFT,
    AgreementState.SIGNED,
    AgreementState.SUSPENDED,
    AgreementState.ENDED,
)
"""The states that somebody's act brings about; live, expired and replaced follow from the days."""


def _words() -> "models.TextField[str, str]":
    return models.TextField(blank=True, default="")


class SharingAgreement(models.Model):
    """One version of an agreement; its fields follow the headings of the ICO's code (standards 1.3).

    `reference` is the same over all versions; an amendment is a new version, the old one is kept.
    Days end at midnight in London: it is in force from `starts_on` until before `ends_on`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    title = models.CharField(max_length=200)
    state = coded(AgreementState, default=AgreementState.DRAFT.value)
    edited = models.PositiveIntegerField(
        default=0, help_text="Counts edits; a form that brings an older count is told of the newer."
    )

    kind = coded(AgreementKind, default=AgreementKind.SHARING.value)
    is_binding = models.BooleanField(default=False)
    """Whether the parties are bound by it in law (S1-15)."""
    purpose = _words()
    aims = _words()
    why_necessary = _words()
    benefits = _words()
    joint_controllers = models.BooleanField(default=False)
    joint_controller_arrangement = _words()
    data_items = _words()
    how_often = _words()
    lawful_basis = _words()
    special_category_condition = _words()
    criminal_offence_condition = _words()
    part_3_processing = models.BooleanField(default=False)
    legal_power = _words()
    individual_rights = _words()
    data_quality = _words()
    retention = _words()
    security = _words()
    breach_arrangements = _words()
    complaints = _words()
    termination = _words()
    recording_responsibilities = models.TextField(
        blank=True, default="", help_text="Who records which activity, in which system (S4-48)."
    )
    dpia_reference = models.CharField(max_length=120, blank=True, default="")
    dpia_outcome = _words()
    dpo_views = _words()

    starts_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    suspended_because = _words()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = _words()
    review_accepted_until = models.DateField(
        null=True,
        blank=True,
        help_text="A named person accepted that it goes on past its review date, until this day (P7).",
    )
    review_accepted_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews_accepted"
    )
    review_accepted_at = models.DateTimeField(null=True, blank=True)
    review_accepted_because = _words()
    made_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("reference", "version"), name="agreement_version_once"),
            only("state", ACTED, "agreement_state_is_known"),
            only("kind", AgreementKind, "agreement_kind_is_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(starts_on__isnull=True)
                | Q(ends_on__gt=F("starts_on")),
                name="agreement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(
                    review_accepted_until__isnull=True,
                    review_accepted_by__isnull=True,
                    review_accepted_at__isnull=True,
                )
                | (
                    Q(
                        review_accepted_until__isnull=False,
                        review_accepted_by__isnull=False,
                        review_accepted_at__isnull=False,
                    )
                    & ~Q(review_accepted_because="")
                ),
                name="agreement_review_accepted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(suspended_at__isnull=True) | ~Q(suspended_because=""),
                name="agreement_suspended_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""),
                name="agreement_ended_for_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.reference} version {self.version}"


class AgreementAct(models.Model):
    """Something somebody did with a version of an agreement, told on its page; only ever added to."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="acts")
    act = coded(AgreementDeed)
    at = models.DateTimeField()
    by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")
    because = _words()

    class Meta:
        indexes = (models.Index(fields=("agreement", "at"), name="agreement_act_in_order"),)
        constraints = (only("act", AgreementDeed, "agreement_act_is_known"),)

    def __str__(self) -> str:
        return f"{self.act} {self.agreement_id}"


class AgreementParty(models.Model):
    """An agency that is party to an agreement, and its signature once given."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(
        SharingAgreement, on_delete=models.PROTECT, related_name="parties"
    )
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="party_to")
    signatory = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="signs_for"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="signatures"
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("agreement", "agency"), name="agreement_party_once"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="signature_has_a_hand",
            ),
        )

    def __str__(self) -> str:
        return f"{self.agency_id} to {self.agreement_id}"


class SharingFlow(models.Model):
    """One line of the schedule: who sends which categories to whom, for what, through which gateway."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(SharingAgreement, on_delete=models.PROTECT, related_name="flows")
    holder = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="flows_out")
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="flows_in")
    purpose = coded(Purpose)
    categories = ArrayField(models.CharField(max_length=40))
    gateway = models.CharField(max_length=60, help_text="The code of a row of the gateways table.")
    consent_needed = models.BooleanField(default=False)
    pseudonymised = models.BooleanField(default=False)

    class Meta:
        constraints = (
            only("purpose", Purpose, "flow_purpose_is_known"),
            models.CheckConstraint(
                condition=~Q(holder=F("recipient")), name="flow_between_two_agencies"
            ),
            models.UniqueConstraint(
                fields=("agreement", "holder", "recipient", "purpose", "gateway"),
                name="flow_once_in_an_agreement",
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder_id} to {self.recipient_id} for {self.purpose}"


class SharingBarrier(models.Model):
    """Something that stands in the way of sharing, and the executive it has gone up to (S2-38)."""

    id = models.BigAutoField(primary_key=True)
    told_by = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="barriers_told")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="barriers")
    what = models.TextField(help_text="What could not be shared and why; about no person.")
    told_at = models.DateTimeField()
    escalated_to = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="barriers_to_break"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    escalated_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = _words()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(what=""), name="barrier_says_what"),
            models.CheckConstraint(
                condition=Q(
                    escalated_to__isnull=True, escalated_at__isnull=True, escalated_by__isnull=True
                )
                | Q(
                    escalated_to__isnull=False,
                    escalated_at__isnull=False,
                    escalated_by__isnull=False,
                ),
                name="barrier_escalated_to_somebody_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="barrier_answered_in_words",
            ),
        )

    def __str__(self) -> str:
        return f"barrier {self.pk}"
