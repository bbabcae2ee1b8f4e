"""The carers of a case: who they are, what they were offered, who else may be one."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Record, Relationship
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.carer import CarerAnswer, CarerFoundBy
from joinedup.support.cases.models import Carer, CarerOffer, of_its_people
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.carers import CARES, is_young_carer, what_is_owed


@dataclass(frozen=True)
class CarerShown:
    """A carer of the case, with what is owed to them and what they said."""

    carer: Carer
    cares_for: str
    is_young: bool
    owed: str
    offers: tuple[CarerOffer, ...]

    @property
    def how(self) -> str:
        """How they came to be known."""
        return CarerFoundBy(self.carer.found_by).label

    @property
    def said(self) -> list[tuple[datetime.date, str, str]]:
        """Each offer: the day, what they said, and why."""
        return [(o.offered_on, CarerAnswer(o.answer).label, o.because) for o in self.offers]

    @property
    def last(self) -> CarerOffer | None:
        """The newest offer."""
        return self.offers[0] if self.offers else None

    @property
    def is_offered(self) -> bool:
        """Whether an assessment of their own was offered at all."""
        return bool(self.offers)

    @property
    def wants_one(self) -> bool:
        """Whether they said yes when last asked."""
        return self.last is not None and self.last.answer == CarerAnswer.ACCEPTED


@dataclass(frozen=True)
class MayCare:
    """Somebody who is a carer by an agency's record that this viewer may see, and not among them yet."""

    relationship_id: int
    person_id: uuid.UUID
    name: str
    cares_for: uuid.UUID
    source: str


def carers_of(viewer: Viewer, frame: Frame, at: datetime.datetime) -> list[CarerShown]:
    """Every carer of a case, those who still care first."""
    day = day_of(at)
    with acting(viewer):
        rows = list(
            Carer.objects.filter(of_its_people("cares_for"), case=frame.matter_id)
            .prefetch_related("offers")
            .order_by("ends_on", "number")
        )
        rows.sort(key=lambda each: (each.ends_on is not None, each.number))
    return [
        CarerShown(
            carer=row,
            cares_for=_name(frame, row.cares_for_id),
            is_young=is_young_carer(row.born_on, day),
            owed=what_is_owed(row.born_on, day),
            offers=tuple(
                sorted(row.offers.all(), key=lambda o: (o.offered_on, o.pk), reverse=True)
            ),
        )
        for row in rows
    ]


def may_care(viewer: Viewer, frame: Frame, at: datetime.datetime) -> list[MayCare]:
    """Who cares for somebody of the case by a record this viewer may see, and is not among the carers."""
    day = day_of(at)
    current = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    found = []
    with acting(viewer):
        for person in frame.persons:
            same = identifiers_of(person.person_id)
            known = Carer.objects.filter(case=frame.matter_id, person__isnull=False)
            ties = Relationship.objects.filter(
                current, other__in=same, kind__in=CARES, starts_on__lte=day
            ).exclude(person__in=known.values("person"))
            for tie in ties.select_related("source").order_by("pk"):
                record = Record.objects.filter(person=tie.person_id, gone_on=None).first()
                if record is not None:
                    told_of(people=[tie.person_id])
                    name = f"{record.given_name} {record.family_name}".strip()
                    found.append(
                        MayCare(tie.pk, tie.person_id, name, person.person_id, tie.source.name)
                    )
    return found


def _name(frame: Frame, person_id: uuid.UUID) -> str:
    same = set(identifiers_of(person_id))
    return next((p.name for p in frame.persons if p.person_id in same), "Somebody of this case")
