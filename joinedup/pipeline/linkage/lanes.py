"""What SQL says of many pairs at once, in arrays: each distinct value is looked at once."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from math import prod

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sqlglot import exp

from joinedup.pipeline.engines import OVERLAP
from joinedup.pipeline.linkage.coded import (
    Coded,
    Flags,
    Numbers,
    Places,
    Values,
    both_known,
    coded,
    either,
    grouped,
    is_text,
    laid_out,
    numbers_of,
    reckon,
)
from joinedup.pipeline.linkage.conditions import (
    ANSWERS,
    Side,
    asked_as,
    bare,
    condition,
    constant,
    flat,
    is_answer,
    never_null,
    of_either_side,
    of_one_row,
    once,
    operands,
    question,
    sides_of,
)

_HALF = 0.5
_FEW = 500
"""Pairs of which each is asked, whether or not another holds the same values."""
_MOST = 1 << 62
"""Where more combinations are possible, they have no whole number each."""

_COMPARED: dict[type[exp.Expression], Callable[[Values, Values], Flags]] = {
    exp.EQ: np.equal, exp.NEQ: np.not_equal, exp.LT: np.less, exp.LTE: np.less_equal,
    exp.GT: np.greater, exp.GTE: np.greater_equal,
}  # fmt: skip
_RECKONED: dict[type[exp.Expression], Callable[..., Numbers]] = {
    exp.Add: reckon(np.add),
    exp.Sub: reckon(np.subtract),
    exp.Mul: reckon(np.multiply),
    exp.Abs: reckon(np.abs),
    exp.Coalesce: either,
    exp.Least: lambda one, two: either(reckon(np.minimum)(one, two), one, two),
    exp.Greatest: lambda one, two: either(reckon(np.maximum)(one, two), one, two),
}
_COMPOSED = (*ANSWERS, *_RECKONED, exp.Cast, exp.Case, exp.If, exp.Boolean, exp.Literal)
"""What is put together here; DuckDB is asked for all else."""


def _slow(node: exp.Expression) -> bool:
    """Whether DuckDB must be asked of pairs."""
    if len(sides_of(node)) < 2:
        return False
    return not isinstance(node, _COMPOSED) or any(_slow(n) for n in operands(node))


@once
def _any_of(node: exp.Expression) -> list[exp.Expression]:
    """What an OR is made of; all of it that is slow is one question, which the cast keeps whole."""
    parts = flat(node, exp.Or)
    slow = [part for part in parts if _slow(part)]
    quick = [part for part in parts if not _slow(part)]
    return [*quick, exp.cast(exp.or_(*slow), "boolean")] if len(slow) > 1 else parts


@cache
def _asking() -> duckdb.DuckDBPyConnection:
    """One for as long as the process lives, since to open it costs more than most questions."""
    db = duckdb.connect(config={"threads": 1})
    db.execute(f"CREATE MACRO {OVERLAP}")
    return db


@dataclass
class Lanes:
    """The columns of a table, and what conditions over two of its rows, l and r, say.

    A condition is DuckDB's SQL over columns named given_l and given_r, or l.given and r.given. What
    depends on one column is asked of its distinct values; codes are compared here; what is left, such
    as how alike two names are, DuckDB is asked of the rows that are still in question.
    """

    columns: dict[str, Coded]
    _db: duckdb.DuckDBPyConnection = field(default_factory=_asking)
    _single: dict[tuple[str, str], Coded | Numbers] = field(default_factory=dict)
    _translated: dict[tuple[int, int], NDArray[np.int32]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values())).codes)

    @classmethod
    def of(cls, table: pa.Table, order: Places | None = None, threads: int = 2) -> "Lanes":
        """The lanes of a table, its rows in that order."""

        def lane(name: str) -> Coded:
            column = coded(table[name])
            return column if order is None else Coded(column.codes[order], column.values)

        with ThreadPoolExecutor(threads) as pool:
            return cls(
                dict(zip(table.column_names, pool.map(lane, table.column_names), strict=True))
            )

    def holds(self, sql: str, left: Places, right: Places) -> Flags:
        """Of each two rows, whether the condition is true."""
        return self._true(condition(sql), left, right)

    def number(self, sql: str, left: Places, right: Places) -> Values:
        """Of each two rows, the number an expression comes to; it is never null."""
        return self._number(condition(sql), left, right).values

    def first_level(
        self, conditions: Sequence[str], left: Places, right: Places
    ) -> NDArray[np.int8]:
        """Of each two rows, which of the conditions is the first to hold; their number where none is."""
        return self.first_level_of([condition(sql) for sql in conditions], left, right)

    def column(self, sql: str) -> Coded | Numbers:
        """What an expression over one row, its columns named as they are, comes to in every row."""
        node = of_one_row(sql)
        if len(sides_of(node)) == 1:
            return self._column(node)
        if ("", sql) not in self._single:
            rows = np.arange(len(self))
            said = self._ask(node, {s: self.columns[s.column].at(rows) for s in sides_of(node)})
            self._single["", sql] = coded(said) if is_text(said.type) else numbers_of(said)
        return self._single["", sql]

    def asks_of_pairs(self, sql: str) -> bool:
        """Whether DuckDB must be asked of pairs, which is slow."""
        return _slow(condition(sql))

    # --- conditions ------------------------------------------------------------------------

    def _true(self, node: exp.Expression, left: Places, right: Places) -> Flags:
        if len(sides_of(node)) == 1:
            answer = self._of_one(node, left, right)
            true = answer.values.astype(bool, copy=False)
            return true if answer.known is None else true & answer.known
        match node:
            case exp.And():
                return self._each_in_turn(self._true, flat(node, exp.And), left, right, until=False)
            case exp.Or():
                return self._each_in_turn(self._true, _any_of(node), left, right, until=True)
            case exp.Not():
                return self._false(bare(node.this), left, right)
            case exp.Boolean():
                return np.full(len(left), bool(node.this))
            case exp.Coalesce() if is_answer(node.expressions[-1]):
                true = self._true(bare(node.this), left, right)
                if node.expressions[-1].this:
                    true |= ~self._false(bare(node.this), left, right)
                return true
        held, known = self._compared(node, left, right)
        return held if known is None else held & known

    def _false(self, node: exp.Expression, left: Places, right: Places) -> Flags:
        if len(sides_of(node)) == 1:
            answer = self._of_one(node, left, right)
            false = ~answer.values.astype(bool, copy=False)
            return false if answer.known is None else false & answer.known
        match node:
            case exp.And():
                return self._each_in_turn(self._false, flat(node, exp.And), left, right, until=True)
            case exp.Or():
                return self._each_in_turn(self._false, _any_of(node), left, right, until=False)
            case exp.Not():
                return self._true(bare(node.this), left, right)
            case exp.Boolean() | exp.Coalesce() if never_null(node):
                return ~self._true(node, left, right)
        held, known = self._compared(node, left, right)
        return ~held if known is None else ~held & known

    def _each_in_turn(
        self,
        ask: Callable[[exp.Expression, Places, Places], Flags],
        nodes: list[exp.Expression],
        left: Places,
        right: Places,
        *,
        until: bool,
    ) -> Flags:
        """Ask of a row until the answer is `until`; what is slow is asked last, of few."""
        answers = np.full(len(left), not until)
        for node in sorted(nodes, key=_slow):
            rows = np.flatnonzero(answers != until)
            if len(rows) > _HALF * len(left):
                said = ask(node, left, right)
                answers = answers | said if until else answers & said
            elif len(rows):
                answers[rows] = ask(node, left.take(rows), right.take(rows))
        return answers

    def _compared(
        self, node: exp.Expression, left: Places, right: Places
    ) -> tuple[Flags, Flags | None]:
        """What a comparison of two values says, and where it says anything."""
        if isinstance(node, exp.EQ | exp.NEQ):
            sides = [bare(node.this), bare(node.expression)]
            if all(len(sides_of(s)) == 1 for s in sides):
                one, two = (self._column(s) for s in sides)
                if isinstance(one, Coded) and isinstance(two, Coded):
                    places = [right if next(iter(sides_of(s))).right else left for s in sides]
                    return self._same(one, two, *places, turned=isinstance(node, exp.NEQ))
        if isinstance(node, exp.Between):
            this, low, high = (
                self._number(bare(n), left, right)
                for n in (node.this, node.args["low"], node.args["high"])
            )
            inside = (this.values >= low.values) & (this.values <= high.values)
            return inside, both_known(this.known, both_known(low.known, high.known))
        if type(node) in _COMPARED:
            one, two = (self._number(bare(n), left, right) for n in (node.this, node.expression))
            return _COMPARED[type(node)](one.values, two.values), both_known(one.known, two.known)
        answer = self._asked(node, left, right)
        return answer.values.astype(bool, copy=False), answer.known

    def _same(
        self, one: Coded, two: Coded, at_one: Places, at_two: Places, *, turned: bool
    ) -> tuple[Flags, Flags]:
        a, b = one.codes.take(at_one), two.codes.take(at_two)
        known = (a != one.null) & (b != two.null)
        if one.values is not two.values:
            b = self._translation(one, two)[b]
        return (a != b) if turned else (a == b), known

    def _translation(self, one: Coded, two: Coded) -> NDArray[np.int32]:
        """For each code of the other column, this column's code of the same value; -1 where it has none."""
        key = (id(one.values), id(two.values))
        if key not in self._translated:
            found = pc.index_in(two.values, value_set=one.values[:-1])
            self._translated[key] = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
        return self._translated[key]

    # --- values ----------------------------------------------------------------------------

    def _number(self, node: exp.Expression, left: Places, right: Places) -> Numbers:
        sides = sides_of(node)
        if not sides:
            return Numbers(np.asarray(constant(node)))
        if len(sides) == 1:
            return self._of_one(node, left, right)
        match node:
            case exp.Cast():
                return self._cast(bare(node.this), left, right)
            case exp.Case():
                return self._case(node, left, right)
        if type(node) not in _RECKONED:
            return self._asked(node, left, right)
        return _RECKONED[type(node)](*(self._number(n, left, right) for n in operands(node)))

    def _cast(self, node: exp.Expression, left: Places, right: Places) -> Numbers:
        if not isinstance(node, ANSWERS):
            return self._number(node, left, right)
        true, false = self._true(node, left, right), self._false(node, left, right)
        return Numbers(true.astype(np.int8), true | false)

    def _case(self, node: exp.Case, left: Places, right: Places) -> Numbers:
        branches = node.args["ifs"]
        found = self.first_level_of([bare(b.this) for b in branches], left, right)
        otherwise = node.args.get("default")
        values = [constant(bare(b.args["true"])) for b in branches]
        values.append(constant(bare(otherwise)) if otherwise is not None else 0)
        known = None if otherwise is not None else found < len(branches)
        return Numbers(np.array(values)[found], known)

    def first_level_of(
        self, nodes: Sequence[exp.Expression], left: Places, right: Places
    ) -> NDArray[np.int8]:
        """Of each two rows, which of the parsed conditions is the first to hold."""
        found = np.full(len(left), len(nodes), dtype=np.int8)
        rows = np.arange(len(left))
        for number, node in enumerate(nodes):
            if not len(rows):
                break
            true = self._true(node, left, right)
            found[rows.take(np.flatnonzero(true))] = number
            rest = np.flatnonzero(~true)
            if len(rest) < len(rows):
                rows, left, right = rows.take(rest), left.take(rest), right.take(rest)
        return found

    def _of_one(self, node: exp.Expression, left: Places, right: Places) -> Numbers:
        (side,) = sides_of(node)
        value = self._column(node)
        rows = right if side.right else left
        return value.at(rows) if isinstance(value, Numbers) else numbers_of(value.at(rows))

    def _column(self, node: exp.Expression) -> Coded | Numbers:
        """An expression over one column, for every row of the table: asked of its distinct values."""
        (side,) = sides_of(node)
        column = self.columns[side.column]
        if isinstance(node, exp.Column) and is_text(column.values.type):
            return column
        key = (side.column, of_either_side(node))
        if key not in self._single:
            said = self._ask(node, {side: column.values})
            self._single[key] = laid_out(said, column.codes)
        return self._single[key]

    def _asked(self, node: exp.Expression, left: Places, right: Places) -> Numbers:
        """What DuckDB says of each two rows: asked once of those that hold the same values."""
        sides = {s: right if s.right else left for s in sides_of(node)}
        which = None
        if len(left) > _FEW and prod(len(self.columns[s.column].values) for s in sides) < _MOST:
            key = np.zeros(len(left), dtype=np.int64)
            for side, rows in sides.items():
                column = self.columns[side.column]
                key = key * len(column.values) + column.codes.take(rows)
            first, which = grouped(key)
            sides = {side: rows.take(first) for side, rows in sides.items()}
        given = {side: self.columns[side.column].at(rows) for side, rows in sides.items()}
        said = numbers_of(self._ask(node, given))
        return said if which is None else said.at(which)

    def _ask(self, node: exp.Expression, given: dict[Side, pa.Array]) -> pa.Array:
        rows = pa.table({asked_as(side): values for side, values in given.items()})
        with self._db.cursor() as cursor:
            cursor.register("asked", rows)
            said = cursor.sql(f"SELECT {question(node)} AS said FROM asked").to_arrow_table()
        whole = said["said"].combine_chunks()
        return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)
