"""The spine changed by hand, at once and reversibly: records joined under one person, or told apart."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.operations.parted import part
from joinedup.intelligence.linkage.choices import Answer, PairStatus, SpineEventKind, Tier
from joinedup.intelligence.linkage.models import Link, ReviewPair, SpineEvent
from joinedup.intelligence.linkage.operations import commit_households, commit_sight, commit_spine
from joinedup.intelligence.linkage.operations.find_index import refresh_find_index
from joinedup.intelligence.linkage.queries.night_facts import answer_of
from joinedup.intelligence.linkage.rules import records_to_split
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number

BY_REVIEWER = "reviewer"
VERIFIED = "01"


@dataclass
class ByHand:
    """Who changes the spine, when, and on the answer to which pair."""

    by: Viewer
    at: datetime.datetime
    on: datetime.date
    pair: ReviewPair
    went: list[tuple[uuid.UUID, uuid.UUID, int]] = field(default_factory=list)
    """Whom each record left, to whom it came, and which record."""


def join_people(hand: ByHand) -> None:
    """Bring both records' persons together: the one with fewer records points at the other.

    With equal records the smaller identifier stays; so the night chooses, and both agree.
    """
    one, other = hand.pair.record_a.person, hand.pair.record_b.person
    if one.pk == other.pk:
        return
    stays, goes = sorted((one, other), key=lambda person: (-_live(person), str(person.pk)))
    _move(hand, list(goes.records.all()), to=stays)
    _tell(hand, SpineEventKind.MERGED, goes, stays)
    _settle(hand, [stays, goes])


def why_not_join(pair: ReviewPair) -> str:
    """The sentence that says what keeps the two persons apart; empty where nothing does.

    What a reviewer told apart stays apart, whatever chain of other answers leads from one to the other;
    and two verified NHS numbers never become one person.
    """
    one, other = pair.record_a.person, pair.record_b.person
    if one.pk == other.pk:
        return ""
    kept_apart = ReviewPair.objects.filter(status=PairStatus.DECIDED).exclude(pk=pair.pk)
    between = Q(record_a__person=one, record_b__person=other) | Q(
        record_a__person=other, record_b__person=one
    )
    for decided in kept_apart.filter(between).prefetch_related("decisions"):
        if answer_of(decided) is Answer.NOT_SAME:
            return "Another answer keeps these two people apart. Take that one back first."
    numbers = [_verified(one), _verified(other)]
    if all(numbers) and not numbers[0] & numbers[1]:
        return "These two people have different verified NHS numbers, so they stay apart."
    return ""


def _verified(person: Person) -> set[str]:
    """The verified NHS numbers of a person's live records, as digits."""
    live = person.records.filter(gone_on__isnull=True, nhs_number_status=VERIFIED)
    numbers = (standard_nhs_number(said) for said in live.values_list("nhs_number", flat=True))
    return {number for number in numbers if number}


def split_record(hand: ByHand) -> None:
    """Take one of the pair's records out of the person they share, and give it a person of its own."""
    one, other = hand.pair.record_a, hand.pair.record_b
    if one.person_id != other.person_id:
        return
    keys = {record.pk: (record.agency_id, record.record_id) for record in (one, other)}
    record = one if records_to_split(keys, one.pk, other.pk) == one.pk else other
    left = record.person
    alone = Person.objects.create(id=uuid.uuid4(), first_seen_on=hand.on)
    _move(hand, [record], to=alone)
    _tell(hand, SpineEventKind.SPLIT, alone, left)
    _settle(hand, [left, alone])


def take_back(hand: ByHand) -> None:
    """Undo what the answer to this pair did to the spine, as far as no night has undone it since."""
    moved = [link for link in _last_links(hand.pair) if link.record.person_id != link.person_id]
    persons = {person for link in moved for person in (link.person, link.record.person)}
    before = {person.pk: _live(person) for person in persons}
    for link in moved:
        left = link.record.person
        _move(hand, [link.record], to=link.person, as_before=link)
        kind = SpineEventKind.MERGED if before[link.person_id] else SpineEventKind.SPLIT
        if link is moved[0]:
            person, other = (left, link.person) if before[link.person_id] else (link.person, left)
            _tell(hand, kind, person, other)
    if persons:
        _settle(hand, persons)


def _last_links(pair: ReviewPair) -> list[Link]:
    """For each record, the link that this pair ended, where it is the last that ended."""
    records = Link.objects.filter(pair=pair).values("record_id")
    latest = Link.objects.filter(record_id__in=records).order_by("record_id", "-pk")
    ended = latest.distinct("record_id").select_related("record__person", "person")
    return [link for link in ended if link.pair_id == pair.pk]


def _move(
    hand: ByHand, records: list[Record], *, to: Person, as_before: Link | None = None
) -> None:
    """Keep each record's link as an earlier one, and write the new one; a pointer follows."""
    hand.went += [(record.person_id, to.pk, record.pk) for record in records]
    Link.objects.bulk_create(
        Link(
            record=record,
            person_id=record.person_id,
            tier=record.tier,
            weight=record.weight,
            because=record.because,
            starts_on=record.linked_on,
            ends_on=max(hand.on, record.linked_on),
            pair=hand.pair,
        )
        for record in records
    )
    Record.objects.filter(pk__in=[record.pk for record in records]).update(
        person=to,
        tier=as_before.tier if as_before else Tier.DECIDED,
        weight=as_before.weight if as_before else None,
        because=as_before.because if as_before else BY_REVIEWER,
        linked_on=hand.on,
    )
    Person.objects.filter(pk=to.pk).update(merged_into=None, retired_on=None)


def _settle(hand: ByHand, persons: Iterable[Person]) -> None:
    """Point persons left with nothing, then bring deaths, households, sight and the find index after them."""
    everyone = list(persons)
    holds = [person for person in everyone if person.records.exists()]
    for person in everyone:
        if person not in holds and holds:
            Person.objects.filter(pk=person.pk).update(merged_into=holds[0])
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE touched (person uuid) ON COMMIT DROP")
        for person in everyone:
            cursor.execute("INSERT INTO touched VALUES (%s)", [person.pk])
        commit_spine.tell_deaths(cursor, by=hand.by.post_id, at=hand.at)
        commit_households.write(cursor, on=hand.on)
        _part(cursor, hand)
        commit_sight.write(at=hand.at)
        refresh_find_index(cursor, [str(person.pk) for person in everyone])
        cursor.execute(
            "DROP TABLE touched, night_deaths, night_homes, night_uprns, night_members, "
            "night_newcomers, night_left"
        )


def _part(cursor: Any, hand: ByHand) -> None:
    """What was said and set of one person comes to both, where the two are no longer one."""
    cursor.execute(
        "CREATE TEMPORARY TABLE went (stays uuid, goes uuid, record bigint) ON COMMIT DROP"
    )
    cursor.executemany("INSERT INTO went VALUES (%s, %s, %s)", hand.went)
    part("SELECT stays, goes, record, true FROM went", at=hand.at, by=hand.by.post_id)
    cursor.execute("DROP TABLE went")
    hand.went.clear()


def _tell(hand: ByHand, kind: SpineEventKind, person: Person, other: Person) -> None:
    SpineEvent.objects.create(
        at=hand.at,
        by_id=hand.by.post_id,
        kind=kind.value,
        person=person,
        other=other,
        because=BY_REVIEWER,
    )


def _live(person: Person) -> int:
    return person.records.filter(gone_on__isnull=True).count()
