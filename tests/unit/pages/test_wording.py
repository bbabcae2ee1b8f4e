"""How dates, numbers and names read on a page."""

from datetime import UTC, date, datetime

import pytest

from joinedup.foundations.core import wording


def test_a_date_reads_as_people_say_it() -> None:
    assert wording.day(date(1984, 3, 3)) == "3 March 1984"
    assert wording.day(None) == ""


def test_a_moment_is_told_by_the_clock_here() -> None:
    assert wording.moment(datetime(2026, 7, 1, 13, 5, tzinfo=UTC)) == "1 July 2026 at 2:05pm"
    assert wording.moment(datetime(2026, 12, 1, 0, 5, tzinfo=UTC)) == "1 December 2026 at 12:05am"


def test_numbers_have_thin_separators_and_a_true_minus() -> None:
    assert wording.number(1234567) == "1\u202f234\u202f567"
    assert wording.signed(-5) == "\u22125"
    assert wording.signed(5) == "+5"
    assert wording.signed(0) == "0"
    assert wording.share(0.98765) == "98.8%"


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(1984, 11, 23), "aged 41"),
        (date(1984, 11, 22), "aged 42"),
        (date(2026, 10, 22), "aged 1 month"),
        (date(2025, 1, 1), "aged 22 months"),
        (date(2027, 1, 1), ""),
        (None, ""),
    ],
)
def test_an_age_is_in_years_and_for_infants_in_months(born: date | None, said: str) -> None:
    assert wording.years_on(born, date(2026, 11, 22)) == said


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("MARY O'BRIEN", "Mary O'Brien"),
        ("JOHN SMITH-JONES", "John Smith-Jones"),
        ("IAN MCDONALD", "Ian McDonald"),
        ("van der Berg", "van der Berg"),
        ("12 MILL LANE", "12 Mill Lane"),
        ("", ""),
    ],
)
def test_a_name_sent_in_capitals_is_shown_as_people_write_it(sent: str, shown: str) -> None:
    assert wording.name_case(sent) == shown


def test_an_nhs_number_is_spaced_as_it_is_read_out() -> None:
    assert wording.spaced("9990123456") == "999\u00a0012\u00a03456"
    assert wording.spaced("12") == "12"


def test_words_are_listed_and_counted() -> None:
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.count(1, "record") == "1 record"
    assert wording.count(1200, "entry", "entries") == "1\u202f200 entries"


def test_a_day_is_said_again_only_where_it_is_another() -> None:
    began = datetime(2026, 11, 19, 14, 9, tzinfo=UTC)
    assert wording.from_to(began, None) == "19 November 2026 at 2:09pm"
    assert (
        wording.from_to(began, datetime(2026, 11, 19, 14, 23, tzinfo=UTC))
        == "19 November 2026 at 2:09pm to 2:23pm"
    )
    past_midnight = "19 November 2026 at 2:09pm to 20 November 2026 at 12:05am"
    assert wording.from_to(began, datetime(2026, 11, 20, 0, 5, tzinfo=UTC)) == past_midnight
