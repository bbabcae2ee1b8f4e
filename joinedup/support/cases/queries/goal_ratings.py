"""How people of a case rated their goals, from the start on; and which goals may be rated next (S4-13)."""

import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.measure import MeasurePoint
from joinedup.support.cases.models import Case, Goal, GoalRating, of_its_people
from joinedup.support.cases.queries.frame import Frame


@dataclass(frozen=True)
class GoalRated:
    """One goal of one person with each number they gave it, first to last."""

    goal: Goal
    person_id: uuid.UUID
    whose: str
    ratings: tuple[GoalRating, ...]

    @property
    def by(self) -> int | None:
        """From the first number to the last; None where there are not two."""
        if len(self.ratings) < 2:
            return None
        return self.ratings[-1].rating - self.ratings[0].rating


@dataclass(frozen=True)
class ToRate:
    """A person of the case and the goals they may rate now, with those that have a start apart."""

    person_id: uuid.UUID
    name: str
    goals: tuple[Goal, ...]
    started: frozenset[uuid.UUID]


def ratings_of(viewer: Viewer, frame: Frame) -> list[GoalRated]:
    """Every goal that was rated, person by person, in the order of the plan."""
    with acting(viewer):
        rows = list(
            GoalRating.objects.standing()
            .filter(of_its_people(), case=frame.matter_id)
            .select_related("goal", "by_post__user", "instead_of")
            .order_by("goal__place", "goal", "rated_on", "recorded_at")
        )
        who = {row.person_id: _who(frame, row.person_id) for row in rows}
    groups: dict[tuple[uuid.UUID, uuid.UUID], list[GoalRating]] = {}
    for row in rows:
        groups.setdefault((who[row.person_id][0], row.goal_id), []).append(row)
    names = dict(who.values())
    order = [person for person, _ in dict.fromkeys(who.values())]
    return [
        GoalRated(some[0].goal, person, names[person], tuple(some))
        for (person, _), some in sorted(groups.items(), key=lambda each: order.index(each[0][0]))
    ]


def to_rate(viewer: Viewer, frame: Frame) -> list[ToRate]:
    """Of each person of the case the goals that they may rate; nobody who has none."""
    with acting(viewer):
        case = Case.objects.get(pk=frame.matter_id)
        started = set(
            GoalRating.objects.standing()
            .filter(case=case, point=MeasurePoint.START)
            .values_list("goal", "person")
        )
        found = []
        for person in frame.persons:
            same = set(identifiers_of(person.person_id))
            goals = tuple(goals_to_rate(case, person.person_id))
            begun = frozenset(goal for goal, who in started if who in same)
            found.append(ToRate(person.person_id, person.name, goals, begun))
    return [each for each in found if each.goals]


def goals_to_rate(case: Case, person_id: uuid.UUID) -> list[Goal]:
    """The goals that somebody rates: their own and the family's, worked towards, and none kept from them."""
    open_ones = Goal.objects.open().filter(case=case, hidden_from_person="").order_by("place", "pk")
    same = set(identifiers_of(person_id))
    return [each for each in open_ones if each.person_id is None or each.person_id in same]


def _who(frame: Frame, person_id: uuid.UUID) -> tuple[uuid.UUID, str]:
    same = set(identifiers_of(person_id))
    return next(
        ((p.person_id, p.name) for p in frame.persons if p.person_id in same),
        (person_id, "Somebody of this case"),
    )
