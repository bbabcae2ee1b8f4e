"""The words of the lines that a page shows, and which lines hold the words somebody looks for."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from joinedup.foundations.agencies.models import Post
from joinedup.identity.people.models import HoldingDetail, HoldingSummary
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.queries.seen import HeldShown, Withheld, what_is_seen
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.models import Placing, StoryEntry
from joinedup.support.cases.rules.story import Line
from joinedup.support.contacts.models import Contact

Row = TypeVar("Row", bound=Model)
_ENTRY = ("what", "words", "meant", "told_by")
_CONTACT = ("words", "their_words", "with_whom")


@dataclass(frozen=True)
class Words:
    """What the lines of a page say, by the line's key."""

    entries: dict[str, StoryEntry] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    held: dict[str, HeldShown] = field(default_factory=dict)
    withheld: tuple[Withheld, ...] = ()
    to_place: frozenset[str] = frozenset()


def words_of(
    viewer: Viewer,
    case_id: uuid.UUID,
    lines: Iterable[Line],
    persons: Sequence[tuple[uuid.UUID, Collection[uuid.UUID]]],
    at: datetime.datetime,
) -> Words:
    """The words of these lines. What agencies hold leaves a line in the audit for each holder shown."""
    shown: dict[LineKind, list[str]] = {}
    for line in lines:
        shown.setdefault(line.kind, []).append(line.key)
    entries = StoryEntry.objects.filter(pk__in=shown.get(LineKind.ENTRY, []))
    contacts = Contact.objects.filter(pk__in=shown.get(LineKind.CONTACT, []))
    held = {uuid.UUID(key) for key in shown.get(LineKind.HELD, [])}
    seen = [what_is_seen(viewer, person, at=at, only=held) for person, _ in persons]
    told = [each for one in seen for each in one.withheld]
    return Words(
        {str(each.pk): each for each in _by_whom(entries, "written_by")},
        {str(each.pk): each for each in _by_whom(contacts, "by")},
        {str(each.pk): each for one in seen for each in one.held},
        tuple(dict.fromkeys(told)),
        waiting_to_be_placed(case_id),
    )


def _by_whom(rows: "QuerySet[Row]", field: str) -> list[Row]:
    """The rows, each with the post that wrote it; few posts write many rows."""
    found = list(rows)
    wrote = Post.objects.select_related("user", "team__agency")
    posts = wrote.in_bulk({getattr(each, f"{field}_id") for each in found})
    for each in found:
        setattr(each, field, posts[getattr(each, f"{field}_id")])
    return found


def waiting_to_be_placed(case_id: uuid.UUID) -> frozenset[str]:
    """The rows of a case of which nobody has said yet to whom they belong."""
    waiting = Placing.objects.filter(case=case_id, decided_at__isnull=True)
    return frozenset(str(row) for row in waiting.values_list("row", flat=True))


def with_words(kind: LineKind, text: str) -> Q:
    """The rows of a table of the story in whose words every one of these is found, as far as they are read."""
    words = text.split()
    if kind is LineKind.ENTRY:
        return _every(words, _ENTRY)
    if kind is LineKind.CONTACT:
        return _every(words, _CONTACT)
    more = HoldingSummary.objects.filter(_every(words, ("summary",)), pk=OuterRef("pk"))
    most = HoldingDetail.objects.filter(_every(words, ("detail",)), pk=OuterRef("pk"))
    return _every(words, ("headline",)) | Exists(more) | Exists(most)


def _every(words: Sequence[str], fields: Sequence[str]) -> Q:
    """Every word somewhere in these fields."""
    return reduce(
        and_,
        (reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields)) for word in words),
        Q(),
    )
