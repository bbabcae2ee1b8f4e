"""Parquet into PostgreSQL by COPY; to temporary tables, for row security forbids it into those that stand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

BLOCK = 1 << 20
_NULL = "\\N"


def copy_to_temporary(
    cursor: Any, table: str, columns: Mapping[str, str], source: Path | pa.Table, scratch: Path
) -> int:
    """Fill a new temporary table, gone at the end of the transaction, and return its rows.

    `columns` gives each column its PostgreSQL type; a text column gets the empty string for null.
    """
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({declared}) ON COMMIT DROP")
    said = ", ".join(
        f"coalesce({name}, '') AS {name}" if kind == "text" else name
        for name, kind in columns.items()
    )
    given = f"read_parquet('{source}')" if isinstance(source, Path) else "given"
    rows = copy_into(
        cursor, f"{table} ({', '.join(columns)})", f"SELECT {said} FROM {given}", scratch,
        given=None if isinstance(source, Path) else source,
    )  # fmt: skip
    cursor.execute(f"ANALYZE {table} ({next(iter(columns))})")
    return rows


def copy_into(
    cursor: Any, into: str, query: str, scratch: Path, *, given: pa.Table | None = None
) -> int:
    """COPY the rows of a query over Parquet files, or over a table `given`, into a table; return how many.

    `into` names the table and its columns.
    """
    file = scratch / f"{into.partition(' ')[0]}.csv"
    with duckdb.connect(config={"memory_limit": "512MB", "temp_directory": str(scratch)}) as db:
        if given is not None:
            db.register("given", given)
        written = db.execute(
            f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER false, NULLSTR '{_NULL}')"
        ).fetchall()
    rows = int(written[0][0])
    if rows:
        statement = f"COPY {into} FROM STDIN (FORMAT csv, NULL '{_NULL}')"
        with cursor.copy(statement) as copy, file.open("rb") as lines:
            while block := lines.read(BLOCK):
                copy.write(block)
    file.unlink(missing_ok=True)
    return rows
