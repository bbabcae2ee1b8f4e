"""Set goals and milestones, change them, and say what became of each."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.plan import GoalOutcome, WhoseGoal
from joinedup.support.cases.models import Case, Goal, Milestone
from joinedup.support.cases.operations.editing import (
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
    save_unchanged,
)
from joinedup.support.cases.operations.plan_versions import plan_of
from joinedup.support.handovers.operations.grounds import leave_a_line

GOAL_FIELDS = (
    "words", "whose", "person_id", "aim", "is_self_managed", "is_released", "hidden_from_person",
)  # fmt: skip
MILESTONE_FIELDS = ("words", "due_on", "agreed_by", "met_on", "evidence", "given_up_because")


def set_goal(
    *, by: Viewer, matter_id: uuid.UUID, values: Mapping[str, Any], at: datetime.datetime
) -> Goal:
    """Write down a goal in somebody's own words, at the end of the list. Raises CannotPlan, NoPart."""
    with at_work_on(by, matter_id) as case:
        plan_of(case, by, at)
        last = case.goals.aggregate(Max("place"))["place__max"] or 0
        goal = Goal.objects.create(
            case=case,
            **_whole(case, values),
            place=last + 1,
            set_on=at.date(),
            written_by_id=by.post_id,
            recorded_at=at,
        )
        leave_a_line(by, matter_id, "set a goal", at, {"aim": goal.aim})
    return goal


def edit_goal(
    *,
    by: Viewer,
    goal_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> Goal:
    """Change a goal. Raises ChangedMeanwhile, CannotPlan, NoPart, Goal.DoesNotExist."""
    matter_id = case_of(by, Goal, goal_id)
    with at_work_on(by, matter_id) as case:
        goal: Goal = save_unchanged(Goal, goal_id, edited, _whole(case, values))
        leave_a_line(by, matter_id, "changed a goal", at, {"aim": goal.aim})
    return goal


def end_goal(
    *, by: Viewer, goal_id: uuid.UUID, outcome: GoalOutcome, words: str, at: datetime.datetime
) -> Goal:
    """Say what became of a goal, in words. Raises CannotPlan, NoPart, Goal.DoesNotExist."""
    if not words.strip():
        raise CannotPlan("Say in words what became of it, and how that shows.")
    matter_id = case_of(by, Goal, goal_id)
    with at_work_on(by, matter_id):
        goal = Goal.objects.get(pk=goal_id)
        if goal.ended_at is not None:
            raise CannotPlan("This goal has its outcome already.")
        ended(goal, outcome, words, at)
        leave_a_line(by, matter_id, "said what became of a goal", at, {"outcome": outcome})
    return goal


def ended(goal: Goal, outcome: GoalOutcome, words: str, at: datetime.datetime) -> None:
    """Write the outcome on the goal; as the system, the case held."""
    goal.outcome, goal.outcome_words, goal.ended_at = outcome, words.strip(), at
    goal.edited += 1
    goal.save(update_fields=["outcome", "outcome_words", "ended_at", "edited"])


def set_milestone(
    *, by: Viewer, goal_id: uuid.UUID, values: Mapping[str, Any], at: datetime.datetime
) -> Milestone:
    """Set a dated step towards a goal. Raises CannotPlan, NoPart, Goal.DoesNotExist."""
    matter_id = case_of(by, Goal, goal_id)
    with at_work_on(by, matter_id) as case:
        made = Milestone.objects.create(
            case=case, goal_id=goal_id, **_whole_step(values, at), recorded_at=at
        )
        leave_a_line(by, matter_id, "set a milestone", at)
    return made


def edit_milestone(
    *,
    by: Viewer,
    milestone_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> Milestone:
    """Change a milestone, or say it is met and by what that shows.

    Raises ChangedMeanwhile, CannotPlan, NoPart, Milestone.DoesNotExist.
    """
    matter_id = case_of(by, Milestone, milestone_id)
    with at_work_on(by, matter_id):
        found: Milestone = save_unchanged(Milestone, milestone_id, edited, _whole_step(values, at))
        leave_a_line(by, matter_id, "changed a milestone", at, {"met": found.met_on is not None})
    return found


def _whole(case: Case, values: Mapping[str, Any]) -> dict[str, Any]:
    written = {name: values[name] for name in GOAL_FIELDS}
    written["words"] = written["words"].strip()
    if not written["words"]:
        raise CannotPlan("Write the goal in the person’s own words.")
    if written["whose"] == WhoseGoal.PERSON and written["person_id"] is None:
        raise CannotPlan("Say whose goal it is.")
    must_be_of_the_case(case, written["person_id"])
    return written


def _whole_step(values: Mapping[str, Any], at: datetime.datetime) -> dict[str, Any]:
    written = {name: values[name] for name in MILESTONE_FIELDS}
    if not str(written["words"]).strip() or not str(written["agreed_by"]).strip():
        raise CannotPlan("Say what the step is, and who agreed it.")
    if written["met_on"] and not str(written["evidence"]).strip():
        raise CannotPlan("Say by what it shows that it is met.")
    if written["met_on"] and written["met_on"] > at.date():
        raise CannotPlan("The day it was met is still to come.")
    if written["met_on"] and str(written["given_up_because"]).strip():
        raise CannotPlan("It is met or given up, not both.")
    return written
