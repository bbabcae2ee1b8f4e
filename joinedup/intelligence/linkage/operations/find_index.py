"""Keeps the find index in step with the spine, inside the night's own transaction."""

from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from numpy.typing import NDArray

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.find.index import Index, build_index, build_profiles
from joinedup.intelligence.linkage.find.profile import UnreadableProfile, read_profile
from joinedup.intelligence.linkage.operations.find_ahead import Ahead, lay
from joinedup.intelligence.linkage.operations.find_copying import (
    copy_keys,
    copy_profiles,
    profiles_of,
    uuid_bytes,
)
from joinedup.intelligence.linkage.operations.find_said import (
    NightFiles,
    profiles_in_use,
    said_in_profiles,
    said_of,
    said_tonight,
)

_NOW_TAG, _WAS_TAG = "+", "-"

Rows = NDArray[np.intp]
"""Rows of an index, by their place in `keys`."""


def refresh_find_index(
    cursor: Any,
    persons: Sequence[str] | None,
    *,
    night: NightFiles | None = None,
    ahead: Future[Ahead] | None = None,
) -> int:
    """Make the index of these persons anew, or of everybody for None; return the keys written.

    Call it in the transaction that changed records, versions or persons: what is found never runs
    ahead of the spine, nor behind it. Built only from records that are there now and what these
    said before: a sealed identity is in neither (P2). `night` spares reading and standardising what
    a full night has in hand; where it is not of all live records, the database is read after all.
    `ahead` is the index of the same, made beside the writing; of use where records say nothing else yet.
    An index that another version has written is made anew for everybody.
    """
    if persons is None:
        return _make_anew(cursor, night, ahead)
    if not persons:
        return 0
    cursor.execute("CREATE TEMPORARY TABLE find_persons (person uuid) ON COMMIT DROP")
    with cursor.copy("COPY find_persons FROM STDIN") as copy:
        copy.write("\n".join(dict.fromkeys(persons)) + "\n")
    cursor.execute("ANALYZE find_persons")
    try:
        said, indexed = _what_differs(cursor)
    except UnreadableProfile:
        written = _make_anew(cursor, night, ahead)
    else:
        written = _change(cursor, said, indexed)
    cursor.execute("DROP TABLE find_persons")
    return written


def mend_find_index() -> int:
    """Make an index anew that another version wrote, so that people are found before the next night."""
    with acting(Viewer.system("making the find index anew")), connection.cursor() as cursor:
        cursor.execute("SELECT profile FROM linkage_findprofile LIMIT 1")
        try:
            for (profile,) in cursor.fetchall():
                read_profile(profile)
        except UnreadableProfile:
            return refresh_find_index(cursor, None)
    return 0


def _make_anew(cursor: Any, night: NightFiles | None, ahead: Future[Ahead] | None) -> int:
    made = ahead.result() if ahead else None
    if made is None or not _is_of_all(cursor, made):
        in_hand = said_tonight(cursor, night) if night else None
        index = build_index(said_of(cursor, only="") if in_hand is None else in_hand)
        lay(cursor, index)
    else:
        index = made.index
        if not made.laid:
            lay(cursor, index)
    cursor.execute("SELECT find_index_take()")
    return len(index.keys)


def _what_differs(cursor: Any) -> tuple[pa.Table, pa.Table]:
    """What is said and what is indexed of those in `find_persons` of whom it differs; only they are left there.

    Keys and marks are made of nothing but what stands in a profile: where it is the same, so are they.
    """
    said = said_of(cursor, only="JOIN find_persons f ON f.person = r.person_id")
    now, was = build_profiles(said), profiles_in_use(cursor)
    same = [person for person, profile in now.items() if was.get(person) == profile]
    if same:
        cursor.execute("DELETE FROM find_persons WHERE person = ANY (%s::uuid[])", [same])
    others = pc.invert(pc.is_in(said["person"], pa.array(same, pa.string())))
    different = {person: profile for person, profile in was.items() if now.get(person) != profile}
    return said.filter(others), said_in_profiles(different)


def _change(cursor: Any, said: pa.Table, indexed: pa.Table) -> int:
    """Write only the difference: most keys of a person who changed are the same as before."""
    if not len(said) and not len(indexed):
        return 0
    index = build_index(pa.concat_tables([_tagged(said, _NOW_TAG), _tagged(indexed, _WAS_TAG)]))
    stale, fresh, people = _difference(index)
    _put_rows(cursor, "find_stale", index, stale, people)
    cursor.execute(
        """DELETE FROM linkage_findkey k USING find_stale s
           WHERE k.key = s.key AND k.person = s.person"""
    )
    _put_rows(cursor, "find_fresh", index, fresh, people)
    cursor.execute(
        """INSERT INTO linkage_findkey (key, mark, person)
           SELECT key, mark, person FROM find_fresh"""
    )
    cursor.execute(
        "CREATE TEMPORARY TABLE find_profiles (person uuid, profile text) ON COMMIT DROP"
    )
    copy_profiles(cursor, "find_profiles", profiles_of(index, _NOW_TAG))
    cursor.execute(
        """DELETE FROM linkage_findprofile p USING find_persons f WHERE p.person = f.person
             AND NOT EXISTS (SELECT FROM find_profiles n WHERE n.person = p.person)"""
    )
    cursor.execute(
        """INSERT INTO linkage_findprofile AS p (person, profile)
           SELECT person, profile FROM find_profiles
           ON CONFLICT (person) DO UPDATE SET profile = excluded.profile
           WHERE p.profile <> excluded.profile"""
    )
    cursor.execute("DROP TABLE find_stale, find_fresh, find_profiles")
    return len(fresh)


def _is_of_all(cursor: Any, ahead: Ahead) -> bool:
    """Whether what was made ahead is of every live record, and none has said anything else before."""
    cursor.execute(
        "SELECT count(*), EXISTS (SELECT FROM people_recordversion) FROM people_record WHERE gone_on IS NULL"
    )
    records, said_before = cursor.fetchone()
    return bool(records == ahead.records and not said_before)


def _tagged(said: pa.Table, tag: str) -> pa.Table:
    """The same, its persons tagged: what is said now and what was indexed go through in one."""
    return said.set_column(0, "person", pc.binary_join_element_wise(tag, said["person"], ""))


def _difference(index: Index) -> tuple[Rows, Rows, NDArray[np.void]]:
    """Rows of keys that were indexed and are no longer said, and that are said anew; and whose each row is.

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
    return rows[~is_said], rows[is_said & ~was_said], uuid_bytes(list(whose))[person]


def _put_rows(cursor: Any, table: str, index: Index, rows: Rows, people: NDArray[np.void]) -> None:
    cursor.execute(
        f"CREATE TEMPORARY TABLE {table} (key bigint, mark bigint, person uuid) ON COMMIT DROP"
    )
    copy_keys(cursor, table, index.keys[rows], index.marks[index.places[rows]], people[rows])
    cursor.execute(f"ANALYZE {table}")
