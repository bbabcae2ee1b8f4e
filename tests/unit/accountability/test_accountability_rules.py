"""The clocks of a breach and of a complaint (P15): across nights on which clocks change, and at the very hour."""

import datetime

import pytest

from joinedup.foundations.core.dates import LONDON
from joinedup.identity.accountability.choices import Risk
from joinedup.identity.accountability.rules import (
    acknowledge_by,
    due_at,
    hours_left,
    why_late_is_to_be_said,
    why_not_close,
)


def london(*parts: int) -> datetime.datetime:
    return datetime.datetime(*parts, tzinfo=LONDON)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("known", "ends"),
    [
        (london(2026, 6, 5, 17, 0), london(2026, 6, 8, 17, 0)),  # a Friday evening to a Monday
        (london(2026, 10, 23, 12, 0), london(2026, 10, 26, 11, 0)),  # the clock goes back
        (london(2027, 3, 26, 12, 0), london(2027, 3, 29, 13, 0)),  # the clock goes forward
        (london(2026, 12, 30, 9, 30), london(2027, 1, 2, 9, 30)),
    ],
)
def test_72_hours_are_time_that_passes(known: datetime.datetime, ends: datetime.datetime) -> None:
    """P15, UK GDPR 33(1): nights, weekends and holidays count."""
    assert due_at(known) == ends
    assert hours_left(known, ends) == 0
    assert hours_left(known, ends + datetime.timedelta(minutes=1)) == -1
    assert hours_left(known, ends - datetime.timedelta(hours=24)) == 24


def test_the_day_it_comes_is_the_first_of_the_thirty() -> None:
    """P15, DPA 2018 s164A(3): “within the period of 30 days beginning when the complaint is received”."""
    assert acknowledge_by(datetime.date(2026, 7, 1)) == datetime.date(2026, 7, 30)
    assert acknowledge_by(datetime.date(2027, 2, 1)) == datetime.date(2027, 3, 2)


def test_late_says_why_and_in_time_need_not() -> None:
    known = london(2026, 6, 1, 9, 0)
    assert not why_late_is_to_be_said(known, london(2026, 6, 4, 9, 0), "")
    assert "Say why" in why_late_is_to_be_said(known, london(2026, 6, 4, 9, 1), " ")
    assert not why_late_is_to_be_said(known, london(2026, 6, 9, 9, 0), "The server was sealed")


@pytest.mark.parametrize(
    ("risk", "commissioner", "people", "learned", "lacking"),
    [
        ("", False, False, "Much", "not been assessed"),
        (Risk.UNLIKELY, False, False, "", "what was learned"),
        (Risk.UNLIKELY, False, False, "Much", ""),
        (Risk.RISK, False, False, "Much", "The Commissioner has not been told"),
        (Risk.RISK, True, False, "Much", ""),
        (Risk.HIGH, True, False, "Much", "Those whom it is about have not been told"),
        (Risk.HIGH, False, True, "Much", "The Commissioner has not been told"),
        (Risk.HIGH, True, True, "Much", ""),
    ],
)
def test_it_is_closed_when_all_were_told(
    risk: str, commissioner: bool, people: bool, learned: str, lacking: str
) -> None:
    why = why_not_close(risk, commissioner_told=commissioner, people_told=people, learned=learned)
    assert bool(why) == bool(lacking)
    assert lacking in why
