"""The rows of sight as they stand in the database, read and written by set; for derivation alone."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.db import connection

from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.rules.known import Known, Pairs, Row
from joinedup.identity.sharing.rules.sight import PURPOSES, Masks
from joinedup.identity.sharing.rules.spans import ALWAYS, Span

Found = list[tuple[int, Row]]
"""Rows with their keys, as they are from now on; one that is over is found as well."""

_MASKS = "headline, summary, detail, told_in_full, told_existence"
_THERE = f"""
SELECT v.id, v.starts_at, v.ends_at, v.person_id, v.recipient, v.rank, v.holder_id, v.purpose, {_MASKS}
FROM sharing_visibility v WHERE v.person_id = ANY (%s)
"""
_OF_PAIRS = f"""
WITH named AS (
    SELECT 'agency:' || code AS name, code AS agency FROM agencies_agency
    UNION ALL SELECT 'team:' || id, agency_id FROM agencies_team
    UNION ALL SELECT 'post:' || p.id, t.agency_id FROM agencies_post p
        JOIN agencies_team t ON t.id = p.team_id
)
{_THERE} AND v.purpose = ANY (%s) AND (v.holder_id, v.recipient) IN (
    SELECT pair.holder, named.name FROM unnest(%s::text[], %s::text[]) AS pair (recipient, holder)
    JOIN named ON named.agency = pair.recipient
)
"""
_IN_GENERAL = f"""
SELECT s.id, s.starts_at, s.ends_at, NULL::uuid, s.recipient_id, 0, s.holder_id, s.purpose, {_MASKS}
FROM sharing_agencysight s
"""
_IN_GENERAL_OF_PAIRS = f"""
{_IN_GENERAL} WHERE (s.recipient_id, s.holder_id) IN (
    SELECT pair.recipient, pair.holder
    FROM unnest(%s::text[], %s::text[]) AS pair (recipient, holder)
)
"""
# Many people share a few kinds of row: each kind is sent once, and the people by its number.
_FRESH = f"""
FROM unnest(%s::uuid[], %s::int[]) AS whom (person_id, kind)
JOIN unnest(%s::int[], %s::text[], %s::smallint[], %s::text[], %s::text[], %s::timestamptz[],
    %s::timestamptz[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])
AS one (kind, recipient, rank, holder, purpose, starts_at, ends_at, {_MASKS}) USING (kind)
"""
_INSERT = f"""
INSERT INTO sharing_visibility
    (person_id, recipient, rank, holder_id, purpose, starts_at, ends_at, {_MASKS})
SELECT person_id, recipient, rank, holder, purpose, starts_at, ends_at, {_MASKS} {_FRESH}
"""
_INSERT_IN_GENERAL = f"""
INSERT INTO sharing_agencysight (recipient_id, holder_id, purpose, starts_at, ends_at, {_MASKS})
SELECT recipient, holder, purpose, starts_at, ends_at, {_MASKS} {_FRESH}
"""


def there(
    known: Iterable[Known],
    pairs: Pairs | None = None,
    purposes: tuple[Purpose, ...] = PURPOSES,
    *,
    at: datetime.datetime,
) -> Found:
    """The rows about these people, of these recipients, holders and purposes, or of all."""
    ids = [one for person in known for one in person.ids]
    if pairs is None:
        return _read(_THERE, [ids], at)
    return _read(_OF_PAIRS, [ids, list(map(str, purposes)), *_columns(pairs)], at)


def there_in_general(pairs: Pairs | None = None, *, at: datetime.datetime) -> Found:
    """The rows about people in general, of these recipients and holders or of all."""
    if pairs is None:
        return _read(_IN_GENERAL, [], at)
    return _read(_IN_GENERAL_OF_PAIRS, _columns(pairs), at)


def write(found: Found, wanted: Iterable[Row]) -> int:
    """Make what is there what is wanted, about people; returns how many rows changed."""
    return _write("sharing_visibility", _INSERT, found, set(wanted))


def write_in_general(found: Found, wanted: Iterable[Row]) -> int:
    """Make what is there what is wanted, about people in general; returns how many rows changed."""
    return _write("sharing_agencysight", _INSERT_IN_GENERAL, found, set(wanted))


def _columns(pairs: Pairs) -> list[list[str]]:
    return [[recipient for recipient, _ in pairs], [holder for _, holder in pairs]]


def _read(query: str, params: list[Any], at: datetime.datetime) -> Found:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return [
            (pk, Row(one, name, rank, holder, purpose, _from_now(starts, ends, at), Masks(*masks)))
            for pk, starts, ends, one, name, rank, holder, purpose, *masks in cursor.fetchall()
        ]


def _from_now(
    starts_at: datetime.datetime, ends_at: datetime.datetime, at: datetime.datetime
) -> Span:
    """A span that is over begins and ends where it did: no row that is wanted is like it."""
    return Span(ALWAYS if starts_at <= at < ends_at else starts_at, ends_at)


def _write(table: str, insert: str, found: Found, wanted: set[Row]) -> int:
    gone = [pk for pk, row in found if row not in wanted]
    fresh = list(wanted.difference(row for _, row in found))
    with connection.cursor() as cursor:
        if gone:
            cursor.execute(f"DELETE FROM {table} WHERE id = ANY (%s)", [gone])
        if fresh:
            cursor.execute(insert, _arrays(fresh))
    return len(gone) + len(fresh)


def _arrays(rows: list[Row]) -> list[list[Any]]:
    kinds: dict[tuple[Any, ...], int] = {}
    numbers = [kinds.setdefault(row[1:], len(kinds)) for row in rows]
    each = [
        (number, *kind[:4], *kind[4], *kind[5]) for kind, number in kinds.items()
    ]  # recipient, rank, holder, purpose; then the span's two ends; then the masks
    return [[row.person_id for row in rows], numbers, *map(list, zip(*each, strict=True))]
