"""What a night's deliveries change of what is held: new, changed, gone, unchanged, by row hash."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.permitted import HELD, WITHDRAWN, Permitted

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


def hold(engine: DuckDB, held: Path | pa.Table | None, withdrawn: pa.Table) -> None:
    """Lay out what was held before tonight, without what the gate has withdrawn."""
    engine.put("held_before", HELD.empty_table() if held is None else held)
    engine.put("withdrawn", withdrawn)
    engine.make(
        "held",
        """SELECT agency, record_id, controller, population, row_hash, 'before' AS kind
           FROM held_before
           WHERE (agency, record_id) NOT IN (SELECT (agency, record_id) FROM withdrawn)""",
    )
    engine.make("gone", "SELECT agency, record_id, why FROM withdrawn")
    engine.make("upserts", _empty(CHANGES, engine, "no_changes"))
    engine.make("sent_keys", _empty(_SENT_KEYS, engine, "no_keys"))


def apply(engine: DuckDB, delivery: Permitted) -> Counted:
    """Bring one permitted delivery to bear on what is held, and count what it changes."""
    name = delivery.name
    engine.put("arrived", delivery.records)
    # A key twice in one file is a fault the check keeps back; the last would win here.
    engine.make(
        "incoming",
        f"""SELECT * FROM (
              SELECT {FIELDS}, change, {row_hash()} AS row_hash,
                     row_number() OVER (PARTITION BY agency, record_id) AS nth
              FROM arrived) WHERE nth = 1""",
    )
    engine.make(
        "judged",
        """SELECT i.agency, i.record_id, i.row_hash, i.controller, h.kind AS was,
                  CASE WHEN i.change = 'D' THEN 'gone'
                       WHEN h.record_id IS NULL THEN 'new'
                       WHEN h.row_hash = i.row_hash THEN 'unchanged' ELSE 'changed' END AS kind
           FROM incoming i LEFT JOIN held h USING (agency, record_id)""",
    )
    if name.is_full and not _hides_somebody(delivery):
        engine.put("kept_back", delivery.quarantine.select(["record_id"]))
        engine.run(
            f"""INSERT INTO judged
                SELECT h.agency, h.record_id, h.row_hash, h.controller, h.kind, 'absent'
                FROM held h WHERE h.agency = '{name.contract.agency}'
                  AND h.population = '{name.population}'
                  AND (h.agency, h.record_id) NOT IN (SELECT (agency, record_id) FROM incoming)
                  AND h.record_id NOT IN (SELECT record_id FROM kept_back)"""
        )
    _take_over(engine, delivery)
    return _counted(engine)


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
    fresh = "SELECT (agency, record_id) FROM judged WHERE kind IN ('new', 'changed')"
    leaving = "SELECT (agency, record_id) FROM judged WHERE kind IN ('gone', 'absent')"
    engine.run(f"DELETE FROM gone WHERE (agency, record_id) IN ({fresh})")
    for key in (fresh, leaving):
        engine.run(f"DELETE FROM upserts WHERE (agency, record_id) IN ({key})")
    engine.run(
        f"""INSERT INTO upserts SELECT {", ".join(f"i.{f}" for f in RECORDS.names)},
              '{name.population}', DATE '{day}', CASE WHEN j.was IS NULL THEN 'new' ELSE 'changed' END
            FROM incoming i JOIN judged j USING (agency, record_id)
            WHERE j.kind IN ('new', 'changed')"""
    )
    engine.run(
        "DELETE FROM held WHERE (agency, record_id) IN (SELECT (agency, record_id) FROM judged)"
    )
    engine.run(
        f"""INSERT INTO held SELECT agency, record_id, controller, '{name.population}', row_hash,
              CASE WHEN was IS NULL THEN 'tonight' ELSE was END
            FROM judged WHERE kind IN ('new', 'changed', 'unchanged')"""
    )
    engine.run(
        f"""INSERT INTO sent_keys SELECT '{name.contract.code}', DATE '{day}', agency, record_id
            FROM judged WHERE kind IN ('new', 'changed', 'unchanged')"""
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
        pa.field("as_at", pa.date32()),
        pa.field("agency", pa.string()),
        pa.field("record_id", pa.string()),
    ]
)


def _empty(schema: pa.Schema, engine: DuckDB, name: str) -> str:
    engine.put(name, schema.empty_table())
    return f"SELECT * FROM {name}"


def gone(engine: DuckDB) -> pa.Table:
    """WITHDRAWN: what was held before tonight and is no more, each record once."""
    return engine.fetch(
        """SELECT agency, record_id, min(why) AS why FROM gone
           WHERE (agency, record_id) IN (SELECT (agency, record_id) FROM held_before)
           GROUP BY agency, record_id ORDER BY agency, record_id"""
    ).cast(WITHDRAWN)
