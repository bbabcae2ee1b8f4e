"""What of a case is to be placed after somebody of it turned out to be two: the register, and what waits."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.models import CaseSplit, Lead, Placing, StoryEntry
from joinedup.support.cases.rules.when import When, in_words
from joinedup.support.contacts.choices import How, Need
from joinedup.support.contacts.models import CommunicationNeed, Contact, ContactProfile
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.safeguarding.models import RiskPlan


@dataclass(frozen=True)
class Kind:
    """A table whose rows name the person of a case whom they are about: what a split must place.

    Its rows have a UUID for a key. `chain` names the field by which a row stands instead of an earlier
    one; the whole chain is placed together.
    """

    name: str
    label: str
    model: type[models.Model]
    matter: str
    written: str
    says: Callable[[Any], tuple[str, str]]
    """When it was, and what it says, in a line."""
    chain: str = ""

    def of_case(self, case_id: uuid.UUID) -> "models.QuerySet[Any]":
        """Its rows in a case, but for those that others stand instead of."""
        rows = self.model._default_manager.filter(**{self.matter: case_id})
        if not self.chain:
            return rows
        superseded = rows.filter(**{f"{self.chain}__isnull": False}).values(self.chain)
        return rows.exclude(pk__in=superseded)


def _day(at: datetime.datetime) -> str:
    return wording.day(day_of(at))


KINDS: tuple[Kind, ...] = (
    Kind("entry", "Entry in the story", StoryEntry, "case", "written_at",
         lambda row: (in_words(When(row.starts_on, row.ends_on, row.is_about)), row.what),
         chain="instead_of"),
    Kind("contact", "Contact", Contact, "matter", "recorded_at",
         lambda row: (_day(row.at), f"{How(row.how).label}. {row.words or row.their_words}"),
         chain="instead_of"),
    Kind("warning", "Warning note", RiskPlan, "matter", "starts_at",
         lambda row: (_day(row.starts_at), row.warning)),
    Kind("safe contact", "How they are safely reached", ContactProfile, "matter", "starts_at",
         lambda row: (_day(row.starts_at), ", ".join(filter(None, [row.number, row.words])) or "Set")),
    Kind("need", "What they need to be understood", CommunicationNeed, "matter", "starts_at",
         lambda row: (_day(row.starts_at), f"{Need(row.kind).label} {row.words}".strip())),
)  # fmt: skip
"""Each part of the work that writes about one person of a case adds its line."""

BY_NAME = {kind.name: kind for kind in KINDS}


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
        for found in kind.model._default_manager.filter(pk__in=list(of_kind)):
            row = of_kind[found.pk]
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
    return named
