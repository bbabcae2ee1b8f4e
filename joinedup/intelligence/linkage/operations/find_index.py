"""Keeps the find index in step with the spine, inside the night's own transaction."""

import io
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
from django.db import connection
from numpy.typing import NDArray

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.find.index import Index, build_index
from joinedup.intelligence.linkage.find.profile import (
    FIELDS,
    UnreadableProfile,
    read_profile,
    rows_of,
)
from joinedup.intelligence.linkage.operations.find_copying import (
    copy_keys,
    copy_profiles,
    uuid_bytes,
)
from joinedup.pipeline.contracts.stages import RECORDS, STANDARD
from joinedup.pipeline.standardise.table import standardise

_READ = (
    "given_name", "middle_names", "family_name", "previous_family_name", "known_as", "born_on",
    "nhs_number", "address", "postcode", "previous_postcode",
)  # fmt: skip
_SAID = ("person", "agency", *_READ)
_NOW = "SELECT r.person_id, r.agency_id, {now} FROM people_record r {only} WHERE r.gone_on IS NULL"
_BEFORE = """
    SELECT r.person_id, r.agency_id, v.identity->>'given_name', v.identity->>'middle_names', '',
        v.identity->>'family_name', v.identity->>'known_as', NULL, '', '', '',
        v.identity->>'postcode'
    FROM people_recordversion v JOIN people_record r ON r.id = v.record_id {only}
    WHERE r.gone_on IS NULL
"""
_NOW_TAG, _WAS_TAG = "+", "-"

Rows = NDArray[np.intp]
"""Rows of an index, by their place in `keys`."""


@dataclass(frozen=True)
class NightFiles:
    """What a full night has just written to the database, still in standard form."""

    standard: Path
    """Every live record (STANDARD)."""
    links: Path
    """The person of each (LINKS)."""


@dataclass(frozen=True)
class Ahead:
    """The index of what a full night says, and of how many records; made while these are being written."""

    index: Index
    records: int


def build_ahead(night: NightFiles) -> Ahead:
    """Make the index without the database; whether it is of all that is there is judged when it is used."""
    said = _said_in(night)
    return Ahead(build_index(said), said.num_rows)


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
        indexed = _indexed(cursor)
    except UnreadableProfile:
        indexed = None
    written = _make_anew(cursor, night, ahead) if indexed is None else _change(cursor, indexed)
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
    index = _of_all(cursor, ahead.result()) if ahead else None
    if index is None:
        in_hand = _said_tonight(cursor, night) if night else None
        index = build_index(_said(cursor, only="") if in_hand is None else in_hand)
    cursor.execute("SELECT find_index_begin()")
    copy_profiles(cursor, "linkage_findprofile_next", _profiles(index))
    people = uuid_bytes(index.people)[index.places]
    copy_keys(cursor, "linkage_findkey_next", index.keys, index.marks[index.places], people)
    cursor.execute("SELECT find_index_finish()")
    return len(index.keys)


def _change(cursor: Any, indexed: pa.Table) -> int:
    """Write only the difference: most keys of a person who changed are the same as before."""
    said = _said(cursor, only="JOIN find_persons f ON f.person = r.person_id")
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
    copy_profiles(cursor, "find_profiles", _profiles(index, _NOW_TAG))
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


def _said(cursor: Any, *, only: str) -> pa.Table:
    """What records say now and said before, in standard form, with the person each is of."""
    now = ", ".join(f"r.{name}" for name in _READ)
    query = f"{_NOW.format(now=now, only=only)} UNION ALL {_BEFORE.format(only=only)}"
    return _as_said(_fetch(cursor, query, _SAID))


def _of_all(cursor: Any, ahead: Ahead) -> Index | None:
    """The index made ahead, if it is of every live record and none has said anything else before."""
    cursor.execute(
        "SELECT count(*), EXISTS (SELECT FROM people_recordversion) FROM people_record WHERE gone_on IS NULL"
    )
    records, said_before = cursor.fetchone()
    return ahead.index if records == ahead.records and not said_before else None


def _said_in(night: NightFiles) -> pa.Table:
    """What a full night's own files say, with the person each is of."""
    with duckdb.connect() as db:
        joined = db.sql(
            f"""SELECT l.person, s.* FROM read_parquet('{night.standard}') s
                JOIN read_parquet('{night.links}') l USING (agency, record_id)"""
        ).to_arrow_table()
    return said_by(joined["person"], joined.select(STANDARD.names))


def _said_tonight(cursor: Any, night: NightFiles) -> pa.Table | None:
    """The same, with what records said before; None where the files are not of every live record."""
    now = _said_in(night)
    cursor.execute("SELECT count(*) FROM people_record WHERE gone_on IS NULL")
    if now.num_rows != cursor.fetchone()[0]:
        return None
    before = _as_said(_fetch(cursor, _BEFORE.format(only=""), _SAID))
    return pa.concat_tables([now, before])


def _as_said(rows: pa.Table) -> pa.Table:
    """Rows of records in the shape that the index is built from."""
    nothing = pa.nulls(rows.num_rows)
    columns = {
        "agency": rows["agency"],
        "record_id": pc.fill_null(nothing.cast(pa.string()), ""),
        "controller": pc.fill_null(nothing.cast(pa.string()), ""),
        "sealed": pc.fill_null(nothing.cast(pa.bool_()), False),
        **{name: rows[name] for name in _READ},
    }
    records = pa.table(
        [pc.cast(columns.get(name, nothing), RECORDS.field(name).type) for name in RECORDS.names],
        schema=RECORDS,
    )
    standard = standardise(records)
    assert standard.schema == STANDARD
    return said_by(rows["person"], standard)


def said_by(person: pa.ChunkedArray, standard: pa.Table) -> pa.Table:
    """Standard records with the person each is of, as the index is built from them."""
    named = {
        "known_as": "other_given",
        "earlier_family": "other_family",
        "earlier_postcode": "previous_postcode",
        "holder": "agency",
    }
    columns = [
        pc.strftime(standard["born_on"], "%Y%m%d")
        if name == "born"
        else standard[named.get(name, name)]
        for name in FIELDS
    ]
    return pa.table([person, *columns], names=["person", *FIELDS])


def _indexed(cursor: Any) -> pa.Table:
    """What the index says now of the persons in hand, in the shape it was built from."""
    rows = _fetch(
        cursor,
        """SELECT p.person, p.profile FROM linkage_findprofile p
           JOIN find_persons f ON f.person = p.person""",
        ("person", "profile"),
    )
    said = [
        (person, *row)
        for person, profile in zip(*(column.to_pylist() for column in rows.columns), strict=True)
        for row in rows_of(profile)
    ]
    lanes = list(zip(*said, strict=True)) or [()] * (len(FIELDS) + 1)
    return pa.table([pa.array(lane, pa.string()) for lane in lanes], names=["person", *FIELDS])


def _fetch(cursor: Any, query: str, names: Iterable[str]) -> pa.Table:
    """The rows of a query as a table: dates as dates, all else as text."""
    sink = io.BytesIO()
    with cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
        for block in copy:
            sink.write(block)
    types = {name: pa.date32() if name == "born_on" else pa.string() for name in names}
    if not sink.tell():
        return pa.schema(types).empty_table()
    sink.seek(0)
    return pyarrow.csv.read_csv(
        sink,
        read_options=pyarrow.csv.ReadOptions(column_names=list(types)),
        parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
        convert_options=pyarrow.csv.ConvertOptions(column_types=types),
    )


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


def _profiles(index: Index, tag: str = "") -> Iterator[tuple[str, str]]:
    """Each person so tagged, with their profile."""
    for person, profile in zip(index.people, index.profiles, strict=True):
        if person.startswith(tag):
            yield person.removeprefix(tag), profile


def _put_rows(cursor: Any, table: str, index: Index, rows: Rows, people: NDArray[np.void]) -> None:
    cursor.execute(
        f"CREATE TEMPORARY TABLE {table} (key bigint, mark bigint, person uuid) ON COMMIT DROP"
    )
    copy_keys(cursor, table, index.keys[rows], index.marks[index.places[rows]], people[rows])
    cursor.execute(f"ANALYZE {table}")
