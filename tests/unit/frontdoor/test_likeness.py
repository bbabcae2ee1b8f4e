"""What was typed of somebody beside what is held: same, different, or not told by one side."""

import datetime

import pytest

from joinedup.support.frontdoor.choices import Likeness as L
from joinedup.support.frontdoor.rules.likeness import Told, likenesses

TODAY = datetime.date(2026, 11, 20)
HELD = Told("Ada ASHE", datetime.date(1950, 1, 1), None, "3 Mill Lane", "LS1 4DY")


@pytest.mark.parametrize(
    ("typed", "name", "born", "address", "postcode"),
    [
        (Told("Ashe Ada", HELD.born_on, None, "3, mill lane", "ls14dy"), L.SAME, L.SAME, L.SAME, L.SAME),
        (Told("Ida Ashe", age=75), L.DIFFERS, L.SAME, L.NOT_TYPED, L.NOT_TYPED),
        (Told("Ada Ashe", age=60, postcode="LS1 4DZ"), L.SAME, L.DIFFERS, L.NOT_TYPED, L.DIFFERS),
        (Told(born_on=datetime.date(1950, 1, 2)), L.NOT_TYPED, L.DIFFERS, L.NOT_TYPED, L.NOT_TYPED),
    ],
)  # fmt: skip
def test_each_thing_is_held_against_the_other_side(
    typed: Told, name: L, born: L, address: L, postcode: L
) -> None:
    found = likenesses(typed, HELD, TODAY)
    assert (found.name, found.born, found.address, found.postcode) == (
        name, born, address, postcode,
    )  # fmt: skip
    assert found.differ == [name, born, address, postcode].count(L.DIFFERS)


def test_what_nobody_holds_is_no_difference() -> None:
    found = likenesses(HELD, Told("Ada Ashe"), TODAY)
    assert (found.born, found.address, found.postcode) == (L.NOT_HELD,) * 3
    assert found.differ == 0
