"""Actions of a plan, what each agency is doing now, and what was asked of services outside."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices import Footing
from joinedup.support.cases.choices.plan import (
    OPEN,
    ActionState,
    HiddenBecause,
    InterventionKind,
    OwnerKind,
)
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.goal import Goal
from joinedup.support.cases.models.member import CaseMember
from joinedup.support.handovers.models import Handover

_OPEN = Q(state__in=[state.value for state in OPEN])


class PlanActions(models.QuerySet["PlanAction"]):
    """Actions, asked about in sentences."""

    def open(self) -> Self:
        """Those still to be done."""
        return self.filter(_OPEN)


class PlanAction(models.Model):
    """Something somebody has promised: a practitioner, family, a volunteer, or the person (S0-61)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="plan_actions")
    goal = models.ForeignKey(
        Goal, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_actions"
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whom it is about; nobody where it is for all."""
    words = models.CharField(max_length=500)
    owner = coded(OwnerKind)
    owner_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_actions"
    )
    owner_member = models.ForeignKey(
        CaseMember, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_actions"
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_on = models.DateField(null=True, blank=True)
    state = coded(ActionState, default=ActionState.TO_DO)
    became = models.TextField(blank=True, default="")
    """What became of it; why it was dropped, or who has it now."""
    ended_at = models.DateTimeField(null=True, blank=True)
    is_released = models.BooleanField(default=False)
    hidden_from_person = coded(HiddenBecause, blank=True, default="")
    edited = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_in = models.CharField(max_length=100, blank=True, default="")

    objects = PlanActions.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("case", "due_on"), name="plan_action_of_case"),
            models.Index(fields=("owner_post", "due_on"), condition=_OPEN, name="plan_action_mine"),
        )
        constraints = (
            only("owner", OwnerKind, "plan_action_owner_is_known"),
            only("state", ActionState, "plan_action_state_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="plan_action_has_words"),
            models.CheckConstraint(
                condition=Q(
                    owner="practitioner", owner_post__isnull=False,
                    owner_member__isnull=True, owner_person__isnull=True,
                )
                | Q(
                    owner="member", owner_member__isnull=False,
                    owner_post__isnull=True, owner_person__isnull=True,
                )
                | Q(
                    owner="person", owner_person__isnull=False,
                    owner_post__isnull=True, owner_member__isnull=True,
                ),
                name="plan_action_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(hidden_from_person__in=["", *(why.value for why in HiddenBecause)]),
                name="plan_action_hidden_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=(_OPEN & Q(ended_at__isnull=True)) | (~_OPEN & Q(ended_at__isnull=False)),
                name="plan_action_ends_when_it_is_no_longer_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["dropped", "handed_on"]) | ~Q(became=""),
                name="plan_action_dropped_for_a_reason",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Interventions(models.QuerySet["Intervention"]):
    """Interventions, asked about in sentences."""

    def live(self) -> Self:
        """Those that have not stopped."""
        return self.filter(ends_on__isnull=True)


class Intervention(models.Model):
    """Help that an agency gives now, from a day until another (S0-27)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="interventions")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whom it is for; nobody where it is for the whole family."""
    kind = coded(InterventionKind)
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    provider = models.CharField(max_length=200, blank=True, default="")
    """Who gives it, where that is no agency of the partnership."""
    words = models.CharField(max_length=300, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    why_ended = models.CharField(max_length=300, blank=True, default="")
    written_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_in = models.CharField(max_length=100, blank=True, default="")

    objects = Interventions.as_manager()

    class Meta:
        indexes = (models.Index(fields=("case", "starts_on"), name="intervention_of_case"),)
        constraints = (
            only("kind", InterventionKind, "intervention_kind_is_known"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False) ^ ~Q(provider=""),
                name="intervention_is_given_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="intervention_ends_after_it_starts",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReferredOut(models.Model):
    """What was asked of a service from the plan: handed over as a matter of its own, or the way shown.

    What the service reads is what stands here, and nothing of the case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referred_out")
    plan_action = models.ForeignKey(
        PlanAction, on_delete=models.PROTECT, related_name="referred_out"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Whom the service is asked to help."""
    handover = models.OneToOneField(Handover, on_delete=models.PROTECT, related_name="referred_out")
    matter = models.OneToOneField(
        Matter, on_delete=models.PROTECT, null=True, blank=True, related_name="referred_out"
    )
    """What was handed over; nothing where the way was only shown."""
    service = models.CharField(max_length=200)
    words = models.TextField()
    footing = coded(Footing)
    because = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    result = models.TextField(blank=True, default="")
    """What became of it, as the service said, or as whoever referred heard."""

    class Meta:
        constraints = (
            only("footing", Footing, "referred_out_footing_is_known"),
            models.CheckConstraint(
                condition=Q(footing="agreed") | ~Q(because=""),
                name="referred_out_without_agreement_has_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.service} {self.pk}"
