"""What every table holds, as a count and a hash, so that a copy can be held against the first."""

from typing import Any

import psycopg
from psycopg import sql

# One row's text must not hang on the session's own settings.
_SAME_TEXT = (
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL datestyle = 'ISO'",
    "SET LOCAL extra_float_digits = 1",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL intervalstyle = 'postgres'",
)
# Added up and not chained: no order is needed, and a row twice is not a row missing.
_TALLY = (
    "SELECT count(*), coalesce(sum(('x' || left(md5(t::text), 15))::bit(60)::bigint), 0) FROM {} t"
)


def tally(connection: "psycopg.Connection[Any]") -> dict[str, str]:
    """Return `rows:hash` of every table and `value` of every sequence, within the present transaction."""
    for statement in _SAME_TEXT:
        connection.execute(statement)
    found = {}
    for (name,) in connection.execute(_names("r", "p")).fetchall():
        counted = connection.execute(sql.SQL(_TALLY).format(sql.Identifier("public", name)))
        rows, total = counted.fetchone() or (0, 0)
        found[name] = f"{rows}:{total}"
    for (name,) in connection.execute(_names("S")).fetchall():
        asked = sql.SQL("SELECT last_value, is_called FROM {}").format(
            sql.Identifier("public", name)
        )
        value, called = connection.execute(asked).fetchone() or (0, False)
        found[name] = f"{value}:{int(called)}"
    return found


def differences(first: dict[str, str], second: dict[str, str]) -> list[str]:
    """Return the names whose tallies differ, or that only one of them has."""
    return sorted(
        name for name in first.keys() | second.keys() if first.get(name) != second.get(name)
    )


def _names(*kinds: str) -> sql.Composed:
    return sql.SQL(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind IN ({}) AND NOT relispartition ORDER BY relname"
    ).format(sql.SQL(", ").join(sql.Literal(kind) for kind in kinds))
