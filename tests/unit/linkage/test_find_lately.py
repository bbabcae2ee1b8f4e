"""What changed lately in the find index: found at once, and brought into the large table little by little."""

import datetime
import uuid
from collections.abc import Iterator

import pytest
from django.db import connection

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import acting
from joinedup.intelligence.linkage.models import FindKey, FindLately
from joinedup.intelligence.linkage.operations import find_lately
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.intelligence.linkage.queries.find import find_people
from tests.sharing import walled
from tests.unit.linkage.found_by import found_by, in_the_large_table, lately

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 20)
AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)
OLD, NEW = "oldacre ab1 2cd", "newbold ab7 7qq"


@pytest.fixture(autouse=True)
def _as_the_system() -> Iterator[None]:
    with acting(walled.SYSTEM):
        yield


@pytest.fixture
def petra() -> Person:
    """Somebody the large table knows, and who has since taken another name and moved."""
    Agency.objects.create(code="gp", name="gp", kind="health")
    found = Person.objects.create(first_seen_on=DAY)
    Record.objects.create(
        agency_id="gp", record_id="1", controller="gp", person=found, received_on=DAY, changed_on=DAY,
        linked_on=DAY, given_name="Petra", family_name="Oldacre", postcode="AB1 2CD",
        born_on=datetime.date(1984, 4, 23),
    )  # fmt: skip
    refresh()
    Record.objects.filter(person=found).update(family_name="Newbold", postcode="AB7 7QQ")
    refresh(found)
    return found


def refresh(*people: Person, forget: bool = False) -> None:
    with connection.cursor() as cursor:
        refresh_find_index(cursor, [str(p.pk) for p in people] if people else None, forget=forget)


def found(text: str) -> list[uuid.UUID]:
    return [answer.person for answer in find_people(walled.SYSTEM, text, at=AT).answers]


def bring_all_in() -> None:
    while find_lately.bring_in():
        pass


def test_a_stale_key_of_the_large_table_finds_nobody(petra: Person) -> None:
    """P2: what stands there still is not what is looked at."""
    assert {key for key, _, _ in in_the_large_table()} - {key for key, _, _ in found_by()}
    assert found(NEW) == found("petra ab7 7qq") == [petra.pk]
    assert found(OLD) == found("petra ab1 2cd") == []
    asked = "SELECT person FROM find_candidates(%s, 0, '{}', 200, 24) WHERE person IS NOT NULL"
    stale = {key for key, mark, _ in lately() if mark is None}
    with connection.cursor() as cursor:
        for keys, people in ((stale, []), ({key for key, _, _ in found_by()}, [(petra.pk,)])):
            cursor.execute(asked, [list(keys)])
            assert cursor.fetchall() == people


def test_only_what_differs_is_written_and_not_to_the_large_table(petra: Person) -> None:
    before = in_the_large_table()
    again = lately()
    refresh(petra)
    assert lately() == again, "the same is not written twice"
    Record.objects.filter(person=petra).update(family_name="Oldacre", postcode="AB1 2CD")
    refresh(petra)
    assert in_the_large_table() == before == found_by(), "what came back is as it was"


@pytest.mark.parametrize("few", [0, 20_000])
def test_what_is_brought_in_is_what_making_anew_gives(
    petra: Person, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(find_lately, "FEW", few)
    before, waiting = found_by(), len(lately())
    brought = find_lately.bring_in()
    assert 0 < brought < waiting if few == 0 else brought == waiting
    assert found_by() == before, "nothing is found otherwise meanwhile"
    assert found(NEW) == [petra.pk]
    bring_all_in()
    assert not FindLately.objects.exists()
    assert in_the_large_table() == before
    assert FindKey.objects.count() == len(before), "no row stands twice"
    refresh()
    assert in_the_large_table() == before


def test_of_who_is_forgotten_the_large_table_keeps_nothing_that_left(petra: Person) -> None:
    """P2, P15: nor of an identifier that was merged into theirs on an earlier night."""
    into = Person.objects.create(first_seen_on=DAY)
    Record.objects.filter(person=petra).update(person=into)
    Person.objects.filter(pk=petra.pk).update(merged_into=into)
    refresh(petra, into)
    assert any(person == petra.pk for _, _, person in in_the_large_table())
    Record.objects.filter(person=into).update(given_name="Paula")
    refresh(into, forget=True)
    assert in_the_large_table() == found_by()
    assert {person for _, _, person in found_by()} == {into.pk}
    assert not FindLately.objects.exists()


def test_an_address_set_apart_leaves_both_tables(petra: Person) -> None:
    """P13."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_addresses_changed(%s)", [[petra.pk]])
    assert not FindKey.objects.exists()
    assert not FindLately.objects.exists()


def test_a_common_key_gives_as_many_as_before(petra: Person) -> None:
    """Those the large table leads to first; no more than may be looked at under one key."""
    others = Person.objects.bulk_create([Person(first_seen_on=DAY) for _ in range(5)])
    for other in others:
        Record.objects.create(
            agency_id="gp", record_id=str(other.pk), controller="gp", person=other, received_on=DAY,
            changed_on=DAY, linked_on=DAY, given_name="Petra", family_name="Newbold", postcode="AB7 7QQ",
        )  # fmt: skip
    refresh(*others)
    shared = {key for key, _, person in found_by() if person == petra.pk}
    shared &= {key for key, _, person in found_by() if person == others[0].pk}
    asked = "SELECT count(*) FROM find_candidates(%s, 0, '{}', %s, 24) WHERE person IS NOT NULL"
    counted = []
    for _ in range(2):
        with connection.cursor() as cursor:
            for of_each in (3, 200):
                cursor.execute(asked, [[min(shared)], of_each])
                counted += [*cursor.fetchone()]
        bring_all_in()
    assert counted == [3, 6, 3, 6]
