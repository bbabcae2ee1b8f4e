"""Two registers that hold each person once: nobody is twice in a person, and what is left is paired."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log2
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import POSSIBLE
from joinedup.pipeline.linkage.explain import explain, match_weight
from joinedup.pipeline.linkage.model import Model

EACH_ONCE = "each_once"
MOST_LEFT = 1_000
"""With more left over than this on a side, who is left says too little of who belongs together."""

Row = Mapping[str, Any]


@dataclass
class _Persons:
    """Persons joined so far, with how many records of each register they hold."""

    held: dict[str, Counter[str]]
    above: dict[str, str] = field(default_factory=dict)

    def find(self, person: str) -> str:
        while (above := self.above.get(person, person)) != person:
            person = above
        return person

    def join(self, one: str, other: str) -> bool:
        """Make one person of two, unless a register would be in it twice."""
        a, b = sorted((self.find(one), self.find(other)))
        if a == b or (self.held[a] & self.held[b]):
            return False
        self.above[b] = a
        self.held[a] += self.held.pop(b)
        return True


def each_once(standard: pa.Table, folder: Path, *, registers: tuple[str, str], model: Model) -> int:
    """Read again what a run found in `folder`, knowing that each register holds each person once.

    Possible links are taken best first, but none that would bring two records of one register together.
    Then those of whom the other register has nobody are held against each other, all with all: where so
    few are left, two of them are far likelier one person than two records taken at random, and even
    odds are enough. The best pair first; with each pair fewer are left. Rewrites the possible links and
    returns how many pairs of what was left were found. Only for two registers linked once: a night that
    carries changes on cannot know who is left.
    """
    links = pq.read_table(folder / "links.parquet").to_pylist()
    person = {(r["agency"], r["record_id"]): r["person"] for r in links}
    held: dict[str, Counter[str]] = {}
    for (agency, _), of in person.items():
        held.setdefault(of, Counter())[agency] += 1
    persons = _Persons(held)
    possible = pq.read_table(folder / "possible.parquet").to_pylist()
    best_first = sorted(possible, key=lambda r: (-r["weight"], r["person_a"], r["person_b"]))
    kept = [row for row in best_first if persons.join(row["person_a"], row["person_b"])]
    left = _left(standard, person, persons, registers)
    found = _paired(*left, model=model) if max(map(len, left)) <= MOST_LEFT else []
    for one, other, weight in found:
        a, b = sorted((person[_key(one)], person[_key(other)]))
        if persons.join(a, b):
            kept.append({"person_a": a, "person_b": b, "weight": weight, "because": EACH_ONCE})
    pq.write_table(pa.Table.from_pylist(kept, schema=POSSIBLE), folder / "possible.parquet")
    return len(found)


def _key(row: Row) -> tuple[str, str]:
    return row["agency"], row["record_id"]


def _left(
    standard: pa.Table,
    person: Mapping[tuple[str, str], str],
    persons: _Persons,
    registers: tuple[str, str],
) -> tuple[list[Row], list[Row]]:
    """The records of each register whose person the other register does not hold."""
    one, other = registers
    found: dict[str, list[Row]] = {one: [], other: []}
    for row in standard.to_pylist():
        if row["agency"] in found:
            held = persons.held[persons.find(person[_key(row)])]
            if not held[one] or not held[other]:
                found[row["agency"]].append(row)
    return sorted(found[one], key=_key), sorted(found[other], key=_key)


def _paired(ones: list[Row], others: list[Row], *, model: Model) -> list[tuple[Row, Row, float]]:
    """Pairs of what is left, best first, while a pair is as likely as not to be one person."""
    evidence = sorted(
        (-(match_weight(explain(one, other, model)) - model.prior), a, b)
        for a, one in enumerate(ones)
        for b, other in enumerate(others)
    )
    found: list[tuple[Row, Row, float]] = []
    free = [set(range(len(ones))), set(range(len(others)))]
    for against, a, b in evidence:
        if a in free[0] and b in free[1]:
            weight = -against - log2(max(len(free[0]), len(free[1])))
            if weight < 0:
                break
            found.append((ones[a], others[b], round(weight, 3)))
            free[0].remove(a)
            free[1].remove(b)
    return found
