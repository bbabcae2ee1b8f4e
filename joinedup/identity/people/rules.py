"""Which record speaks for a person: sources in order, names in words."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

SOURCES = ("gp", "adult_care", "children", "housing", "fire", "police")
"""Whose word on identity comes first: registers that check papers before registers that take notes."""


@dataclass(frozen=True)
class Spoken:
    """What is asked of a record to decide whether it speaks for the person."""

    agency: str
    gone: bool
    updated_on: datetime.date | None
    key: str


def speaks_first(records: Sequence[Spoken]) -> int:
    """The place of the record whose name and address stand for the person.

    A live record before one that is gone, then by source, then the one updated last.
    """
    return min(range(len(records)), key=lambda place: _order(records[place]))


def _order(record: Spoken) -> tuple[bool, int, int, str]:
    source = SOURCES.index(record.agency) if record.agency in SOURCES else len(SOURCES)
    updated = record.updated_on.toordinal() if record.updated_on else 0
    return record.gone, source, -updated, record.key


def full_name(given: str, middle: str, family: str) -> str:
    """The parts that are there, in order."""
    return " ".join(part.strip() for part in (given, middle, family) if part.strip())


def other_names(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """The names that are not that one in any letter case, each once, in the order given."""
    seen = {name.casefold(), ""}
    kept = []
    for other in others:
        if other.strip().casefold() not in seen:
            seen.add(other.strip().casefold())
            kept.append(other.strip())
    return tuple(kept)
