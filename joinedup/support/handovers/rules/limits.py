"""The limits of the one clock, in working days: which holds on a day, and when a step is due (P33)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.rules.working_days import end_of_working_day


@dataclass(frozen=True)
class Limit:
    """How many working days a step has, how many where it is urgent, whose word that is, from when."""

    kind: StepKind
    days: int
    urgent: int
    source: str
    starts_on: datetime.date


def in_force(limits: Iterable[Limit], day: datetime.date) -> Mapping[StepKind, Limit]:
    """The limit of each step on that day: the latest that has begun."""
    begun = (each for each in limits if each.starts_on <= day)
    return {each.kind: each for each in sorted(begun, key=lambda each: each.starts_on)}


def due(limit: Limit, started_at: datetime.datetime, *, urgent: bool = False) -> datetime.datetime:
    """When a step that began then is due."""
    return end_of_working_day(limit.urgent if urgent else limit.days, started_at)


_EVER = datetime.date(2010, 1, 1)
_P33 = "practice P33 (proposed)"
LIMITS: Mapping[StepKind, Limit] = in_force(
    (
        Limit(
            StepKind.ACKNOWLEDGE, 1, 1,
            "practice P33; referral decision 1 working day, standards 2.9", _EVER,
        ),
        Limit(StepKind.TRIAGE, 3, 3, _P33, _EVER),
        Limit(StepKind.PANEL, 10, 10, _P33, _EVER),
        Limit(StepKind.ACCEPT, 1, 1, "practice P21, P27, P33", _EVER),
        Limit(StepKind.APPROACH, 5, 2, _P33, _EVER),
        Limit(StepKind.PLAN, 30, 30, _P33, _EVER),
        Limit(StepKind.REVIEW, 42, 42, _P33, _EVER),
    ),
    _EVER,
)  # fmt: skip
"""What a partnership begins with; each is a dated row from then on, and changed there."""
