"""What agencies, teams and posts may be, kept by constraints."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Agency, Post, Team, TeamArea
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.places.models import Area, AreaLsoa, Locality, Lsoa, Practice

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 4, 1)
LATER = datetime.date(2026, 9, 1)


def refused(record: type[models.Model], constraint: str, **fields: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        record._default_manager.create(**fields)


@pytest.fixture
def team() -> Team:
    agency = Agency.objects.create(code="gp", name="GP practices", kind="health", ods_code="Q99")
    return Team.objects.create(agency=agency, name="Care coordination")


@pytest.fixture
def aldermere() -> Locality:
    return Locality.objects.create(code="L1", name="Aldermere", starts_on=DAY)


def test_an_agency_is_of_a_known_kind_and_regulator() -> None:
    agency = {"code": "x", "name": "X", "kind": "health"}
    refused(Agency, "agency_kind_is_known", **{**agency, "kind": "club"})
    refused(Agency, "agency_regulator_is_known", **agency, regulator="ofcom")
    Agency.objects.create(
        **{**agency, "kind": "licensed_premises"}, regulator="gambling_commission"
    )


def test_commissioners_and_providers_of_every_kind_join() -> None:
    """S0-3: housing and public health among them; one body may be both commissioner and provider."""
    for kind, commissions, provides in (
        ("commissioner", True, False),
        ("public_health", True, True),
        ("housing", False, True),
        ("council", True, True),
    ):
        Agency.objects.create(
            code=kind, name=kind, kind=kind, is_commissioner=commissions, is_provider=provides
        )
    assert set(Agency.objects.filter(is_commissioner=True).values_list("code", flat=True)) == {
        "commissioner", "public_health", "council",
    }  # fmt: skip


@pytest.mark.parametrize("code", ["q99", "Q9", "Q 9 9", "Q99-1"])
def test_an_ods_code_is_in_form(code: str) -> None:
    refused(Agency, "agency_ods_code_is_in_form", code="x", name="X", kind="health", ods_code=code)


def test_a_team_may_serve_places_of_every_kind_at_once(team: Team, aldermere: Locality) -> None:
    """S0-67, S3-34: geographies overlap."""
    lsoa = Lsoa.objects.create(
        code="E1", name="Aldermere 1", locality=aldermere, population=1700, imd_decile=1,
        imd_release="2025",
    )  # fmt: skip
    ward = Area.objects.create(code="W1", name="North", kind="ward", starts_on=DAY)
    AreaLsoa.objects.create(area=ward, lsoa=lsoa, starts_on=DAY)
    practice = Practice.objects.create(ods_code="Z99001", name="Lister", locality=aldermere)
    places: list[dict[str, Any]] = [
        {"locality": aldermere}, {"lsoa": lsoa}, {"area": ward}, {"practice": practice},
        {"whole_place": True},
    ]  # fmt: skip
    for place in places:
        TeamArea.objects.create(team=team, starts_on=DAY, **place)
        refused(TeamArea, "team_area_once_at_a_time", team=team, starts_on=LATER, **place)
    assert TeamArea.objects.on(DAY).count() == 5
    refused(TeamArea, "team_area_is_one_place", team=team, starts_on=DAY)
    refused(TeamArea, "team_area_is_one_place", team=team, starts_on=DAY, lsoa=lsoa, area=ward)
    refused(
        TeamArea, "team_area_is_one_place", team=team, starts_on=DAY, lsoa=lsoa, whole_place=True
    )


def test_where_a_team_served_is_not_rewritten(team: Team, aldermere: Locality) -> None:
    """S0-66: a realigned team still served its old place before."""
    TeamArea.objects.create(team=team, locality=aldermere, starts_on=DAY, ends_on=LATER)
    TeamArea.objects.create(team=team, whole_place=True, starts_on=LATER)
    assert TeamArea.objects.on(DAY).get().locality == aldermere
    assert TeamArea.objects.on(LATER).get().whole_place


def test_who_manages_and_who_supervises_are_two_links(team: Team) -> None:
    """S4-17; and an employer may be another agency than the team's (S0-56)."""
    users = [User.objects.create(email=f"{n}@example.org", name=f"N {n}") for n in range(3)]
    manager, supervisor = (
        Post.objects.create(user=user, team=team, role="team_manager", starts_on=DAY)
        for user in users[:2]
    )
    home = Agency.objects.create(code="adult_care", name="Adult care", kind="social_care")
    post = Post.objects.create(
        user=users[2], team=team, role="social_worker", starts_on=DAY, home_agency=home,
        operational_manager=manager, professional_supervisor=supervisor,
    )  # fmt: skip
    assert post.employer == home
    assert manager.employer == team.agency
    for link in ("operational_manager", "professional_supervisor"):
        setattr(post, link, post)
        with pytest.raises(IntegrityError, match="itself"), transaction.atomic():
            post.save()
        post.refresh_from_db()


def test_each_role_has_its_sentence_and_its_own_code() -> None:
    assert len({role.code for role in ROLES}) == len(ROLES)
    for role in ROLES:
        assert role.sentence.endswith(".")
        assert role.permissions
