"""Lines as they are asked for: about somebody, by a post on a day, and each post's days in numbers."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.rules.unusual import CLOSES, OPENS, PostDay


@dataclass(frozen=True)
class Looked:
    """Somebody's look at a person: one, however many lines the page left."""

    entry_id: uuid.UUID
    at: datetime.datetime
    post_id: uuid.UUID | None
    agency: str
    role: str
    purpose: str
    categories: list[str]


@dataclass(frozen=True)
class KeptLook:
    """One look that leaves no trace for the person, with every line it left."""

    entry_id: uuid.UUID
    at: datetime.datetime
    post_id: uuid.UUID
    person_id: uuid.UUID
    purpose: str
    categories: list[str]
    lines: list[uuid.UUID]


def looks_to_tell(
    person_ids: Iterable[uuid.UUID],
    *,
    before: datetime.datetime | None,
    most: int,
    unnamed: Iterable[str] = (),
    purposes_untold: Iterable[str] = (),
    posts_untold: Iterable[uuid.UUID] = (),
    told_all_the_same: Iterable[uuid.UUID] = (),
) -> list[Looked]:
    """Who saw something of these identifiers of one person, newest first, as the person is told it.

    So many, and with the last of them all that were at its very time.
    What leaves no trace is not among them, and nothing here counts, numbers or leaves a gap for it
    (P14); nor is any look by an agency that is not to be named at all, nor one for a purpose or by a
    post of which nothing is told, whatever its line said when it was written. But for the lines of
    which somebody decided that they are told. Lines of one look, by one post at one time for one
    purpose, are one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _LOOKS,
            {
                "people": list(person_ids),
                "before": before,
                "most": most,
                "seen": Outcome.SEEN,
                "unnamed": list(unnamed),
                "purposes": list(purposes_untold),
                "posts": list(posts_untold),
                "decided": list(told_all_the_same),
            },
        )
        found = [Looked(*row) for row in cursor.fetchall()]
    return sorted(found, key=lambda one: (-one.at.timestamp(), str(one.post_id), one.purpose))


def look_at_moment(
    entry_id: uuid.UUID, person_ids: Iterable[uuid.UUID]
) -> datetime.datetime | None:
    """When a look at one of these was, as far as whoever asks may read it."""
    line = Entry.objects.filter(pk=entry_id, person_id__in=list(person_ids), act="looked")
    return line.values_list("at", flat=True).first()


def post_behind(
    entry_id: uuid.UUID,
    person_ids: Iterable[uuid.UUID],
    *,
    purposes_untold: Iterable[str] = (),
    posts_untold: Iterable[uuid.UUID] = (),
) -> uuid.UUID | None:
    """The post that took a look which the person is told of; None for any other."""
    told = Entry.objects.filter(pk=entry_id, person_id__in=list(person_ids), traceless=False)
    told = told.exclude(purpose__in=purposes_untold).exclude(post_id__in=posts_untold)
    return told.filter(act="looked", outcome=Outcome.SEEN).values_list("post_id", flat=True).first()


def looks_kept_back(
    agency: str,
    *,
    purposes: Iterable[str],
    but_by: Iterable[uuid.UUID],
    people: Iterable[uuid.UUID] | None = None,
    before: datetime.datetime | None = None,
    most: int,
    only: uuid.UUID | None = None,
) -> list[KeptLook]:
    """An agency's looks for these purposes, of which the people looked at are told nothing; newest first.

    Without those of some posts; at certain people only, or one look only, by any of its lines.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _KEPT_BACK,
            {
                "agency": agency,
                "purposes": list(purposes),
                "posts": list(but_by),
                "people": None if people is None else list(people),
                "before": before,
                "most": most,
                "only": only,
                "seen": Outcome.SEEN,
            },
        )
        return [KeptLook(*row) for row in cursor.fetchall()]


def lines_of_day(post_id: uuid.UUID, on: datetime.date) -> QuerySet[Entry]:
    """Every look that a post took on one day, by the clock of the place, in order."""
    looks = Entry.objects.filter(post_id=post_id, act="looked", person_id__isnull=False)
    return looks.filter(at__date=on).order_by("at", "person_id", "id")


def post_days(since: datetime.datetime, until: datetime.datetime) -> list[PostDay]:
    """For each post and day how many people it looked at, and at how many of them unusually."""
    with connection.cursor() as cursor:
        cursor.execute(
            _POST_DAYS,
            {"since": since, "until": until, "opens": str(OPENS), "closes": str(CLOSES)},
        )
        return [PostDay(*row) for row in cursor.fetchall()]


# The identifier of a look is that of its first line, in an order that no other line can change.
_LOOKS = """
SELECT (array_agg(e.id ORDER BY e.id))[1], e.at, e.post_id, max(e.agency), max(e.role), e.purpose,
       coalesce(array_agg(DISTINCT c.code ORDER BY c.code) FILTER (WHERE c.code IS NOT NULL), '{}')
FROM audit_entry e LEFT JOIN LATERAL jsonb_array_elements_text(e.categories) c (code) ON true
WHERE e.person_id = ANY (%(people)s) AND e.act = 'looked'
  AND e.agency <> ALL (%(unnamed)s::text[])
  AND ((NOT e.traceless AND e.purpose <> ALL (%(purposes)s::text[]))
       OR e.id = ANY (%(decided)s::uuid[]))
  AND (e.post_id IS NULL OR e.post_id <> ALL (%(posts)s::uuid[]))
  AND e.outcome = %(seen)s AND (%(before)s::timestamptz IS NULL OR e.at < %(before)s)
GROUP BY e.at, e.post_id, e.purpose
ORDER BY e.at DESC
FETCH FIRST %(most)s ROWS WITH TIES
"""
# As above: the identifier of a look is that of its first line.
_KEPT_BACK = """
SELECT (array_agg(DISTINCT e.id ORDER BY e.id))[1] AS entry, e.at, e.post_id, e.person_id, e.purpose,
       coalesce(array_agg(DISTINCT c.code ORDER BY c.code) FILTER (WHERE c.code IS NOT NULL), '{}'),
       array_agg(DISTINCT e.id ORDER BY e.id)
FROM audit_entry e LEFT JOIN LATERAL jsonb_array_elements_text(e.categories) c (code) ON true
WHERE e.agency = %(agency)s AND e.traceless AND e.act = 'looked' AND e.outcome = %(seen)s
  AND e.post_id IS NOT NULL AND e.purpose = ANY (%(purposes)s::text[])
  AND e.post_id <> ALL (%(posts)s::uuid[]) AND e.person_id IS NOT NULL
  AND (%(people)s::uuid[] IS NULL OR e.person_id = ANY (%(people)s::uuid[]))
  AND (%(before)s::timestamptz IS NULL OR e.at < %(before)s)
  AND (%(only)s::uuid IS NULL OR (e.at, e.post_id, e.person_id, e.purpose) = (
       SELECT o.at, o.post_id, o.person_id, o.purpose FROM audit_entry o WHERE o.id = %(only)s))
GROUP BY e.at, e.post_id, e.person_id, e.purpose
ORDER BY e.at DESC, entry
FETCH FIRST %(most)s ROWS WITH TIES
"""
_HERE = "(e.at AT TIME ZONE 'Europe/London')"
_POST_DAYS = f"""
SELECT e.post_id, {_HERE}::date, max(e.agency), max(e.role),
       count(DISTINCT e.person_id),
       count(DISTINCT e.person_id) FILTER (WHERE e.no_involvement),
       count(DISTINCT e.person_id) FILTER (WHERE e.same_name),
       count(DISTINCT e.person_id) FILTER (WHERE e.same_address),
       count(DISTINCT e.person_id) FILTER (WHERE extract(isodow FROM {_HERE}) > 5
           OR {_HERE}::time < %(opens)s::time OR {_HERE}::time >= %(closes)s::time)
FROM audit_entry e
WHERE e.at >= %(since)s AND e.at < %(until)s AND e.act = 'looked'
  AND e.post_id IS NOT NULL AND e.person_id IS NOT NULL
GROUP BY e.post_id, {_HERE}::date
"""
