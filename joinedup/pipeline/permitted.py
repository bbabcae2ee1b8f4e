"""The one gate: drops every row that may not be used, before any stage sees it (P1, P2)."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.contracts.stages import FLOWS, QUARANTINE, RECORDS, SEALS
from joinedup.pipeline.deliveries.file_name import DeliveryName
from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.kept import PERSON, RECORD, Kept
from joinedup.pipeline.sealed import (
    EARLIER_NAMES,
    FINGERPRINTS,
    NAMES,
    Sealed,
    sealed_in_quarantine,
    sealed_in_records,
    speaks_of_sealed,
)

OBJECTIONS = SEALS
"""Records somebody has objected to the use of: the same key as a seal, dropped in the same way."""

HELD = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("controller", pa.string(), nullable=False),
        pa.field("population", pa.string(), nullable=False),
        pa.field("row_hash", pa.uint64(), nullable=False),
        pa.field("nhs_number", pa.string()),
        *(pa.field(name, pa.string()) for name in NAMES),
        pa.field("born_on", pa.date32()),
    ]
)
"""What the nights hold of a live record: its key, whose it is, what it hashed to, and what a seal names."""

WITHDRAWN = pa.schema(
    [
        pa.field("agency", pa.string(), nullable=False),
        pa.field("record_id", pa.string(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)
"""A record that was held and may no longer be: absent, deleted, flow_ended, objection or sealed."""

type Rows = str | Path | pa.Table
"""A table of the engine's by its name, a file, or rows."""

_GATE = object()
"""Only this module holds it, so only this module can make a Permitted."""


@dataclass(frozen=True)
class MayBeUsed:
    """What the gate goes by: flows in force, seals and objections, and the key of the fingerprints."""

    as_at: date
    key: str
    flows: pa.Table = field(default_factory=FLOWS.empty_table)
    seals: pa.Table = field(default_factory=SEALS.empty_table)
    fingerprints: pa.Table = field(default_factory=FINGERPRINTS.empty_table)
    objections: pa.Table = field(default_factory=OBJECTIONS.empty_table)
    left: Mapping[str, tuple[str, date]] = field(default_factory=dict)
    """The agencies that leave the partnership: each one's name, and its first day outside (P15)."""

    def has_left(self, agency: str) -> bool:
        """Whether it is partner to nothing on that day."""
        return agency in self.left and self.left[agency][1] <= self.as_at


@dataclass(frozen=True)
class Arrived:
    """A delivery that was read and checked, on its way to the gate."""

    name: DeliveryName
    records: pa.Table | Path
    quarantine: pa.Table


@dataclass(frozen=True)
class Permitted:
    """Rows that may be used. The stages take nothing else, and nothing but the gate makes one."""

    name: DeliveryName
    records: pa.Table | Path
    quarantine: pa.Table
    withheld: int
    refused: str
    passed: object = field(repr=False)

    def __post_init__(self) -> None:
        if self.passed is not _GATE:
            raise TypeError("Only the gate says what may be used: call pipeline.permitted.permit.")


@dataclass(frozen=True)
class Opened:
    """What the gate let through, and what it learned is sealed."""

    deliveries: tuple[Permitted, ...]
    sealed: Sealed
    withdrawn: pa.Table
    """WITHDRAWN: held records that may no longer be used."""
    blanked: pa.Table
    """SEALS columns: held records of others that carry a sealed name as an earlier one."""
    persons: tuple[str, ...]
    """Whose records are sealed tonight: what else they held must not keep their identifier."""
    checked: Set[str]
    """The fingerprints that all that is held has now been held against."""


def permit(
    arrived: Sequence[Arrived], held: Rows | Kept | None, *, may: MayBeUsed, engine: DuckDB,
    scratch: Path, links: Rows | Kept | None = None, late: Sequence[Arrived] = (),
    checked: frozenset[str] = frozenset(),
) -> Opened:  # fmt: skip
    """Let through what may be used of tonight's deliveries, and withdraw what no longer may.

    A seal in any delivery of the night holds for all of them, whatever their order, and so does one in
    a file that came too `late` to be loaded. `links` (LINKS) are last night's: what was held to be of a
    sealed person, and bears a name like theirs, goes as well. `checked` are the fingerprints that all
    that is held was held against before.
    """
    tonight = Sealed(may.key)
    for delivery in (*arrived, *late):
        engine.put("arrived", delivery.records)
        tonight.add(sealed_in_records(engine, "arrived"))
        tonight.add(sealed_in_quarantine(delivery.name.contract, delivery.quarantine))
    known = tonight.with_earlier(may.seals, may.fingerprints)
    deliveries = tuple(
        _permitted(delivery, known, may=may, engine=engine, scratch=scratch) for delivery in arrived
    )
    if held is None:
        nobody = SEALS.empty_table()
        return Opened(deliveries, tonight, WITHDRAWN.empty_table(), nobody, (), known.prints)
    _put(engine, "held", held)
    withdrawn, blanked = _withdrawn(known, known.beyond(checked), held, may=may, engine=engine)
    persons, near = _of_sealed_people(engine, tonight, withdrawn, links, held)
    gone = pa.concat_tables([withdrawn, near])
    return Opened(deliveries, tonight, gone, blanked, persons, known.prints)


def _put(engine: DuckDB, name: str, rows: Rows | Kept) -> None:
    if isinstance(rows, Kept):
        rows = rows.name
    if isinstance(rows, str):
        engine.view(name, f"SELECT * FROM {rows}")
    else:
        engine.put(name, rows)


def live_controllers(may: MayBeUsed, contract: Contract, population: str) -> set[str]:
    """The controllers whose flow covers this population under this contract on that day (P1).

    None of an agency that has left: no agreement with it stands (P15).
    """
    if may.has_left(contract.agency):
        return set()
    return {
        flow["controller"]
        for flow in may.flows.to_pylist()
        if flow["contract"] == contract.code
        and flow["population"] == population
        and flow["starts_on"] <= may.as_at
        and (flow["ends_on"] is None or may.as_at < flow["ends_on"])
    }


def _permitted(
    delivery: Arrived, known: Sealed, *, may: MayBeUsed, engine: DuckDB, scratch: Path
) -> Permitted:
    name = delivery.name
    controllers = live_controllers(may, name.contract, name.population)
    if may.has_left(name.contract.agency):
        left, on = may.left[name.contract.agency]
        refused = (
            f"{left} left the partnership on {on:%d/%m/%Y}. The delivery is refused whole and nothing of it "
            "was used."
        )
        return Permitted(name, _nobody(), QUARANTINE.empty_table(), 0, refused, _GATE)
    if not controllers:
        refused = (
            f"No live flow covers the {name.population} population of {name.contract.code} on "
            f"{may.as_at:%d/%m/%Y}. The delivery is refused whole and nothing of it was used."
        )
        return Permitted(name, _nobody(), QUARANTINE.empty_table(), 0, refused, _GATE)
    rows, withheld = _without_what_may_not(
        delivery, controllers, known, may=may, engine=engine, scratch=scratch
    )
    quarantine = _quarantine_without_sealed(name.contract, delivery.quarantine, known)
    withheld += delivery.quarantine.num_rows - quarantine.num_rows
    return Permitted(name, rows, quarantine, withheld, "", _GATE)


def _nobody() -> pa.Table:
    return RECORDS.append(pa.field("change", pa.string())).empty_table()


def _without_what_may_not(
    delivery: Arrived, controllers: set[str], known: Sealed, *, may: MayBeUsed, engine: DuckDB,
    scratch: Path,
) -> tuple[pa.Table | Path, int]:  # fmt: skip
    engine.put("arrived", delivery.records)
    engine.put("live", pa.table({"controller": pa.array(sorted(controllers), pa.string())}))
    engine.put("barred", pa.concat_tables([known.keys(), may.objections.select(SEALS.names)]))
    _put_matches(engine, "arrived", known)
    engine.make(
        "dropped",
        """SELECT agency, record_id FROM arrived
           WHERE sealed OR controller NOT IN (SELECT controller FROM live)
           UNION SELECT agency, record_id FROM arrived SEMI JOIN barred USING (agency, record_id)
           UNION SELECT agency, record_id FROM matches WHERE whole""",
    )
    withheld = _count(engine, "dropped")
    if not withheld and not _count(engine, "matches"):
        return delivery.records, 0
    # An earlier name beside a present identity would give the sealed one away: the name goes.
    names = ", ".join(
        f"CASE WHEN earlier.record_id IS NULL THEN a.{name} END AS {name}" for name in EARLIER_NAMES
    )
    kept = f"""SELECT a.* REPLACE ({names}) FROM arrived a
               LEFT JOIN (SELECT * FROM matches WHERE NOT whole) earlier USING (agency, record_id)
               ANTI JOIN dropped d ON d.agency = a.agency AND d.record_id = a.record_id"""
    if isinstance(delivery.records, pa.Table):
        return engine.fetch(kept), withheld
    path = scratch / f"{delivery.name.stem}.permitted.parquet"
    engine.write(kept, path)
    return path, withheld


def _put_matches(engine: DuckDB, rows: str, known: Sealed) -> None:
    """Table `matches`: whose number, name or earlier name is a sealed one (P2)."""
    engine.put("matches", known.matches(engine, rows))


def _withdrawn(
    known: Sealed, unchecked: Sealed, held: Rows | Kept, *, may: MayBeUsed, engine: DuckDB
) -> tuple[pa.Table, pa.Table]:
    """What is held and may no longer be, and what is held and must lose an earlier name."""
    live = [
        {"agency": contract.agency, "controller": controller, "population": population}
        for contract in CONTRACTS
        for population in contract.populations
        for controller in live_controllers(may, contract, population)
    ]
    columns = ("agency", "controller", "population")
    engine.put("live", pa.table({c: pa.array([f[c] for f in live], pa.string()) for c in columns}))
    engine.put("sealed_keys", known.keys())
    engine.put("objected", may.objections)
    _put_matches(engine, "held", unchecked)
    # What is held is passed over by whose it is; the few that are named are looked up.
    engine.make(
        "ended",
        """SELECT DISTINCT agency, controller, population FROM held
           ANTI JOIN live USING (agency, controller, population)""",
    )
    ended = """UNION ALL SELECT agency, record_id, 3, 'flow_ended'
               FROM held SEMI JOIN ended USING (agency, controller, population)"""
    engine.make(
        "named_keys",
        """SELECT agency, record_id, 1 AS place, 'sealed' AS why FROM sealed_keys
           UNION SELECT agency, record_id, 1, 'sealed' FROM matches WHERE whole
           UNION SELECT agency, record_id, 2, 'objection' FROM objected""",
    )
    _find(engine, held, "held_named", of="held", by="named_keys", columns=RECORD[0])
    withdrawn = engine.fetch(
        f"""SELECT agency, record_id, min_by(why, place) AS why FROM (
               SELECT agency, record_id, place, why FROM held_named
               JOIN named_keys USING (agency, record_id)
               {ended if _count(engine, "ended") else ""}
           ) GROUP BY agency, record_id ORDER BY agency, record_id"""
    ).cast(WITHDRAWN)
    engine.put("withdrawn_now", withdrawn)
    blanked = engine.fetch(
        """SELECT agency, record_id FROM matches ANTI JOIN withdrawn_now USING (agency, record_id)
           WHERE NOT whole"""
    ).cast(SEALS)
    return withdrawn, blanked


def _of_sealed_people(
    engine: DuckDB,
    tonight: Sealed,
    withdrawn: pa.Table,
    links: Rows | Kept | None,
    held: Rows | Kept,
) -> tuple[tuple[str, ...], pa.Table]:
    """The persons whose records are sealed tonight, and what else they hold under names like those.

    The spine itself had found these to be one person, by a slip or a nickname: left where they are they
    would show the earlier identity, or be found by it.
    """
    if links is None or not tonight.everybody():
        return (), WITHDRAWN.empty_table()
    _put(engine, "sealed_links", links)
    engine.put("sealed_keys", tonight.keys())
    engine.make(
        "sealed_gone",
        """SELECT agency, record_id FROM sealed_keys
           UNION SELECT agency, record_id FROM withdrawn_now WHERE why = 'sealed'""",
    )
    _find(engine, links, "links_gone", of="sealed_links", by="sealed_gone", columns=RECORD[0])
    engine.make("sealed_people", "SELECT DISTINCT person FROM links_gone")
    persons = engine.fetch("SELECT person FROM sealed_people ORDER BY person")["person"].to_pylist()
    _find(engine, links, "sealed_others", of="sealed_links", by="sealed_people", columns=PERSON)
    _find(engine, held, "held_others", of="held", by="sealed_others", columns=RECORD[0])
    others = engine.fetch(
        """SELECT h.* FROM held_others h
           ANTI JOIN withdrawn_now w ON w.agency = h.agency AND w.record_id = h.record_id
           ORDER BY h.agency, h.record_id"""
    ).to_pylist()
    near = [
        {"agency": row["agency"], "record_id": row["record_id"], "why": "sealed"}
        for row in others
        if any(identity.is_near(row) for identity in tonight.everybody())
    ]
    return tuple(persons), pa.Table.from_pylist(near, schema=WITHDRAWN)


def _find(
    engine: DuckDB, rows: Rows | Kept, found: str, *, of: str, by: str, columns: tuple[str, ...]
) -> None:
    """Make a table of the rows that have what a row of `by` has; by their numbers where these are kept."""
    if isinstance(rows, Kept):
        rows.find(found, by, columns)
    else:
        engine.make(found, f"SELECT * FROM {of} SEMI JOIN {by} USING ({', '.join(columns)})")


def _quarantine_without_sealed(contract: Contract, rows: pa.Table, known: Sealed) -> pa.Table:
    """A row kept back is a copy too: none may speak of a sealed identity."""
    if known.is_empty:
        return rows
    raws = rows.column("raw").to_pylist()
    return rows.filter(
        pa.array([not speaks_of_sealed(contract, raw, known) for raw in raws], pa.bool_())
    )


def _count(engine: DuckDB, table: str) -> int:
    return int(engine.fetch(f"SELECT count(*) AS n FROM {table}").column("n")[0].as_py())
