"""Pairs for review from night to night: to look at what may differ comes to what looking at all of them does."""

import datetime
import random

import pyarrow as pa
import pytest
from django.db import connection, transaction

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import acting
from joinedup.intelligence.linkage.models import Link, Night, ReviewPair
from joinedup.intelligence.linkage.operations import commit_reviews
from tests.sharing import walled

pytestmark = pytest.mark.django_db

DAY = datetime.date(2026, 11, 20)
BEGAN = datetime.datetime(2026, 11, 20, 1, tzinfo=datetime.UTC)
BY_DAY = BEGAN + datetime.timedelta(hours=9)
PEOPLE, PAIRS = 14, 30

Pair = tuple[int, int, float]
"""The places of two records, and the weight of their pair."""


def test_a_night_of_changes_opens_and_closes_the_pairs_that_a_whole_list_does() -> None:
    """Whatever a night moved and reviewers answered, took back or moved since the last one."""
    seen = set()
    for seed in range(25):
        with acting(walled.SYSTEM), transaction.atomic():
            seen |= _one_night(random.Random(seed))
            transaction.set_rollback(True)
    assert seen >= {("open", "vanished"), ("vanished", "open"), ("", "open"), ("open", "open")}


def _one_night(chance: random.Random) -> set[tuple[str, str]]:
    Agency.objects.get_or_create(code="gp", defaults={"name": "gp", "kind": "health"})
    people = [Person.objects.create(first_seen_on=DAY) for _ in range(PEOPLE)]
    records = [_record(number, chance.choice(people)) for number in range(PEOPLE * 2)]
    night = Night.objects.create(as_at=DAY, started_at=BEGAN, finished_at=BEGAN, state="committed")
    earlier, last = _pairs(chance, records), _pairs(chance, records)
    for known in (earlier, last):
        _write(known, None, records, night.pk)
    before = _statuses()
    _by_day(chance, records, people)
    tonight = [pair for pair in last if chance.random() < 0.7] + chance.sample(earlier, 8)
    tonight = list({pair[:2]: pair for pair in tonight}.values())
    moved = [(record, chance.choice(people)) for record in chance.sample(records, 4)]
    for record, to in moved:
        Record.objects.filter(pk=record.pk).update(person=to)
    changed = {pair[:2] for pair in set(last) ^ set(tonight)}
    found = []
    for of_changes in (True, False):
        with transaction.atomic():
            _put_moved(moved)
            _write(tonight, changed if of_changes else None, records, night.pk)
            found.append(
                (_statuses(), set(ReviewPair.objects.values_list("record_a", "record_b", "weight")))
            )
            transaction.set_rollback(True)
    by_changes, by_all = found
    assert by_changes == by_all
    return {(before.get(pair, ""), said) for pair, said in by_all[0].items()}


def _record(number: int, person: Person) -> Record:
    return Record.objects.create(
        agency_id="gp", record_id=f"{number:03}", controller="gp", person=person, received_on=DAY,
        changed_on=DAY, linked_on=DAY,
    )  # fmt: skip


def _pairs(chance: random.Random, records: list[Record]) -> list[Pair]:
    """Any two records, the earlier first, as linkage gives them."""
    some = (sorted(chance.sample(range(len(records)), 2)) for _ in range(PAIRS))
    return list({(a, b): (a, b, chance.choice([3.0, 4.5])) for a, b in some}.values())


def _by_day(chance: random.Random, records: list[Record], people: list[Person]) -> None:
    """Reviewers answer pairs, take answers back, and by their answers bring records to other people."""
    by = walled.viewer("gp", "link_reviewer").post_id
    for pair in chance.sample(list(ReviewPair.objects.order_by("pk")), 5):
        undone = BY_DAY if chance.random() < 0.4 else None
        pair.decisions.create(by_id=by, answer="not_same", at=BY_DAY, undone_at=undone)
        pair.status = "open" if undone else "decided"
        pair.save()
        if chance.random() < 0.6:
            record = chance.choice(records)
            Link.objects.create(
                record=record, person_id=record.person_id, starts_on=DAY, ends_on=DAY, pair=pair, tier="certain",
                because="a test",
            )  # fmt: skip
            Record.objects.filter(pk=record.pk).update(person=chance.choice(people))


def _put_moved(moved: list[tuple[Record, Person]]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE night_linked (record bigint, was uuid, person uuid) ON COMMIT DROP"
        )
        for record, to in moved:
            cursor.execute(
                "INSERT INTO night_linked VALUES (%s, %s, %s)", [record.pk, record.person_id, to.pk]
            )


def _write(
    pairs: list[Pair], changed: set[tuple[int, int]] | None, records: list[Record], night: int
) -> None:
    review = pa.Table.from_pylist(
        [
            {**_key(records, a, b), "weight": weight, "because": "uncertain"}
            for a, b, weight in pairs
        ]
    )
    differs = (
        None
        if changed is None
        else pa.Table.from_pylist([_key(records, *two) for two in sorted(changed)])
    )
    with connection.cursor() as cursor:
        commit_reviews.write_pairs(cursor, review, differs, night=night)
        cursor.execute("DROP TABLE night_review, night_pairs")


def _key(records: list[Record], a: int, b: int) -> dict[str, str]:
    return {
        "agency_a": "gp", "record_id_a": records[a].record_id,
        "agency_b": "gp", "record_id_b": records[b].record_id,
    }  # fmt: skip


def _statuses() -> dict[tuple[int, int], str]:
    rows = ReviewPair.objects.values_list("record_a", "record_b", "status")
    return {(a, b): status for a, b, status in rows}
