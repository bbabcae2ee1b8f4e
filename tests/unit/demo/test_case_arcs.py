"""The demo's cases read like life: each arc fits whom it is about, and is at its own place in time."""

import datetime
import random

import pytest

from joinedup.demo.case_arcs import ARCS, NAMES, Arc
from joinedup.demo.case_life.calendar import in_term, saturday, worked, working
from joinedup.demo.case_life.course import Way, course_of, levels_of, reason_of
from joinedup.demo.case_life.plan import TOLD_BY
from joinedup.demo.case_more import MORE
from joinedup.demo.cases import _days
from joinedup.support.cases.choices.plan import GoalOutcome
from joinedup.support.cases.choices.review import ClosingReason

TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize("arc", ARCS, ids=lambda arc: arc.programme.value + str(arc.ages[0]))
def test_an_arc_is_whole_and_in_order(arc: Arc) -> None:
    assert arc.member[1] in NAMES
    assert [day for day, *_ in arc.levels] == sorted(day for day, *_ in arc.levels)
    assert [each.day for each in arc.story] == sorted(each.day for each in arc.story)
    assert all(wanted.outcome in list(GoalOutcome) for wanted in arc.wanted)
    assert {who for wanted in arc.wanted for _, who in wanted.promises} <= {
        "lead", "person", "member",
    }  # fmt: skip
    words = " ".join(each.what + each.words for each in arc.story)
    if not arc.family:
        other = {"M": " she ", "F": " he "}[arc.sex]
        assert other not in words.replace("his late", "")


def test_cases_begin_and_close_on_working_days_and_never_in_days_to_come() -> None:
    chance = random.Random(1)
    for is_open in (True, False) * 40:
        opened, ended = _days(is_open, TODAY, chance)
        assert opened.weekday() < 5
        assert opened < (ended or TODAY)
        assert (ended is None) is is_open
        assert ended is None or (ended < TODAY and ended.weekday() < 5)


@pytest.mark.parametrize("arc", ARCS, ids=lambda arc: arc.programme.value + str(arc.ages[0]))
@pytest.mark.parametrize("is_closed", [True, False])
def test_lives_go_well_in_part_back_or_stop_and_their_levels_are_in_order(
    arc: Arc, is_closed: bool
) -> None:
    """A stranger who reads twenty of them sees that not everything improves."""
    more, ways = MORE[arc.member[1]], set()
    for number in range(60):
        course = course_of(arc, more, 280, is_closed=is_closed, chance=random.Random(number))
        ways.add(course.way)
        days = [day for day, *_ in levels_of(arc, course)]
        assert days == sorted(days)
        levels = [level for _, level, *_ in levels_of(arc, course)]
        assert set(levels) <= {1, 2, 3, 4}
        if course.way is Way.STOPPED:
            assert course.reason is not ClosingReason.GOALS_REACHED
            assert not course.happens(arc.story[-1].day) or arc.story[-1].day <= 140
    assert ways == set(Way) - ({Way.STOPPED} if not is_closed else set())


@pytest.mark.parametrize("relation", MORE)
def test_what_else_happens_fits_whom_it_is_about(relation: str) -> None:
    more = MORE[relation]
    told = " ".join(each.what + each.words for each in (*more.also, *more.setback))
    if relation.startswith("his "):
        assert " she " not in told
    if relation.startswith("her "):
        assert " he " not in told.replace("there is", "")
    assert all(reason_of(words) is not ClosingReason.GOALS_REACHED for words in more.stopped)
    assert all(not words.endswith(" ") and words[0].isupper() for words in more.in_part)


def test_nothing_happens_at_school_while_it_is_shut_nor_at_work_on_a_holiday() -> None:
    assert in_term(datetime.date(2026, 8, 3)) == datetime.date(2026, 9, 7)
    assert working(datetime.date(2026, 12, 25)) == datetime.date(2026, 12, 29)
    assert worked(datetime.date(2026, 12, 27)) == datetime.date(2026, 12, 24)
    assert saturday(datetime.date(2026, 11, 18)) == datetime.date(2026, 11, 21)


def test_each_step_that_the_story_tells_is_a_step_of_a_plan_and_told() -> None:
    steps = {step for arc in ARCS for wanted in arc.wanted for step in wanted.steps}
    told = {each.what for arc in ARCS for each in arc.story}
    assert set(TOLD_BY) <= steps
    assert set(TOLD_BY.values()) <= told
