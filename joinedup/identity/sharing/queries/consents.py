"""What a person has said: about services, about sharing, and what is known of whoever spoke for them."""

import datetime
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import age, name_case
from joinedup.identity.people.choices import RelationshipKind
from joinedup.identity.people.models import Record, Relationship
from joinedup.identity.sharing.access import Viewer, acting, canonical, looking
from joinedup.identity.sharing.choices import CapacityOutcome, ConsentState, Purpose, WhoSpoke
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import CapacityAssessment, Consent, ServiceAgreement
from joinedup.identity.sharing.queries.known import same_person
from joinedup.identity.sharing.rules.consents import Assessed, Said, Tie, Word, state_of


@dataclass(frozen=True)
class ConsentShown:
    """One thing said about sharing, and what has become of it."""

    consent: Consent
    state: ConsentState
    latest: bool
    """Nothing was said later for the same purpose, holder and recipient."""

    @property
    def may_withdraw(self) -> bool:
        """Whether it is a yes that still holds."""
        return self.state is ConsentState.GIVEN


@dataclass(frozen=True)
class WhatWasSaid:
    """All that is on record, as far as this viewer's agency has to do with it."""

    person_id: uuid.UUID
    name: str
    consents: tuple[ConsentShown, ...]
    services: tuple[ServiceAgreement, ...]
    assessments: tuple[CapacityAssessment, ...]


@dataclass(frozen=True)
class Speaker:
    """Somebody who may have spoken for the person: the relationship, in words."""

    relationship_id: int
    words: str


def what_was_said(viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime) -> WhatWasSaid:
    """What is on record of a person's words; a look. Raises Person.DoesNotExist or NotPermitted."""
    viewer.must(Permission.RECORD_CONSENT)
    page = {"page": "consent_page"}
    with looking(viewer, at=at, subject_kind="person", subject_id=str(person_id), detail=page):
        person = canonical(viewer, person_id)
        group = same_person(person.pk)
        on_record = (
            Consent.objects.filter(person__in=group)
            .select_related("holder", "recipient", "agency", "recorded_by__user")
            .order_by("-said_at", "pk")
        )
        services = ServiceAgreement.objects.filter(person__in=group).select_related("agency")
        assessed = CapacityAssessment.objects.filter(person__in=group).select_related("agency")
        return WhatWasSaid(
            person_id=person.pk,
            name=_name([person.pk]).get(person.pk, "This person"),
            consents=tuple(_shown(on_record, at)),
            services=tuple(services.order_by("-said_at", "pk")),
            assessments=tuple(assessed.order_by("-assessed_on", "pk")),
        )


def _shown(said: Iterable[Consent], at: datetime.datetime) -> Iterable[ConsentShown]:
    seen: set[tuple[object, ...]] = set()
    for each in said:
        key = (each.purpose, each.holder_id, each.recipient_id)
        state = state_of(
            Said(ConsentState(each.state), each.said_at, each.expires_at, each.withdrawn_at), at
        )
        yield ConsentShown(each, state, latest=key not in seen)
        seen.add(key)


def speakers(viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime) -> list[Speaker]:
    """Who stands to the person in any way that this viewer may know of, today."""
    with acting(viewer):
        ties = _ties_of(person_id, day_of(at))
        names = _name({tie.person_id for tie in ties})
        return [
            Speaker(tie.pk, f"{names.get(tie.person_id, 'Name not shown')}, {_kind(tie).lower()}")
            for tie in ties
        ]


def _kind(tie: Relationship) -> str:
    return RelationshipKind(tie.kind).label


def agencies(viewer: Viewer) -> list[Agency]:
    """Every agency; the list is the same for every person (P8)."""
    viewer.must(Permission.RECORD_CONSENT)
    return list(Agency.objects.order_by("name"))


def word_of(
    person_id: uuid.UUID,
    *,
    purpose: Purpose,
    who: WhoSpoke,
    competence: str,
    responsible_id: int | None,
    at: datetime.datetime,
) -> Word:
    """The facts by which somebody's word is judged; to be read as the system (P12)."""
    day = day_of(at)
    group = same_person(person_id)
    ties = {tie.pk: tie for tie in Relationship.objects.filter(other__in=group).order_by("pk")}
    spoke = ties.get(responsible_id) if responsible_id is not None else None
    return Word(
        purpose=purpose,
        who=who,
        age=age(born_on(group), day),
        competence=competence,
        tie=_tie(spoke, barred=_kept_apart(spoke, group, day)) if spoke else None,
        assessments=tuple(
            Assessed(
                Purpose(found.purpose) if found.purpose else None,
                CapacityOutcome(found.outcome),
                found.assessed_on,
                found.best_interests,
            )
            for found in CapacityAssessment.objects.filter(person__in=group)
        ),
        ties=tuple(_tie(tie) for tie in ties.values()),
    )


def born_on(group: Iterable[uuid.UUID]) -> datetime.date | None:
    """The date of birth that most of the agencies' records have, the younger where they are even."""
    told = Counter(
        Record.objects.filter(
            person__in=list(group), gone_on=None, born_on__isnull=False
        ).values_list("born_on", flat=True)
    )
    known = [(count, day) for day, count in told.items() if day is not None]
    return max(known)[1] if known else None


def _ties_of(person_id: uuid.UUID, day: datetime.date) -> list[Relationship]:
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    found = Relationship.objects.filter(in_force, other__in=same_person(person_id))
    return list(found.order_by("kind", "pk"))


def _tie(tie: Relationship, *, barred: bool = False) -> Tie:
    return Tie(
        id=tie.pk,
        kind=RelationshipKind(tie.kind),
        document_seen_on=tie.document_seen_on,
        starts_on=tie.starts_on,
        ends_on=tie.ends_on,
        barred=barred,
    )


def _kept_apart(tie: Relationship, group: Iterable[uuid.UUID], day: datetime.date) -> bool:
    """Whether an order of non-contact stands between the one who spoke and the person."""
    theirs, mine = same_person(tie.person_id), list(group)
    between = Q(person__in=theirs, other__in=mine) | Q(person__in=mine, other__in=theirs)
    in_force = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Relationship.objects.filter(
        between, in_force, kind=RelationshipKind.NON_CONTACT_ORDER, starts_on__lte=day
    ).exists()


def _name(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, str]:
    rows = Record.objects.filter(person__in=list(ids), gone_on=None).order_by("-changed_on", "pk")
    names: dict[uuid.UUID, str] = {}
    for person, given, family in rows.values_list("person_id", "given_name", "family_name"):
        names.setdefault(person, name_case(f"{given} {family}".strip()))
    told_of(people=names)
    return names
