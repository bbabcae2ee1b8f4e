"""Whom a look tells of: noted where their data is read, written down in one statement where the look ends."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Unpack

from django.db import connection

from joinedup.foundations.audit.operations.record import About, Look, line_apart, record_look
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.sharing.choices import Category

A_PART = "part_in_matter"
"""The basis of seeing a matter’s own content: a part in it, and no gateway."""

OF_A_MATTER = frozenset({Category.IDENTITY, Category.INVOLVEMENT})
"""What any matter tells of those whom it is about: who they are, and that somebody works with them."""


@dataclass
class Whom:
    """Those of whom one look has told so far: people, and all whom these matters are about."""

    people: set[uuid.UUID] = field(default_factory=set)
    matters: set[uuid.UUID] = field(default_factory=set)
    categories: set[Category] = field(default_factory=set)
    outer: "Whom | None" = None
    """The look around this one: a page. It leaves no second line for those who have one."""
    lined: set[uuid.UUID] = field(default_factory=set)
    """The people of whom a look within this one left a line, and then the matters."""
    lined_matters: set[uuid.UUID] = field(default_factory=set)

    @property
    def waits(self) -> bool:
        """Whether somebody was told of who has no line yet."""
        return bool(self.people - self.lined or self.matters - self.lined_matters)


_WHOM: ContextVar[Whom | None] = ContextVar("whom", default=None)


def told_of(
    *,
    people: Iterable[uuid.UUID | None] = (),
    matters: Iterable[uuid.UUID | None] = (),
    categories: Iterable[Category] = (),
) -> None:
    """Note that the look under way tells of these people, and of all whom these matters are about.

    Said by what reads names or the content of a matter, so that no page can forget it: a page is a look by
    itself, at whomever no look within it wrote down. In a job or a command, which is no look, it notes
    nothing: an operation leaves the line of its change.
    """
    whom = _WHOM.get()
    if whom is not None:
        whom.people.update(each for each in people if each is not None)
        whom.matters.update(each for each in matters if each is not None)
        whom.categories.update(categories)


@contextmanager
def noting() -> Iterator[Whom]:
    """Note whom is told of inside; a look within a look notes its own."""
    whom = Whom(outer=_WHOM.get())
    token = _WHOM.set(whom)
    try:
        yield whom
    finally:
        _WHOM.reset(token)


def leave_the_look(whom: Whom, look: Look, **about: Unpack[About]) -> None:
    """Write the look down once for each who has no line yet, or once where there is nobody, in its own transaction.

    Whom a matter is about, the database finds by itself and tells nobody: also a part that opens too
    little to know them leaves them their line. Where one of the matters leaves no trace, neither does the
    look at whoever that one is about (P14).
    """
    said = set(about.get("categories", ())) | whom.categories
    if whom.matters:
        said |= OF_A_MATTER
        about.setdefault("basis", A_PART)
    about["categories"] = sorted(said)
    line = line_apart(**look, **about)
    people = whom.people | {line.person} if line.person else whom.people
    if whom.outer is not None:
        whom.outer.lined |= people
        whom.outer.lined_matters |= whom.matters
    if line.has_words or not whom.waits:
        record_look(**look, **about)
    if not whom.waits:
        return
    with prepared(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT wall_look(%s::jsonb, %s::text, %s::uuid[], %s::uuid[], %s::uuid[])",
            [
                line.said,
                line.subject,
                list(people - whom.lined),
                list(whom.matters - whom.lined_matters),
                list(whom.lined_matters),
            ],
        )
