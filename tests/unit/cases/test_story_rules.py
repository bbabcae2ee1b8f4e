"""Lines of a story: which are asked for, how they are paged and drawn, how late they were written."""

import datetime
import random
import uuid
from typing import Any

import pytest

from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.rules.story import (
    ON_A_PAGE,
    Asked,
    Limits,
    Line,
    Window,
    asked_lines,
    by_year,
    drawn,
    in_order,
    lateness,
    significance_of,
    span_of,
    tally,
    together,
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
    limits = Limits({(LineKind.ENTRY, "2")}, {HER: "her", HIM: "him"}, NOON)
    found = asked_lines(lines, Asked(**asked), limits)
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
    found = asked_lines(lines, Asked(new=True), Limits())
    assert found == []


def test_words_are_found_in_lines_that_carry_them() -> None:
    lines = [line("1"), line("3", text="Handed over to Early Help", more="Accepted")]
    found = asked_lines(lines, Asked(words="early accepted"), Limits())
    assert [each.key for each in found] == ["3"]


def page_of(lines: list[Line], **of: Any) -> Window:
    """The page, from the lines of its own days alone."""
    asked = Asked(**of)
    span = span_of(tally(lines), asked)
    within = [each for each in lines if span.first <= each.first < span.after]
    return window(within, span, oldest_first=asked.oldest_first)


def test_a_long_story_is_paged_and_a_year_leads_to_its_page() -> None:
    lines = [line(f"{n:04}", f"{2017 + n // 100}-{n % 12 + 1:02}-01") for n in range(1000)]
    first = page_of(lines)
    assert (len(first.lines), first.page, first.pages, first.total) == (ON_A_PAGE, 1, 25, 1000)
    assert first.lines[0].first == datetime.date(2026, 12, 1)
    assert page_of(lines, year=2020).page == 600 // ON_A_PAGE + 1
    assert page_of(lines, page=99).page == 25
    assert page_of(lines, oldest_first=True).lines[0].first == datetime.date(2017, 1, 1)
    assert len(page_of(lines, everything=True).lines) == 1000
    assert page_of([], year=1999) == Window((), 1, 1, 0, ())


def test_page_after_page_every_line_is_shown_once() -> None:
    chance = random.Random(3)
    days = [
        datetime.date(2000, 1, 1) + datetime.timedelta(days=chance.randrange(9000))
        for _ in range(307)
    ]
    lines = [line(f"{n:04}", day.isoformat()) for n, day in enumerate(days)]
    for oldest_first in (False, True):
        shown = [
            each
            for page in range(1, 9)
            for each in page_of(lines, page=page, oldest_first=oldest_first).lines
        ]
        assert shown == in_order(lines, oldest_first=oldest_first)


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


def test_agencies_are_drawn_by_quarter_and_serious_is_told_apart() -> None:
    first = [line("1"), line("2"), line("5", "2019-06-01", agency="police")]
    housing, police = drawn(
        together([tally(first), tally([line("4", significance=Significance.SERIOUS)])])
    )
    assert housing.agency == "housing"
    assert housing.quarters == ((2026 * 4, 3, 1),)
    assert police.quarters == ((2019 * 4 + 1, 1, 0),)
    assert by_year(tally(first)) == {"housing": {2026: 2}, "police": {2019: 1}}


def test_every_category_has_its_topic_and_warnings_are_serious() -> None:
    assert {topic_of(each) for each in Category} > {Topic.SAFETY, Topic.HEALTH, Topic.POLICE}
    assert significance_of(Category.LIVE_WARNING) is Significance.SERIOUS
    assert significance_of(Category.HOUSING) is Significance.ORDINARY
