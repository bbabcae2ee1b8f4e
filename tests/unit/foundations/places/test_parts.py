"""The parts a place can be looked at by on a day, and what lies in each: they overlap, and lines are redrawn."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.places.models import Locality
from joinedup.foundations.places.queries import ELSEWHERE, parts_to_choose, postcodes_in
from tests.unit.parts_of_place import NORTH, SOUTH, two_localities

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 11, 22)
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def place() -> None:
    two_localities(TODAY)


def lie_in(part: str, day: datetime.date = TODAY) -> set[str]:
    return set(postcodes_in(part, day).values_list("pk", flat=True))


def test_localities_come_first_then_areas_in_one_statement() -> None:
    with CaptureQueriesContext(connection) as asked:
        parts = parts_to_choose(TODAY)
    assert len(asked) == 1
    assert parts == [
        ("", "Everywhere"), ("locality:north", "North"), ("locality:south", "South"),
        ("area:w1", "Mill (Ward)"), (ELSEWHERE, "Elsewhere, or not known"),
    ]  # fmt: skip


def test_parts_overlap_and_a_ward_s_line_is_of_the_day() -> None:
    assert lie_in("locality:north") == {NORTH}
    assert (lie_in("area:w1", TODAY - DAY), lie_in("area:w1")) == ({NORTH}, {SOUTH})
    assert lie_in(ELSEWHERE) == {NORTH, SOUTH}


def test_a_locality_that_is_over_is_not_chosen_and_has_nobody() -> None:
    Locality.objects.filter(code="north").update(ends_on=TODAY)
    assert "locality:north" not in dict(parts_to_choose(TODAY))
    assert "locality:north" in dict(parts_to_choose(TODAY - DAY))
    assert lie_in("locality:north") == set()
    assert lie_in(ELSEWHERE) == {SOUTH}


@pytest.mark.parametrize("part", ["locality:", "area:nowhere", "north", "locality:'; --", ":"])
def test_what_is_no_part_of_the_place_holds_nothing(part: str) -> None:
    assert lie_in(part) == set()
