"""Reading a condition over two rows: which columns it asks about, and of which of the two."""

from dataclasses import dataclass
from datetime import date

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


def parsed(sql: str) -> exp.Expression:
    """A condition as a tree."""
    node = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(node, exp.Expression)
    return node


def any_of(node: exp.Expression) -> exp.Expression:
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
