"""P13: an address restricted for safety lies apart from the record, and every copy of it with it."""

import datetime
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection
from django.utils import timezone

from joinedup.identity.people.models import (
    Household,
    HouseholdMember,
    Person,
    Record,
    RecordVersion,
)
from joinedup.identity.sharing.access import NotActing, Viewer, acting
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.models import AddressRelease, RestrictedAddress, Restriction
from joinedup.identity.sharing.operations.safety_address import APART, settle_addresses
from joinedup.intelligence.linkage.models import FindProfile
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.intelligence.linkage.operations.safety_address import lift_address, restrict_address
from joinedup.intelligence.linkage.queries.find import find_people
from tests.sharing import walled

pytestmark = pytest.mark.django_db

DOOR = {
    "address": "4 Hidden Lane", "postcode": "AB1 2CD", "previous_address": "9 Old Row",
    "phone": "07700 900123", "email": "a@example.org", "uprn": "100", "address_key": "4 HIDDEN LANE",
}  # fmt: skip
DAY = datetime.date(2026, 1, 1)


@pytest.fixture(autouse=True)
def _as_the_system() -> Iterator[None]:
    for code, kind in (("gp", "health"), ("housing", "housing")):
        walled.agency(code, kind)
    with acting(walled.SYSTEM):
        yield


@pytest.fixture
def ada() -> uuid.UUID:
    """Somebody both agencies know, at home by housing's word, with an earlier version of it."""
    someone = walled.person("housing", born_on=datetime.date(1990, 2, 3), **DOOR)
    walled.record(someone, "gp", address="1 Known Road", postcode="AB1 9ZZ")
    home = Household.objects.create(address_key=DOOR["address_key"], uprn="100")
    HouseholdMember.objects.create(
        household=home, person_id=someone, holder_id="housing", starts_on=DAY
    )
    RecordVersion.objects.create(
        record=Record.objects.get(agency="housing"), starts_on=DAY, ends_on=DAY,
        identity={"given_name": "Ida", "address": "2 Earlier Hidden Way"},
    )  # fmt: skip
    return someone


def restrict(someone: uuid.UUID, by: Viewer | None = None) -> Restriction:
    return restrict_address(
        by=by or walled.viewer("housing"), person_id=someone, because="Fled from violence",
        at=timezone.now(),
    )  # fmt: skip


def said_everywhere(of: str) -> list[str]:
    """Every table in which these words stand, but for the room of their own."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
                 AND relkind = 'r' AND has_table_privilege('joinedup_app', oid, 'SELECT')"""
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text ILIKE %s', [f"%{of}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_the_address_leaves_every_table_but_its_own_room(ada: uuid.UUID) -> None:
    with connection.cursor() as cursor:
        refresh_find_index(cursor, [str(ada)])
    assert "people_record" in said_everywhere("Hidden")
    restrict(ada)
    assert said_everywhere("Hidden") == ["sharing_restrictedaddress"]
    assert said_everywhere("900123") == ["sharing_restrictedaddress"]
    record = Record.objects.get(agency="housing")
    assert [getattr(record, name) for name in APART] == [""] * len(APART)
    assert record.given_name == "Ada"


def test_another_agency_s_copy_is_set_apart_too(ada: uuid.UUID) -> None:
    """P13: emergency access must not find in the practice's record what housing keeps secret."""
    restrict(ada)
    assert Record.objects.get(agency="gp").address == ""


def test_the_person_is_still_found_but_not_by_the_address(ada: uuid.UUID) -> None:
    finder = walled.viewer("housing")
    with connection.cursor() as cursor:
        refresh_find_index(cursor, [str(ada)])
    at = timezone.now()
    asked = "ada ashe ab12cd"
    assert "same postcode" in find_people(finder, asked, at=at).answers[0].why
    restrict(ada)
    why = [said for answer in find_people(finder, asked, at=at).answers for said in answer.why]
    assert not any("postcode" in said or "address" in said for said in why)
    found = find_people(finder, "ada ashe 3/2/1990", at=at).answers
    assert [(answer.person, answer.address) for answer in found] == [(ada, "")]
    assert FindProfile.objects.filter(person=ada).exists()


def test_what_is_delivered_anew_is_set_apart_again(ada: uuid.UUID) -> None:
    restrict(ada)
    Record.objects.filter(agency="housing").update(address="7 Newer Hidden Close")
    assert settle_addresses() == (ada,)
    assert said_everywhere("Hidden") == ["sharing_restrictedaddress"]
    kept = RestrictedAddress.objects.get(holder="housing").address
    assert kept["address"] == "7 Newer Hidden Close"
    assert settle_addresses() == ()


def test_the_restriction_reaches_a_record_under_a_merged_identifier(ada: uuid.UUID) -> None:
    other = walled.person("housing", address="5 Hidden Lane")
    restrict(ada)
    assert said_everywhere("5 Hidden Lane") == ["people_record"]
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET merged_into_id = %s WHERE id = %s", [ada, other])
    settle_addresses()
    assert said_everywhere("5 Hidden Lane") == ["sharing_restrictedaddress"]


def test_the_restriction_stays_with_a_record_that_a_split_gives_to_somebody_else(
    ada: uuid.UUID,
) -> None:
    """What was set apart is not delivered back into the open under a new identifier."""
    restrict(ada)
    apart = Person.objects.create(first_seen_on=DAY)
    Record.objects.filter(agency="housing").update(person=apart, **DOOR)
    home = Household.objects.create(address_key=DOOR["address_key"], uprn="100")
    HouseholdMember.objects.create(household=home, person=apart, holder_id="housing", starts_on=DAY)
    settle_addresses()
    assert said_everywhere("Hidden") == ["sharing_restrictedaddress"]
    assert settle_addresses() == ()


def test_lifted_it_is_as_it_was(ada: uuid.UUID) -> None:
    setter, manager = walled.viewer("housing"), walled.viewer("housing", "duty_manager")
    made = restrict(ada, setter)
    lift_address(by=manager, restriction_id=made.pk, at=timezone.now())
    record = Record.objects.get(agency="housing")
    assert {name: getattr(record, name) for name in DOOR} == DOOR
    version = RecordVersion.objects.get()
    assert version.identity == {"given_name": "Ida", "address": "2 Earlier Hidden Way"}
    member = HouseholdMember.objects.get()
    assert (member.person_id, member.household.address_key) == (ada, DOOR["address_key"])
    assert not RestrictedAddress.objects.exists()


def test_a_restriction_that_ran_out_gives_it_back_in_the_night(ada: uuid.UUID) -> None:
    made = restrict(ada)
    Restriction.objects.filter(pk=made.pk).update(ends_at=timezone.now())
    assert settle_addresses() == (ada,)
    assert Record.objects.get(agency="housing").address == DOOR["address"]


def test_only_a_duty_manager_of_the_holder_reads_the_room(ada: uuid.UUID) -> None:
    restrict(ada)
    RestrictedAddress.objects.exclude(holder="housing").delete()
    readers = {
        who: _rooms_read(walled.viewer(of, role))
        for who, of, role in (
            ("duty manager", "housing", "duty_manager"),
            ("practitioner", "housing", "practitioner"),
            ("another's duty manager", "gp", "duty_manager"),
        )
    }
    assert readers == {"duty manager": 1, "practitioner": 0, "another's duty manager": 0}


def test_emergency_access_does_not_open_the_room(ada: uuid.UUID) -> None:
    restrict(ada)
    viewer = walled.viewer("gp", "practitioner", Purpose.VITAL_INTEREST)
    walled.let_see_person(
        f"post:{viewer.post_id}", ada, "housing", *Category, purpose=Purpose.VITAL_INTEREST,
        level="detail",
    )  # fmt: skip
    with acting(viewer):
        assert Record.objects.get(agency="housing").address == ""
    assert _rooms_read(viewer) == 0


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        ({}, 1),
        ({"second": None, "second_at": None}, 0),
        ({"relayed": True}, 0),
        ({"refused_at": timezone.now()}, 0),
        ({"ends_at": timezone.now() - datetime.timedelta(minutes=1)}, 0),
    ],
    ids=["released by two", "by one", "relayed", "refused", "over"],
)
def test_two_who_release_it_open_it_to_who_asked_for_an_hour(
    ada: uuid.UUID, changes: dict[str, object], read: int
) -> None:
    restrict(ada)
    asker, stranger = walled.viewer("gp"), walled.viewer("gp")
    first, second = (walled.post("housing", "duty_manager") for _ in range(2))
    ago = timezone.now() - datetime.timedelta(minutes=5)
    release = {
        "first": first, "first_at": ago, "second": second, "second_at": ago,
        "ends_at": ago + datetime.timedelta(hours=1), **changes,
    }  # fmt: skip
    AddressRelease.objects.create(
        person_id=ada, holder_id="housing", asked_by_id=asker.post_id, why="Medicine", asked_at=ago,
        **release,
    )  # fmt: skip
    assert (_rooms_read(asker), _rooms_read(stranger)) == (read, 0)


def test_it_is_settled_by_the_system_alone(ada: uuid.UUID) -> None:
    with acting(walled.viewer("housing")), pytest.raises(NotActing):
        settle_addresses()


def _rooms_read(viewer: Viewer) -> int:
    with acting(viewer):
        return RestrictedAddress.objects.count()
