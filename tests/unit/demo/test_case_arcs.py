"""The demo's cases read like life: each arc fits whom it is about, and is at its own place in time."""

import datetime
import random

import pytest

from joinedup.demo.case_arcs import ARCS, NAMES, Arc
from joinedup.demo.cases import _days
from joinedup.support.cases.choices.plan import GoalOutcome

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
