"""After a split what an agency holds goes with its records, or waits for the agency to say whose it is."""

import datetime
import uuid

import pytest
from django.test import Client

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.core import clock
from joinedup.foundations.notices.models import Notice
from joinedup.identity.people.models import Holding, HoldingDetail, HoldingSummary
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.models import HeldPlacing, Involvement, Restriction, Visibility
from joinedup.identity.sharing.operations.held_placing import CannotPlaceHeld, place_held
from joinedup.identity.sharing.operations.nightly import compare_with_facts
from joinedup.identity.sharing.queries.held_placing import doubts_about, waits_to_be_placed
from tests.pages.test_every_page import well_made
from tests.sharing import walled
from tests.sharing.test_parted import split

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_barriers")]


@pytest.fixture
def them() -> uuid.UUID:
    """Somebody of whom two agencies hold a record, and who will turn out to be two people."""
    walled.agency("gp", "health")
    walled.agency("housing", "housing")
    walled.agency("haven", "voluntary", name_reveals=True)
    return walled.person("gp", "housing", born_on=datetime.date(1980, 1, 1))


def holding(of: uuid.UUID, holder: str, category: Category = Category.HOUSING) -> Holding:
    key = {"person_id": of, "holder_id": holder, "category": category.value}
    with acting(walled.SYSTEM):
        made = Holding.objects.create(
            **key, headline="Arrears", recorded_at=clock.now(), starts_on=datetime.date(2026, 1, 1)
        )
        HoldingSummary.objects.create(holding=made, summary="Three months", **key)
        HoldingDetail.objects.create(holding=made, detail="£900", **key)
    return made


def involvement(of: uuid.UUID, agency: str) -> Involvement:
    with acting(walled.SYSTEM):
        team, _ = Team.objects.get_or_create(agency_id=agency, name="A team")
        return Involvement.objects.create(
            person_id=of, agency_id=agency, team=team, because="a tenancy", starts_at=clock.now()
        )


def whose(held: Holding) -> set[uuid.UUID]:
    """Under which identifier each level of it stands."""
    with acting(walled.SYSTEM):
        return {
            Holding.objects.get(pk=held.pk).person_id,
            HoldingSummary.objects.get(pk=held.pk).person_id,
            HoldingDetail.objects.get(pk=held.pk).person_id,
        }


def waiting() -> list[HeldPlacing]:
    with acting(walled.SYSTEM):
        return list(HeldPlacing.objects.filter(decided_at=None).order_by("kind", "pk"))


def test_what_an_agency_holds_goes_with_its_records_where_they_are_of_one(them: uuid.UUID) -> None:
    """With all its levels; so does its involvement, and nothing waits."""
    theirs, stays = holding(them, "housing"), holding(them, "gp", Category.HEALTH)
    team = involvement(them, "housing")
    alone = split(them, "housing")
    assert whose(theirs) == {alone}
    assert whose(stays) == {them}
    with acting(walled.SYSTEM):
        assert Involvement.objects.get(pk=team.pk).person_id == alone
        assert Entry.objects.filter(act="followed a split", person_id=alone).count() == 2
    assert waiting() == []


@pytest.mark.parametrize("holder", ["housing", "haven"])
def test_what_may_be_of_either_stays_and_waits(holder: str, them: uuid.UUID) -> None:
    """Records of both, or of neither: nobody knows, and nothing is guessed."""
    walled.record(them, "housing")
    held, team = holding(them, holder), involvement(them, holder)
    manager = walled.viewer(holder, "team_manager")
    alone = split(them, "housing")
    told = Notice.objects.get(kind="held_to_place")
    with acting(walled.SYSTEM):
        assert (told.post_id, told.link) == (manager.post_id, f"/people/{them}/placing/")
    assert whose(held) == {them}
    assert [(each.row, each.stays_person, each.goes_person) for each in waiting()] == [
        (held.pk, them, alone), (team.pk, them, alone),
    ]  # fmt: skip


def test_of_an_agency_without_records_nothing_waits_where_one_record_only_moved(
    them: uuid.UUID,
) -> None:
    holding(them, "haven")
    split(them, "housing", were_one=False)
    assert waiting() == []


def test_who_sees_it_reads_that_it_may_be_of_another_and_nobody_else_hears_of_it(
    them: uuid.UUID,
) -> None:
    """P8: the doubt is as visible as the thing itself."""
    walled.record(them, "housing")
    held = holding(them, "housing")
    split(them, "housing")
    ours, theirs = walled.viewer("housing", "housing_officer"), walled.viewer("gp")
    assert doubts_about(ours, them, [held.pk]).rows == {held.pk}
    assert doubts_about(ours, them, [held.pk]).to_place
    hidden = doubts_about(theirs, them, [held.pk])
    assert (hidden.rows, hidden.to_place) == (frozenset(), False)
    with acting(walled.SYSTEM):
        Restriction.objects.create(
            person_id=them, kind=RestrictionKind.BARRED_POST, holder_id="housing",
            barred_id=ours.post_id, because="a relative", starts_at=clock.now(),
        )  # fmt: skip
    assert not doubts_about(ours, them, [held.pk]).to_place
    assert waits_to_be_placed(ours, them) == ()


def test_its_agency_says_whose_it_is_and_sight_follows(them: uuid.UUID) -> None:
    walled.record(them, "housing")
    held, stays = holding(them, "housing"), holding(them, "housing")
    team = involvement(them, "housing")
    alone = split(them, "housing")
    ours = walled.viewer("housing", "housing_officer")
    pks = {each.row: each.pk for each in waiting()}
    said = {pks[held.pk]: alone, pks[stays.pk]: them, pks[team.pk]: alone}
    with pytest.raises(CannotPlaceHeld, match="one of the two"):
        place_held(by=ours, person_id=them, decisions={pks[held.pk]: uuid.uuid4()}, at=clock.now())
    with pytest.raises(CannotPlaceHeld, match="meanwhile"):
        place_held(by=walled.viewer("gp"), person_id=them, decisions=said, at=clock.now())
    assert place_held(by=ours, person_id=alone, decisions=said, at=clock.now()) == 3
    assert (whose(held), whose(stays)) == ({alone}, {them})
    assert waiting() == []
    with acting(walled.SYSTEM):
        assert Involvement.objects.get(pk=team.pk).person_id == alone
        assert Entry.objects.filter(act="placed after a split", person_id=them).count() == 3
        assert not Visibility.objects.filter(
            person_id=them, recipient=f"team:{team.team_id}"
        ).exists()
    assert compare_with_facts(at=clock.now()) == 0
    with pytest.raises(CannotPlaceHeld, match="meanwhile"):
        place_held(by=ours, person_id=them, decisions=said, at=clock.now())


def test_on_the_page_the_two_are_named_and_one_is_chosen(them: uuid.UUID) -> None:
    walled.record(them, "housing", given_name="Bea", family_name="Birch")
    held = holding(them, "housing")
    split(them, "housing")
    ours = walled.viewer("housing", "housing_officer")
    page = page_of(ours, f"/people/{them}/")
    assert "It may be of somebody else" in page
    assert f'href="/people/{them}/placing/"' in page
    client, [row] = signed_in(ours), waiting()
    path = f"/people/{them}/placing/"
    shown = client.get(path)
    well_made(shown)
    assert "Ada Ashe" in shown.content.decode()
    assert "Bea Birch" in shown.content.decode()
    wrong = client.post(path, {f"place-{row.pk}": ""}).content.decode()
    assert "Say of at least one of them" in wrong
    assert client.post(path, {f"place-{row.pk}": str(row.goes_person)}).status_code == 302
    assert whose(held) == {row.goes_person}
    assert "Nothing of your agency waits" in client.get(path).content.decode()
    assert client.get(f"/people/{uuid.uuid4()}/placing/").status_code == 404


def signed_in(viewer: Viewer) -> Client:
    client = Client()
    client.force_login(Post.objects.select_related("user").get(pk=viewer.post_id).user)
    session = client.session
    session["post"] = str(viewer.post_id)
    session.save()
    return client


def page_of(viewer: Viewer, path: str) -> str:
    response = signed_in(viewer).get(path)
    assert response.status_code == 200
    well_made(response)
    return response.content.decode()
