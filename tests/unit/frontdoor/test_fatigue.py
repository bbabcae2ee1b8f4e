"""How often somebody is passed on before help comes (S2-28)."""

import datetime

import pytest

from joinedup.support.frontdoor.rules.fatigue import Fatigue, Passing, Step, fatigue_of, way_of

NOW = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)


def ago(days: int, what: Passing) -> Step:
    return Step(what, NOW - datetime.timedelta(days=days))


R, H, S, C, P = (
    Passing.REFERRED,
    Passing.HANDED_ON,
    Passing.SIGNPOSTED,
    Passing.CONTACTED,
    Passing.HELPED,
)


@pytest.mark.parametrize(
    ("steps", "before", "hand_offs", "days", "settled", "nothing"),
    [
        ([ago(9, R), ago(8, H), ago(7, C), ago(7, P)], 0, 1, 2, True, 0),
        ([ago(90, R), ago(89, H), ago(80, H), ago(70, H), ago(60, H)], 0, 4, None, False, 0),
        ([ago(9, R), ago(8, H), ago(7, P), ago(5, H)], 2, 3, None, False, 0),
        ([ago(60, R), ago(59, S)], 0, 1, None, False, 1),
        ([ago(60, R), ago(59, S), ago(40, C)], 0, 1, 20, False, 0),
        ([ago(20, R), ago(19, S)], 0, 1, None, False, 0),
        ([ago(400, H), ago(399, H), ago(9, R)], 0, 0, None, False, 0),
    ],
)
def test_a_way_to_help_is_measured(
    steps: list[Step], before: int, hand_offs: int, days: int | None, settled: bool, nothing: int
) -> None:
    way = way_of(steps, passed_on_before=before, now=NOW)
    assert way is not None
    assert (way.hand_offs, way.days_to_contact, way.settled_at_first_contact) == (
        hand_offs, days, settled,
    )  # fmt: skip
    assert way.signposts_to_nothing == nothing


def test_only_whom_somebody_referred_is_measured() -> None:
    assert way_of([ago(3, C)], now=NOW) is None
    assert way_of([ago(400, R)], now=NOW) is None


@pytest.mark.parametrize(("times", "over"), [(3, False), (4, True)])
def test_more_often_than_the_limit_is_over_it(times: int, over: bool) -> None:
    way = way_of([ago(90, R), *(ago(80 - n, H) for n in range(times))], now=NOW)
    assert way is not None
    assert way.is_over() is over


def test_nobody_measured_is_no_division_by_nought() -> None:
    assert fatigue_of([]) == Fatigue(0, None, None, 0, 0, 0, 0)


def test_first_help_and_the_level_of_need_when_it_began_are_measured() -> None:
    """S0-5: days to first support, and the level that was first set after the referral."""
    at = {days: NOW - datetime.timedelta(days=days) for days in (30, 8, 3)}
    steps = [ago(9, R), ago(8, H), ago(7, C), ago(5, P)]
    way = way_of(steps, now=NOW, levels=[(at[3], 2), (at[30], 4), (at[8], 3)])
    assert way is not None
    assert (way.days_to_contact, way.days_to_help, way.level) == (2, 4, 3)
    waits = way_of([ago(9, R)], now=NOW)
    assert waits is not None
    assert (waits.days_to_help, waits.level) == (None, None)
    found = fatigue_of([way, waits])
    assert (found.median_days_to_help, dict(found.levels)) == (4, {3: 1})


def test_many_ways_make_one_measure() -> None:
    ways = [
        way_of([ago(9, R), ago(8, H), ago(7, C), ago(7, P)], now=NOW),
        way_of([ago(60, R), ago(59, S)], passed_on_before=4, now=NOW),
    ]
    measure = fatigue_of([way for way in ways if way])
    assert (measure.people, measure.hand_offs, measure.median_days) == (2, 3.0, 2)
    assert (measure.settled, measure.signposts, measure.signposts_to_nothing, measure.over) == (
        1, 1, 1, 1,
    )  # fmt: skip
