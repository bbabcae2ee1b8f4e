"""The views that policies look into: each gives whoever is entered their own, and nobody anything."""

import datetime
import re
import uuid

import pytest
from django.db import connection, connections

from joinedup.foundations.agencies.models import Team
from joinedup.identity.people.models import (
    Holding,
    HoldingDetail,
    HoldingSummary,
    Household,
    HouseholdMember,
    Person,
    Record,
    RecordVersion,
)
from joinedup.identity.sharing import wall
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import Category, MatterKind, PartLevel, Purpose
from joinedup.identity.sharing.models import Involvement, Part
from joinedup.identity.sharing.operations.matters import open_matter
from tests.sharing import walled

pytestmark = pytest.mark.django_db
IDENTITY = Category.IDENTITY


@pytest.fixture
def viewer() -> Viewer:
    for code in ("health", "housing"):
        walled.agency(code)
    return walled.viewer("health")


def _sight(of: uuid.UUID) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rank, headline FROM wall_sight WHERE person_id = %s ORDER BY rank", [of]
        )
        return list(cursor.fetchall())


def _kept() -> set[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT holding_id FROM wall_kept_by_team")
        return {holding for (holding,) in cursor.fetchall()}


def test_sight_is_of_the_viewer_s_own_recipients_for_their_purpose_and_now(viewer: Viewer) -> None:
    someone = walled.person("housing")
    now = datetime.datetime.now(datetime.UTC)
    an_hour = datetime.timedelta(hours=1)
    theirs = (f"post:{viewer.post_id}", f"team:{viewer.team_id}", "agency:health")
    for name in theirs:
        walled.let_see_person(name, someone, "housing", IDENTITY)
    colleague = walled.viewer("health", team="Another team")
    for name in (f"post:{colleague.post_id}", f"team:{colleague.team_id}", "agency:housing"):
        walled.let_see_person(name, someone, "housing", IDENTITY)
    walled.let_see_person(theirs[0], someone, "housing", IDENTITY, purpose=Purpose.DIRECT_CARE)
    walled.let_see_person(theirs[0], someone, "health", IDENTITY, ends_at=now - an_hour)
    walled.let_see_person(theirs[1], someone, "health", IDENTITY, starts_at=now + an_hour)
    with acting(viewer):
        assert _sight(someone) == [(rank, IDENTITY.bit) for rank in (1, 2, 3)]
    with acting(colleague):
        assert _sight(someone) == [(rank, IDENTITY.bit) for rank in (1, 2, 3)]


def test_nobody_and_the_system_find_no_sight_in_it(viewer: Viewer) -> None:
    someone = walled.person("housing")
    walled.let_see_person("agency:health", someone, "housing", IDENTITY)
    assert _sight(someone) == []
    with acting(walled.SYSTEM):
        assert _sight(someone) == []


@pytest.mark.parametrize("opens", [1, 2, 3])
def test_of_several_ranks_the_highest_counts_whether_it_opens_or_shuts(
    viewer: Viewer, opens: int
) -> None:
    someone = walled.person("housing")
    names = ("agency:health", f"team:{viewer.team_id}", f"post:{viewer.post_id}")
    for rank, name in enumerate(names, start=1):
        walled.let_see_person(name, someone, "housing", *([IDENTITY] if rank == opens else []))
    with acting(viewer):
        assert Record.objects.filter(person=someone).exists() is (opens == 3)


def test_a_row_that_shuts_one_person_stands_before_what_is_open_of_all(viewer: Viewer) -> None:
    shut, open_to_all = walled.person("housing"), walled.person("housing")
    walled.let_see("health", "housing", IDENTITY)
    walled.let_see_person("agency:health", shut, "housing")
    with acting(viewer):
        assert set(Record.objects.values_list("person_id", flat=True)) == {open_to_all}


def test_what_a_sensitive_team_wrote_stays_in_it_at_every_level(viewer: Viewer) -> None:
    """P8: its agency's other teams do not own it."""
    someone = walled.person("health")
    writer = walled.viewer("health", team="A clinic")
    clinic = Team.objects.filter(agency="health", name="A clinic")
    clinic.update(is_sensitive=True)
    key = {"person_id": someone, "holder_id": "health", "category": Category.HEALTH.value}
    with acting(walled.SYSTEM):
        made = Holding.objects.create(
            **key, headline="H", recorded_by_id=writer.post_id,
            recorded_at=walled.ALWAYS, starts_on=datetime.date(2026, 1, 1),
        )  # fmt: skip
        HoldingSummary.objects.create(holding=made, summary="S", **key)
        HoldingDetail.objects.create(holding=made, detail="D", **key)
    levels = (Holding, HoldingSummary, HoldingDetail)
    stranger = walled.viewer("housing")
    for who, sees, kept in (
        (writer, True, set()),
        (viewer, False, {made.pk}),
        (stranger, False, set()),
    ):
        with acting(who):
            assert [level.objects.exists() for level in levels] == [sees] * 3, who
            assert _kept() == kept
    assert _kept() == set()
    clinic.update(is_sensitive=False)
    with acting(viewer):
        assert [level.objects.exists() for level in levels] == [True] * 3


def _looked_into() -> tuple[set[int], set[uuid.UUID]]:
    """The records and the homes that the two views of identifiers give."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM wall_record")
        seen = {record for (record,) in cursor.fetchall()}
        cursor.execute("SELECT household_id FROM wall_member")
        return seen, {home for (home,) in cursor.fetchall()}


def test_what_hangs_on_a_record_or_on_a_home_is_seen_with_it_and_never_without(
    viewer: Viewer,
) -> None:
    """Of two people, one seen: their person, what their record said, their home; nothing of the other."""
    day = datetime.date(2026, 1, 1)
    shown, hidden = walled.person("housing"), walled.person("housing")
    walled.let_see_person(f"team:{viewer.team_id}", shown, "housing", IDENTITY)
    homes, said = {}, {}
    with acting(walled.SYSTEM):
        for one in (shown, hidden):
            record = Record.objects.get(person=one)
            said[one] = RecordVersion.objects.create(
                record=record, identity={}, starts_on=day, ends_on=day
            )
            homes[one] = Household.objects.create(address_key=str(one))
            HouseholdMember.objects.create(
                household=homes[one], person_id=one, holder_id="housing", starts_on=day
            )
        leads_on = Person.objects.create(first_seen_on=day, merged_into_id=shown)
    with acting(viewer):
        assert _looked_into() == ({said[shown].record_id}, {homes[shown].pk})
        assert set(Person.objects.values_list("pk", flat=True)) == {shown, leads_on.pk}
        assert list(RecordVersion.objects.all()) == [said[shown]]
        assert list(Household.objects.all()) == [homes[shown]]
    for nobody in (None, walled.SYSTEM):
        with acting(nobody):
            assert _looked_into() == (set(), set())


def test_a_rank_counts_for_its_own_kind_of_recipient_alone(viewer: Viewer) -> None:
    """A team whose number begins as another's, and an agency named like a team, open nothing."""
    someone = walled.person("housing")
    for name in (f"team:{viewer.team_id}0", f"team:{str(viewer.team_id)[:-1]}", "agency:healt"):
        walled.let_see_person(name, someone, "housing", IDENTITY)
    with acting(viewer):
        assert _sight(someone) == []


def test_of_hidden_teams_only_they_themselves_and_their_own_agency_read_their_part(
    viewer: Viewer,
) -> None:
    """P8: of a sensitive team only itself; of an agency whose name reveals all of that agency."""
    someone = walled.person("health", "housing")
    walled.agency("refuge", name_reveals=True)
    clinic = walled.viewer("health", team="A clinic")
    Team.objects.filter(agency="health", name="A clinic").update(is_sensitive=True)
    inside, beside = walled.viewer("refuge"), walled.viewer("refuge", team="Another team")
    stranger = walled.viewer("housing")
    with acting(walled.SYSTEM):
        for who in (clinic, inside, stranger):
            Involvement.objects.create(
                person_id=someone, agency_id=who.agency, team_id=who.team_id or 0, because="b",
                starts_at=walled.ALWAYS,
            )  # fmt: skip
    for recipient in ("health", "housing", "refuge"):
        for holder in ("health", "housing", "refuge"):
            if recipient != holder:
                walled.let_see(recipient, holder, Category.INVOLVEMENT)
    for who, reads in (
        (clinic, {clinic.team_id, stranger.team_id}),
        (viewer, {stranger.team_id}),
        (inside, {inside.team_id, stranger.team_id}),
        (beside, {inside.team_id, stranger.team_id}),
        (stranger, {stranger.team_id}),
    ):
        with acting(who):
            assert set(Involvement.objects.values_list("team_id", flat=True)) == reads, who


def _parts() -> set[tuple[uuid.UUID, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT matter_id, level FROM wall_part")
        return set(cursor.fetchall())


def test_parts_are_those_of_whoever_is_entered_that_have_not_ended_and_no_more_than_they_read(
    viewer: Viewer,
) -> None:
    """P18: what a whole team or agency has counts for no role that sees no records."""
    now = datetime.datetime.now(datetime.UTC)
    an_hour = datetime.timedelta(hours=1)
    referrer = walled.viewer("health", "referrer")
    colleague, stranger = walled.viewer("health", team="Another team"), walled.viewer("housing")

    def part(recipient: str, level: PartLevel, **more: datetime.datetime) -> uuid.UUID:
        matter = open_matter(by=walled.SYSTEM, kind=MatterKind.CASE, at=walled.ALWAYS)
        with acting(walled.SYSTEM):
            Part.objects.create(
                matter=matter, recipient=recipient, level=level, because="b",
                **{"starts_at": walled.ALWAYS, **more},
            )  # fmt: skip
        return matter.pk

    own = part(f"post:{viewer.post_id}", PartLevel.PROGRESS)
    team = part(f"team:{viewer.team_id}", PartLevel.WORK)
    ends = part(f"team:{viewer.team_id}", PartLevel.RECEIVED, ends_at=now + an_hour)
    part(f"team:{viewer.team_id}", PartLevel.WORK, ends_at=now - an_hour)
    part(f"team:{viewer.team_id}0", PartLevel.WORK)
    agency = part("agency:health", PartLevel.RECEIVED)
    sent = part(f"post:{referrer.post_id}", PartLevel.RECEIVED)
    theirs = part("agency:housing", PartLevel.WORK)
    for who, has in (
        (viewer, {(own, 2), (team, 3), (ends, 1), (agency, 1)}),
        (colleague, {(agency, 1)}),
        (referrer, {(sent, 1)}),
        (stranger, {(theirs, 3)}),
        (None, set()),
        (walled.SYSTEM, set()),
    ):
        with acting(who):
            assert _parts() == has, who
            if who is not walled.SYSTEM:
                read = Part.objects.exclude(ends_at__lt=now).values_list("matter_id", "level")
                assert set(read) == has, who


def test_a_part_opens_up_to_its_level_at_once_in_every_room_s_policy() -> None:
    """No policy looks for parts where each is judged in its turn, nor for what is below any level."""
    with connection.cursor() as cursor:
        cursor.execute(
            r"""SELECT tablename || '.' || policyname, coalesce(qual, '') || coalesce(with_check, '')
                FROM pg_policies WHERE schemaname = 'public'"""
        )
        said = dict(cursor.fetchall())
    assert [name for name, how in said.items() if re.search(r"\bsharing_part\b", how)] == []
    levels = {
        name: re.findall(r"part\.matter_id = [a-z_.]+\) AND \(part\.level >= (\d)\)", how)
        for name, how in said.items()
        if "wall_part" in how
    }
    assert len(levels) >= 120
    assert [name for name, found in levels.items() if not set(found) <= {"1", "2", "3"}] == []
    assert [
        name for name, found in levels.items() if len(found) != said[name].count("FROM wall_part")
    ] == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_a_new_policy_of_support_asks_for_parts_as_all_the_others_do() -> None:
    said = """SELECT replace(pg_get_expr(polqual, polrelid), %s, 'here') FROM pg_policy
              WHERE polrelid = %s::regclass AND polname = 'sight'"""
    with connections["owner"].cursor() as owner:
        owner.execute("CREATE TABLE planted (case_id uuid)")
        for statement in wall.protect("planted", sight=wall.has_part("planted.case_id")):
            owner.execute(statement)
        found = []
        for table in ("planted", "cases_signoff"):
            owner.execute(said, [table, table])
            found.append(owner.fetchone())
    assert found[0] == found[1]
    assert "wall_part" in found[0][0]
