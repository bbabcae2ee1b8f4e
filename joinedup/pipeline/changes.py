"""What a night's deliveries change of what is held: new, changed, gone, unchanged, by row hash."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.contracts.stages import RECORDS, SEALS
from joinedup.pipeline.engines import ARROW, DuckDB
from joinedup.pipeline.kept import RECORD, Kept
from joinedup.pipeline.permitted import HELD, WITHDRAWN, Permitted
from joinedup.pipeline.sealed import EARLIER_NAMES, NAMES

FIELDS = ", ".join(RECORDS.names)


def row_hash(of: str = "") -> str:
    """SQL: one number for all that a row of the table `of` says; empty and missing are the same."""
    table = f"{of}." if of else ""
    said = (
        f"nullif({table}{f.name}, '')" if f.type == pa.string() else f"{table}{f.name}"
        for f in RECORDS
        if f.name != "sealed"
    )
    return f"hash({', '.join(said)})"


CHANGES = pa.schema(
    [
        *RECORDS,
        pa.field("population", pa.string(), nullable=False),
        pa.field("received_on", pa.date32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
    ]
)
"""A record that is new or says something else, as it now stands. Kind: new, changed."""


@dataclass(frozen=True)
class Counted:
    """What one delivery did."""

    loaded: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    gone: int = 0
    absences_held: int = 0


HoldAbsences = Callable[[int, int], bool]
"""Whether a full delivery of so many rows, that lacks so many for the first time, is to be believed."""

NAMED = ("nhs_number", *NAMES, "born_on")
"""What is held of a record that a seal may name."""

_COMPARED = ("agency", "record_id", "controller", "population", "row_hash")
"""What is held of a record that a delivery is compared with."""

HELD_BEFORE = "held_before"
"""What was held before tonight, as a table of the engine's."""

ABSENT = SEALS
"""Live records that the last full delivery lacked, and whose absence nobody has confirmed yet."""


def hold(
    engine: DuckDB, held: Kept | None, withdrawn: pa.Table, absent: pa.Table | None = None
) -> None:
    """Lay out what was held before tonight, without what is withdrawn; `absent` (ABSENT) of it.

    What was held lies still: `held_left` names what of it holds no more, `held_later` what came instead.
    """
    engine.make("absent", _empty(ABSENT, engine, "no_absences"))
    if absent is not None:
        engine.put("absent_before", absent)
        engine.run("INSERT INTO absent SELECT agency, record_id FROM absent_before")
    if held is None:
        engine.put(HELD_BEFORE, HELD.empty_table())
    engine.put("withdrawn", withdrawn)
    engine.make("held_left", "SELECT agency, record_id FROM withdrawn")
    engine.make(
        "held_later",
        f"SELECT agency, record_id, controller, population, row_hash, '' AS kind FROM {HELD_BEFORE} LIMIT 0",
    )
    engine.view(
        "held",
        f"""SELECT agency, record_id, controller, population, row_hash, 'before' AS kind
           FROM {HELD_BEFORE} ANTI JOIN held_left USING (agency, record_id)
           UNION ALL SELECT * FROM held_later""",
    )
    engine.make("gone", "SELECT agency, record_id, why FROM withdrawn")
    engine.make("upserts", _empty(CHANGES, engine, "no_changes"))
    engine.make("sent_keys", _empty(_SENT_KEYS, engine, "no_keys"))


def keep(engine: DuckDB, held: Kept | None, out: Path) -> None:
    """Leave what is held after tonight for the next night, with the names by which a seal would know it."""
    now = f"""SELECT h.agency, h.record_id, h.controller, h.population, h.row_hash,
                {", ".join(f"u.{name}" for name in NAMED)}
              FROM held_later h JOIN upserts u USING (agency, record_id)"""
    if held is None:
        engine.write_later(now, out / f"held{ARROW}")
    else:
        held.change(
            leaving="""SELECT agency, record_id FROM held_left
                UNION SELECT agency, record_id FROM held_later""",
            coming=now,
        )
        held.keep(out)
    engine.finish()


def apply(
    engine: DuckDB,
    held: Kept | None,
    delivery: Permitted,
    *,
    hold_absences: HoldAbsences | None = None,
) -> Counted:
    """Bring one permitted delivery to bear on what is held, and count what it changes.

    Where `hold_absences` says so, records that a full delivery lacks for the first time stay.
    """
    name = delivery.name
    engine.put("arrived", delivery.records)
    engine.make(
        "incoming",
        f"SELECT agency, record_id, controller, change, {row_hash()} AS row_hash FROM arrived",
    )
    _near(engine, held)
    engine.make(
        "judged",
        f"""SELECT i.agency, i.record_id, i.row_hash, i.controller, h.kind AS was,
                   CASE WHEN i.change = 'D' THEN 'gone'
                        WHEN h.record_id IS NULL THEN 'new'
                        WHEN h.row_hash = i.row_hash AND h.population = '{name.population}'
                        THEN 'unchanged' ELSE 'changed' END AS kind
            FROM incoming i LEFT JOIN held_near h USING (agency, record_id)""",
    )
    held_back = 0
    if name.is_full and not _hides_somebody(delivery):
        held_back = _judge_absences(engine, delivery, hold_absences)
    _take_over(engine, delivery)
    if held_back:
        engine.run("INSERT INTO absent SELECT agency, record_id FROM missing WHERE NOT twice")
    return replace(_counted(engine), absences_held=held_back)


def _near(engine: DuckDB, held: Kept | None) -> None:
    """Make `held_near`: what is held of those who came in."""
    known = HELD_BEFORE
    if held is not None:
        known = "held_known"
        held.find(known, "incoming", RECORD[0], only=_COMPARED)
    engine.make(
        "held_near",
        f"""SELECT agency, record_id, controller, population, row_hash, 'before' AS kind
            FROM {known} ANTI JOIN held_left USING (agency, record_id)
            UNION ALL SELECT * FROM held_later SEMI JOIN incoming USING (agency, record_id)""",
    )


def _judge_absences(engine: DuckDB, delivery: Permitted, hold_absences: HoldAbsences | None) -> int:
    """Judge who is held and not sent; return how many of them are to stay for now."""
    name = delivery.name
    engine.put("kept_back", delivery.quarantine.select(["record_id"]))
    engine.make(
        "missing",
        f"""SELECT h.*, a.record_id IS NOT NULL AS twice
            FROM held h ANTI JOIN incoming i USING (agency, record_id)
            LEFT JOIN absent a USING (agency, record_id)
            WHERE h.agency = '{name.contract.agency}' AND h.population = '{name.population}'
              AND h.record_id NOT IN (SELECT record_id FROM kept_back)""",
    )
    [counts] = engine.fetch(
        """SELECT (SELECT count(*) FROM incoming) AS sent,
                  (SELECT count(*) FROM missing WHERE NOT twice) AS absent"""
    ).to_pylist()
    hold = hold_absences is not None and hold_absences(counts["sent"], counts["absent"])
    engine.run(
        f"""INSERT INTO judged
            SELECT agency, record_id, row_hash, controller, kind, 'absent'
            FROM missing WHERE twice OR {not hold}"""
    )
    return int(counts["absent"]) if hold else 0


def _hides_somebody(delivery: Permitted) -> bool:
    """A row kept back whose record cannot be told may be anybody's: then nobody counts as absent."""
    return bool(delivery.quarantine.column("record_id").null_count)


def _take_over(engine: DuckDB, delivery: Permitted) -> None:
    name, day = delivery.name, delivery.name.as_at.isoformat()
    engine.run(
        """INSERT INTO gone SELECT agency, record_id,
             CASE kind WHEN 'absent' THEN 'absent' ELSE 'deleted' END
           FROM judged WHERE was IS NOT NULL AND kind IN ('gone', 'absent')"""
    )
    _forget(engine, "gone", "kind IN ('new', 'changed')")
    _forget(engine, "upserts", "kind <> 'unchanged'")
    _forget(engine, "absent", "true")
    _forget(engine, "held_later", "kind <> 'unchanged'")
    engine.run(
        """INSERT INTO held_left SELECT agency, record_id FROM judged
           WHERE was = 'before' AND kind <> 'unchanged'"""
    )
    engine.run(
        f"""INSERT INTO upserts SELECT {", ".join(f"i.{f}" for f in RECORDS.names)},
              '{name.population}', DATE '{day}', CASE WHEN j.was IS NULL THEN 'new' ELSE 'changed' END
            FROM arrived i JOIN judged j USING (agency, record_id)
            WHERE j.kind IN ('new', 'changed')"""
    )
    engine.run(
        f"""INSERT INTO held_later
            SELECT agency, record_id, controller, '{name.population}', row_hash,
              CASE WHEN was IS NULL THEN 'tonight' ELSE was END
            FROM judged WHERE kind IN ('new', 'changed')"""
    )
    engine.run(
        f"""INSERT INTO sent_keys
            SELECT '{name.contract.code}', '{name.population}', DATE '{day}', agency, record_id
            FROM judged WHERE kind IN ('new', 'changed', 'unchanged')"""
    )


def _forget(engine: DuckDB, table: str, which: str) -> None:
    """Take out of a table what this delivery says anew; on a first night there is nothing to take."""
    engine.run(
        f"""DELETE FROM {table} WHERE (agency, record_id) IN (
              SELECT (j.agency, j.record_id) FROM judged j SEMI JOIN {table} USING (agency, record_id)
              WHERE {which})"""
    )


def _counted(engine: DuckDB) -> Counted:
    rows = engine.fetch(
        "SELECT kind, was IS NULL AS unheld, count(*) AS n FROM judged GROUP BY ALL"
    )
    by_kind: dict[str, int] = {}
    for row in rows.to_pylist():
        known = row["kind"] != "gone" or not row["unheld"]
        by_kind[row["kind"]] = by_kind.get(row["kind"], 0) + (row["n"] if known else 0)
    arrived = int(engine.fetch("SELECT count(*) AS n FROM incoming")["n"][0].as_py())
    return Counted(
        loaded=arrived,
        new=by_kind.get("new", 0),
        changed=by_kind.get("changed", 0),
        unchanged=by_kind.get("unchanged", 0),
        gone=by_kind.get("gone", 0) + by_kind.get("absent", 0),
    )


_SENT_KEYS = pa.schema(
    [
        pa.field("contract", pa.string()),
        pa.field("population", pa.string()),
        pa.field("as_at", pa.date32()),
        pa.field("agency", pa.string()),
        pa.field("record_id", pa.string()),
    ]
)


def _empty(schema: pa.Schema, engine: DuckDB, name: str) -> str:
    engine.put(name, schema.empty_table())
    return f"SELECT * FROM {name}"


def absent(engine: DuckDB) -> pa.Table:
    """ABSENT: what is held after tonight although the last full delivery lacked it."""
    return engine.fetch(
        "SELECT agency, record_id FROM absent SEMI JOIN held USING (agency, record_id)"
    )


def blank(engine: DuckDB, records: str, keys: pa.Table, on: date) -> None:
    """Take a sealed name out of the earlier names of records that are held: they change tonight (P2)."""
    engine.put("blanked", keys)
    names = ", ".join(f"NULL AS {name}" for name in EARLIER_NAMES)
    engine.make(
        "without_names",
        f"""SELECT * REPLACE ({names}) FROM {records} SEMI JOIN blanked USING (agency, record_id)
            ANTI JOIN upserts USING (agency, record_id) SEMI JOIN held USING (agency, record_id)""",
    )
    engine.run(
        f"""INSERT INTO upserts SELECT {FIELDS}, population, DATE '{on.isoformat()}', 'changed'
            FROM without_names"""
    )
    engine.make(
        "blanked_held",
        f"""SELECT h.agency, h.record_id, h.controller, h.population, w.row_hash, h.kind
            FROM held h JOIN (SELECT *, {row_hash()} AS row_hash FROM without_names) w
              USING (agency, record_id)""",
    )
    engine.run("INSERT INTO held_left SELECT agency, record_id FROM blanked_held")
    engine.run(
        """DELETE FROM held_later WHERE (agency, record_id) IN (
             SELECT (agency, record_id) FROM blanked_held)"""
    )
    engine.run("INSERT INTO held_later SELECT * FROM blanked_held")


def gone(engine: DuckDB, held: Kept | None) -> pa.Table:
    """WITHDRAWN: what was held before tonight and is no more, each record once."""
    known = HELD_BEFORE
    if held is not None:
        known = "held_gone"
        held.find(known, "gone", RECORD[0], only=RECORD[0])
    return engine.fetch(
        f"""SELECT agency, record_id, min(why) AS why
           FROM gone SEMI JOIN {known} USING (agency, record_id)
           GROUP BY agency, record_id ORDER BY agency, record_id"""
    ).cast(WITHDRAWN)
