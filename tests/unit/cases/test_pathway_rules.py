"""A case beside its pathway, step by step: against the limit, read or said, and counted without showing anybody."""

import datetime

import pytest

from joinedup.support.cases.choices.pathway import Became, CountedFrom, StepSign, StepState
from joinedup.support.cases.rules.pathway import (
    Followed,
    Marked,
    StepSaid,
    figures,
    follow,
    is_finished,
    next_of,
    why_not_proposed,
)

MONDAY = datetime.date(2026, 11, 2)
"""No bank holiday is near."""


def on(day: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=day)


def step(place: int, days: int, sign: StepSign | None = None, *, chained: bool = False) -> StepSaid:
    counted = CountedFrom.STEP_BEFORE if chained else CountedFrom.START
    return StepSaid(place, place, f"Step {place}", "The lead", "", days, counted, sign)


STEPS = (step(1, 2, StepSign.CONTACT), step(2, 10), step(3, 5, StepSign.PLAN_PUT, chained=True))


def stand(today: int, marks: dict[int, Marked] | None = None, ends_on: int | None = None,
          **signs: int) -> list[Followed]:  # fmt: skip
    return follow(
        STEPS, MONDAY, on(today), marks=marks or {},
        signs={StepSign(name): on(day) for name, day in signs.items()},
        ends_on=None if ends_on is None else on(ends_on),
    )  # fmt: skip


def states(found: list[Followed]) -> list[str]:
    return [each.state.value for each in found]


def test_nothing_done_yet_is_in_time_and_what_hangs_on_a_step_waits_for_it() -> None:
    found = stand(1)
    assert states(found) == ["due", "due", "waits"]
    assert [each.due_on for each in found] == [on(2), on(14), None]
    assert next_of(found) == found[0]


def test_the_day_of_the_limit_is_in_time_and_the_next_working_day_is_past_it() -> None:
    assert states(stand(2))[0] == "due"
    found = stand(7)
    assert (found[0].state, found[0].late_by) == (StepState.OVERDUE, 3)


def test_what_the_case_shows_is_read_from_it_and_measured_against_the_limit() -> None:
    """P41: nobody writes twice what the case holds already."""
    on_time, late = stand(9, contact=2)[0], stand(9, contact=4)[0]
    assert (on_time.state, on_time.is_read, on_time.late_by) == (StepState.ON_TIME, True, 0)
    assert (late.state, late.done_on, late.late_by) == (StepState.LATE, on(4), 2)


def test_what_somebody_says_stands_before_what_is_read() -> None:
    said = Marked(Became.LEFT_OUT, on(1), "They are in hospital")
    assert stand(9, {1: said}, contact=2)[0].words == "They are in hospital"
    undone = Marked(Became.NOT_DONE, on(2), "It was a wrong number")
    assert states(stand(9, {1: undone}, contact=2))[0] == "overdue"


def test_a_step_counts_from_the_one_before_also_where_that_was_left_out() -> None:
    found = stand(9, {2: Marked(Became.DONE, on(7))})
    assert found[2].due_on == on(14)
    found = stand(9, {2: Marked(Became.LEFT_OUT, on(4), "Not wanted")}, plan_put=8)
    assert states(found)[1:] == ["left_out", "on_time"]


def test_where_it_ended_no_limit_runs_and_nothing_read_after_it_counts() -> None:
    assert states(stand(30, ends_on=3, contact=5)) == ["ended", "ended", "ended"]
    assert not is_finished(stand(30, ends_on=3))


def test_it_is_finished_where_every_step_is_done_or_left_out() -> None:
    done = {1: Marked(Became.DONE, on(1)), 2: Marked(Became.LEFT_OUT, on(2), "Not wanted")}
    assert is_finished(stand(9, done, plan_put=3))


def _cases(many: int, *done_on: int | None) -> list[list[Followed]]:
    marks = {n: Marked(Became.DONE, on(day)) for n, day in enumerate(done_on, 1) if day is not None}
    return [stand(40, marks) for _ in range(many)]


def test_small_numbers_go_from_the_figures_and_with_them_what_they_could_be_reckoned_from() -> None:
    """P44: three late at the second step are not told, and neither is a count that would give them away."""
    cases = [*_cases(40, 1, 7, 9), *_cases(3, 1, 30, 32)]
    first, second, third = figures(STEPS, cases)
    assert (first.counts[0], third.counts[0]) == (45, 45)
    assert second.counts[1] is None
    assert second.on_time is None
    assert all(
        each is None or each % 5 == 0 for row in (first, second, third) for each in row.counts
    )


def test_a_share_is_told_where_both_sides_are_many() -> None:
    second = figures(STEPS, [*_cases(30, 1, 7, 9), *_cases(20, 1, 30, 32), *_cases(20, 1)])[1]
    assert second.counts[:3] == (30, 20, 20)
    assert second.on_time == 43


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("Visit", "Lead", 2)], "two steps"),
        ([("Visit", "Lead", 2), (" ", "Lead", 2)], "what is done in step 2"),
        ([("Visit", "", 2), ("Plan", "Lead", 2)], "whose step 1 is"),
        ([("Visit", "Lead", 0), ("Plan", "Lead", 2)], "within how many working days step 1"),
        ([("Visit", "Lead", 1), ("Plan", "Lead", 2)], ""),
    ],
)
def test_what_makes_no_pathway_is_said(
    steps: list[tuple[str, str, int | None]], words: str
) -> None:
    found = why_not_proposed(steps)
    assert words in found
    assert bool(words) == bool(found)
