"""How well a person fits a question: whatever fits better weighs more."""

from datetime import date

import pytest

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked, read_box
from joinedup.intelligence.linkage.find.fit import Fitting, birth_fit
from joinedup.intelligence.linkage.find.name_fit import family_fit, given_fit, readings
from joinedup.intelligence.linkage.find.near_names import near_names
from joinedup.intelligence.linkage.find.weights import trained_weights

WEIGHTS = trained_weights()
SAID = "ROBERT||ALAN|THISTLEWOOD|QUILL~19840423~AB1 2CD|AB9 9ZZ|12|OAK RD~9990000018"


def odds(text: str) -> float:
    asked = read_box(text, today=date(2026, 11, 22))
    return Fitting(asked, WEIGHTS).fit(SAID).odds


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ("robert thistlewood 23/4/84", "robert thistlwood 23/4/84"),
        ("robert thistlwood 23/4/84", "robert jones 23/4/84"),
        ("robert thistlewood 23/4/84", "bob thistlewood 23/4/84"),
        ("bob thistlewood 23/4/84", "kevin thistlewood 23/4/84"),
        ("robert thistlewood 23/4/84", "thistlewood robert 23/4/84"),
        ("robert thistlewood 23/4/84", "robert quill 23/4/84"),
        ("robert quill 23/4/84", "robert jones 23/4/84"),
        ("robert thistlewood 23/4/84", "robert thistlewood 24/4/84"),
        ("robert thistlewood 24/4/84", "robert thistlewood 1/1/51"),
        ("robert thistlewood 1984", "robert thistlewood 1985"),
        ("robert thistlewood 1985", "robert thistlewood 1951"),
        ("robert thistlewood ab1 2cd", "robert thistlewood ab9 9zy"),
        ("robert thistlewood ab9 9zz", "robert thistlewood ab5 5aa"),
        ("robert thistlewood ab1 2ce", "robert thistlewood ab5 5aa"),
        ("robert thistlewood ab1 2", "robert thistlewood ab1"),
        ("robert thistlewood ab1", "robert thistlewood ab5"),
        ("robert thistlewood 12 oak road", "robert thistlewood 14 elm road"),
        ("robert alan thistlewood 1984", "robert zeno thistlewood 1984"),
        ("thistlewood, robert 1984", "robert, thistlewood 1984"),
        ("9990000018", "9990000026"),
    ],
)
def test_the_better_fit_weighs_more(better: str, worse: str) -> None:
    assert odds(better) > odds(worse)


def test_day_and_month_exchanged_fit_better_than_two_parts() -> None:
    swapped = birth_fit(Birth(1984, 3, 4), Birth(1984, 4, 3), WEIGHTS)
    two_parts = birth_fit(Birth(1984, 4, 20), Birth(1984, 4, 3), WEIGHTS)
    assert swapped.weight > two_parts.weight
    assert "exchanged" in swapped.because


@pytest.mark.parametrize(
    ("field", "levels"),
    [
        ("given", {"same", "same_rare", "known_as", "nickname", "initial", "middle", "typo", "differs"}),
        ("middle", {"same", "initial", "differs"}),
        ("family", {"same", "same_usual", "same_rare", "earlier", "part", "typo", "differs"}),
        ("born_on", {"same", "swapped", "two_parts", "differs"}),
        ("home", {"same", "postcode", "moved", "sector", "differs"}),
        ("nhs", {"same", "differs"}),
    ],
)  # fmt: skip
def test_the_trained_model_knows_every_level_that_finding_weighs(
    field: str, levels: set[str]
) -> None:
    assert levels <= set(WEIGHTS.fields[field])


def test_a_rare_name_says_more_than_a_common_one() -> None:
    common = next(iter(WEIGHTS.common_family), "SMITH")
    assert WEIGHTS.same_family("ZYXWVUT") > WEIGHTS.same_family(common)


def test_every_reading_of_three_names_is_tried() -> None:
    read = readings(("MARY", "ANN", "SMITH"))
    assert ("MARY", "ANN SMITH", "", 0.0) in read
    assert ("MARY", "SMITH", "ANN", 0.0) in read
    assert readings(()) == ()


def test_slips_initials_and_beginnings_are_told_apart() -> None:
    assert given_fit("R", "ROBERT", WEIGHTS).because == "same initial"
    assert given_fit("R", "ALAN", WEIGHTS).because == ""
    assert given_fit("ROB", "ROBINETTE", WEIGHTS).because == "given name begins so"
    assert family_fit("SMITHJONES", "SMITH JONES", WEIGHTS).because == "same family name"
    assert family_fit("JONES", "SMITH JONES", WEIGHTS).because == "part of the family name"


@pytest.mark.parametrize(
    "near", ["THISTLEWOOD", "THISTLWOOD", "ROB", "BOBBY", "R", "SMITH THISTLEWOOD"]
)
def test_names_worth_a_closer_look_are_kept(near: str) -> None:
    said = [near, "KHAN", "ABIGAIL"]
    assert near_names(("ROBERT", "THISTLEWOOD"), said) & set(said) == {near}


def test_an_initial_is_near_every_name_it_begins() -> None:
    assert {"ROBERT", "RHYS"} <= near_names(("R", "SMITH"), ["ROBERT", "RHYS", "KHAN"])
    assert near_names((), []) == set()


def test_whoever_fits_by_birth_and_home_may_have_another_name() -> None:
    asked = Asked(names=("ZEBEDEE",), births=(Birth(1984, 4, 23),), postcode="AB1 2CD")
    somebody, nobody = "a", "b"
    other = SAID.replace("19840423", "19510101")
    ranked = Fitting(asked, WEIGHTS).rank({somebody: SAID, nobody: other})  # type: ignore[dict-item]
    assert list(ranked) == [somebody]
