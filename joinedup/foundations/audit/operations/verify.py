"""Hold every line against the tree, and the tree against every head that was ever signed."""

import datetime
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connections, transaction

from joinedup.foundations.audit.models import TreeCheck, TreeHead
from joinedup.foundations.audit.operations.heads import SignedHead, written
from joinedup.foundations.audit.operations.signing_key import is_signed, trusted
from joinedup.foundations.audit.rules.coded import salted
from joinedup.foundations.audit.rules.leaf import FIELDS, hash_of
from joinedup.foundations.audit.rules.merkle import Edge

AT_A_TIME = 5_000
_NUMBERED = f"""
SELECT l.number, l.entry_id, n.hash, k.salt, k.words AS apart, e.id IS NOT NULL AS held,
       {", ".join(f"e.{name}" for name in FIELDS)}
FROM audit_leaf l
LEFT JOIN audit_entry e ON e.id = l.entry_id
LEFT JOIN audit_treenode n ON n.level = 0 AND n.place = l.number
LEFT JOIN audit_keptapart k ON k.entry_id = l.entry_id
ORDER BY l.number
"""


class Broken(Exception):
    """The audit is not as it was; the message names the first thing that is wrong."""


@dataclass(frozen=True)
class Verdict:
    """What a check found."""

    intact: bool
    size: int
    root: str
    heads: int
    erased: int
    waiting: int
    sentence: str


def verify(*, data: Path, second_place: Path, at: datetime.datetime, using: str) -> Verdict:
    """Check the whole audit as the role that sees all of it, and keep what was found.

    Raises Trouble where the file of heads cannot be read.
    """
    check = _Check(_heads(second_place), using)
    try:
        with _one_moment(using):
            check.run(trusted(data), _heads(second_place))
        sentence, intact = check.told(), True
    except Broken as broken:
        sentence, intact = str(broken), False
    edge = check.edge
    found = Verdict(
        intact, edge.size, edge.root.hex(), len(check.heads), check.erased, check.waiting, sentence
    )
    TreeCheck.objects.using(using).create(
        at=at, intact=intact, size=found.size, root=found.root, sentence=sentence
    )
    return found


@contextmanager
def _one_moment(using: str) -> Iterator[None]:
    """See the database as at one moment, while others go on writing and numbering."""
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT 1")
        yield


def _heads(second_place: Path) -> list[SignedHead]:
    return sorted(written(second_place), key=lambda head: head.size)


class _Check:
    """One pass over all lines in the order of their leaves."""

    def __init__(self, heads: list[SignedHead], using: str) -> None:
        self.heads = heads
        self.using = using
        self.edge = Edge()
        self.erased = 0
        self.waiting = 0
        self._said: dict[int, list[SignedHead]] = {}
        for head in heads:
            self._said.setdefault(head.size, []).append(head)

    def run(self, keys: Mapping[str, Any], heads_now: list[SignedHead]) -> None:
        """Raise Broken at the first thing that is wrong; `heads_now` were read after the moment began."""
        self._signatures(keys)
        self._second_place(heads_now)
        for line in self._lines():
            self._judge(line)
            self._against_heads()
        self._tail()
        self._nodes()
        self._unnumbered()

    def told(self) -> str:
        size = self.edge.size
        apart = f" {self.waiting:,} lines are not numbered yet." if self.waiting else ""
        return (
            f"Intact: {size:,} lines, head {self.edge.root.hex()}; "
            f"{len(self.heads):,} signed heads agree.{apart}"
        )

    def _signatures(self, keys: Mapping[str, Any]) -> None:
        for head in self.heads:
            if head.key not in keys:
                raise Broken(
                    f"The head over {head.size:,} lines is signed with a key that is not ours."
                )
            if not is_signed(keys[head.key], head.signature, head.said):
                raise Broken(
                    f"The head over {head.size:,} lines was tampered with: its signature is false."
                )

    def _second_place(self, heads_now: list[SignedHead]) -> None:
        there = {(head.size, head.root) for head in heads_now}
        ours = TreeHead.objects.using(self.using).order_by("size").values_list("size", "root")
        for size, root in ours:
            if (size, root) not in there:
                raise Broken(
                    f"The head over {size:,} lines is missing from the second place, or is another there."
                )

    def _lines(self) -> Iterator[dict[str, Any]]:
        with connections[self.using].chunked_cursor() as cursor:
            cursor.execute(_NUMBERED)
            names = None
            while rows := cursor.fetchmany(AT_A_TIME):
                names = names or [column.name for column in cursor.description]
                for row in rows:
                    yield dict(zip(names, row, strict=True))

    def _judge(self, line: dict[str, Any]) -> None:
        number, entry = line["number"], line["entry_id"]
        if number != self.edge.size:
            raise Broken(f"Line {self.edge.size:,} is missing: its place in the tree is empty.")
        if not line["held"]:
            raise Broken(f"Line {number:,} is missing: entry {entry} is gone.")
        for name in ("categories", "detail"):
            line[name] = json.loads(line[name])
        own = hash_of(line)
        if line["hash"] is None or bytes(line["hash"]) != own:
            raise Broken(self._what_is_wrong(number, entry, own))
        if line["words"]:
            self._words(line)
        self.edge.add(own)

    def _words(self, line: dict[str, Any]) -> None:
        if line["apart"] is None:
            self.erased += 1
        elif salted(bytes(line["salt"]), line["apart"]) != line["words"]:
            raise Broken(
                f"Line {line['number']:,} was altered: the words of entry {line['entry_id']} are others."
            )

    def _what_is_wrong(self, number: int, entry: Any, own: bytes) -> str:
        found = self._ask(
            """SELECT (SELECT min(place) FROM audit_treenode WHERE level = 0 AND hash = %s),
                      (SELECT count(*) FROM audit_leaf),
                      (SELECT count(*) FROM audit_treenode WHERE level = 0)""",
            [own],
        )
        belongs, leaves, nodes = found[0]
        if belongs is not None:
            return f"Line {number:,} is out of order: entry {entry} belongs at {belongs:,}."
        if leaves > nodes:
            return f"Line {number:,} was inserted: entry {entry} was never numbered."
        return f"Line {number:,} was altered: entry {entry} is not what it was."

    def _against_heads(self) -> None:
        for head in self._said.get(self.edge.size, ()):
            if head.root != self.edge.root.hex():
                before = max((h.size for h in self.heads if h.size < head.size), default=0)
                raise Broken(
                    f"A line between {before:,} and {head.size - 1:,} was altered, and the tree with "
                    f"it: the head signed at {head.at} is another."
                )

    def _tail(self) -> None:
        last = self.heads[-1] if self.heads else None
        if last and last.size > self.edge.size:
            raise Broken(
                f"Line {self.edge.size:,} is missing, with all after it: the head signed at {last.at} "
                f"was over {last.size:,} lines, and there are {self.edge.size:,}."
            )

    def _nodes(self) -> None:
        wrong = self._ask(
            """SELECT n.level, n.place FROM audit_treenode n
               LEFT JOIN audit_treenode l ON l.level = n.level - 1 AND l.place = 2 * n.place
               LEFT JOIN audit_treenode r ON r.level = n.level - 1 AND r.place = 2 * n.place + 1
               WHERE n.level > 0
                 AND sha256('\\x01'::bytea || l.hash || r.hash) IS DISTINCT FROM n.hash
               ORDER BY n.level, n.place LIMIT 1""",
        )
        for level, place in wrong:
            raise Broken(
                f"The tree was altered: node {place:,} of level {level} is not over its halves."
            )
        [(nodes,)] = self._ask("SELECT count(*) FROM audit_treenode WHERE level = 0")
        if nodes != self.edge.size:
            raise Broken(f"Line {self.edge.size:,} is missing: the tree has {nodes:,} leaves.")

    def _unnumbered(self) -> None:
        left = self._ask(
            """SELECT e.id, e.written_in < (SELECT since FROM audit_sequencer) FROM audit_entry e
               WHERE NOT EXISTS (SELECT FROM audit_leaf l WHERE l.entry_id = e.id)
               ORDER BY e.written_in"""
        )
        for entry, old in left:
            if old:
                raise Broken(f"Entry {entry} was inserted: nothing numbered it when its like were.")
        self.waiting = len(left)

    def _ask(self, question: str, given: list[Any] | None = None) -> list[tuple[Any, ...]]:
        with connections[self.using].cursor() as cursor:
            cursor.execute(question, given)
            return cursor.fetchall()
