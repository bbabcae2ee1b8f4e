"""The three tables with the many lines of a story: filtered and counted in the database, read page by page."""

import datetime
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractQuarter, ExtractYear

from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.choices import Category
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.models import StoryEntry
from joinedup.support.cases.queries.story_words import with_words
from joinedup.support.cases.rules.story import (
    Asked,
    Key,
    Limits,
    Line,
    Tally,
    significance_of,
    topic_of,
)
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact

ONE_DAY = datetime.timedelta(days=1)
Rows = QuerySet[Any]
_FACE_TO_FACE = [how.value for how in How if how.is_face_to_face]
_NOT_SEEN = Q(how__in=_FACE_TO_FACE, seen=Seen.NOT_SEEN.value)
"""A visit at which the person was not seen is worth knowing."""


@dataclass(frozen=True)
class Kept:
    """One of the tables: its rows in this story, which columns say what, how its rows become lines."""

    kind: LineKind
    rows: Rows
    first: str
    """The column of the day it began, or of the moment it was."""
    agency: str
    written: str
    serious: Q
    lines: Callable[[Rows], list[Line]]

    def within(self, first: datetime.date, after: datetime.date) -> list[Line]:
        """The lines that began within these days."""
        moments = self.first == "at"
        start, end = (start_of(first), start_of(after)) if moments else (first, after)
        return self.lines(
            self.rows.filter(**{f"{self.first}__gte": start, f"{self.first}__lt": end})
        )

    def latest(self, many: int) -> list[Line]:
        """So many lines, the last that began first."""
        return self.lines(self.rows.order_by(f"-{self.first}", f"-{self.written}")[:many])

    def named(self, names: Iterable[Key]) -> list[Line]:
        """These lines, as far as they are there."""
        keys = [uuid.UUID(key) for kind, key in names if kind is self.kind]
        return self.lines(self.rows.filter(pk__in=keys)) if keys else []

    def counted(self, new_since: datetime.datetime | None = None) -> tuple[Tally, int]:
        """How its rows lie over agencies and quarters, and how many were written after that moment."""
        quarter = ExtractYear(self.first) * 4 + ExtractQuarter(self.first) - 1
        found = self.rows.order_by().values(of=F(self.agency), quarter=quarter)
        new = Q(**_written_after(self.written, new_since))
        counts = list(
            found.annotate(
                many=Count("pk"),
                grave=Count("pk", filter=self.serious),
                new=Count("pk", filter=new),
            )
        )
        tally = {(row["of"], row["quarter"]): (row["many"], row["grave"]) for row in counts}
        return tally, sum(row["new"] for row in counts)


def kept_of(
    case_id: uuid.UUID, identifiers: Collection[uuid.UUID], at: datetime.datetime
) -> tuple[Kept, Kept, Kept]:
    """The three tables of this story. What was placed with somebody whom the case is not about is left out.

    What agencies hold is read live, as far as the wall shows it now, and never copied (P15).
    """
    of_the_case = Q(person__isnull=True) | Q(person__in=identifiers)
    entries = StoryEntry.objects.filter(of_the_case, case=case_id).annotate(
        comes_from=Coalesce("source", "written_by__team__agency")
    )
    held = Holding.objects.filter(person__in=identifiers, starts_on__lte=day_of(at))
    return (
        Kept(
            LineKind.ENTRY, entries, "starts_on", "comes_from", "written_at",
            Q(significance=Significance.SERIOUS.value), entry_lines,
        ),
        Kept(
            LineKind.CONTACT, Contact.objects.filter(of_the_case, matter=case_id, at__lte=at), "at",
            "by__team__agency", "recorded_at", Q(pk__isnull=True), contact_lines,
        ),
        Kept(
            LineKind.HELD, held, "starts_on", "holder", "recorded_at",
            Q(category__in=_categories(lambda each: significance_of(each) is Significance.SERIOUS)),
            held_lines,
        ),
    )  # fmt: skip


def narrowed(kept: Kept, asked: Asked, limits: Limits) -> Kept:
    """The same table with only the rows that are asked for."""
    rows = kept.rows
    if asked.agency:
        rows = rows.filter(**{kept.agency: asked.agency})
    if asked.topic:
        rows = rows.filter(_of_topic(kept.kind, asked.topic))
    if asked.significance:
        rows = rows.filter(_of_significance(kept.kind, asked.significance))
    if asked.person:
        ids = [each for each, of in limits.whose.items() if of == asked.person]
        rows = rows.filter(person__in=ids)
    if asked.since:
        rows = rows.filter(_since(kept.kind, asked.since))
    if asked.new:
        rows = rows.filter(**_written_after(kept.written, limits.new_since))
    return replace(kept, rows=_named(rows, kept.kind, asked, limits))


def _named(rows: Rows, kind: LineKind, asked: Asked, limits: Limits) -> Rows:
    """Those that are pinned, and those that hold the words, where that is asked."""
    if asked.pinned:
        rows = rows.filter(pk__in=[uuid.UUID(key) for of, key in limits.pinned if of is kind])
    if asked.words.strip():
        rows = rows.filter(with_words(kind, asked.words))
    return rows


def _written_after(column: str, moment: datetime.datetime | None) -> dict[str, Any]:
    return {f"{column}__gt": moment} if moment else {"pk__isnull": True}


def entry_lines(rows: Rows) -> list[Line]:
    """What was written into the case."""
    found = list(rows.values_list(
        "id", "starts_on", "ends_on", "topic", "comes_from", "significance", "person",
        "written_at", "is_about", "corrected_by",
    ))  # fmt: skip
    return [
        Line(
            LineKind.ENTRY, str(pk), first, after, Topic(topic), agency,
            Significance(significance), person, written, about, after_it is not None,
        )
        for pk, first, after, topic, agency, significance, person, written, about, after_it in found
    ]  # fmt: skip


def contact_lines(rows: Rows) -> list[Line]:
    """The contacts, notes, letters, texts and past appointments of the case (P32)."""
    found = rows.values_list(
        "id", "at", "how", "seen", "by__team__agency", "person", "recorded_at", "corrected_by"
    )
    return [
        Line(
            LineKind.CONTACT, str(pk), day_of(when), day_of(when) + ONE_DAY, Topic.CONTACT, agency,
            Significance.NOTABLE if How(how).is_face_to_face and seen == Seen.NOT_SEEN
            else Significance.ORDINARY, person, written, False, after_it is not None,
        )
        for pk, when, how, seen, agency, person, written, after_it in found
    ]  # fmt: skip


def held_lines(rows: Rows) -> list[Line]:
    """What agencies hold. A contact that can be counted is of its day; what else has no end goes on."""
    found = rows.values_list(
        "id", "starts_on", "ends_on", "event_code", "category", "holder", "person", "recorded_at"
    )
    return [
        Line(
            LineKind.HELD, str(pk), first,
            last + ONE_DAY if last else (first + ONE_DAY if event else None),
            topic_of(Category(category)), holder, significance_of(Category(category)), person, at,
        )
        for pk, first, last, event, category, holder, person, at in found
    ]  # fmt: skip


def _categories(wanted: Callable[[Category], bool]) -> Sequence[str]:
    return [each.value for each in Category if wanted(each)]


def _of_topic(kind: LineKind, topic: str) -> Q:
    if kind is LineKind.HELD:
        return Q(category__in=_categories(lambda each: topic_of(each) == topic))
    if kind is LineKind.CONTACT:
        return Q(pk__isnull=topic != Topic.CONTACT)
    return Q(topic=topic)


def _of_significance(kind: LineKind, significance: str) -> Q:
    if kind is LineKind.HELD:
        return Q(category__in=_categories(lambda each: significance_of(each) == significance))
    if kind is LineKind.CONTACT:
        return {
            Significance.NOTABLE.value: _NOT_SEEN,
            Significance.ORDINARY.value: ~_NOT_SEEN,
        }.get(significance, Q(pk__isnull=True))
    return Q(significance=significance)


def _since(kind: LineKind, day: datetime.date) -> Q:
    """What began since that day, and what went on on it."""
    if kind is LineKind.CONTACT:
        return Q(at__gte=start_of(day))
    went_on = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
    if kind is LineKind.HELD:
        return Q(starts_on__gte=day) | (went_on & Q(event_code=""))
    return Q(ends_on__isnull=True) | Q(ends_on__gt=day)
