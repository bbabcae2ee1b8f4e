"""The register of localities: its days, its practices, the teams that serve it or a part of it (S0-1)."""

import datetime

import pytest

from joinedup.foundations.agencies.models import Agency, Team, TeamArea
from joinedup.foundations.agencies.presenters import localities as words
from joinedup.foundations.agencies.queries import localities
from joinedup.foundations.places.choices import AreaKind
from joinedup.foundations.places.models import Area, AreaLsoa, Locality, Lsoa, Practice
from tests.sharing import walled

DAY = datetime.date(2026, 11, 18)
SINCE = datetime.date(2026, 1, 5)


@pytest.mark.django_db
def test_a_locality_names_its_practices_and_every_team_that_serves_any_part_of_it() -> None:
    north = Locality.objects.create(code="N", name="North", starts_on=SINCE)
    south = Locality.objects.create(code="S", name="South", starts_on=SINCE, ends_on=DAY)
    lsoa = Lsoa.objects.create(
        code="E1", name="North 1", locality=north, population=1700, imd_decile=2, imd_release="2025"
    )
    practice = Practice.objects.create(ods_code="Y1", name="Elm Row", locality=north)
    ward = Area.objects.create(code="W1", name="Ward", kind=next(iter(AreaKind)), starts_on=SINCE)
    AreaLsoa.objects.create(area=ward, lsoa=lsoa, starts_on=SINCE)
    agency = Agency.objects.create(code="trust", name="Trust", kind="health")
    for name, where in (
        ("Of the locality", {"locality": north}),
        ("Of the practice", {"practice": practice}),
        ("Of the ward", {"area": ward}),
        ("Of the whole place", {"whole_place": True}),
        ("Of the south", {"locality": south}),
        ("No longer", {"locality": north, "ends_on": DAY}),
    ):
        team = Team.objects.create(agency=agency, name=name)
        TeamArea.objects.create(team=team, **({"starts_on": SINCE} | where))
    found = {each.locality.code: each for each in localities(walled.SYSTEM, DAY)}
    assert {each.name for each in found["N"].teams} == {
        "Of the locality", "Of the practice", "Of the ward", "Of the whole place",
    }  # fmt: skip
    assert {each.name for each in found["S"].teams} == {"Of the whole place", "Of the south"}
    assert (found["N"].people, found["N"].practices) == (1700, (practice,))
    assert [found[code].stands(DAY) for code in "NS"] == ["Holds", "Ended"]
    assert "North" in str(words(list(found.values()), DAY))
