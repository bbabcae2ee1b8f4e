"""Lines of a story: which are asked for, how they are paged and drawn, how late they were written."""

import datetime
import uuid
from typing import Any

import pytest

from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.rules.story import (
    ON_A_PAGE,
    Asked,
    Line,
    asked_lines,
    drawn,
    lateness,
    significance_of,
    topic_of,
    window,
)

HER, HIM = uuid.uuid4(), uuid.uuid4()
NOON = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)


def line(key: str = "1", day: str = "2026-03-12", **more: Any) -> Line:
    first = datetime.date.fromisoformat(day)
    said = {
        "topic": Topic.HOME,
        "after": first + datetime.timedelta(days=1),
        "agency": "housing",
        **more,
    }
    return Line(LineKind.ENTRY, key, first, **said)


def asked(lines: list[Line], **asked: Any) -> list[str]:
    found = asked_lines(
        lines, Asked(**asked), pinned={(LineKind.ENTRY, "2")}, found=None,
        whose={HER: "her", HIM: "him"}, new_since=NOON,
    )  # fmt: skip
    return [each.key for each in found]


@pytest.mark.parametrize(
    ("of", "found"),
    [
        ({}, ["1", "2", "3"]),
        ({"agency": "police"}, ["2"]),
        ({"topic": "safety"}, ["2"]),
        ({"significance": "serious"}, ["2"]),
        ({"person": "him"}, ["3"]),
        ({"since": datetime.date(2020, 1, 1)}, ["1", "3"]),
        ({"pinned": True}, ["2"]),
        ({"new": True}, ["3"]),
        ({"agency": "police", "person": "him"}, []),
    ],
)
def test_what_is_asked_for_is_shown(of: dict[str, Any], found: list[str]) -> None:
    lines = [
        line("1", person=HER, written_at=NOON - datetime.timedelta(days=1)),
        line("2", "2019-06-01", agency="police", topic=Topic.SAFETY, significance=Significance.SERIOUS, person=HER),
        line("3", "2019-06-01", after=None, person=HIM, written_at=NOON + datetime.timedelta(days=1)),
    ]  # fmt: skip
    assert asked(lines, **of) == found


def test_nothing_is_new_to_whoever_reads_it_for_the_first_time() -> None:
    lines = [line(written_at=NOON)]
    found = asked_lines(lines, Asked(new=True), pinned=(), found=None, whose={}, new_since=None)
    assert found == []


def test_words_are_found_in_lines_that_carry_them_and_by_name() -> None:
    lines = [line("1"), line("2"), line("3", text="Handed over to Early Help", more="Accepted")]
    found = asked_lines(
        lines, Asked(words="early accepted"), pinned=(), found={(LineKind.ENTRY, "2")}, whose={},
        new_since=None,
    )  # fmt: skip
    assert [each.key for each in found] == ["2", "3"]


def test_a_long_story_is_paged_and_a_year_leads_to_its_page() -> None:
    lines = [line(f"{n:04}", f"{2017 + n // 100}-05-01") for n in range(1000)]
    first = window(lines, Asked())
    assert (len(first.lines), first.page, first.pages, first.total) == (ON_A_PAGE, 1, 25, 1000)
    assert first.lines[0].first.year == 2026
    assert window(lines, Asked(year=2020)).page == 600 // ON_A_PAGE + 1
    assert window(lines, Asked(page=99)).page == 25
    assert window(lines, Asked(oldest_first=True)).lines[0].first.year == 2017
    assert len(window(lines, Asked(everything=True)).lines) == 1000
    assert window([], Asked(year=1999)).pages == 1


@pytest.mark.parametrize(
    ("last", "written", "said"),
    [
        ("2024-03-12", "2024-03-12", ""),
        ("2024-03-12", "2024-03-13", ""),
        ("2024-03-12", "2024-03-14", "Written 2 days later"),
        ("2024-03-12", "2024-07-12", "Written 4 months later"),
        ("2015-12-31", "2024-03-12", "Written 8 years later"),
        (None, "2024-03-12", ""),
    ],
)
def test_what_is_written_late_says_so(last: str | None, written: str, said: str) -> None:
    """P32: how late it was entered."""
    day = datetime.date.fromisoformat
    assert lateness(day(last) if last else None, day(written)) == said


def test_what_was_corrected_is_not_drawn_and_serious_is_told_apart() -> None:
    lines = [
        line("1"), line("2"), line("3", corrected=True), line("4", significance=Significance.SERIOUS),
        line("5", "2019-06-01", agency="police"),
    ]  # fmt: skip
    housing, police = drawn(lines)
    assert housing.agency == "housing"
    assert housing.quarters == ((2026 * 4, 3, 1),)
    assert police.quarters == ((2019 * 4 + 1, 1, 0),)


def test_every_category_has_its_topic_and_warnings_are_serious() -> None:
    assert {topic_of(each) for each in Category} > {Topic.SAFETY, Topic.HEALTH, Topic.POLICE}
    assert significance_of(Category.LIVE_WARNING) is Significance.SERIOUS
    assert significance_of(Category.HOUSING) is Significance.ORDINARY
