"""Rows into PostgreSQL by COPY; to temporary tables, for row security forbids it into those that stand."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

BLOCK = 1 << 20
ROWS_AT_A_TIME = 100_000
_NULL = "\\N"
# Text stands in quotes, even where it is empty; what is null is nothing at all, which COPY takes for null.
_PLAIN = csv.WriteOptions(include_header=False, quoting_style="needed")


def copy_to_temporary(
    cursor: Any, table: str, columns: Mapping[str, str], source: Path | pa.Table
) -> int:
    """Fill a new temporary table, gone at the end of the transaction, and return its rows.

    `columns` gives each column its PostgreSQL type; a text column gets the empty string for null.
    """
    declared = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    cursor.execute(f"CREATE TEMPORARY TABLE {table} ({declared}) ON COMMIT DROP")
    texts = [name for name, kind in columns.items() if kind == "text"]
    rows = 0
    into = f"COPY {table} ({', '.join(columns)}) FROM STDIN (FORMAT csv)"
    with cursor.copy(into) as copy:
        for some in _some_at_a_time(source, list(columns)):
            for name in texts:
                at = some.schema.get_field_index(name)
                some = some.set_column(at, name, pc.fill_null(some.column(at), ""))
            sink = pa.BufferOutputStream()
            csv.write_csv(some, sink, _PLAIN)
            copy.write(sink.getvalue().to_pybytes())
            rows += some.num_rows
    cursor.execute(f"ANALYZE {table} ({next(iter(columns))})")
    return rows


def _some_at_a_time(source: Path | pa.Table, columns: list[str]) -> Iterator[pa.RecordBatch]:
    if isinstance(source, pa.Table):
        yield from source.select(columns).to_batches(ROWS_AT_A_TIME)
        return
    with pq.ParquetFile(source) as file:
        for batch in file.iter_batches(ROWS_AT_A_TIME, columns=columns):
            yield batch.select(columns)


def copy_into(cursor: Any, into: str, query: str, scratch: Path, *, memory: str = "512MB") -> int:
    """COPY the rows of a query over Parquet files into a table whose file is new; return how many.

    They are written as settled: otherwise the first who reads a page writes it once
    more. `into` names the table and its columns. What the query sorts or joins beyond `memory` lies in
    `scratch`.
    """
    file = scratch / f"{into.partition(' ')[0]}.csv"
    with duckdb.connect(config={"memory_limit": memory, "temp_directory": str(scratch)}) as db:
        db.execute("SET preserve_insertion_order = false")
        written = db.execute(
            f"COPY ({query}) TO '{file}' (FORMAT csv, HEADER false, NULLSTR '{_NULL}')"
        ).fetchall()
    rows = int(written[0][0])
    if rows:
        statement = f"COPY {into} FROM STDIN (FORMAT csv, FREEZE, NULL '{_NULL}')"
        with cursor.copy(statement) as copy, file.open("rb") as lines:
            while block := lines.read(BLOCK):
                copy.write(block)
    file.unlink(missing_ok=True)
    return rows
