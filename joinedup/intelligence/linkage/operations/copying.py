"""Parquet to temporary tables of PostgreSQL, by COPY: row security forbids it into the tables themselves."""

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
    file = scratch / f"{table}.csv"
    rows = _write_csv(columns, source, file)
    if rows:
        names = ", ".join(columns)
        statement = f"COPY {table} ({names}) FROM STDIN (FORMAT csv, NULL '{_NULL}')"
        with cursor.copy(statement) as copy, file.open("rb") as lines:
            while block := lines.read(BLOCK):
                copy.write(block)
    file.unlink(missing_ok=True)
    cursor.execute(f"ANALYZE {table} ({next(iter(columns))})")
    return rows


def _write_csv(columns: Mapping[str, str], source: Path | pa.Table, file: Path) -> int:
    said = ", ".join(
        f"coalesce({name}, '') AS {name}" if kind == "text" else name
        for name, kind in columns.items()
    )
    with duckdb.connect(config={"memory_limit": "512MB", "temp_directory": str(file.parent)}) as db:
        if isinstance(source, Path):
            rows = f"read_parquet('{source}')"
        else:
            db.register("given", source)
            rows = "given"
        db.execute(
            f"COPY (SELECT {said} FROM {rows}) TO '{file}' "
            f"(FORMAT csv, HEADER false, NULLSTR '{_NULL}')"
        )
        found = db.execute(f"SELECT count(*) FROM {rows}").fetchall()
    return int(found[0][0])
