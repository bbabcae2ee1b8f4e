"""Copies that left the product and were not recalled yet."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields import CharField
from django.db.models.functions import Cast

from joinedup.foundations.audit.models import Entry


@dataclass(frozen=True)
class Copy:
    """A copy outside: when it was made, by which post, of what, to where."""

    entry_id: uuid.UUID
    at: datetime.datetime
    post_id: uuid.UUID | None
    kind: str
    """What sort of thing it is: rows to mend, minutes, a plan, an answer to a subject's request."""
    of: str
    holder: str
    place: str


def copies_out(kind: str, of: Iterable[str]) -> tuple[Copy, ...]:
    """Copies of these that nobody has recalled, the oldest first; as far as whoever asks may read."""
    return _not_recalled(Entry.objects.filter(subject_kind=kind, subject_id__in=list(of)))


def copies_about(people: Iterable[uuid.UUID]) -> tuple[Copy, ...]:
    """Copies that tell of these people, by whatever identifier, and that nobody has recalled; the oldest first."""
    return _not_recalled(Entry.objects.filter(person_id__in=list(people)))


def copies_by_line(lines: Iterable[uuid.UUID]) -> tuple[Copy, ...]:
    """The copies that these lines tell of, recalled or not, the oldest first."""
    return _told(Entry.objects.filter(act="copied", pk__in=list(lines)))


def _not_recalled(lines: QuerySet[Entry]) -> tuple[Copy, ...]:
    recalled = Entry.objects.filter(
        act="recalled", subject_kind="copy", subject_id=Cast(OuterRef("id"), CharField())
    )
    return _told(lines.filter(act="copied").exclude(Exists(recalled)))


def _told(made: QuerySet[Entry]) -> tuple[Copy, ...]:
    return tuple(
        Copy(
            one.id, one.at, one.post_id, one.subject_kind, one.subject_id, one.holder,
            one.detail.get("kind", ""),
        )
        for one in made.order_by("at", "id")
    )  # fmt: skip
