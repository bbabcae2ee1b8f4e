"""How well a person fits a question: whatever fits better weighs more."""

from datetime import date

import pytest

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked, read_box
from joinedup.intelligence.linkage.find.fit import Fitted, Fitting, birth_fit
from joinedup.intelligence.linkage.find.name_fit import family_fit, given_fit, readings
from joinedup.intelligence.linkage.find.near_names import NearNames
from joinedup.intelligence.linkage.find.weights import trained_weights

WEIGHTS = trained_weights()
SAID = (
    "ROBERT||ALAN|THISTLEWOOD|QUILL|gp,police~19840423|gp,police"
    "~AB1 2CD|AB9 9ZZ|12|OAK RD|gp~9990000018|gp"
)


def odds(text: str) -> float:
    asked = read_box(text, today=date(2026, 11, 22))
    fitted = Fitting(asked, WEIGHTS).fit(SAID)
    assert fitted
    return fitted.odds


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


@pytest.mark.parametrize(
    ("text", "wholly"),
    [
        ("robert thistlewood 1984", True),
        ("thistlewood robert april 1984 ab1 2cd", True),
        ("robert thistlewood ab1", True),
        ("9990000018", True),
        ("bob thistlewood 1984", False),
        ("robert thistlewod 1984", False),
        ("robert thistlewood 1985", False),
        ("robert thistlewood ab9 9zz", False),
        ("robert thistlewood april 1985", False),
    ],
)
def test_whoever_is_all_that_was_asked_for_ends_the_search(text: str, wholly: bool) -> None:
    fitted = Fitting(read_box(text, today=date(2026, 11, 22)), WEIGHTS).fit(SAID)
    assert fitted
    assert fitted.wholly is wholly


def test_only_what_the_holders_say_is_looked_at() -> None:
    """P8: what others say neither finds anybody, nor speaks for or against them."""

    def fitted(text: str, *holders: str) -> Fitted | None:
        asked = read_box(text, today=date(2026, 11, 22))
        return Fitting(asked, WEIGHTS, frozenset(holders)).fit(SAID)

    assert fitted("robert thistlewood 23/4/84", "housing") is None
    assert fitted("robert thistlewood 23/4/84", "gp") == fitted(
        "robert thistlewood 23/4/84", "police"
    )
    assert "NHS" in str(fitted("9990000018", "gp", "housing"))
    assert "NHS" not in str(fitted("9990000018", "police"))
    unheard = fitted("zebedee 23/4/84 ab1 2cd", "police")
    assert unheard
    assert unheard.why == ("same date of birth",)
    asked = Asked(names=("ZEBEDEE",), births=(Birth(1984, 4, 23),), postcode="AB1 2CD")
    profiles = {"a": SAID}
    assert Fitting(asked, WEIGHTS, frozenset({"gp"})).rank(profiles)  # type: ignore[arg-type]
    assert not Fitting(asked, WEIGHTS, frozenset({"police"})).rank(profiles)  # type: ignore[arg-type]


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
    assert NearNames(("ROBERT", "THISTLEWOOD")).of(set(said)) & set(said) == {near}


def test_an_initial_is_near_every_name_it_begins() -> None:
    near = NearNames(("R", "SMITH"))
    assert near.of({"ROBERT", "KHAN"}) >= {"ROBERT"}
    assert near.of({"RHYS", "KHAN"}) >= {"ROBERT", "RHYS"}
    assert "KHAN" not in near.of(set())
    assert NearNames(()).of(set()) == set()


def test_whoever_fits_by_birth_and_home_may_have_another_name() -> None:
    asked = Asked(names=("ZEBEDEE",), births=(Birth(1984, 4, 23),), postcode="AB1 2CD")
    somebody, nobody = "a", "b"
    other = SAID.replace("19840423|", "19510101|")
    ranked = Fitting(asked, WEIGHTS).rank({somebody: SAID, nobody: other})  # type: ignore[dict-item]
    assert list(ranked) == [somebody]
