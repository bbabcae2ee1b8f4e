"""Brings the find index after some persons: what they say now beside what it holds, and only the difference written."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from joinedup.intelligence.linkage.find.index import Index, build_index, build_profiles
from joinedup.intelligence.linkage.find.keys import Keys
from joinedup.intelligence.linkage.find.profile import UnreadableProfile
from joinedup.intelligence.linkage.operations import find_lately
from joinedup.intelligence.linkage.operations.find_copying import (
    copy_keys,
    copy_profiles,
    uuid_bytes,
)
from joinedup.intelligence.linkage.operations.find_said import as_said, said_in_profiles

_NOW_TAG, _WAS_TAG = "+", "-"

Rows = NDArray[np.intp]
"""Rows of an index, by their place in `keys`."""


@dataclass(frozen=True)
class Now:
    """What records of some persons say, in the shape that the index is built from, and what their profiles come to."""

    said: pa.Table
    profiles: dict[str, str]


@dataclass(frozen=True)
class Difference:
    """What is to be written: rows of an index that are stale, or are said now, and whose profile goes."""

    index: Index
    stale: Rows
    said: Rows
    """New keys, and such as lead to the same person as before under another mark: most of what differs."""
    people: NDArray[np.void]
    """Whose each row is."""
    profiles: dict[str, str]
    """Those that are new or say something else."""
    gone: list[str]


def say(rows: pa.Table) -> Now:
    """Put what the records of some persons say, as the database has it, in the shape of the index."""
    said = as_said(rows)
    return Now(said, build_profiles(said))


def differ(now: Now, was: dict[str, str]) -> Difference | None:
    """Work out what differs from the profiles that the index holds of the same persons, without the database.

    None where another version has written the index. Keys and marks are made of nothing but what stands in a
    profile: where it is the same, so are they. What was read of records may not change before that is written.
    """
    fresh = {one: profile for one, profile in now.profiles.items() if was.get(one) != profile}
    different = {one: profile for one, profile in was.items() if now.profiles.get(one) != profile}
    said = now.said.filter(pc.is_in(now.said["person"], pa.array(list(fresh), pa.string())))
    try:
        indexed = said_in_profiles(different)
    except UnreadableProfile:
        return None
    both = pa.concat_tables([_tagged(said, _NOW_TAG), _tagged(indexed, _WAS_TAG)])
    index = build_index(both, profiles=False)
    stale, keys, people = _rows_that_differ(index)
    gone = [one for one in different if one not in now.profiles]
    return Difference(index, stale, keys, people, fresh, gone)


def write(cursor: Any, difference: Difference) -> int:
    """Write only the difference: most keys of a person who changed are the same as before."""
    index, people = difference.index, difference.people
    if not index.people:
        return 0
    _put_rows(cursor, "find_stale", index, difference.stale, people)
    _put_rows(cursor, "find_said", index, difference.said, people)
    find_lately.write(cursor, stale="find_stale", said="find_said")
    cursor.execute(
        "CREATE TEMPORARY TABLE find_profiles (person uuid, profile text) ON COMMIT DROP"
    )
    copy_profiles(cursor, "find_profiles", iter(difference.profiles.items()))
    cursor.execute(
        "DELETE FROM linkage_findprofile WHERE person = ANY (%s::uuid[])", [difference.gone]
    )
    cursor.execute(
        """INSERT INTO linkage_findprofile AS p (person, profile)
           SELECT person, profile FROM find_profiles
           ON CONFLICT (person) DO UPDATE SET profile = excluded.profile
           WHERE p.profile <> excluded.profile"""
    )
    cursor.execute("DROP TABLE find_stale, find_said, find_profiles")
    return len(difference.said)


def _tagged(said: pa.Table, tag: str) -> pa.Table:
    """The same, its persons tagged: what is said now and what was indexed go through in one."""
    return said.set_column(0, "person", pc.binary_join_element_wise(tag, said["person"], ""))


def _rows_that_differ(index: Index) -> tuple[Rows, Rows, NDArray[np.void]]:
    """Rows of keys that were indexed and are no longer said, and that are said anew or under another mark; and
    whose each row is.

    A row is a key, a person and their mark; one that stands on both sides is left as it is.
    """
    said = np.array([person.startswith(_NOW_TAG) for person in index.people], dtype=bool)
    whose = {person[1:]: None for person in index.people}
    number = dict(zip(whose, range(len(whose)), strict=True))
    numbers = np.array([number[person[1:]] for person in index.people], dtype=np.int64)
    person, marks, now = numbers[index.places], index.marks[index.places], said[index.places]
    order = np.lexsort((marks, person, index.keys))
    differs = np.zeros(len(order), dtype=bool)
    for lane in (index.keys, person, marks):
        differs |= np.diff(lane[order], prepend=lane[order][:1]) != 0
    differs[:1] = True
    first = np.flatnonzero(differs)
    if not len(first):
        return order, order, uuid_bytes([])
    is_said = np.logical_or.reduceat(now[order], first)
    was_said = np.logical_or.reduceat(~now[order], first)
    rows = order[first]
    stale, fresh = ~is_said, is_said & ~was_said
    # Under another mark: what is said takes the place of what was.
    stale &= ~_beside(fresh, index.keys[rows], person[rows])
    return rows[stale], rows[fresh], uuid_bytes(list(whose))[person]


def _beside(rows: NDArray[np.bool_], keys: Keys, person: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of rows in order, those that have the key and the person of one of these that is next to them."""
    same = (keys[1:] == keys[:-1]) & (person[1:] == person[:-1])
    beside = np.zeros_like(rows)
    beside[1:] |= same & rows[:-1]
    beside[:-1] |= same & rows[1:]
    return beside


def _put_rows(cursor: Any, table: str, index: Index, rows: Rows, people: NDArray[np.void]) -> None:
    cursor.execute(
        f"CREATE TEMPORARY TABLE {table} (key bigint, mark bigint, person uuid) ON COMMIT DROP"
    )
    copy_keys(cursor, table, index.keys[rows], index.marks[index.places[rows]], people[rows])
    cursor.execute(f"ANALYZE {table}")
