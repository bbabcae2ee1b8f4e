"""What waits after a split for somebody to say whose it is, and who may say it."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_looks
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting, looking, marks, people, records
from joinedup.identity.sharing.choices import Category, HeldKind
from joinedup.identity.sharing.models import HeldPlacing, Involvement
from joinedup.identity.sharing.queries.facts import identifiers_of

UNKNOWN = "the other person, of whom your agency holds no record"


@dataclass(frozen=True)
class Waits:
    """One thing of the viewer's agency, and between which two it is."""

    pk: int
    kind: HeldKind
    what: str
    about: str
    since: datetime.date
    stays: uuid.UUID
    goes: uuid.UUID
    stays_name: str
    goes_name: str


@dataclass(frozen=True)
class Doubts:
    """Which of the things on a page may be of another person, and whether the viewer's agency has some to place."""

    rows: frozenset[uuid.UUID]
    to_place: bool


def doubts_about(viewer: Viewer, person_id: uuid.UUID, rows: Iterable[uuid.UUID]) -> Doubts:
    """What of a person's page may be of another; row security tells of it to whoever sees the thing itself."""
    shown, same = set(rows), identifiers_of(person_id)
    either = Q(row__in=shown) | Q(stays_person__in=same) | Q(goes_person__in=same)
    with acting(viewer):
        found = HeldPlacing.objects.filter(either, decided_at=None)
        told = list(found.values_list("row", "agency"))
    return Doubts(
        frozenset(row for row, _ in told if row in shown),
        any(agency == viewer.agency for _, agency in told),
    )


def placing_page(
    viewer: Viewer, person_id: uuid.UUID, *, at: datetime.datetime
) -> tuple[Waits, ...]:
    """What waits, for the page on which it is placed: a look at each of the two.

    Raises Person.DoesNotExist, NotPermitted.
    """
    with looking(viewer, at=at, subject_kind="person", subject_id=str(person_id)):
        people(viewer).get(pk=person_id)
        found = waits_to_be_placed(viewer, person_id)
        others = {str(one) for each in found for one in (each.stays, each.goes)} - {str(person_id)}
        if others:
            record_looks(
                at=at, post_id=viewer.post_id, subject_kind="person", subject_ids=sorted(others),
                purpose=viewer.purpose, detail={"in": "placing"}, **marks(viewer),
            )  # fmt: skip
    return found


def waits_to_be_placed(viewer: Viewer, person_id: uuid.UUID) -> tuple[Waits, ...]:
    """What the viewer's agency wrote of this person, sees, and has still to say whose it is.

    Whichever of the two the page is of. Raises NotPermitted.
    """
    viewer.must(Permission.SEE_RECORD)
    same = identifiers_of(person_id)
    with acting(viewer):
        rows = HeldPlacing.objects.filter(agency=viewer.agency, decided_at=None)
        mine = list(
            (rows.filter(stays_person__in=same) | rows.filter(goes_person__in=same)).order_by("pk")
        )
        said = _said(mine)
        names = _names(viewer, {one for row in mine for one in (row.stays_person, row.goes_person)})
    return tuple(
        Waits(
            row.pk, HeldKind(row.kind), *said[row.row], row.stays_person, row.goes_person,
            names.get(row.stays_person, UNKNOWN), names.get(row.goes_person, UNKNOWN),
        )
        for row in mine
    )  # fmt: skip


def _said(rows: Iterable[HeldPlacing]) -> dict[uuid.UUID, tuple[str, str, datetime.date]]:
    """What each thing says, what it is of, and since when."""
    wanted = [row.row for row in rows]
    said = {
        held.pk: (held.headline, Category(held.category).label, held.starts_on)
        for held in Holding.objects.filter(pk__in=wanted)
    }
    involved = Involvement.objects.filter(pk__in=wanted).select_related("team")
    said |= {
        each.pk: (f"{each.team.name}: {each.because}", "Involvement", each.starts_at.date())
        for each in involved
    }
    return said


def _names(viewer: Viewer, people: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Each by the name that the viewer's own agency has them by, with their year of birth."""
    canonical = {same: one for one in people for same in identifiers_of(one)}
    names: dict[uuid.UUID, str] = {}
    own = records(viewer).filter(person__in=list(canonical), agency=viewer.agency)
    for record in own.order_by("gone_on", "-changed_on", "pk"):
        born = f", born {record.born_on.year}" if record.born_on else ""
        name = f"{record.given_name} {record.family_name}".strip().title()
        names.setdefault(canonical[record.person_id], f"{name}{born}")
    return names
