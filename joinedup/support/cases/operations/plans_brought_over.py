"""Take over the open goals and actions of the system before, all at once, each once (P41)."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.choices.plan import ActionState, Aim, OwnerKind, PlanKind, WhoseGoal
from joinedup.support.cases.models import Case, Goal, Plan, PlanAction
from joinedup.support.handovers.operations.grounds import leave_a_line

BRINGING = Viewer.system("bringing plans over from the system before")


@dataclass(frozen=True)
class GoalBefore:
    """A goal as the system before has it; `recorded_in` is that system and its number there."""

    case_id: uuid.UUID
    recorded_in: str
    words: str
    set_on: datetime.date
    person_id: uuid.UUID | None = None
    """Whose goal; nobody's alone where it is the family's."""
    aim: Aim = Aim.OTHER


@dataclass(frozen=True)
class ActionBefore:
    """An open action as the system before has it: of a post, or of one of the people themselves."""

    case_id: uuid.UUID
    recorded_in: str
    words: str
    due_on: datetime.date | None = None
    owner_post_id: uuid.UUID | None = None
    owner_person_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
    goal: str = ""
    """The `recorded_in` of the goal it serves."""


@dataclass(frozen=True)
class PlansBroughtOver:
    """How many were taken, and how many were there before."""

    goals: int
    actions: int
    there_already: int


def bring_plans_over(
    *,
    by: Viewer,
    goals: Sequence[GoalBefore],
    actions: Sequence[ActionBefore],
    at: datetime.datetime,
) -> PlansBroughtOver:
    """Write these goals and actions into cases that were brought over; a second run adds nothing.

    One transaction: a kill leaves all of them or none. Each case has a plan from now on, and a line in
    the audit says that something was brought into it.
    """
    with transaction.atomic(), acting(BRINGING):
        cases = {row.case_id for row in goals} | {row.case_id for row in actions}
        there = {
            (case, number): goal
            for case, number, goal in Goal.objects.filter(case__in=cases)
            .exclude(recorded_in="")
            .values_list("case_id", "recorded_in", "pk")
        }
        known = set(
            PlanAction.objects.filter(case__in=cases)
            .exclude(recorded_in="")
            .values_list("case_id", "recorded_in")
        )
        new_goals = [row for row in goals if (row.case_id, row.recorded_in) not in there]
        made = Goal.objects.bulk_create(
            [_goal(row, place, at) for place, row in enumerate(new_goals, start=1)]
        )
        there |= {(goal.case_id, goal.recorded_in): goal.pk for goal in made}
        new_actions = [row for row in actions if (row.case_id, row.recorded_in) not in known]
        PlanAction.objects.bulk_create(
            [_action(row, there.get((row.case_id, row.goal)), at) for row in new_actions]
        )
        touched = {row.case_id for row in new_goals} | {row.case_id for row in new_actions}
        _give_plans(touched, at)
        for case_id in sorted(touched):
            leave_a_line(by, case_id, "brought a plan over", at)
    return PlansBroughtOver(
        len(new_goals),
        len(new_actions),
        len(goals) + len(actions) - len(new_goals) - len(new_actions),
    )


def _goal(row: GoalBefore, place: int, at: datetime.datetime) -> Goal:
    return Goal(
        case_id=row.case_id,
        person_id=row.person_id,
        whose=WhoseGoal.PERSON if row.person_id else WhoseGoal.FAMILY,
        words=row.words,
        aim=row.aim,
        place=place,
        set_on=row.set_on,
        recorded_at=at,
        recorded_in=row.recorded_in,
    )


def _action(row: ActionBefore, goal: uuid.UUID | None, at: datetime.datetime) -> PlanAction:
    return PlanAction(
        case_id=row.case_id,
        goal_id=goal,
        person_id=row.person_id,
        words=row.words,
        owner=OwnerKind.PRACTITIONER if row.owner_post_id else OwnerKind.PERSON,
        owner_post_id=row.owner_post_id,
        owner_person_id=None if row.owner_post_id else row.owner_person_id,
        due_on=row.due_on,
        state=ActionState.TO_DO,
        recorded_at=at,
        recorded_in=row.recorded_in,
    )


def _give_plans(cases: set[uuid.UUID], at: datetime.datetime) -> None:
    """A plan for each case that has none."""
    without = Case.objects.filter(pk__in=cases, plan__isnull=True)
    Plan.objects.bulk_create(
        Plan(
            case=case,
            kind=PlanKind.SUPPORT if case.for_whom == ForWhom.PERSON else PlanKind.FAMILY,
            edited_at=at,
            recorded_at=at,
        )
        for case in without
    )
