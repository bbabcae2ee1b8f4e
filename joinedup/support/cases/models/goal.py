"""Goals of a plan in the person's own words, and the milestones towards them."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.plan import Aim, GoalOutcome, HiddenBecause, WhoseGoal
from joinedup.support.cases.models.case import Case


class Goals(models.QuerySet["Goal"]):
    """Goals, asked about in sentences."""

    def open(self) -> Self:
        """Those still worked towards."""
        return self.filter(ended_at__isnull=True)


class Goal(models.Model):
    """What somebody wants, in their own words; one person's or the family's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Whom it is about; nobody where it is the whole family's."""
    whose = coded(WhoseGoal, default=WhoseGoal.PERSON)
    words = models.TextField()
    aim = coded(Aim, default=Aim.OTHER)
    is_self_managed = models.BooleanField(default=False)
    """The person works at it themselves, and others keep out of the way (S0-48)."""
    is_released = models.BooleanField(default=False)
    """Whom it is about lets the other adults of the case read it (P35)."""
    hidden_from_person = coded(HiddenBecause, blank=True, default="")
    place = models.PositiveSmallIntegerField(default=0)
    set_on = models.DateField()
    outcome = coded(GoalOutcome, blank=True, default="")
    outcome_words = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)
    edited = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    recorded_in = models.CharField(max_length=100, blank=True, default="")

    objects = Goals.as_manager()

    class Meta:
        indexes = (models.Index(fields=("case", "place"), name="goal_of_case"),)
        constraints = (
            only("whose", WhoseGoal, "goal_whose_is_known"),
            only("aim", Aim, "goal_aim_is_known"),
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(
                condition=Q(whose="family") | Q(person__isnull=False),
                name="goal_of_one_person_names_them",
            ),
            models.CheckConstraint(
                condition=Q(hidden_from_person__in=["", *(why.value for why in HiddenBecause)]),
                name="goal_hidden_for_a_known_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", ended_at__isnull=True)
                | Q(outcome__in=[each.value for each in GoalOutcome], ended_at__isnull=False),
                name="goal_ends_with_an_outcome",
            ),
        )

    def __str__(self) -> str:
        return f"{self.aim} {self.pk}"


class Milestone(models.Model):
    """A step towards a goal: due on a day, agreed by somebody, met with evidence (S0-90)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="milestones")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="milestones")
    words = models.CharField(max_length=500)
    due_on = models.DateField()
    agreed_by = models.CharField(max_length=200)
    met_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True, default="")
    given_up_because = models.TextField(blank=True, default="")
    edited = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("goal", "due_on"), name="milestone_of_goal"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | ~Q(evidence=""), name="milestone_met_by_evidence"
            ),
            models.CheckConstraint(
                condition=Q(met_on__isnull=True) | Q(given_up_because=""),
                name="milestone_met_or_given_up",
            ),
        )

    def __str__(self) -> str:
        return f"{self.goal_id} by {self.due_on}"
