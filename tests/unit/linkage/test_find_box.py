"""What somebody types into the one box, taken apart."""

from datetime import date

import pytest

from joinedup.intelligence.linkage.find.box import LONGEST, Asked, read_box
from joinedup.intelligence.linkage.find.enough import how_it_was_read, what_is_needed

TODAY = date(2026, 11, 22)


def read(text: str) -> Asked:
    return read_box(text, today=TODAY)


@pytest.mark.parametrize(
    "written",
    ["3/4/84", "03-04-1984", "3 Apr 1984", "03.04.84", "3rd of April 1984", "030484", "03041984",
     "1984-04-03", "19840403", "3 4 1984", "April 3, 1984", "3apr84", "3/4/1984"],
)  # fmt: skip
def test_a_date_of_birth_is_read_in_any_usual_form(written: str) -> None:
    for text in (written, f"john smith {written}", f"{written} john smith", f"dob {written}"):
        assert read(text).births == ((1984, 4, 3),), text


@pytest.mark.parametrize(
    ("written", "birth"),
    [
        ("1984", (1984, None, None)),
        ("april 1984", (1984, 4, None)),
        ("04/1984", (1984, 4, None)),
        ("3 april", (None, 4, 3)),
        ("04/13/1984", (1984, 4, 13)),
        ("3/4/05", (2005, 4, 3)),
    ],
)
def test_a_date_in_part_or_turned_round_is_read(
    written: str, birth: tuple[int | None, int | None, int | None]
) -> None:
    assert read(f"Jo {written}").births == (birth,)
    assert read(f"Jo {written}").names == ("JO",)


def test_two_digits_of_a_year_may_mean_two_centuries() -> None:
    assert read("3/4/20").births == ((2020, 4, 3), (1920, 4, 3))


@pytest.mark.parametrize("written", ["31/02/1984", "13/25/1984", "3/4/2030", "1/1/1700"])
def test_what_is_no_day_is_no_date_of_birth(written: str) -> None:
    assert not read(written).full_birth


@pytest.mark.parametrize(
    ("text", "names", "family_first"),
    [
        ("John Smith", ("JOHN", "SMITH"), 0),
        ("smith, john", ("SMITH", "JOHN"), 1),
        ("O'Brien Siân", ("OBRIEN", "SIAN"), 0),
        ("Smith-Jones, Mary Ann", ("SMITH", "JONES", "MARY", "ANN"), 2),
        ("Mr John Smith dob", ("JOHN", "SMITH"), 0),
        ("محمد علی", ("MHMD", "ALY"), 0),
        ("name: John Smith", ("JOHN", "SMITH"), 0),
    ],
)
def test_names_are_read_in_any_order(text: str, names: tuple[str, ...], family_first: int) -> None:
    asked = read(text)
    assert (asked.names, asked.family_first) == (names, family_first)


@pytest.mark.parametrize(
    ("text", "postcode", "part"),
    [
        ("smith ab12cd", "AB1 2CD", None),
        ("AB1 2CD smith", "AB1 2CD", None),
        ("smith ab1 ocd", "AB1 0CD", None),
        ("smith AB1", None, "AB1"),
        ("smith ab1 2", None, "AB1 2"),
    ],
)
def test_a_postcode_is_read_whole_or_in_part(
    text: str, postcode: str | None, part: str | None
) -> None:
    asked = read(text)
    assert (asked.postcode, asked.part_of_postcode) == (postcode, part)
    assert asked.names == ("SMITH",)


def test_an_nhs_number_is_read_with_or_without_spaces() -> None:
    assert read("9990000018").nhs == read("smith 999 000 0018").nhs == "9990000018"
    assert read("999-000-0018 3/4/84").births


def test_ten_digits_that_fail_their_check_are_told_kindly() -> None:
    asked = read("999 000 0019")
    assert asked.nhs is None
    assert "not a valid NHS number" in asked.remarks[0]


def test_an_agency_s_own_number_is_read() -> None:
    assert read("gp-0012345").numbers == ("GP-0012345",)
    assert read("030484").numbers == ("030484",), "six digits may be a date and may be a number"


def test_a_house_and_street_are_read() -> None:
    asked = read("flat 3, 12 oak road john smith")
    assert asked.home == ("12/3", "OAK RD")
    assert asked.names == ("JOHN", "SMITH")


@pytest.mark.parametrize(
    "junk",
    ["", "   ", "%", "%%%", "*", "🤖" * 500, "\x00\x01", "'", "--", "()", ",,,", "a" * 10_000,
     "'; DROP TABLE people_person; --", "1" * 10_000, "-" * 10_000, "smith " * 2_000,
     "<script>alert(1)</script>", "\\", "NULL", "1/1/1/1/1/1/1/1/1/1/1/1/1" * 50],
)  # fmt: skip
def test_junk_is_read_without_harm_and_shows_nobody(junk: str) -> None:
    """P3: whatever is typed, less than two elements show nobody."""
    assert what_is_needed(read(junk))
    assert all(len(remark) < 3 * LONGEST for remark in how_it_was_read(read(junk)))


@pytest.mark.parametrize(
    "enough",
    ["smith 3/4/84", "smith ab1 2cd", "3/4/84 ab1 2cd", "john smith 1984", "john smith ab1",
     "john 12 oak road"],
)  # fmt: skip
def test_two_elements_are_enough(enough: str) -> None:
    """P3."""
    assert what_is_needed(read(enough)) == ""


@pytest.mark.parametrize(
    ("little", "sentence"),
    [
        ("", "Type a name"),
        ("john smith", "Add a date of birth or a postcode"),
        ("smith 1984", "Add the other name"),
        ("smith ab1", "Add the other name"),
        ("3/4/84", "Add a name or a postcode"),
        ("ab1 2cd", "Add a name or a date of birth"),
        ("1984", "Add a name."),
        ("1984 ab1", "Add a name."),
    ],
)
def test_less_is_answered_by_what_is_needed(little: str, sentence: str) -> None:
    """P3."""
    assert what_is_needed(read(little)).startswith(sentence)


def test_the_box_says_how_it_was_read() -> None:
    read_as = how_it_was_read(read("smith, john 3/4/84 ab12cd 12 oak road 9990000018"))
    assert read_as == (
        "name Smith John",
        "born 3 April 1984",
        "postcode AB1 2CD",
        "address 12 Oak Rd",
        "NHS number 999 000 0018",
    )
    assert "number GP-12" in how_it_was_read(read("GP-12"))
    assert "born April 1984" in how_it_was_read(read("April 1984"))
