"""One thing that is held about somebody: what it says, and what was decided about giving it."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from joinedup.foundations.core import wording
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models import SubjectRedaction
from joinedup.support.cases.models import Case

_OF_ALL = "It is about everybody of this case: decide what of it tells of somebody else."
_BY_ITS_AUTHOR = "Kept from the person by whoever wrote it."


@dataclass(frozen=True)
class Item:
    """One thing that is held: what it is called, when it was, what it says, and what its author marked."""

    key: str
    when: str
    what: str
    words: str = ""
    ground: LeftOutBecause | None = None
    """Why it is left out unless somebody of the controller decides otherwise."""
    because: str = ""


@dataclass(frozen=True)
class Group:
    """What is held of one sort, under a heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Marked:
    """A thing that is held, and what was decided about giving it."""

    item: Item
    redaction: SubjectRedaction | None = None

    @property
    def is_given(self) -> bool:
        """Whether somebody of the controller gives it as it stands, though it was marked."""
        return self.redaction is not None and self.redaction.is_given

    @property
    def waits(self) -> bool:
        """Whether it is marked and nobody of the controller has decided yet, also of what came since."""
        if self.redaction is None:
            return self.item.ground is not None
        return self.redaction.is_proposed

    @property
    def words_given(self) -> tuple[str, str] | None:
        """What it is and says to whoever asked; nothing where all of it is left out, or waits."""
        if self.is_given or (self.redaction is None and self.item.ground is None):
            return self.item.what, self.item.words
        instead = self.redaction.instead if self.redaction else ""
        return (instead, "") if instead else None


def marked(
    groups: Iterable[Group], redactions: Iterable[SubjectRedaction]
) -> list[tuple[str, list[Marked]]]:
    """The groups with what was decided beside each thing."""
    by_item = {each.item: each for each in redactions}
    return [
        (group.heading, [Marked(item, by_item.get(item.key)) for item in group.items])
        for group in groups
    ]


@dataclass(frozen=True)
class About:
    """Somebody in a case: their identifiers, and whether it is about nobody else."""

    case: Case
    ids: tuple[uuid.UUID, ...]
    is_alone: bool

    @property
    def theirs(self) -> Q:
        """Rows of the case that name them, or everybody."""
        return Q(case=self.case) & self.theirs_of("person")

    def theirs_of(self, person: str) -> Q:
        """Rows whose field of this name is them or, left empty, everybody."""
        return Q(**{f"{person}__in": self.ids}) | Q(**{f"{person}__isnull": True})

    def marks(self, row: Any, *, hidden: str = "", because: str = "") -> dict[str, Any]:
        """What its author marked on a row; else, where it names nobody, that it tells of others too."""
        if hidden:
            return {"ground": LeftOutBecause(hidden), "because": because or _BY_ITS_AUTHOR}
        return self.of_all() if row.person_id is None else {}

    def of_all(self) -> dict[str, Any]:
        """The mark of what is about everybody of the case; none where there is nobody else."""
        if self.is_alone:
            return {}
        return {"ground": LeftOutBecause.THIRD_PARTY, "because": _OF_ALL}


def day(when: datetime.date | datetime.datetime | None) -> str:
    """The day as it is read; nothing for none."""
    return wording.day(when) if when else ""


def joined(*words: str) -> str:
    """Sentences one after another, those that are empty left out."""
    return " ".join(filter(None, words))
