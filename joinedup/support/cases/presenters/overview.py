"""The case on one page: what presses, what is next, who helps."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.core.wording import day
from joinedup.support.cases.choices.plan import ActionState
from joinedup.support.cases.models import CaseReview
from joinedup.support.cases.queries.assessment import AssessmentOverview
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.levels import LevelAndStep
from joinedup.support.cases.queries.plan import PlanGlance


@dataclass(frozen=True)
class Next:
    """One thing to do, by whom and by when."""

    words: str
    who: str
    due: str
    is_late: bool
    is_doing: bool


def level(found: LevelAndStep) -> str:
    """The level in a line, and whether risk is rising."""
    since = f"Level {int(found.now.level)} since {day(found.now.since)}"
    return f"{since}. {found.now.why}" if found.now.is_rising else since


def next_actions(glance: PlanGlance, today: datetime.date) -> list[Next]:
    """The next promises of the plan, the first due at the top."""
    return [
        Next(
            words=each.row.words,
            who=each.who,
            due=day(each.row.due_on),
            is_late=each.row.due_on is not None and each.row.due_on < today,
            is_doing=each.row.state == ActionState.DOING,
        )
        for each in glance.next_actions
    ]


def plan_says(glance: PlanGlance, frame: Frame) -> str:
    """How far the plan is agreed."""
    if glance.last_version is None:
        return "The plan has not been put to anybody yet."
    of = len(frame.persons)
    who = "They have answered" if of == 1 else f"{glance.answered} of {of} have answered"
    return (
        f"Version {glance.last_version.number} was put to them on {day(glance.last_version.recorded_at)}. "
        + (f"{who}." if glance.answered else "Nobody has answered yet.")
    )


def review_says(review: CaseReview | None, today: datetime.date) -> tuple[str, bool]:
    """When the next review is, and whether it is late."""
    if review is None:
        return "No review is booked.", True
    late = review.due_on < today
    return f"Review {'was due' if late else 'due'} {day(review.due_on)}", late


def assessment_says(found: AssessmentOverview) -> str:
    """Where the assessment is."""
    if found.unsigned:
        waits = ", ".join(found.unsigned)
        return f"Not signed yet: {waits}."
    if found.last_finished_on is not None:
        return f"Last finished on {day(found.last_finished_on)}."
    return "Not begun." if not found.going_on else "Going on."
