"""Sealed identities at the gate: known again by keyed fingerprints, never by themselves (P2)."""

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import Any

import pyarrow as pa
from rapidfuzz.distance import JaroWinkler

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.stages import RECORDS, SEALS
from joinedup.pipeline.engines import DuckDB
from joinedup.pipeline.standardise.dates import read_date
from joinedup.pipeline.standardise.names import name_tokens
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.nicknames import given_names_agree

FINGERPRINTS = pa.schema([pa.field("fingerprint", pa.string(), nullable=False)])
"""Keyed hashes of sealed NHS numbers, of sealed names with and without birth date, and of those dates."""

OWN_NAMES = ("given_name", "middle_names", "family_name")
EARLIER_NAMES = ("previous_family_name", "known_as")
"""Where a record of the present identity may carry a name of the sealed one."""

NAMES = (*OWN_NAMES, *EARLIER_NAMES)
ALIKE = 0.85
"""Jaro-Winkler likeness from which one name may be a slip of another."""

Key = tuple[str, str]
Match = bool | None
"""True: of the sealed identity itself. False: another's that carries its name. None: neither."""

_MATCHES = pa.schema([*SEALS, pa.field("whole", pa.bool_(), nullable=False)])
_NO = frozenset({"", "n", "no", "false", "0", "f"})


@dataclass(frozen=True)
class SealedIdentity:
    """What a sealed row said, in standard form; held in memory for one night, to purge by."""

    nhs_number: str | None
    given: tuple[str, ...]
    family: tuple[str, ...]
    born_on: date | None

    def fingerprints(self, key: str) -> Iterator[str]:
        """The fingerprints by which later rows of this identity are known."""
        if self.nhs_number:
            yield fingerprint(key, "nhs", self.nhs_number)
        for day in birth_days(self.born_on):
            yield fingerprint(key, "born", day.isoformat())
        for pair in self.pairs():
            yield fingerprint(key, "bare", pair)
            for day in birth_days(self.born_on):
                yield fingerprint(key, "name", f"{pair}|{day.isoformat()}")

    def pairs(self) -> set[str]:
        """Each part of the given names with each part of the family name, in either order."""
        return {_pair(one, other) for one in self.given for other in self.family if one != other}

    def is_near(self, row: Mapping[str, Any]) -> bool:
        """Whether a record held to be of the same person bears these names, or a slip of them."""
        own = _tokens(row, OWN_NAMES)
        given = any(_given_alike(one, other) for one in self.given for other in own)
        return given and any(_alike(one, other) for one in self.family for other in own)


@dataclass
class Sealed:
    """Keys and fingerprints of sealed records; `identities` are tonight's alone."""

    key: str
    records: set[Key] = field(default_factory=set)
    prints: set[str] = field(default_factory=set)
    identities: dict[Key, SealedIdentity] = field(default_factory=dict)
    without_key: list[SealedIdentity] = field(default_factory=list)
    """Sealed rows whose own identifier could not be read: sealed by number and name."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is sealed."""
        return not self.records and not self.prints

    def add(self, found: Iterable[tuple[Key | None, SealedIdentity]]) -> None:
        """Remember records that say they are sealed."""
        for record, identity in found:
            if record is None:
                self.without_key.append(identity)
            else:
                self.records.add(record)
                self.identities[record] = identity
            self.prints.update(identity.fingerprints(self.key))

    def everybody(self) -> list[SealedIdentity]:
        """Tonight's identities, with a key of their own or without."""
        return [*self.identities.values(), *self.without_key]

    def with_earlier(self, seals: pa.Table, fingerprints: pa.Table) -> "Sealed":
        """These and the ones of every night before."""
        earlier = {(row["agency"], row["record_id"]) for row in seals.to_pylist()}
        prints = set(fingerprints.column("fingerprint").to_pylist())
        return Sealed(
            self.key,
            self.records | earlier,
            self.prints | prints,
            self.identities,
            self.without_key,
        )

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
            if (whole := self.judge(row)) is not None
        ]
        return pa.Table.from_pylist(found, schema=_MATCHES)

    def beyond(self, checked: Collection[str]) -> "Sealed":
        """Only what these fingerprints do not cover yet."""
        return replace(self, prints=self.prints.difference(checked))

    def _candidates(self, engine: DuckDB, rows: str) -> list[dict[str, Any]]:
        """Rows that share a birth date or an NHS number with a sealed one, or tell no birth date.

        Where tonight's own identities are all there is to look for, of those by date, and of those without
        one, only such as share a name: no other is judged to be theirs.
        """
        said = f"agency, record_id, nhs_number, born_on, {', '.join(NAMES)}"
        # Of ten characters that are not all digits no ten digits are left: most need not be taken apart.
        number = """CASE WHEN length(nhs_number) <= 10 THEN nhs_number
                    ELSE regexp_replace(nhs_number, '[^0-9]', '', 'g') END"""
        ours = {one for identity in self.everybody() for one in identity.fingerprints(self.key)}
        only_ours = self.prints <= ours
        if only_ours:
            self._put_days_and_numbers(engine)
            by_number = f"{number} IN (SELECT number FROM sealed_numbers)"
        else:
            engine.put("prints", self.fingerprint_table())
            engine.make(
                "sealed_days",
                f"""SELECT DISTINCT born_on FROM {rows} WHERE born_on IS NOT NULL
                    AND sha256('{self.key}|born|' || born_on::VARCHAR) IN (SELECT fingerprint FROM prints)""",
            )
            by_number = f"sha256('{self.key}|nhs|' || {number}) IN (SELECT fingerprint FROM prints)"
        # Two passes: a date that is asked for and one that is not there are looked for in different ways.
        engine.make(
            "sealed_near",
            f"""SELECT {said} FROM {rows} SEMI JOIN sealed_days USING (born_on)
                UNION ALL SELECT {said} FROM {rows} WHERE born_on IS NULL""",
        )
        by_name = "true"
        if only_ours:
            self._put_names(engine)
            by_name = " OR ".join(f"{name} IN (SELECT name FROM sealed_names)" for name in NAMES)
        # One way of being found after the other: all in one condition, each would be asked of every row.
        found: list[dict[str, Any]] = engine.fetch(
            f"""SELECT {said} FROM sealed_near WHERE {by_name}
                UNION SELECT {said} FROM {rows} WHERE nhs_number IS NOT NULL AND {by_number}"""
        ).to_pylist()
        return found

    def _put_days_and_numbers(self, engine: DuckDB) -> None:
        """Tables of the sealed days and numbers."""
        numbers = {one.nhs_number for one in self.everybody() if one.nhs_number}
        days = {day for one in self.everybody() for day in birth_days(one.born_on)}
        engine.put("sealed_numbers", pa.table({"number": pa.array(sorted(numbers), pa.string())}))
        engine.put("sealed_days", pa.table({"born_on": pa.array(sorted(days), pa.date32())}))

    def _put_names(self, engine: DuckDB) -> None:
        """A table of the names in `sealed_near` that share a part with a sealed one."""
        said = " UNION ".join(
            f"SELECT {name} AS name FROM sealed_near WHERE {name} IS NOT NULL" for name in NAMES
        )
        parts = {part for one in self.everybody() for part in (*one.given, *one.family)}
        # Parts are of the letters A to Z; what a name says in other letters is taken apart to be sure.
        maybe = f"""SELECT name FROM ({said}) WHERE length(name) <> strlen(name) OR
            regexp_matches(regexp_replace(upper(name), '[^A-Z]', '', 'g'), '{"|".join(sorted(parts)) or "^$"}')"""
        shared = [
            name
            for name in engine.fetch(maybe)["name"].to_pylist()
            if not parts.isdisjoint(name_tokens(name))
        ]
        engine.put("sealed_names", pa.table({"name": pa.array(shared, pa.string())}))

    def judge(self, row: Mapping[str, Any]) -> Match:
        """Whether a row is of a sealed identity, or only carries its name beside another."""
        number = standard_nhs_number(row.get("nhs_number"))
        if number and fingerprint(self.key, "nhs", number) in self.prints:
            return True
        born_on = _day(row.get("born_on"))
        own = _tokens(row, OWN_NAMES)
        if self._knows(own, born_on):
            return True
        return False if self._knows(own | _tokens(row, EARLIER_NAMES), born_on) else None

    def _knows(self, tokens: set[str], born_on: date | None) -> bool:
        pairs = (_pair(one, other) for one, other in combinations(sorted(tokens), 2))
        kind, ending = ("name", f"|{born_on.isoformat()}") if born_on else ("bare", "")
        return any(fingerprint(self.key, kind, pair + ending) in self.prints for pair in pairs)


def fingerprint(key: str, kind: str, value: str) -> str:
    """A keyed hash: without the key, all NHS numbers could be tried in a minute."""
    return hashlib.sha256(f"{key}|{kind}|{value}".encode()).hexdigest()


def sealed_in_records(engine: DuckDB, rows: str) -> Iterator[tuple[Key | None, SealedIdentity]]:
    """The rows of a delivery that say they are sealed."""
    found = engine.fetch(f"SELECT {', '.join(RECORDS.names)} FROM {rows} WHERE sealed")
    for row in found.to_pylist():
        yield (row["agency"], row["record_id"]), _identity(row)


def sealed_in_quarantine(
    contract: Contract, rows: pa.Table
) -> Iterator[tuple[Key | None, SealedIdentity]]:
    """Rows kept back for some fault that say they are sealed: the seal holds all the same."""
    for raw in rows.column("raw").to_pylist():
        row = fields(contract, raw)
        if _says_sealed(row):
            record = row.get("record_id")
            yield (contract.agency, record) if record else None, _identity(row)


def speaks_of_sealed(contract: Contract, raw: str | None, known: Sealed) -> bool:
    """Whether a row kept back is of a sealed record or carries a sealed identity."""
    row = fields(contract, raw)
    if _says_sealed(row) or (contract.agency, row.get("record_id", "")) in known.records:
        return True
    return known.judge(row) is not None


def fields(contract: Contract, raw: str | None) -> dict[str, str]:
    """A raw row by field; nothing where it cannot be read."""
    try:
        sent = json.loads(raw or "")
    except ValueError:
        return {}
    if not isinstance(sent, dict):
        return {}
    named = ((contract.column(str(heading)), value) for heading, value in sent.items())
    return {column.field: str(value).strip() for column, value in named if column and value}


def _says_sealed(row: Mapping[str, str]) -> bool:
    """Anything but a plain no: a seal that is badly spelt is a seal."""
    return row.get("sealed", "").strip().casefold() not in _NO


def _identity(row: Mapping[str, Any]) -> SealedIdentity:
    return SealedIdentity(
        standard_nhs_number(row.get("nhs_number")),
        tuple(sorted(_tokens(row, ("given_name", "middle_names")))),
        tuple(sorted(_tokens(row, ("family_name",)))),
        _day(row.get("born_on")),
    )


def _tokens(row: Mapping[str, Any], names: Iterable[str]) -> set[str]:
    """The parts of these names in standard form; an initial alone says nothing."""
    return {part for name in names for part in name_tokens(row.get(name)) if len(part) > 1}


def _pair(one: str, other: str) -> str:
    return "|".join(sorted((one, other)))


def _given_alike(one: str, other: str) -> bool:
    return _alike(one, other) or given_names_agree(one, other)


def _alike(one: str, other: str) -> bool:
    return float(JaroWinkler.similarity(one, other)) >= ALIKE


def birth_days(born_on: date | None) -> Iterator[date]:
    """A birth date, and the same with day and month exchanged."""
    if born_on is None:
        return
    yield born_on
    with suppress(ValueError):
        yield born_on.replace(month=born_on.day, day=born_on.month)


def _day(value: date | str | None) -> date | None:
    if value is None or isinstance(value, date):
        return value
    with suppress(ValueError):
        return read_date(value)
    return None
