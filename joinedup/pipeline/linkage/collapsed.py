"""Records collapsed in codes: the identities that collapse makes in SQL, each distinct value looked at once."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from joinedup.pipeline.contracts.stages import STANDARD
from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.linkage.bearers import judged
from joinedup.pipeline.linkage.coded import Coded, coded, grouped, recoded
from joinedup.pipeline.linkage.collapse import SAID, describe, identity_of
from joinedup.pipeline.linkage.edges import Whole
from joinedup.pipeline.linkage.identities import Identities
from joinedup.pipeline.linkage.lanes import Lanes
from joinedup.pipeline.linkage.name_order import put_in_order

_DESCRIBED = (
    (("given", "given_root"), ("roots", "given_known", "beside")),
    (("family",), ("family_root", "family_band", "beside")),
    (("middle",), ("middle",)),
    (("born_on",), ("born_on",)),
    (("postcode", "house", "street"), ("home",)),
)
"""What is described, by all that it is described of; `beside` is true of somebody by the one or the other."""

_KEPT_AS = {"middle": "middle_names", "born_on": "born_said", "nhs": "nhs_said"}
"""Under which name that which was said is kept, where what comes of it bears its own."""

_SAID = pa.schema([(name, STANDARD.field(name).type) for name in SAID])


@dataclass(frozen=True)
class Records:
    """Every record with its identity."""

    members: pa.Table
    """agency, record_id, identity."""
    place: Whole
    """Where its identity stands."""


@dataclass(frozen=True)
class Collapsed:
    """What records collapse into."""

    records: Records
    people: Identities
    kept: Mapping[str, Coded]
    """All that is kept of identities for the next night, by its name."""
    registered: Whole

    def identities(self) -> pa.Table:
        """The identities as they are kept, value by value."""
        anchor = self.people.anchor
        return pa.table(
            {
                "identity": self.people.identity,
                "records": self.people.records,
                "registered": self.registered,
                **{name: of.values.take(pa.array(of.codes)) for name, of in self.kept.items()},
                "anchor": pa.array(anchor, mask=anchor < 0),
            }
        )


def collapsed(engine: DuckDB, standard: Path | pa.Table, *, threads: int = 2) -> Collapsed:
    """Collapse records (STANDARD) into identities, each with the verified number that it stands on.

    What the engine holds in `apart` is an identity of its own.
    """
    records = put_in_order(engine, _read(standard))
    with ThreadPoolExecutor(threads) as pool:
        said_by_record = pool.map(lambda name: coded(records[name]), SAID)
        of_record = _identities(engine, records)
        order = np.argsort(of_record)
    new = np.diff(of_record[order], prepend=-1) != 0
    first = np.flatnonzero(new)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.cumsum(new) - 1

    rows = order[first]
    said = {
        name: Coded(column.codes.take(rows), column.values)
        for name, column in zip(SAID, said_by_record, strict=True)
    }
    agency = records["agency"].cast(pa.string())
    of_gp = pc.equal(agency, "gp").to_numpy().astype(np.int32)[order]
    registered = np.maximum.reduceat(of_gp, first) if len(first) else of_gp
    count = np.diff(first, append=len(order))
    lanes = Lanes(said | _described(engine, said))
    number, anchor = _number(lanes, count + 2 * registered)
    lanes.columns["nhs"] = number
    kept = {_KEPT_AS.get(name, name): column for name, column in said.items()} | lanes.columns
    members = pa.table({"agency": agency, "record_id": records["record_id"], "identity": of_record})
    people = Identities(of_record[rows], anchor, count, lanes)
    return Collapsed(Records(members, place), people, kept, registered)


def _read(standard: Path | pa.Table) -> pa.Table:
    """What is read of the records, texts as codes where they come so."""
    names = ["agency", "record_id", *SAID]
    if isinstance(standard, pa.Table):
        return standard.select(names)
    texts = [name for name in names if pa.types.is_string(STANDARD.field(name).type)]
    texts.remove("record_id")
    return pq.read_table(standard, columns=names, read_dictionary=texts)


def _identities(engine: DuckDB, records: pa.Table) -> Whole:
    """Of each record, its identity."""
    row = pa.array(np.arange(len(records), dtype=np.int64))
    engine.put("records_read", records.append_column("row", row))
    found = engine.fetch(
        f"""
        SELECT s.row, {identity_of(engine)} AS identity FROM records_read s
        LEFT JOIN apart a ON a.agency = s.agency AND a.record_id = s.record_id
        """
    )
    engine.drop("records_read")
    identity = np.empty(len(records), dtype=np.int64)
    identity[found["row"].to_numpy()] = found["identity"].to_numpy()
    return identity


def _described(engine: DuckDB, said: Mapping[str, Coded]) -> dict[str, Coded]:
    """What collapse.describe says of what was said: each value, or values together, described once."""
    distinct = [_distinct(said, names) for names, _ in _DESCRIBED]
    rows = pa.concat_tables(
        [_SAID.empty_table(), *(values for values, _ in distinct)], promote_options="default"
    )
    for name in ("identity", "records", "registered"):
        rows = rows.append_column(name, pa.array(np.arange(len(rows), dtype=np.int64)))
    engine.put("values_said", rows)
    describe(engine, said="values_said", described="values_described")
    found = engine.fetch("SELECT * FROM values_described ORDER BY identity")
    engine.drop("values_said", "values_described")
    described: dict[str, Coded] = {}
    beside = np.zeros(len(said["given"].codes), dtype=bool)
    begin = 0
    for (values, which), (_, names) in zip(distinct, _DESCRIBED, strict=True):
        here = found.slice(begin, len(values))
        described |= {name: recoded(here[name], which) for name in names}
        if "beside" in names:
            beside |= here["beside"].to_numpy()[which]
        begin += len(values)
    return described | {"beside": coded(pa.array(beside))}


def _distinct(
    said: Mapping[str, Coded], names: Sequence[str]
) -> tuple[pa.Table, NDArray[np.integer]]:
    """What is said together under these names, each once; and which of it each identity says."""
    one, *more = (said[name] for name in names)
    if not more:
        return pa.table({names[0]: one.values}), one.codes
    key = one.codes.astype(np.int64)
    for column in more:
        key = key * len(column.values) + column.codes
    at, which = grouped(key)
    return pa.table({name: said[name].at(at) for name in names}), which


def _number(lanes: Lanes, support: Whole) -> tuple[Coded, Whole]:
    """The NHS number of each identity, where it is evidence; and as a whole number, where it stands on it."""
    number, verified = lanes.columns["nhs"], lanes.columns["nhs_verified"]
    sure = pc.fill_null(verified.values, False).to_numpy(zero_copy_only=False)[verified.codes]
    agrees, fits = judged(lanes, number, sure, support)
    anchor = np.full(len(support), -1, dtype=np.int64)
    anchor[agrees] = number.at(np.flatnonzero(agrees)).cast(pa.int64()).to_numpy()
    codes = np.where(sure & ~fits, np.int32(number.null), number.codes)
    return Coded(codes, number.values), anchor
