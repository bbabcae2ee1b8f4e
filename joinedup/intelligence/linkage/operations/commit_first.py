"""The first load of an empty spine: persons and records straight from the night's files, in one go each."""

import datetime
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from joinedup.intelligence.linkage.operations.commit_records import DATES, TEXTS, mark_absent
from joinedup.intelligence.linkage.operations.copying import copy_into, copy_to_temporary
from joinedup.pipeline.run import Ran

AT_ONCE = 1_000_000
"""Records that are joined and sorted together; it takes nearly three times the room that they take."""

_MEMORY = "2GB"
"""For an agency of a county; a borough takes a fourth of it."""


def begin(cursor: Any) -> bool:
    """Take keys, indexes and row security away while nobody is there; False where anybody is."""
    cursor.execute("SELECT linkage_first_load_begin()")
    [begun] = cursor.fetchone()
    if begun:
        cursor.execute("SELECT linkage_first_load_fresh()")
    return bool(begun)


def load(cursor: Any, ran: Ran, *, on: datetime.date, scratch: Path) -> dict[str, int]:
    """Fill persons and records; then indexes and row security stand again.

    Nobody else reads these tables before the transaction ends, and none that ends without them is
    committed. Leaves `touched`, which is everybody, and the tables of what came otherwise, which are empty.
    """
    links, changes = ran.linked.links_changed, ran.folder.changes
    day = f"DATE '{on.isoformat()}'"
    created = copy_into(
        cursor,
        "people_person (id, first_seen_on)",
        f"SELECT DISTINCT person, {day} FROM read_parquet('{links}') ORDER BY person",
        scratch,
        memory=_MEMORY,
    )
    texts, dates = ("controller", *TEXTS, "population"), (*DATES, "received_on")
    said = ", ".join([*(f"coalesce(c.{name}, '')" for name in texts), *(f"c.{n}" for n in dates)])
    added = 0
    for only in _parts(changes):
        of_changes, of_links, of_addresses = (
            f"(SELECT * FROM read_parquet('{path}') {only})"
            for path in (changes, links, ran.folder.addresses)
        )
        added += copy_into(
            cursor,
            f"""people_record (agency_id, record_id, person_id, tier, weight, because, linked_on,
                  {", ".join((*texts, *dates))}, changed_on, address_key)""",
            f"""SELECT c.agency, c.record_id, l.person, l.tier, l.weight, coalesce(l.because, ''), {day},
                  {said}, c.received_on, coalesce(a.address_key, '')
                FROM {of_changes} c JOIN {of_links} l USING (agency, record_id)
                LEFT JOIN {of_addresses} a USING (agency, record_id)
                ORDER BY c.agency, c.record_id""",
            scratch,
            memory=_MEMORY,
        )
    cursor.execute("SELECT linkage_first_load_ready()")
    keys = {"agency": "text", "record_id": "text"}
    copy_to_temporary(cursor, "night_gone", {**keys, "why": "text"}, ran.folder.gone)
    copy_to_temporary(cursor, "night_absent", keys, ran.folder.absent)
    mark_absent(cursor, on=on)
    cursor.execute(
        "CREATE TEMPORARY TABLE touched ON COMMIT DROP AS SELECT id AS person FROM people_person"
    )
    cursor.execute("ANALYZE touched")
    return {
        "added": added, "changed": 0, "versions": 0, "gone": 0, "moved": 0,
        "persons_created": created,
    }  # fmt: skip


def _parts(changes: Path) -> list[str]:
    """What to sort at once, in order: all of a borough, and of a county one agency after the other."""
    with pq.ParquetFile(changes) as file:
        if file.metadata.num_rows <= AT_ONCE:
            return [""]
    agencies = pc.unique(pq.read_table(changes, columns=["agency"])["agency"])
    return [f"WHERE agency = '{agency}'" for agency in sorted(agencies.to_pylist())]


def finish(cursor: Any) -> None:
    """Put the keys back, checked at once."""
    cursor.execute("SELECT linkage_first_load_finish()")
