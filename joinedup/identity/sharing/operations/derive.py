"""Derive who sees what from the facts, in the transaction of the fact that changed; write what differs."""

import datetime
import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.db import connection

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.identity.sharing.operations import sight_rows as rows
from joinedup.identity.sharing.queries.known import ground, known_of, purposes_between
from joinedup.identity.sharing.rules.known import Pairs, Row, every_pair, rows_in_general, rows_of
from joinedup.identity.sharing.rules.sight import PURPOSES

DERIVING = Viewer.system("deriving who sees what")
ONE_BY_ONE = 200
"""For more people than this the whole derivation is locked, not each of them."""
CHUNK = 2000

Moment = datetime.datetime


class Difference(NamedTuple):
    """A row that is there and should not be, or should be there and is not: an incident."""

    row: Row
    missing: bool


def people(ids: Iterable[uuid.UUID], *, at: Moment) -> int:
    """Derive anew what is seen of these people; returns how many rows changed.

    Call it in the transaction of the fact, after the fact is written. It is done for every
    identifier that stands for the same person.
    """
    asked = sorted(set(ids))
    changed = 0
    with acting(DERIVING):
        _lock(asked)
        land = ground(at)
        for some in _chunks(asked):
            known = known_of(some, at=at)
            changed += rows.write(rows.there(known, at=at), rows_of(known, land))
    return changed


def people_among(query: str, *, at: Moment) -> int:
    """Derive anew those of whom anything is known, among the identifiers that a query names.

    For the night: of most people who were merged or parted nothing is known. Returns rows changed.
    """
    with acting(DERIVING), connection.cursor() as cursor:
        cursor.execute(_KNOWN_AMONG.format(query))
        return people([one for (one,) in cursor.fetchall()], at=at)


def agencies(pairs: Iterable[tuple[str, str]] | None, *, at: Moment) -> int:
    """Derive anew what these recipients see of these holders' people, or all of all; returns rows changed.

    Call it in the transaction in which an agreement changed, with (recipient, holder) of its flows.
    """
    with acting(DERIVING):
        _lock_all()
        land = ground(at)
        asked = every_pair(land) if pairs is None else frozenset(pairs)
        general = rows.there_in_general(asked, at=at)
        changed = rows.write_in_general(general, rows_in_general(asked, land))
        # An agreement opens only what a flow is for: the rest of a person's rows need not be read.
        purposes = PURPOSES if pairs is None else purposes_between(asked)
        for some in _chunks(_people_touched(asked)):
            known = known_of(some, at=at)
            there = rows.there(known, asked, purposes, at=at)
            changed += rows.write(there, rows_of(known, land, asked, purposes))
    return changed


def everything(*, at: Moment) -> tuple[Difference, ...]:
    """Derive all of it anew beside what is there, and say where the two differ; changes nothing."""
    found: list[Difference] = []
    with acting(DERIVING):
        _lock_all()
        land = ground(at)
        found += _differences(
            rows.there_in_general(at=at), rows_in_general(every_pair(land), land), at
        )
        for some in _chunks(_people_with_facts_or_rows()):
            known = known_of(some, at=at)
            found += _differences(rows.there(known, at=at), rows_of(known, land), at)
    return tuple(found)


def _differences(there: rows.Found, wanted: Iterable[Row], at: Moment) -> Iterator[Difference]:
    """A row that is over counts for nothing, and is taken away when its person is next derived."""
    due = set(wanted)
    standing = [row for _, row in there if row.span.end > at]
    yield from (Difference(row, missing=True) for row in due.difference(standing))
    yield from (Difference(row, missing=False) for row in standing if row not in due)


# ---------------------------------------------------------------- one at a time

_WALL, _PERSON = 7_301, 7_302
"""The locks: derivation of one person waits for that of all, and for another of the same person."""

_ROOTS = """
WITH RECURSIVE up AS (
    SELECT p.id, p.merged_into_id FROM people_person p WHERE p.id = ANY (%s)
    UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
)
SELECT id FROM up WHERE merged_into_id IS NULL ORDER BY id
"""


def _lock(ids: Sequence[uuid.UUID]) -> None:
    """Two facts about one person, written at once, are derived one after the other: neither is missed."""
    if len(ids) > ONE_BY_ONE:
        _lock_all()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s, 0)", [_WALL])
        cursor.execute(_ROOTS, [list(ids)])
        for (root,) in cursor.fetchall():
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_PERSON, str(root)])


def _lock_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_WALL])


# ---------------------------------------------------------------- whom it touches

_TOUCHED = """
SELECT i.person_id FROM sharing_involvement i
    JOIN agencies_team t ON t.id = i.team_id
    LEFT JOIN agencies_post p ON p.id = i.post_id
    LEFT JOIN agencies_team pt ON pt.id = p.team_id
    WHERE t.agency_id = ANY (%(recipients)s) OR pt.agency_id = ANY (%(recipients)s)
UNION SELECT person_id FROM sharing_consent
    WHERE recipient_id IS NULL OR recipient_id = ANY (%(recipients)s)
UNION SELECT person_id FROM sharing_disclosure WHERE recipient_id = ANY (%(recipients)s)
UNION SELECT person_id FROM sharing_restriction
    WHERE kind = %(withholds)s AND holder_id = ANY (%(holders)s)
UNION SELECT e.person_id FROM sharing_emergencyaccess e
    JOIN agencies_post p ON p.id = e.post_id JOIN agencies_team t ON t.id = p.team_id
    WHERE t.agency_id = ANY (%(recipients)s)
"""
_WITH_ANY = """
SELECT person_id FROM sharing_involvement UNION SELECT person_id FROM sharing_consent
UNION SELECT person_id FROM sharing_disclosure UNION SELECT person_id FROM sharing_restriction
UNION SELECT person_id FROM sharing_emergencyaccess UNION SELECT person_id FROM sharing_visibility
"""

_KNOWN_AMONG = f"""
WITH RECURSIVE known AS ({_WITH_ANY}), up AS (
    SELECT p.id, p.merged_into_id FROM people_person p JOIN known ON known.person_id = p.id
    UNION SELECT p.id, p.merged_into_id FROM up JOIN people_person p ON p.id = up.merged_into_id
), down AS (
    SELECT id FROM up UNION SELECT p.id FROM down JOIN people_person p ON p.merged_into_id = down.id
)
SELECT id FROM down WHERE id IN ({{}}) ORDER BY id
"""


def _people_touched(pairs: Pairs) -> list[uuid.UUID]:
    """The people of whom something is known that bears on any of these pairs."""
    with connection.cursor() as cursor:
        cursor.execute(
            _TOUCHED,
            {
                "recipients": sorted({recipient for recipient, _ in pairs}),
                "holders": sorted({holder for _, holder in pairs}),
                "withholds": RestrictionKind.HOLDER_WITHHOLDS.value,
            },
        )
        return sorted(one for (one,) in cursor.fetchall())


def _people_with_facts_or_rows() -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(_WITH_ANY)
        return sorted(one for (one,) in cursor.fetchall())


def _chunks(ids: Sequence[uuid.UUID]) -> Iterator[Sequence[uuid.UUID]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
