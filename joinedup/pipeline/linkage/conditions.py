"""Reading a condition over two rows: which columns it asks about, and of which of the two."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

import sqlglot
from sqlglot import exp

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Side:
    """A column of the left or the right of two rows."""

    column: str
    right: bool


ANSWERS: tuple[type, ...] = (
    exp.EQ,
    exp.NEQ,
    exp.LT,
    exp.LTE,
    exp.GT,
    exp.GTE,
    exp.And,
    exp.Or,
    exp.Not,
    exp.Between,
    exp.In,
)


def once[T](how: Callable[[exp.Expression], T]) -> Callable[[exp.Expression], T]:
    """Read a thing of a node once: the trees of conditions live as long as the process."""
    read: dict[int, tuple[exp.Expression, T]] = {}

    def known(node: exp.Expression) -> T:
        if id(node) not in read:
            read[id(node)] = (node, how(node))  # the node too: its id is not given out again
        return read[id(node)][1]

    return known


@cache
def condition(sql: str) -> exp.Expression:
    """A condition over two rows as a tree."""
    return bare(_parsed(sql).transform(_any_of))


@cache
def of_one_row(sql: str) -> exp.Expression:
    """An expression over one row, its columns named as they are, as one over the left of two."""
    return bare(_parsed(sql)).transform(
        lambda n: exp.column(n.name, table="l") if isinstance(n, exp.Column) else n
    )


def _parsed(sql: str) -> exp.Expression:
    node = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(node, exp.Expression)
    return node


def _any_of(node: exp.Expression) -> exp.Expression:
    """IN as the OR that it is."""
    if not isinstance(node, exp.In):
        return node
    return exp.paren(exp.or_(*(exp.EQ(this=node.this, expression=e) for e in node.expressions)))


def bare(node: exp.Expression) -> exp.Expression:
    """Without the brackets around it."""
    while isinstance(node, exp.Paren):
        node = node.this
    return node


def operands(node: exp.Expression) -> list[exp.Expression]:
    """What an expression is made of."""
    return [bare(part) for part in node.iter_expressions() if not isinstance(part, exp.DataType)]


def flat(node: exp.Expression, kind: type[exp.Expression]) -> list[exp.Expression]:
    """All that one AND, or one OR, is made of."""
    whole = bare(node)
    if not isinstance(whole, kind):
        return [whole]
    return [part for side in (whole.this, whole.expression) for part in flat(side, kind)]


def side_of(column: exp.Expression) -> Side:
    """Which column, and whose: given_l and l.given are the left one's."""
    assert isinstance(column, exp.Column)
    if column.table:
        return Side(column.name, column.table == "r")
    return Side(column.name[:-2], column.name.endswith("_r"))


@once
def sides_of(node: exp.Expression) -> frozenset[Side]:
    """All columns that it asks about."""
    return frozenset(side_of(column) for column in node.find_all(exp.Column))


def asked_as(side: Side) -> str:
    """The name under which DuckDB is given a column."""
    return f"{side.column}_{'r' if side.right else 'l'}"


@once
def question(node: exp.Expression) -> str:
    """The SQL that DuckDB is asked, over columns given under their names."""
    named = node.transform(
        lambda n: exp.column(asked_as(side_of(n))) if isinstance(n, exp.Column) else n
    )
    return named.sql("duckdb")


@once
def of_either_side(node: exp.Expression) -> str:
    """What it asks of a value, the same on the left as on the right."""
    return node.sql("duckdb").replace("_r", "_l").replace("r.", "l.")


def is_answer(node: exp.Expression) -> bool:
    """Whether it is plainly true or false."""
    return isinstance(node, exp.Boolean)


def never_null(node: exp.Expression) -> bool:
    """Whether it always has an answer."""
    return isinstance(node, exp.Boolean) or is_answer(node.expressions[-1])


def constant(node: exp.Expression) -> int | float:
    """The number written there; a date as days."""
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.DATE:
        return (date.fromisoformat(node.this.this) - _EPOCH).days
    if isinstance(node, exp.Cast):
        return constant(bare(node.this))
    if isinstance(node, exp.Neg):
        return -constant(bare(node.this))
    assert isinstance(node, exp.Literal), f"{node.sql('duckdb')} is no number"
    return float(node.this) if "." in node.this else int(node.this)
