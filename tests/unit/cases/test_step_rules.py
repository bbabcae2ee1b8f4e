"""Rules of steps as tables: the ladder, who coordinates, whether risk rises, the overlap without small numbers."""

import datetime
import uuid

import pytest

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import Rung
from joinedup.support.cases.rules import ladder, overlap, rising
from joinedup.support.cases.rules.coordinating import Alongside, coordinating
from joinedup.support.cases.rules.steps import safer

AT = datetime.datetime(2026, 11, 18, 9, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("rung", "role", "opened", "asked", "settles"),
    [
        (Rung.WORKER, "practitioner", False, True, True),
        (Rung.WORKER, "practitioner", True, True, False),
        (Rung.MANAGER, "practitioner", False, True, False),
        (Rung.MANAGER, "team_manager", False, True, True),
        (Rung.HEAD, "team_manager", False, False, False),
        (Rung.HEAD, "duty_manager", False, True, True),
        (Rung.PARTNERS, "duty_manager", False, True, False),
        (Rung.PARTNERS, "safeguarding_lead", False, True, True),
    ],
)
def test_who_settles_on_which_rung(
    rung: Rung, role: str, opened: bool, asked: bool, settles: bool
) -> None:
    """P40."""
    why_not = ladder.why_not_settled_by(rung, role, opened_it=opened, was_asked=asked)
    assert (why_not is None) is settles


def test_each_rung_has_its_working_days_and_the_last_none() -> None:
    """P40: worker 1, manager 2, head 5; over the weekend no day counts."""
    due = [ladder.due(rung, AT) for rung in Rung]
    days = [each.date().isoformat() if each else None for each in due]
    assert days == ["2026-11-20", "2026-11-21", "2026-11-26", None]
    assert [ladder.above(rung) for rung in Rung] == [Rung.MANAGER, Rung.HEAD, Rung.PARTNERS, None]
    assert safer(2, 4) == 4


def a_case(number: int, programme: Programme, *, agreed: bool = False) -> Alongside:
    return Alongside(uuid.UUID(int=number), programme, AT + number * DAY, agreed)


@pytest.mark.parametrize(
    ("cases", "coordinates", "by_rule"),
    [
        ([a_case(1, Programme.WELLBEING), a_case(2, Programme.SOCIAL_CARE)], 2, True),
        ([a_case(1, Programme.WELLBEING, agreed=True), a_case(2, Programme.SOCIAL_CARE)], 2, True),
        ([a_case(1, Programme.WELLBEING), a_case(2, Programme.EARLY_HELP, agreed=True)], 2, False),
        ([a_case(2, Programme.WELLBEING), a_case(1, Programme.EARLY_HELP)], 1, False),
        (
            [
                a_case(1, Programme.SOCIAL_CARE),
                a_case(2, Programme.CHILDRENS_SOCIAL_CARE, agreed=True),
            ],
            2,
            False,
        ),
    ],
)
def test_one_lead_coordinates(cases: list[Alongside], coordinates: int, by_rule: bool) -> None:
    """S0-20, P27."""
    found = coordinating(cases)
    assert found is not None
    assert (found.matter_id.int, found.by_rule) == (coordinates, by_rule)
    assert coordinating([]) is None


def test_risk_rises_by_a_level_up_or_something_serious_lately() -> None:
    up = [rising.At(2, AT - 90 * DAY), rising.At(3, AT - 10 * DAY)]
    assert rising.why_rising(up, AT) == "From level 2 to level 3"
    assert rising.why_rising(up, AT + 60 * DAY) == ""
    down = [rising.At(3, AT - 90 * DAY), rising.At(2, AT - 10 * DAY)]
    assert rising.why_rising(down, AT) == ""
    assert rising.why_rising(down, AT, serious_on=AT.date() - 5 * DAY) != ""
    assert rising.why_rising(down, AT, serious_on=AT.date() - 50 * DAY) == ""
    assert rising.why_rising(down, AT, protection_at=AT - DAY) == "Sent for protection"


def test_what_is_suppressed_is_suppressed_on_both_sides_of_the_mirror() -> None:
    """S0-21, P44: no row is left with one suppressed number alone, and the table tells nothing twice."""
    early, care, well = Programme.EARLY_HELP, Programme.SOCIAL_CARE, Programme.WELLBEING
    people = [frozenset({early})] * 60 + [frozenset({care})] * 40 + [frozenset({well})] * 30
    people += [frozenset({early, care})] * 20 + [frozenset({early, well})] * 12
    people += [frozenset({care, well})] * 3
    counts = overlap.counted(people)
    order = list(Programme)
    e, c, w = (order.index(each) for each in (early, care, well))
    assert (counts[e][e], counts[e][c], counts[c][e], counts[c][w]) == (92, 20, 20, 3)
    found = overlap.shown(counts)
    assert found[c][w] is None
    size = range(len(order))
    assert all(found[r][k] == found[k][r] for r in size for k in size)
    for row in found:
        hidden = [one for one in row if one is None]
        assert len(hidden) != 1
    assert found[e][e] == 90
