"""When a panel's queue bursts: what comes in a week, what a meeting has time for, what waits (S0-92)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

REPORTED = (10, 12.5, 15)
"""Referrals a week, lowest, usual and highest, as the programme's reports have them; until a panel
has weeks of its own to go by."""
ENOUGH_WEEKS = 4
_WEEK = 7


@dataclass(frozen=True)
class Intake:
    """How many items come in a week."""

    lowest: float
    usual: float
    highest: float
    from_own_weeks: bool


@dataclass(frozen=True)
class MeetingAhead:
    """One meeting to come, as the forecast sees it."""

    on: datetime.date
    waits: float
    takes: int
    left: float


def intake_of(weeks: Sequence[int]) -> Intake:
    """What comes in a week, from the whole weeks of the panel's own; with too few, the reports' figures."""
    if len(weeks) < ENOUGH_WEEKS or not any(weeks):
        return Intake(*REPORTED, from_own_weeks=False)
    return Intake(min(weeks), sum(weeks) / len(weeks), max(weeks), from_own_weeks=True)


def forecast(
    *,
    waiting: int,
    weekly: float,
    capacity: int,
    today: datetime.date,
    meetings: Sequence[datetime.date],
) -> list[MeetingAhead]:
    """What waits before each meeting, what it takes, and what is left, were so many to come a week."""
    found, left, before = [], float(waiting), today
    for on in meetings:
        waits = left + weekly * (on - before).days / _WEEK
        takes = min(capacity, int(waits))
        left = waits - takes
        found.append(MeetingAhead(on, waits, takes, left))
        before = on
    return found


def bursts_on(ahead: Sequence[MeetingAhead], capacity: int) -> datetime.date | None:
    """The first meeting that leaves more behind than the next one can take, if there is one.

    From then on somebody waits for more than two meetings: past the ten working days of the one
    clock, for a panel that meets each week (P33).
    """
    return next((each.on for each in ahead if each.left >= capacity + 1), None)
