"""Sealed identities at the gate: known again by keyed fingerprints, never by themselves (P2)."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.stages import RECORDS, SEALS
from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.standardise.dates import read_date
from joinedup.pipeline.standardise.names import name_tokens, standard_name
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number

FINGERPRINTS = pa.schema([pa.field("fingerprint", pa.string(), nullable=False)])
"""Keyed hashes of sealed NHS numbers, of sealed names with birth date, and of those dates alone."""

NAME_FIELDS = ("previous_family_name", "known_as")
"""Where a record of the present identity may carry a name of the sealed one."""

_MATCHES = pa.schema([*SEALS, pa.field("whole", pa.bool_(), nullable=False)])
_YES = frozenset({"y", "yes", "true", "1", "t"})


@dataclass(frozen=True)
class SealedIdentity:
    """What a sealed row said, in standard form; held in memory for one night, to purge by."""

    nhs_number: str | None
    given: str | None
    family: str | None
    born_on: date | None

    def fingerprints(self, key: str) -> Iterator[str]:
        """The fingerprints by which later rows of this identity are known."""
        if self.nhs_number:
            yield fingerprint(key, "nhs", self.nhs_number)
        if self.given and self.family and self.born_on:
            yield fingerprint(key, "born", self.born_on.isoformat())
            yield _named(key, self.given, self.family, self.born_on)


@dataclass
class Sealed:
    """Keys and fingerprints of sealed records; `identities` are tonight's alone."""

    key: str
    records: set[tuple[str, str]] = field(default_factory=set)
    prints: set[str] = field(default_factory=set)
    identities: dict[tuple[str, str], SealedIdentity] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is sealed."""
        return not self.records

    def add(self, found: Iterable[tuple[tuple[str, str], SealedIdentity]]) -> None:
        """Remember records that say they are sealed."""
        for record, identity in found:
            self.records.add(record)
            self.identities[record] = identity
            self.prints.update(identity.fingerprints(self.key))

    def with_earlier(self, seals: pa.Table, fingerprints: pa.Table) -> "Sealed":
        """These and the ones of every night before."""
        earlier = {(row["agency"], row["record_id"]) for row in seals.to_pylist()}
        prints = set(fingerprints.column("fingerprint").to_pylist())
        return Sealed(self.key, self.records | earlier, self.prints | prints, self.identities)

    def keys(self) -> pa.Table:
        """The records as a SEALS table."""
        rows = [{"agency": agency, "record_id": record} for agency, record in sorted(self.records)]
        return pa.Table.from_pylist(rows, schema=SEALS)

    def fingerprint_table(self) -> pa.Table:
        """The fingerprints as a FINGERPRINTS table."""
        return pa.table({"fingerprint": pa.array(sorted(self.prints), pa.string())}).cast(
            FINGERPRINTS
        )

    def matches(self, engine: DuckDB, rows: str) -> pa.Table:
        """Which rows are of a sealed identity (`whole`), or only carry an earlier name of one."""
        if not self.prints:
            return _MATCHES.empty_table()
        found = [
            {"agency": row["agency"], "record_id": row["record_id"], "whole": whole}
            for row in self._candidates(engine, rows)
            if (whole := self.is_sealed(row)) is not None
        ]
        return pa.Table.from_pylist(found, schema=_MATCHES)

    def _candidates(self, engine: DuckDB, rows: str) -> list[dict[str, Any]]:
        """Rows that share a birth date or an NHS number with a sealed one, by fingerprint."""
        engine.put("prints", self.fingerprint_table())
        columns = set(engine.fetch(f"SELECT * FROM {rows} LIMIT 0").column_names)
        names = "".join(f", {name}" for name in NAME_FIELDS if name in columns)
        engine.make(
            "sealed_days",
            f"""SELECT DISTINCT born_on FROM {rows} WHERE born_on IS NOT NULL
                AND sha256('{self.key}|born|' || born_on::VARCHAR) IN (SELECT fingerprint FROM prints)""",
        )
        return engine.fetch(
            f"""SELECT agency, record_id, nhs_number, given_name, family_name, born_on {names}
                FROM {rows} WHERE born_on IN (SELECT born_on FROM sealed_days)
                   OR (nhs_number IS NOT NULL AND sha256('{self.key}|nhs|'
                       || regexp_replace(nhs_number, '[^0-9]', '', 'g'))
                       IN (SELECT fingerprint FROM prints))"""
        ).to_pylist()

    def is_sealed(self, row: Mapping[str, Any]) -> bool | None:
        """True: the identity itself. False: another's that carries its name. None: neither."""
        number = standard_nhs_number(row.get("nhs_number"))
        if number and fingerprint(self.key, "nhs", number) in self.prints:
            return True
        given, family = row.get("given_name"), row.get("family_name")
        if self._knows(given, family, row["born_on"]) or self._knows(family, given, row["born_on"]):
            return True
        earlier, alias = (row.get(name) for name in NAME_FIELDS)
        others = ((given, earlier), (alias, family), (alias, earlier))
        return False if any(self._knows(g, f, row["born_on"]) for g, f in others) else None

    def _knows(self, given: str | None, family: str | None, born_on: date | None) -> bool:
        first, last = _first(given), standard_name(family)
        if not (first and last and born_on):
            return False
        return _named(self.key, first, last, born_on) in self.prints


def fingerprint(key: str, kind: str, value: str) -> str:
    """A keyed hash: without the key, all NHS numbers could be tried in a minute."""
    return hashlib.sha256(f"{key}|{kind}|{value}".encode()).hexdigest()


def sealed_in_records(
    engine: DuckDB, rows: str
) -> Iterator[tuple[tuple[str, str], SealedIdentity]]:
    """The rows of a delivery that say they are sealed."""
    for row in engine.fetch(
        f"SELECT {', '.join(RECORDS.names)} FROM {rows} WHERE sealed"
    ).to_pylist():
        yield (row["agency"], row["record_id"]), _identity(row)


def sealed_in_quarantine(
    contract: Contract, rows: pa.Table
) -> Iterator[tuple[tuple[str, str], SealedIdentity]]:
    """Rows kept back for some fault that say they are sealed: the seal holds all the same."""
    for raw in rows.column("raw").to_pylist():
        row = _fields(contract, raw)
        if (row.get("sealed") or "").casefold() in _YES and row.get("record_id"):
            yield (contract.agency, row["record_id"]), _identity(row)


def speaks_of_sealed(contract: Contract, raw: str | None, known: Sealed) -> bool:
    """Whether a row kept back is of a sealed record or carries a sealed identity."""
    row = _fields(contract, raw)
    if (contract.agency, row.get("record_id", "")) in known.records:
        return True
    return known.is_sealed({**row, "born_on": _day(row.get("born_on"))}) is not None


def _named(key: str, given: str, family: str, born_on: date) -> str:
    return fingerprint(key, "name", f"{given}|{family}|{born_on.isoformat()}")


def _first(given: str | None) -> str | None:
    return next(iter(name_tokens(given)), None)


def _identity(row: Mapping[str, Any]) -> SealedIdentity:
    return SealedIdentity(
        standard_nhs_number(row.get("nhs_number")),
        _first(row.get("given_name")),
        standard_name(row.get("family_name")),
        _day(row.get("born_on")),
    )


def _day(value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    with suppress(ValueError):
        return read_date(value)
    return None


def _fields(contract: Contract, raw: str | None) -> dict[str, str]:
    """A raw row by field; nothing where it cannot be read."""
    try:
        sent = json.loads(raw or "")
    except ValueError:
        return {}
    if not isinstance(sent, dict):
        return {}
    named = ((contract.column(str(heading)), value) for heading, value in sent.items())
    return {column.field: str(value).strip() for column, value in named if column and value}
