"""Working days of England, the limits of the clock, what may come back: pure, as tables."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from joinedup.support.handovers.choices import Force, ReturnReason, StepKind
from joinedup.support.handovers.rules.limits import LIMITS, due
from joinedup.support.handovers.rules.returning import reasons_for, why_not_returned
from joinedup.support.handovers.rules.working_days import (
    bank_holiday,
    end_of_working_day,
    is_working_day,
    last_day,
    working_days_left,
)

LONDON = ZoneInfo("Europe/London")


def at(day: str, hour: int = 10) -> datetime.datetime:
    return datetime.datetime.fromisoformat(day).replace(hour=hour, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("came_in", "days", "last"),
    [
        ("2026-11-18", 1, "2026-11-19"),  # Wednesday
        ("2026-11-20", 1, "2026-11-23"),  # Friday
        ("2026-11-21", 1, "2026-11-23"),  # Saturday
        ("2026-11-22", 1, "2026-11-23"),  # Sunday
        ("2026-11-18", 3, "2026-11-23"),
        ("2026-11-18", 10, "2026-12-02"),
        # Easter 2026: Good Friday 3 April, Easter Monday 6 April
        ("2026-04-02", 1, "2026-04-07"),
        ("2026-04-01", 5, "2026-04-10"),
        ("2026-04-02", 45, "2026-06-10"),  # the two holidays of May besides
        # Christmas 2026 is a Friday, Boxing Day a Saturday: Monday 28 is its substitute
        ("2026-12-24", 1, "2026-12-29"),
        ("2026-12-23", 3, "2026-12-30"),
        ("2026-12-31", 1, "2027-01-04"),
        # Christmas 2027 is a Saturday: Monday and Tuesday are substitutes
        ("2027-12-24", 1, "2027-12-29"),
        ("2027-12-24", 5, "2028-01-05"),  # and 1 January 2028 a Saturday
        ("2026-08-28", 1, "2026-09-01"),  # the late summer holiday
        ("2026-05-01", 1, "2026-05-05"),  # the early May holiday
    ],
)
def test_a_clock_runs_to_the_end_of_its_last_working_day(
    came_in: str, days: int, last: str
) -> None:
    """Standards 2.9: over Easter, Christmas and the weekend."""
    due_at = end_of_working_day(days, at(came_in))
    assert last_day(due_at).isoformat() == last
    assert due_at.astimezone(LONDON).time() == datetime.time(0)


def test_a_day_ends_at_midnight_in_london_in_summer_too() -> None:
    late_evening = datetime.datetime(2026, 6, 8, 23, 30, tzinfo=datetime.UTC)  # Tuesday there
    assert last_day(end_of_working_day(1, late_evening)).isoformat() == "2026-06-10"
    assert end_of_working_day(1, late_evening) == datetime.datetime(
        2026, 6, 10, 23, tzinfo=datetime.UTC
    )


def test_a_clock_of_no_days_is_none() -> None:
    with pytest.raises(ValueError, match="one working day"):
        end_of_working_day(0, at("2026-11-18"))


def test_holidays_are_england_s_and_not_scotland_s() -> None:
    assert bank_holiday(datetime.date(2026, 4, 6)) == "Easter Monday"
    assert bank_holiday(datetime.date(2026, 1, 2)) == ""
    assert is_working_day(datetime.date(2026, 1, 2))
    assert not is_working_day(datetime.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2026-11-18", 3),
        ("2026-11-20", 1),
        ("2026-11-22", 1),
        ("2026-11-23", 0),
        ("2026-11-24", -1),
        ("2026-11-27", -4),
        ("2026-11-28", -4),
    ],
)
def test_days_left_are_counted_as_people_count_them(now: str, left: int) -> None:
    due_at = end_of_working_day(3, at("2026-11-18"))
    assert working_days_left(at(now), due_at) == left


def test_the_limits_are_those_of_the_rule() -> None:
    """P33: acknowledge 1, triage 3, panel 10, accept 1, approach 5 (2 if urgent), plan 30, review 42."""
    assert {kind: limit.days for kind, limit in LIMITS.items()} == {
        StepKind.ACKNOWLEDGE: 1, StepKind.TRIAGE: 3, StepKind.PANEL: 10, StepKind.ACCEPT: 1,
        StepKind.APPROACH: 5, StepKind.PLAN: 30, StepKind.REVIEW: 42,
    }  # fmt: skip
    assert (
        last_day(due(LIMITS[StepKind.APPROACH], at("2026-11-18"), urgent=True)).isoformat()
        == "2026-11-20"
    )
    assert all(limit.source for limit in LIMITS.values())


@pytest.mark.parametrize(
    ("force", "reason", "words", "manager", "why_not"),
    [
        (Force.ORDINARY, ReturnReason.NO_CAPACITY, "Full", False, None),
        (Force.ORDINARY, ReturnReason.NO_CAPACITY, "  ", False, "Say why"),
        (Force.STATUTORY, ReturnReason.NO_CAPACITY, "Full", True, "duty in law"),
        (Force.STATUTORY, ReturnReason.OUTSIDE_OUR_AREA, "Leeds", False, None),
        (Force.PROTECTION, ReturnReason.ALREADY_OPEN, "Known", True, "duty in law"),
        (Force.PROTECTION, ReturnReason.ANOTHER_TEAM, "MASH", False, "Only a manager"),
        (Force.PROTECTION, ReturnReason.ANOTHER_TEAM, "MASH", True, None),
    ],
)
def test_what_may_come_back(
    force: Force, reason: ReturnReason, words: str, manager: bool, why_not: str | None
) -> None:
    """P20 and P34."""
    found = why_not_returned(force, reason, words, by_a_manager=manager)
    assert (found is None) if why_not is None else (found is not None and why_not in found)


def test_no_reason_is_offered_that_would_be_refused() -> None:
    """P20."""
    assert set(reasons_for(Force.ORDINARY)) == set(ReturnReason)
    for force in (Force.STATUTORY, Force.PROTECTION):
        for reason in reasons_for(force):
            assert why_not_returned(force, reason, "words", by_a_manager=True) is None
