"""One person of the spine: what each agency holds, household, links, what it was before."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.foundations.audit.operations import record_looks
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.people.models import HouseholdMember, Person, Record
from joinedup.identity.people.rules import Spoken, full_name, other_names, speaks_first
from joinedup.identity.sharing.access import (
    Viewer,
    canonical,
    looking,
    marks,
    nhs_number_for,
    own_number_for,
    records,
    versions,
)
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.queries.nearness import nearness
from joinedup.intelligence.linkage.choices import SpineEventKind, event_sentence, why
from joinedup.intelligence.linkage.models import PossibleLink, SpineEvent
from joinedup.intelligence.linkage.queries.review import SHOWN
from joinedup.intelligence.linkage.queries.standard_records import evidence_between
from joinedup.pipeline.linkage import Evidence, match_weight

MOST_OTHERS = 10
"""No more others are shown beside a person, as in a search: each of them is a look (P3)."""


@dataclass(frozen=True)
class RecordShown:
    """What one agency holds of the person."""

    pk: int
    agency_code: str
    agency_name: str
    record_id: str
    name: str
    other_names: tuple[str, ...]
    born_on: datetime.date | None
    sex: str
    nhs_number: str
    address: str
    postcode: str
    previous_address: str
    previous_postcode: str
    phone: str
    email: str
    updated_on: datetime.date | None
    received_on: datetime.date
    gone_on: datetime.date | None


@dataclass(frozen=True)
class MemberShown:
    """Somebody who lives at the same address."""

    person_id: uuid.UUID
    name: str
    born_on: datetime.date | None


@dataclass(frozen=True)
class HouseholdShown:
    """The address of the person and who else lives there; nobody is told for an institution."""

    is_institution: bool
    address: str
    members: tuple[MemberShown, ...]
    more: int
    """How many more live there who are not shown."""


@dataclass(frozen=True)
class LinkShown:
    """Why a record is held to be of this person."""

    agency_name: str
    record_id: str
    tier: str
    weight: float | None
    because: str
    since: datetime.date


@dataclass(frozen=True)
class VersionShown:
    """What a record said before."""

    agency_name: str
    fields: tuple[tuple[str, str], ...]
    starts_on: datetime.date
    ends_on: datetime.date


@dataclass(frozen=True)
class PossibleShown:
    """Somebody who may be the same person."""

    person_id: uuid.UUID
    name: str
    born_on: datetime.date | None
    weight: float
    because: str


@dataclass(frozen=True)
class EventShown:
    """What happened to this person on the spine."""

    at: datetime.datetime
    kind: str
    sentence: str
    other_id: uuid.UUID | None


@dataclass(frozen=True)
class PersonPage:
    """Everything the person's page shows."""

    person_id: uuid.UUID
    asked_id: uuid.UUID
    merged: bool
    name: str
    other_names: tuple[str, ...]
    born_on: datetime.date | None
    died_on: datetime.date | None
    died_source: str
    sex: str
    nhs_number: str
    address: str
    postcode: str
    records: tuple[RecordShown, ...]
    household: HouseholdShown | None
    links: tuple[LinkShown, ...]
    versions: tuple[VersionShown, ...]
    possible: tuple[PossibleShown, ...]
    possible_more: int
    """How many more there are who may be the same, and are not shown."""
    events: tuple[EventShown, ...]


@dataclass(frozen=True)
class EvidenceBetween:
    """Two records of the person, and what speaks for and against their being of one."""

    left: RecordShown
    right: RecordShown
    weight: float
    evidence: tuple[Evidence, ...]


def the_person(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime, with_others: bool = False
) -> PersonPage:
    """The person that identifier stands for today; the look leaves its line.

    `with_others` tells who else lives there and who may be the same: a look at each who is shown.
    An identifier that was merged leads on, so nobody else is shown beside it.

    Raises Person.DoesNotExist, also where nothing is held of that person any more; NotPermitted.
    """
    look = looking(viewer, at=at, subject_kind="person", subject_id=str(person_id))
    with look as about:
        about["categories"] = (Category.IDENTITY.value,)
        with prepared():
            person = canonical(viewer, person_id)
            held = _records_of(viewer, person)
            families = {record.family_name for record in held}
            homes = {record.address_key for record in held}
            about.update(nearness(viewer, person.pk, family_names=families, homes=homes, at=at))
            beside = with_others and person.pk == person_id
            page = _page(viewer, person, person_id, held, with_others=beside)
        _record_others(viewer, page, at=at)
        return page


def _record_others(viewer: Viewer, page: PersonPage, *, at: datetime.datetime) -> None:
    """A line for each other person whose name is shown, once however often."""
    members = page.household.members if page.household else ()
    places = {other.person_id: "possibly the same" for other in page.possible}
    places |= {other.person_id: "household" for other in members}
    about = marks(viewer)
    about["categories"] = (Category.IDENTITY.value,)
    for place in ("household", "possibly the same"):
        ids = sorted(str(other) for other, where in places.items() if where == place)
        if ids:
            record_looks(
                at=at, post_id=viewer.post_id, subject_kind="person", subject_ids=ids,
                purpose=viewer.purpose, detail={"in": place}, **about,
            )  # fmt: skip


def the_evidence(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime
) -> tuple[EvidenceBetween, ...]:
    """The waterfall of each record against the one that speaks first; the look leaves its line."""
    with looking(viewer, at=at, subject_kind="links of person", subject_id=str(person_id)):
        held = _records_of(viewer, canonical(viewer, person_id))
        return tuple(_between(viewer, held[0], other) for other in held[1:])


def _records_of(viewer: Viewer, person: Person) -> list[Record]:
    """The one that speaks first, then the others by source and date."""
    rest = list(records(viewer).filter(person=person).order_by("agency_id", "record_id"))
    if not rest:
        raise Person.DoesNotExist("Nothing is held of this person any more.")
    ordered = []
    while rest:
        ordered.append(rest.pop(speaks_first([_spoken(record) for record in rest])))
    return ordered


def _spoken(record: Record) -> Spoken:
    gone = record.gone_on is not None
    return Spoken(record.agency_id, gone, record.updated_on or record.changed_on, record.record_id)


def _page(
    viewer: Viewer, person: Person, asked: uuid.UUID, held: Sequence[Record], *, with_others: bool
) -> PersonPage:
    possible, possible_more = _possible(viewer, person) if with_others else ((), 0)
    shown = tuple(_shown(viewer, record) for record in held)
    first = held[0]
    said = [name for record in shown for name in (record.name, *record.other_names)]
    return PersonPage(
        person_id=person.pk,
        asked_id=asked,
        merged=person.pk != asked,
        name=shown[0].name,
        other_names=other_names(shown[0].name, said),
        born_on=_first_said(held, "born_on"),
        died_on=person.died_on,
        died_source=person.died_source,
        sex=_first_said(held, "sex") or "",
        nhs_number=nhs_number_for(viewer, _nhs_number(held)),
        address=first.address,
        postcode=first.postcode,
        records=shown,
        household=_household(viewer, person) if with_others else None,
        links=tuple(
            LinkShown(r.agency.name, s.record_id, r.tier, r.weight, why(r.because), r.linked_on)
            for r, s in zip(held, shown, strict=True)
        ),
        versions=_versions(viewer, held),
        possible=possible,
        possible_more=possible_more,
        events=_events(person),
    )


def _shown(viewer: Viewer, record: Record) -> RecordShown:
    name = full_name(record.given_name, record.middle_names, record.family_name)
    earlier = full_name(record.given_name, "", record.previous_family_name)
    also = [record.known_as, earlier if record.previous_family_name else ""]
    return RecordShown(
        pk=record.pk,
        agency_code=record.agency_id,
        agency_name=record.agency.name,
        record_id=own_number_for(viewer, record.record_id, record.nhs_number),
        name=name,
        other_names=other_names(name, also),
        born_on=record.born_on,
        sex=record.sex,
        nhs_number=nhs_number_for(viewer, record.nhs_number),
        address=record.address,
        postcode=record.postcode,
        previous_address=record.previous_address,
        previous_postcode=record.previous_postcode,
        phone=record.phone,
        email=record.email,
        updated_on=record.updated_on,
        received_on=record.received_on,
        gone_on=record.gone_on,
    )


def _first_said(held: Sequence[Record], field: str) -> Any:
    return next((getattr(record, field) for record in held if getattr(record, field)), None)


def _nhs_number(held: Sequence[Record]) -> str:
    """A verified number before one that is not."""
    ordered = sorted(held, key=lambda record: record.nhs_number_status != "01")
    return next((record.nhs_number for record in ordered if record.nhs_number), "")


def _household(viewer: Viewer, person: Person) -> HouseholdShown | None:
    now = HouseholdMember.objects.filter(ends_on__isnull=True).select_related("household")
    member = now.filter(person=person).first()
    if member is None:
        return None
    home = member.household
    if home.is_institution:
        return HouseholdShown(True, home.address_key, (), 0)
    others = now.filter(household=home).exclude(person=person).order_by("person_id")
    shown, more = _people_shown(viewer, list(others.values_list("person_id", flat=True)))
    return HouseholdShown(False, home.address_key, tuple(shown.values()), more)


def _people_shown(viewer: Viewer, ids: list[uuid.UUID]) -> tuple[dict[uuid.UUID, MemberShown], int]:
    """Name and birth date of the first of these people, in one query, and how many more there are."""
    held: dict[uuid.UUID, list[Record]] = {person_id: [] for person_id in ids}
    for record in records(viewer).filter(person__in=ids).order_by("agency_id", "record_id"):
        held[record.person_id].append(record)
    known = [person_id for person_id, of_person in held.items() if of_person]
    first = {person_id: _member(person_id, held[person_id]) for person_id in known[:MOST_OTHERS]}
    return first, len(known) - len(first)


def _member(person_id: uuid.UUID, held: list[Record]) -> MemberShown:
    first = held[speaks_first([_spoken(record) for record in held])]
    name = full_name(first.given_name, first.middle_names, first.family_name)
    return MemberShown(person_id, name, first.born_on or _first_said(held, "born_on"))


def _versions(viewer: Viewer, held: Sequence[Record]) -> tuple[VersionShown, ...]:
    """What each record said before, only where it then said something else."""
    found = versions(viewer).filter(record__in=[record.pk for record in held])
    records_now = {record.pk: record for record in held}
    by_record: dict[int, list[Any]] = {}
    for version in found.order_by("record_id", "-ends_on", "-pk"):
        version.record = records_now[version.record_id]
        by_record.setdefault(version.record_id, []).append(version)
    shown = []
    for said in by_record.values():
        now = {name: _text(getattr(said[0].record, name)) for name in SHOWN}
        later = [now, *(version.identity for version in said[:-1])]
        shown += [_version(viewer, *both) for both in zip(said, later, strict=True)]
    return tuple(sorted((v for v in shown if v.fields), key=lambda v: v.ends_on, reverse=True))


def _version(viewer: Viewer, version: Any, later: dict[str, str]) -> VersionShown:
    fields = tuple(
        (label, nhs_number_for(viewer, said) if name == "nhs_number" else said)
        for name, label in SHOWN.items()
        if (said := version.identity.get(name, "")) and said != later.get(name, "")
    )
    kept = tuple((label, said) for label, said in fields if said)
    return VersionShown(version.record.agency.name, kept, version.starts_on, version.ends_on)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value or "")


def _possible(viewer: Viewer, person: Person) -> tuple[tuple[PossibleShown, ...], int]:
    either = PossibleLink.objects.filter(person_a=person) | PossibleLink.objects.filter(
        person_b=person
    )
    links = list(either.order_by("-weight", "pk"))
    others = [
        link.person_b_id if link.person_a_id == person.pk else link.person_a_id for link in links
    ]
    shown, more = _people_shown(viewer, others)
    possible = tuple(
        PossibleShown(
            other, shown[other].name, shown[other].born_on, link.weight, why(link.because)
        )
        for link, other in zip(links, others, strict=True)
        if other in shown
    )
    return possible, more


def _events(person: Person) -> tuple[EventShown, ...]:
    """Deaths alone: any other event may tell of a record that this viewer is not to know of (P8)."""
    either = SpineEvent.objects.filter(person=person) | SpineEvent.objects.filter(other=person)
    return tuple(
        EventShown(
            event.at,
            event.kind,
            event_sentence(event.kind, event.because, this=event.person_id == person.pk),
            event.other_id if event.person_id == person.pk else event.person_id,
        )
        for event in either.filter(kind=SpineEventKind.DIED.value).order_by("-at", "-pk")
    )


def _between(viewer: Viewer, one: Record, other: Record) -> EvidenceBetween:
    evidence = evidence_between(one, other)
    return EvidenceBetween(
        _shown(viewer, one), _shown(viewer, other), match_weight(list(evidence)), evidence
    )
