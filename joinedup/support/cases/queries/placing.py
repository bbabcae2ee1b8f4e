"""What of a case waits to be placed after somebody of it turned out to be two, and what was placed with whom."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.core import wording
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.cases.models import CaseSplit, Lead, Placing
from joinedup.support.cases.queries.placed_kinds import KINDS
from joinedup.support.handovers.rules.roles import MANAGERS


@dataclass(frozen=True)
class ToPlace:
    """One thing to be placed, or placed already, in words."""

    pk: int
    label: str
    when: str
    what: str
    belongs_to: uuid.UUID | None = None


@dataclass(frozen=True)
class SplitShown:
    """One split of a case: between whom, what waits, and what was placed with whom."""

    pk: int
    stays: uuid.UUID
    stays_name: str
    goes: uuid.UUID
    goes_name: str
    found_at: datetime.datetime
    waiting: tuple[ToPlace, ...]
    placed: tuple[ToPlace, ...]


def how_many_to_place(viewer: Viewer, case_id: uuid.UUID) -> int:
    """How many things of a case wait to be placed."""
    with reading(viewer):
        return Placing.objects.filter(case=case_id, decided_at__isnull=True).count()


def may_place(viewer: Viewer, case_id: uuid.UUID) -> bool:
    """Whether the viewer says to whom things belong: the lead, or a manager of the lead's team."""
    with reading(viewer):
        lead = (
            Lead.objects.filter(case=case_id, ends_at__isnull=True).select_related("post").first()
        )
    if lead is None:
        return False
    return viewer.post_id == lead.post_id or (
        viewer.role in MANAGERS and viewer.team_id == lead.post.team_id
    )


def splits_of(viewer: Viewer, case_id: uuid.UUID) -> list[SplitShown]:
    """The splits of a case with what waits to be placed, the newest first."""
    with reading(viewer):
        splits = list(CaseSplit.objects.filter(case=case_id).order_by("-found_at", "-pk"))
        rows = list(Placing.objects.filter(case=case_id).order_by("pk"))
        names = _names({each for split in splits for each in (split.stays_id, split.goes_id)})
        said = _said(rows)
    return [
        SplitShown(
            split.pk, split.stays_id, names.get(split.stays_id, "The person of this case"),
            split.goes_id, names.get(split.goes_id, "Somebody else"), split.found_at,
            waiting=_of(split, rows, said, decided=False), placed=_of(split, rows, said, decided=True),
        )
        for split in splits
    ]  # fmt: skip


def _of(
    split: CaseSplit, rows: list[Placing], said: dict[int, ToPlace], *, decided: bool
) -> tuple[ToPlace, ...]:
    return tuple(
        said[row.pk]
        for row in rows
        if row.split_id == split.pk and row.pk in said and bool(row.decided_at) is decided
    )


def _said(rows: list[Placing]) -> dict[int, ToPlace]:
    """What each says, as far as the viewer still reads it here; what went to another case is read there."""
    shown = {}
    for kind in KINDS:
        of_kind = {row.row: row for row in rows if row.kind == kind.name}
        for found in kind.rows(of_kind) if of_kind else ():
            row = of_kind[kind.name_of(found.pk)]
            shown[row.pk] = ToPlace(row.pk, kind.label, *kind.says(found), row.belongs_to_id)
    return shown


def _names(persons: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Such names and birth dates as the viewer may see."""
    named: dict[uuid.UUID, str] = {}
    for record in Record.objects.filter(person__in=persons, gone_on=None).order_by("pk"):
        born = f", born {wording.day(record.born_on)}" if record.born_on else ""
        whole = f"{record.given_name} {record.family_name}".strip()
        if whole and record.person_id is not None:
            named.setdefault(record.person_id, f"{wording.name_case(whole)}{born}")
    told_of(people=named)
    return named
