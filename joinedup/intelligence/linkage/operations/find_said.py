"""What records say now and said before, in the shape that the find index is built from."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from joinedup.intelligence.linkage.find.profile import (
    BETWEEN_FIELDS,
    BETWEEN_HOLDERS,
    BETWEEN_ONES,
    BETWEEN_PARTS,
    FIELDS,
    PARTS,
    UnreadableProfile,
)
from joinedup.pipeline.contracts.stages import RECORDS, STANDARD
from joinedup.pipeline.engines import for_a_few_questions
from joinedup.pipeline.standardise.table import standardise

READ = (
    "given_name", "middle_names", "family_name", "previous_family_name", "known_as", "born_on",
    "nhs_number", "address", "postcode", "previous_postcode",
)  # fmt: skip
_SAID = ("person", "agency", *READ)
_NOW = "SELECT r.person_id, r.agency_id, {now} FROM {records} r WHERE r.gone_on IS NULL"
_BEFORE = """
    SELECT r.person_id, r.agency_id, v.identity->>'given_name', v.identity->>'middle_names', '',
        v.identity->>'family_name', v.identity->>'known_as', NULL, '', '', '',
        v.identity->>'postcode'
    FROM people_recordversion v JOIN {records} r ON r.id = v.record_id
    WHERE r.gone_on IS NULL
"""


@dataclass(frozen=True)
class NightFiles:
    """What a full night has just written to the database, still in standard form."""

    standard: Path
    """Every live record (STANDARD)."""
    links: Path
    """The person of each (LINKS)."""


def said_of_all(cursor: Any) -> pa.Table:
    """What all records say now and said before, in standard form, with the person each is of."""
    return as_said(rows_of_records(cursor, "people_record"))


def rows_of_records(cursor: Any, records: str) -> pa.Table:
    """What the records of a table say now and said before, as the database has it."""
    now = ", ".join(f"r.{name}" for name in READ)
    query = f"{_NOW.format(now=now, records=records)} UNION ALL {_BEFORE.format(records=records)}"
    return _fetch(cursor, query, _SAID)


def said_in(night: NightFiles) -> pa.Table:
    """What a full night's own files say, with the person each is of."""
    with for_a_few_questions() as db:
        joined = db.sql(
            f"""SELECT l.person, s.* FROM read_parquet('{night.standard}') s
                JOIN read_parquet('{night.links}') l USING (agency, record_id)"""
        ).to_arrow_table()
    return said_by(joined["person"], joined.select(STANDARD.names))


def said_tonight(cursor: Any, night: NightFiles) -> pa.Table | None:
    """The same, with what records said before; None where the files are not of every live record."""
    now = said_in(night)
    cursor.execute("SELECT count(*) FROM people_record WHERE gone_on IS NULL")
    if now.num_rows != cursor.fetchone()[0]:
        return None
    before = as_said(_fetch(cursor, _BEFORE.format(records="people_record"), _SAID))
    return pa.concat_tables([now, before])


def as_said(rows: pa.Table) -> pa.Table:
    """Rows of records in the shape that the index is built from."""
    nothing = pa.nulls(rows.num_rows)
    columns = {
        "agency": rows["agency"],
        "record_id": pc.fill_null(nothing.cast(pa.string()), ""),
        "controller": pc.fill_null(nothing.cast(pa.string()), ""),
        "sealed": pc.fill_null(nothing.cast(pa.bool_()), False),
        **{name: rows[name] for name in READ},
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


def profiles_in_use(cursor: Any, persons: str) -> dict[str, str]:
    """The profiles of the persons that a table names, as the index has them now."""
    rows = _fetch(
        cursor,
        f"""SELECT p.person, p.profile FROM linkage_findprofile p
            JOIN {persons} f ON f.person = p.person""",
        ("person", "profile"),
    )
    return dict(zip(*(column.to_pylist() for column in rows.columns), strict=True))


def said_in_profiles(profiles: Mapping[str, str]) -> pa.Table:
    """What profiles say, in the shape they were built from; raises UnreadableProfile."""
    held = pa.table(
        {
            "person": pa.array(profiles.keys(), pa.string()),
            "profile": pa.array(profiles.values(), pa.string()),
        }
    )
    with for_a_few_questions() as db:
        db.register("held", held)
        if db.execute(f"SELECT 1 FROM held WHERE {_UNREADABLE} LIMIT 1").fetchall():
            raise UnreadableProfile
        return db.sql(_IN_PROFILES).to_arrow_table()


def _ones(number: int) -> str:
    """SQL for the things in one part of a profile."""
    part = f"split_part(profile, '{BETWEEN_PARTS}', {number + 1})"
    return f"CASE WHEN {part} = '' THEN [] ELSE string_split({part}, '{BETWEEN_ONES}') END"


def _fields(part: tuple[str, ...]) -> str:
    """SQL for what one thing says, and nothing of all else, as `FIELDS` has them."""
    said = {name: f"nullif(s[{place}], '')" for place, name in enumerate(part, 1)}
    return ", ".join(f"{said.get(name, 'NULL')} AS {name}" for name in FIELDS[:-1])


_UNREADABLE = f"len(string_split(profile, '{BETWEEN_PARTS}')) <> {len(PARTS)} OR " + " OR ".join(
    f"list_bool_or([len(string_split(s, '{BETWEEN_FIELDS}')) <> {len(part) + 1} FOR s IN {_ones(number)}])"
    for number, part in enumerate(PARTS)
)
_IN_PROFILES = " UNION ALL ".join(
    f"""SELECT person, {_fields(part)}, nullif(unnest(string_split(s[{len(part) + 1}],
          '{BETWEEN_HOLDERS}')), '') AS holder
        FROM (SELECT person, string_split(unnest({_ones(number)}), '{BETWEEN_FIELDS}') AS s FROM held)"""
    for number, part in enumerate(PARTS)
)
"""A row for each holder of each thing that a profile says."""


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
