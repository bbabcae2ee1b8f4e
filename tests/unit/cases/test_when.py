"""When something happened, as people write it: a day, a month, a year, a span, a guess; never a day to come."""

import datetime

import pytest

from joinedup.support.cases.rules.when import HOW_TO, STILL_TO_COME, When, in_words, read_when

TODAY = datetime.date(2026, 11, 22)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("written", "starts", "ends", "said"),
    [
        ("12 3 2024", "2024-03-12", "2024-03-13", "12 March 2024"),
        (" 12/3/24 ", "2024-03-12", "2024-03-13", "12 March 2024"),
        ("Tues 12th of March, 2024", "2024-03-12", "2024-03-13", "12 March 2024"),
        ("March 12 2024", "2024-03-12", "2024-03-13", "12 March 2024"),
        ("2024-03-12", "2024-03-12", "2024-03-13", "12 March 2024"),
        ("1/2/99", "1999-02-01", "1999-02-02", "1 February 1999"),
        ("24 December", "2025-12-24", "2025-12-25", "24 December 2025"),
        ("29/2/2024", "2024-02-29", "2024-03-01", "29 February 2024"),
        ("in March 2024", "2024-03-01", "2024-04-01", "March 2024"),
        ("3/2024", "2024-03-01", "2024-04-01", "March 2024"),
        ("Sept 2019", "2019-09-01", "2019-10-01", "September 2019"),
        ("May", "2026-05-01", "2026-06-01", "May 2026"),
        ("2015", "2015-01-01", "2016-01-01", "2015"),
        ("winter 2019", "2019-12-01", "2020-03-01", "December 2019 to February 2020"),
        ("Christmas 2019", "2019-12-24", "2019-12-27", "24 to 26 December 2019"),
        ("late 2015", "2015-09-01", "2016-01-01", "September to December 2015"),
        ("the 1990s", "1990-01-01", "2000-01-01", "1990 to 1999"),
        ("early 1990s", "1990-01-01", "1993-01-01", "1990 to 1992"),
        ("12–14 March 2024", "2024-03-12", "2024-03-15", "12 to 14 March 2024"),
        ("12 March - 3 June 2019", "2019-03-12", "2019-06-04", "12 March to 3 June 2019"),
        ("March to June 2019", "2019-03-01", "2019-07-01", "March to June 2019"),
        ("30/12/2019 to 2/1/2020", "2019-12-30", "2020-01-03", "30 December 2019 to 2 January 2020"),
        ("2019-2021", "2019-01-01", "2022-01-01", "2019 to 2021"),
        ("between 2015 and 2017", "2015-01-01", "2018-01-01", "2015 to 2017"),
        ("yesterday", "2026-11-21", "2026-11-22", "21 November 2026"),
        ("last Sunday", "2026-11-15", "2026-11-16", "15 November 2026"),
        ("last month", "2026-10-01", "2026-11-01", "October 2026"),
        ("November 2026", "2026-11-01", "2026-11-23", "1 to 22 November 2026"),
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(written: str, starts: str, ends: str, said: str) -> None:
    found = read_when(written, TODAY)
    assert found == When(day(starts), day(ends))
    assert in_words(found) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("about March 2019", "about March 2019"),
        ("c. 2015", "about 2015"),
        ("2015?", "about 2015"),
        ("about March to about June 2019", "about March to June 2019"),
        ("since 5 June 2019", "since 5 June 2019"),
        ("June 2019 onwards", "since 1 June 2019"),
        ("from 2019 to now", "since 1 January 2019"),
        ("about 2019 to date", "about since 1 January 2019"),
    ],
)
def test_a_guess_and_what_goes_on_are_said_as_such(written: str, said: str) -> None:
    assert in_words(read_when(written, TODAY)) == said


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("", "Say when it happened"),
        ("23 11 2026", STILL_TO_COME),
        ("next year", HOW_TO),
        ("2024 to 2029", STILL_TO_COME),
        ("31 2 2020", "There is no such day"),
        ("13/2020", "There is no month 13"),
        ("June 2019 to March 2019", "It ends before it starts"),
        ("1/1/1850", "Check the year"),
        ("0000", "There is no such year"),
        ("when he was small", HOW_TO),
        ("12 12", HOW_TO),
        ("x" * 200, HOW_TO),
        ("\x00", HOW_TO),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(written: str, why: str) -> None:
    with pytest.raises(ValueError, match=why[:30].replace("(", r"\(")):
        read_when(written, TODAY)


def test_what_is_said_can_be_read_again() -> None:
    """A correction opens with the words of the entry: they mean the same days."""
    for text in (
        "12 3 2024",
        "March 2024",
        "2015",
        "12 to 14 March 2024",
        "since 5 June 2019",
        "c. 2015",
    ):
        found = read_when(text, TODAY)
        assert read_when(in_words(found), TODAY) == found
