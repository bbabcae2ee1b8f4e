"""What a meeting goes by, as tables: days, order, quorum, capacity, what opens, and how two texts join."""

import datetime
import uuid

import pytest

from joinedup.foundations.meetings.rules.quorum import AtTheTable, why_no_quorum
from joinedup.foundations.meetings.rules.times import beginnings, minutes_over
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import Rhythm
from joinedup.support.panels.rules.capacity import bursts_on, forecast, intake_of
from joinedup.support.panels.rules.deciding import (
    why_not_before_agreement,
    why_not_decided,
    why_not_put_off,
)
from joinedup.support.panels.rules.joining import joined
from joinedup.support.panels.rules.ordering import Waiting, neighbours, ordered
from joinedup.support.panels.rules.rhythm import meeting_days

DAY = datetime.date
AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("rhythm", "weekday", "after", "days"),
    [
        (Rhythm.WEEKLY, 3, DAY(2026, 11, 18), [DAY(2026, 11, 19), DAY(2026, 11, 26)]),
        (Rhythm.WEEKLY, 3, DAY(2026, 11, 19), [DAY(2026, 11, 26), DAY(2026, 12, 3)]),
        # Christmas Day is a Friday, the 28th stands for Boxing Day: the panel meets on the 29th, and on
        # New Year’s Day not but on the Monday after.
        (Rhythm.WEEKLY, 4, DAY(2026, 12, 18), [DAY(2026, 12, 29), DAY(2027, 1, 4)]),
        # From Easter Monday it is moved to the Tuesday, and the week after it is a Monday again.
        (Rhythm.WEEKLY, 0, DAY(2026, 4, 4), [DAY(2026, 4, 7), DAY(2026, 4, 13)]),
        (Rhythm.WEEKLY, 0, DAY(2026, 4, 6), [DAY(2026, 4, 7), DAY(2026, 4, 13)]),
        (Rhythm.FORTNIGHTLY, 3, DAY(2026, 1, 8), [DAY(2026, 1, 22), DAY(2026, 2, 5)]),
        (Rhythm.EVERY_FOUR_WEEKS, 3, DAY(2026, 1, 1), [DAY(2026, 1, 8), DAY(2026, 2, 5)]),
    ],
)
def test_a_panel_meets_in_its_rhythm_and_bank_holidays_are_moved(
    rhythm: Rhythm, weekday: int, after: datetime.date, days: list[datetime.date]
) -> None:
    assert (
        meeting_days(starts_on=DAY(2026, 1, 5), weekday=weekday, rhythm=rhythm, after=after, many=2)
        == days
    )


@pytest.mark.parametrize(
    ("there", "quorum", "required", "says"),
    [
        ([("police", "police"), ("housing", "housing"), ("care", "gp")], 3, ["gp"], ""),
        ([("police", "police"), ("police", "gp")], 2, [], "2 agencies must be there and one is"),
        ([("a", "police"), ("b", "housing")], 2, ["gp"], "nobody is there for general practice"),
        ([("a", "police")], 2, ["gp", "housing"], "general practice and housing"),
        ([], 2, [], "none is"),
    ],
)
def test_without_a_quorum_the_sentence_says_who_is_missing(
    there: list[tuple[str, str]], quorum: int, required: list[str], says: str
) -> None:
    """P26: agencies count and not heads; whoever coordinates has no word in it."""
    told = why_no_quorum([AtTheTable(*each) for each in there], quorum, required)
    assert says in told if says else told == ""
    guests = [AtTheTable("x", "gp", counts=False), AtTheTable("y", "gp", counts=False)]
    assert bool(why_no_quorum(guests, 2, ["gp"]))


@pytest.mark.parametrize(
    ("agreement", "before", "basis", "opens"),
    [
        (Agreement.AGREED, False, "", True),
        (Agreement.INFORMED_NOT_AGREED, False, "Care Act section 6", False),
        (Agreement.NOT_INFORMED, True, "", False),
        (Agreement.NOT_INFORMED, True, "Care Act section 6", True),
    ],
)
def test_before_agreement_is_an_exception_on_a_named_basis(
    agreement: Agreement, before: bool, basis: str, opens: bool
) -> None:
    """P25."""
    assert (
        why_not_before_agreement(agreement, before_agreement=before, basis=basis) == ""
    ) is opens


def test_an_item_is_put_off_once_and_for_a_reason() -> None:
    """P26."""
    assert why_not_put_off(was_put_off=False, because="The GP is ill") == ""
    assert why_not_put_off(was_put_off=False, because=" ")
    assert why_not_put_off(was_put_off=True, because="Once more")


@pytest.mark.parametrize(
    ("lead", "reasons", "own", "without", "missing"),
    [
        ("housing", "They know her", "A door to shut", "", ""),
        ("housing", " ", "A door", "", "reasons"),
        ("", "They know her", "A door", "", "lead agency"),
        ("housing", "They know her", "", "", "own words"),
        ("housing", "They know her", "", "She was not safe to ask", ""),
    ],
)
def test_a_decision_has_reasons_a_lead_and_the_person_s_own_words(
    lead: str, reasons: str, own: str, without: str, missing: str
) -> None:
    told = why_not_decided(
        kind_has_lead=True, lead=lead, reasons=reasons, own_words=own, without_them_because=without
    )
    assert missing in told if missing else told == ""


def _waiting(number: int, **more: object) -> Waiting:
    return Waiting(uuid.UUID(int=number), AT + datetime.timedelta(hours=number), **more)  # type: ignore[arg-type]


def _numbers(line: list[uuid.UUID]) -> list[int]:
    return [each.int for each in line]


def _apart(*pairs: tuple[int, int]) -> set[frozenset[uuid.UUID]]:
    return {frozenset({uuid.UUID(int=a), uuid.UUID(int=b)}) for a, b in pairs}


HOME = frozenset({"home 1"})


@pytest.mark.parametrize(
    ("items", "apart", "line"),
    [
        (
            [_waiting(1), _waiting(2, is_urgent=True), _waiting(3, is_unfinished=True)],
            [],
            [3, 2, 1],
        ),
        ([_waiting(1, families=HOME), _waiting(2), _waiting(3, families=HOME)], [], [1, 3, 2]),
        (
            [_waiting(1, families=HOME), _waiting(2), _waiting(3, families=HOME)],
            [(1, 3)],
            [1, 2, 3],
        ),
        ([_waiting(1), _waiting(2), _waiting(3)], [(1, 2)], [1, 3, 2]),
        ([_waiting(3), _waiting(1), _waiting(2)], [(2, 3)], [2, 1, 3]),
        ([_waiting(1), _waiting(2)], [(1, 2)], [1, 2]),
    ],
)
def test_an_agenda_has_its_order(
    items: list[Waiting], apart: list[tuple[int, int]], line: list[int]
) -> None:
    """P26, P28: unfinished, urgent, oldest; a family together, and apart who must be."""
    pairs = _apart(*apart)
    found = ordered(items, pairs)
    if len(items) > 2:
        assert neighbours(found, pairs) == []
    assert sorted(_numbers(found)) == sorted(each.key.int for each in items)
    assert _numbers(found) == line


def test_items_are_timed_and_what_runs_over_shows() -> None:
    first, second, third = beginnings(AT, [10, 15, 5])
    assert (second - first, third - second) == (
        datetime.timedelta(minutes=10), datetime.timedelta(minutes=15),
    )  # fmt: skip
    assert minutes_over(AT, 10, AT + datetime.timedelta(minutes=9)) == 0
    assert minutes_over(AT, 10, AT + datetime.timedelta(minutes=13.5)) == 3


def test_the_forecast_says_when_the_queue_bursts() -> None:
    """S0-92: ten to fifteen a week are what the reports say; twelve fit into one meeting."""
    days = [DAY(2026, 11, 19) + datetime.timedelta(weeks=week) for week in range(6)]
    today = DAY(2026, 11, 19)
    holds = forecast(waiting=0, weekly=10, capacity=12, today=today, meetings=days)
    assert bursts_on(holds, 12) is None
    fills = forecast(waiting=10, weekly=15, capacity=12, today=today, meetings=days)
    assert [round(each.left) for each in fills] == [0, 3, 6, 9, 12, 15]
    assert bursts_on(fills, 12) == days[5]


def test_a_panel_without_weeks_of_its_own_goes_by_the_reports() -> None:
    assert (intake_of([]).lowest, intake_of([3, 4]).highest) == (10, 15)
    own = intake_of([8, 10, 12, 14])
    assert (own.lowest, own.usual, own.highest, own.from_own_weeks) == (8, 11, 14, True)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("", "Ann", "", "Ann"),
        ("He drinks.", "He drinks less.", "He drinks.", "He drinks less."),
        ("one two three", "one 2 three", "one two three four", "one 2 three four"),
        ("one two three", "one three", "one two three four", "one three four"),
        ("one two three", "1 two three", "one two 3", "1 two 3"),
        # Both add at the end: one under the other, and each goes on in a line of their own.
        ("X", "X foo", "X bar", "X bar\nfoo"),
        ("X foo", "X foo f", "X foo\nbar", "X foo f\nbar"),
        ("", "abc", "xyz", "xyz\nabc"),
        ("same", "same words", "same words", "same words"),
        # They meet: kept side by side.
        ("the cat sat", "the dog sat", "the cow sat", None),
        ("the cat sat", "the sat", "the cow sat", None),
        ("ab cd", " cd", "abX cd", None),
    ],
)
def test_two_who_write_at_once_lose_nothing(
    base: str, mine: str, theirs: str, together: str | None
) -> None:
    assert joined(base, mine, theirs) == together
