"""Tiny deliveries for tests of the gate and the night: rows by field, files by contract."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import ADULT_CARE, CHILDREN, FIRE, GP, HOUSING, POLICE
from joinedup.pipeline.contracts.stages import DELIVERED, FLOWS, QUARANTINE
from joinedup.pipeline.deliveries import DeliveryName
from joinedup.pipeline.permitted import Arrived, MayBeUsed

DAY = date(2026, 11, 20)
KEY = "a key for tests"
PRACTICE = "Z99001"
CONTRACTS = {c.agency: c for c in (GP, ADULT_CARE, CHILDREN, POLICE, FIRE, HOUSING)}

# Valid by their check digit, from the range that is for tests.
NHS_1, NHS_2, NHS_3 = "9990000018", "9990000026", "9990000034"


def flows(*but: str, ends_on: date | None = None) -> pa.Table:
    """A flow for every contract and population, but for the controllers named."""
    rows = [
        {
            "contract": contract.code,
            "controller": controller,
            "population": population,
            "starts_on": date(2020, 1, 1),
            "ends_on": ends_on,
        }
        for contract in CONTRACTS.values()
        for population in contract.populations
        for controller in ([PRACTICE, "Z99002"] if contract is GP else [contract.agency])
        if controller not in but
    ]
    return pa.Table.from_pylist(rows, schema=FLOWS)


def may(**said: Any) -> MayBeUsed:
    """What the gate goes by, with every flow live unless it is told otherwise."""
    return MayBeUsed(**{"as_at": DAY, "key": KEY, "flows": flows(), **said})


def row(agency: str, record_id: str, **fields: Any) -> dict[str, Any]:
    """A row of DELIVERED."""
    controller = fields.pop("controller", PRACTICE if agency == "gp" else agency)
    blank = dict.fromkeys(DELIVERED.names)
    return {
        **blank, "sealed": False, "agency": agency, "record_id": record_id,
        "controller": controller, **fields,
    }  # fmt: skip


def arrived(
    agency: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    quarantine: Sequence[Mapping[str, Any]] = (),
    population: str | None = None,
    extent: str = "full",
) -> Arrived:
    """A delivery of these rows, checked."""
    contract = CONTRACTS[agency]
    return Arrived(
        DeliveryName.parse(file_name(contract, population=population, extent=extent)),
        pa.Table.from_pylist([dict(r) for r in rows], schema=DELIVERED),
        pa.Table.from_pylist([dict(q) for q in quarantine], schema=QUARANTINE),
    )


def file_name(
    contract: Contract, *, day: date = DAY, population: str | None = None, extent: str = "full"
) -> str:
    """The name a delivery of that contract has."""
    return f"{contract.code}__{population or contract.populations[0]}__{extent}__{day}.csv"


def write(
    folder: Path, agency: str, rows: Sequence[Mapping[str, str]], *, day: date = DAY,
    extent: str = "full", population: str | None = None,
) -> Path:  # fmt: skip
    """Write a delivery under its agency's own headings; rows are by field."""
    contract = CONTRACTS[agency]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / file_name(contract, day=day, population=population, extent=extent)
    columns = [c for c in contract.columns if extent == "changes" or c.field != "change"]
    with path.open("w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file)
        lines.writerow(column.heading for column in columns)
        for said in rows:
            filled = {"gp_practice": PRACTICE, **said}
            lines.writerow(filled.get(column.field, "") for column in columns)
    return path
