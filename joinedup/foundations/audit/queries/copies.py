"""Copies that left the product and were not recalled yet."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.db.models.fields import CharField
from django.db.models.functions import Cast

from joinedup.foundations.audit.models import Entry


@dataclass(frozen=True)
class Copy:
    """A copy outside: when it was made, by which post, of what, to where."""

    entry_id: uuid.UUID
    at: datetime.datetime
    post_id: uuid.UUID | None
    of: str
    holder: str
    place: str


def copies_out(kind: str, of: Iterable[str]) -> tuple[Copy, ...]:
    """Copies of these that nobody has recalled, the oldest first; as far as whoever asks may read."""
    recalled = Entry.objects.filter(
        act="recalled", subject_kind="copy", subject_id=Cast(OuterRef("id"), CharField())
    )
    made = Entry.objects.filter(act="copied", subject_kind=kind, subject_id__in=list(of))
    return tuple(
        Copy(one.id, one.at, one.post_id, one.subject_id, one.holder, one.detail.get("kind", ""))
        for one in made.exclude(Exists(recalled)).order_by("at", "id")
    )
