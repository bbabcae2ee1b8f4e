"""The exit: what was sent, whom it rang, what was decided and written; the lines; plans for living with a risk."""

import uuid

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post, Team
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.safeguarding.choices import (
    Audience,
    Basis,
    Decision,
    Door,
    Hours,
    Knows,
    StepOfRinging,
    ToldHow,
    Trigger,
)


def _post(**options: object) -> "models.ForeignKey[Post, Post]":
    return models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+", **options)  # type: ignore[arg-type]


class DoorLine(models.Model):
    """The number of a door for adults or children at some hours, and the teams that it rings."""

    id = models.BigAutoField(primary_key=True)
    door = coded(Door)
    audience = coded(Audience)
    hours = coded(Hours)
    name = models.CharField(max_length=100)
    number = models.CharField(max_length=60)
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    deputy_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    procedures = models.URLField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=200)
    """Whose word the number is, and of when: it is checked against that."""
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            only("door", Door, "door_line_door_is_known"),
            only("audience", Audience, "door_line_audience_is_known"),
            only("hours", Hours, "door_line_hours_are_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="door_line_ends_after_it_starts",
            ),
            models.CheckConstraint(condition=~Q(number=""), name="door_line_has_a_number"),
            models.UniqueConstraint(
                fields=("door", "audience", "hours"),
                condition=Q(ends_on__isnull=True),
                name="door_line_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.door} {self.audience} {self.hours}"


class Exit(models.Model):
    """Somebody in danger, sent through a door; done when a named person has acknowledged it (P19).

    Here stands what whoever raised it may read: what they said themselves, and that somebody has it.
    """

    matter = models.OneToOneField(
        Matter, on_delete=models.CASCADE, primary_key=True, related_name="exit"
    )
    from_matter = models.ForeignKey(
        Matter, on_delete=models.SET_NULL, null=True, blank=True, related_name="exits"
    )
    door = coded(Door)
    audience = coded(Audience, blank=True, default="")
    """Nothing where nobody said whether it is a child: then it rings both lines."""
    trigger = coded(Trigger, blank=True, default="")
    words = models.TextField(blank=True, default="")
    about_typed = models.JSONField(default=dict)
    """What was typed of the person, whatever it was and however unfinished."""
    raised_by = _post(null=True, blank=True)
    raised_at = models.DateTimeField()
    acknowledged_by = _post(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    referrer_told_at = models.DateTimeField(null=True, blank=True)
    """When whoever raised it was told what to do about silence."""

    class Meta:
        constraints = (
            only("door", Door, "exit_door_is_known"),
            models.CheckConstraint(
                condition=Q(audience__in=["", *(word.value for word in Audience)]),
                name="exit_audience_is_known",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="exit_acknowledged_by_somebody_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True) | Q(acknowledged_at__isnull=False),
                name="exit_decided_once_somebody_has_it",
            ),
        )
        indexes = (
            models.Index(
                fields=("raised_at",),
                condition=Q(acknowledged_at__isnull=True),
                name="exit_that_rings",
            ),
            models.Index(
                fields=("raised_at",), condition=Q(decided_at__isnull=True), name="exit_undecided"
            ),
        )

    def __str__(self) -> str:
        return f"exit {self.pk}"


class ExitAddition(models.Model):
    """What whoever raised an exit said afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exit = models.ForeignKey(Exit, on_delete=models.CASCADE, related_name="additions")
    words = models.TextField()
    said_by = _post(null=True, blank=True)
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"addition to {self.exit_id}"


class Ring(models.Model):
    """That an exit rang a post, in which round and as what; without a post, that nobody was there."""

    id = models.BigAutoField(primary_key=True)
    exit = models.ForeignKey(Exit, on_delete=models.CASCADE, related_name="rings")
    number = models.PositiveIntegerField()
    step = coded(StepOfRinging)
    post = _post(null=True, blank=True)
    rung_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("step", StepOfRinging, "ring_step_is_known"),
            models.UniqueConstraint(
                fields=("exit", "number", "post"),
                nulls_distinct=False,
                name="ring_once_in_a_round",
            ),
        )

    def __str__(self) -> str:
        return f"round {self.number} of {self.exit_id}"


class ExitDecision(models.Model):
    """What a named person decided, and what whoever raised the exit is told of it."""

    exit = models.OneToOneField(
        Exit, on_delete=models.CASCADE, primary_key=True, related_name="decision"
    )
    decision = coded(Decision)
    told = models.TextField(blank=True, default="")
    """Words to whoever raised it: what to do next, and nothing of the person's case."""
    decided_by = _post()
    decided_at = models.DateTimeField()

    class Meta:
        constraints = (only("decision", Decision, "exit_decision_is_known"),)

    def __str__(self) -> str:
        return f"decision on {self.exit_id}"


class ExitRecord(models.Model):
    """The written record of an exit, version by version: for those who work at it and nobody else.

    The basis that was used instead of consent stands from the first moment, by the rule of the door.
    """

    id = models.BigAutoField(primary_key=True)
    exit = models.ForeignKey(Exit, on_delete=models.CASCADE, related_name="records")
    number = models.PositiveIntegerField()
    basis = coded(Basis)
    knows = coded(Knows, default=Knows.NOT_SAID)
    why_not_told = models.TextField(blank=True, default="")
    words = models.TextField(blank=True, default="")
    because = models.TextField(blank=True, default="")
    """Why it was decided so."""
    written_by = _post(null=True, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            only("basis", Basis, "exit_record_basis_is_known"),
            only("knows", Knows, "exit_record_knows_is_known"),
            models.UniqueConstraint(fields=("exit", "number"), name="exit_record_in_one_line"),
        )

    def __str__(self) -> str:
        return f"record {self.number} of {self.exit_id}"


class RiskPlan(models.Model):
    """How a risk is lived with, and the warning that goes before it, until its review (S0-32)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    matter = models.ForeignKey(Matter, on_delete=models.CASCADE, related_name="risk_plans")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="risk_plans"
    )
    warning = models.CharField(max_length=200)
    """One line, shown wherever somebody is about to make contact."""
    risk = models.TextField()
    plan = models.TextField()
    knows = coded(Knows)
    why_not_told = models.TextField(blank=True, default="")
    told_how = models.CharField(
        max_length=40, choices=[(how.value, how.label) for how in ToldHow], blank=True, default=""
    )
    manager_consulted = models.CharField(max_length=200)
    manager = _post(null=True, blank=True)
    """The manager who was asked, where they have a post here: they hear of a review that is overdue."""
    review_on = models.DateField()
    reviews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="reviewed_by"
    )
    """The one before, of which this is the review."""
    written_by = _post()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    ended_by = _post(null=True, blank=True)
    end_words = models.TextField(blank=True, default="")

    class Meta:
        constraints = (
            only("knows", Knows, "risk_plan_knows_is_known"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="risk_plan_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(knows="not_informed") | ~Q(why_not_told=""),
                name="risk_plan_says_why_the_person_is_not_told",
            ),
        )

    def __str__(self) -> str:
        return f"risk plan {self.pk}"
