"""How near to a goal of theirs somebody says they are, from 0 to 10, at the start, a review and the end (S4-13)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.models.words import coded, only
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.models.case import Case
from joinedup.support.cases.models.goal import Goal

NEAREST = 10


class GoalRatings(models.QuerySet["GoalRating"]):
    """Ratings of goals, asked about in sentences."""

    def standing(self) -> Self:
        """Those that none stands instead of."""
        return self.filter(corrected_by__isnull=True)


class GoalRating(models.Model):
    """One number that a person gave one goal of theirs; corrected by another that stands instead of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goal_ratings")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    """Who said it."""
    point = coded(MeasurePoint)
    rating = models.PositiveSmallIntegerField()
    how = coded(RatedHow)
    words = models.CharField(max_length=300, blank=True, default="")
    """What they said beside the number."""
    rated_on = models.DateField()
    by_post = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    instead_of = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )

    objects = GoalRatings.as_manager()

    class Meta:
        constraints = (
            only("point", MeasurePoint, "goal_rating_point_is_known"),
            only("how", RatedHow, "goal_rating_how_is_known"),
            models.CheckConstraint(condition=Q(rating__lte=NEAREST), name="goal_rating_to_ten"),
            models.UniqueConstraint(
                fields=("goal", "person"),
                condition=Q(point=MeasurePoint.START.value, instead_of__isnull=True),
                name="goal_rating_starts_once",
            ),
            models.CheckConstraint(
                condition=Q(by_post__isnull=False) | Q(how=RatedHow.OWN_PAGE.value),
                name="goal_rating_written_down_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(instead_of__isnull=True) | ~Q(instead_of=F("id")),
                name="goal_rating_does_not_correct_itself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.point} of {self.goal_id}"
