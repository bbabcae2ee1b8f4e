"""The limits of the one clock, in working days (P33; proposals, until the partnership sets its own)."""

import datetime
from dataclasses import dataclass

from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.rules.working_days import end_of_working_day


@dataclass(frozen=True)
class Limit:
    """How many working days a step has, how many where it is urgent, and whose word that is."""

    days: int
    urgent: int
    source: str


_P33 = "practice P33 (proposed)"
LIMITS = {
    StepKind.ACKNOWLEDGE: Limit(
        1, 1, "practice P33; referral decision 1 working day, standards 2.9"
    ),
    StepKind.TRIAGE: Limit(3, 3, _P33),
    StepKind.PANEL: Limit(10, 10, _P33),
    StepKind.ACCEPT: Limit(1, 1, "practice P21, P27, P33"),
    StepKind.APPROACH: Limit(5, 2, _P33),
    StepKind.PLAN: Limit(30, 30, _P33),
    StepKind.REVIEW: Limit(42, 42, _P33),
}


def due(
    kind: StepKind, started_at: datetime.datetime, *, urgent: bool = False
) -> datetime.datetime:
    """When a step that began then is due."""
    limit = LIMITS[kind]
    return end_of_working_day(limit.urgent if urgent else limit.days, started_at)
