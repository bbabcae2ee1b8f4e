"""Write down how near to their own goals somebody says they are, and put a number right (S4-13)."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.choices.recovery import RatedHow
from joinedup.support.cases.models import Goal, GoalRating
from joinedup.support.cases.operations.editing import (
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
)
from joinedup.support.cases.queries.goal_ratings import goals_to_rate
from joinedup.support.handovers.operations.grounds import leave_a_line


@dataclass(frozen=True)
class Rating:
    """What somebody said of their goals in one go: when, how, and a number for each goal."""

    person_id: uuid.UUID
    point: MeasurePoint
    how: RatedHow
    rated_on: datetime.date
    numbers: Mapping[uuid.UUID, int]
    words: str = ""


def rate_goals(
    *, by: Viewer, matter_id: uuid.UUID, said: Rating, at: datetime.datetime
) -> list[GoalRating]:
    """Write down the numbers that a person gave their goals; nobody gives them for somebody else.

    Raises CannotPlan, NoPart.
    """
    if not said.numbers:
        raise CannotPlan("Write down at least one number, or leave it for another day.")
    if said.rated_on > day_of(at):
        raise CannotPlan("The day is in the future.")
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, said.person_id)
        goals = {goal.pk: goal for goal in goals_to_rate(case, said.person_id)}
        for goal_id in said.numbers:
            if goal_id not in goals:
                raise CannotPlan("Choose goals of theirs that are worked towards still.")
            _must_come_in_order(goals[goal_id], said)
        made = GoalRating.objects.bulk_create(
            GoalRating(
                case=case, goal=goals[goal_id], person_id=said.person_id, point=said.point,
                rating=_of_ten(number), how=said.how, words=said.words.strip(), rated_on=said.rated_on,
                by_post_id=by.post_id, recorded_at=at,
            )
            for goal_id, number in said.numbers.items()
        )  # fmt: skip
        leave_a_line(by, matter_id, "wrote down how goals are rated", at, {"point": said.point})
    return made


def correct_rating(
    *, by: Viewer, rating_id: uuid.UUID, number: int, words: str, at: datetime.datetime
) -> GoalRating:
    """Put another number in the place of one that was written down wrongly; both stay readable.

    Raises CannotPlan, NoPart, GoalRating.DoesNotExist.
    """
    if not words.strip():
        raise CannotPlan("Say what was wrong.")
    matter_id = case_of(by, GoalRating, rating_id)
    with at_work_on(by, matter_id):
        was = GoalRating.objects.get(pk=rating_id)
        if GoalRating.objects.filter(instead_of=was).exists():
            raise CannotPlan("Another stands instead of it already. Open the page again.")
        made = GoalRating.objects.create(
            case_id=was.case_id, goal_id=was.goal_id, person_id=was.person_id, point=was.point,
            rating=_of_ten(number), how=was.how, words=words.strip(), rated_on=was.rated_on,
            by_post_id=by.post_id, recorded_at=at, instead_of=was,
        )  # fmt: skip
        leave_a_line(by, matter_id, "corrected how a goal is rated", at)
    return made


def _must_come_in_order(goal: Goal, said: Rating) -> None:
    taken = GoalRating.objects.standing().filter(
        goal=goal, person__in=identifiers_of(said.person_id)
    )
    start = taken.filter(point=MeasurePoint.START).first()
    if said.point is MeasurePoint.START:
        if start is not None:
            raise CannotPlan(f"“{goal.words}” was rated at the start already. Rate it at a review.")
    elif start is None:
        raise CannotPlan(
            f"“{goal.words}” was not rated at the start, so that nothing stands to compare with."
        )
    elif said.rated_on < start.rated_on:
        raise CannotPlan("This day is before they were rated at the start.")


def _of_ten(number: int) -> int:
    if not 0 <= number <= 10:
        raise CannotPlan("A number goes from 0 to 10.")
    return number
