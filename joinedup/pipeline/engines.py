"""Where a stage's tables live: DuckDB on one machine; a cluster keeps to the same protocol."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

ARROW = ".arrow"
"""The ending of files that are mapped into memory rather than read: columns as they are, not packed."""

ROW_GROUP = 122_880
"""As many rows as DuckDB reads at once: more than one core can read a file."""


class Engine(Protocol):
    """Where relations live while a stage runs. Stages speak DuckDB's SQL; an engine translates."""

    name: str

    def run(self, sql: str) -> None:
        """Run a statement of which no rows are wanted."""

    def make(self, table: str, sql: str) -> None:
        """Make (or replace) a table from a query."""

    def view(self, name: str, sql: str) -> None:
        """Give a name to a query, which is asked anew each time."""

    def fetch(self, sql: str) -> pa.Table:
        """The rows of a query."""

    def columns(self, table: str) -> list[str]:
        """The columns of a table."""

    def put(self, table: str, rows: pa.Table | Path) -> None:
        """Give a name to rows in memory, or to a Parquet or Arrow file."""

    def write(self, sql: str, path: Path) -> None:
        """Write the rows of a query to one Parquet file."""

    def write_later(self, sql: str, path: Path) -> int:
        """The same while other work goes on, to Parquet or Arrow, and how many rows; they are those of now."""

    def later(self, work: Callable[[], None]) -> None:
        """Do some work that needs no engine while other work goes on."""

    def finish(self) -> None:
        """Wait until all that was to be written later is there."""

    def drop(self, *tables: str) -> None:
        """Forget tables that are done with."""

    def fingerprint(self, text: str) -> str:
        """SQL for a whole number that stands for a text, the same on every engine."""

    def key(self, *parts: str) -> str:
        """SQL for a whole number that stands for several values; quick, and this engine's own."""


class Cluster(Engine, Protocol):
    """Many machines: tables are not worked on in arrays beside it."""

    def weigh(self, model: Any, *, identities: str, pairs: str, edges: str) -> None:
        """Make the edges of these pairs of identities, by the linkage model."""


@dataclass
class DuckDB:
    """One machine: relations in memory up to a limit, then on disk."""

    connection: duckdb.DuckDBPyConnection
    name: str = f"duckdb {duckdb.__version__}"
    _views: set[str] = field(default_factory=set)
    _tables: set[str] = field(default_factory=set)
    _writer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    _writing: list[Future[None]] = field(default_factory=list)

    def close(self) -> None:
        """Let go of everything; what is still being written is waited for, whatever became of it."""
        self._writer.shutdown(cancel_futures=True)
        self.connection.close()

    def run(self, sql: str) -> None:
        self.connection.execute(sql)

    def make(self, table: str, sql: str) -> None:
        if table in self._views:
            self.drop(table)
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {sql}")
        self._tables.add(table)

    def view(self, name: str, sql: str) -> None:
        if name in self._tables:
            self.drop(name)
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")
        self._views.add(name)

    def fetch(self, sql: str) -> pa.Table:
        return self.connection.sql(sql).to_arrow_table()

    def columns(self, table: str) -> list[str]:
        return list(self.connection.sql(f"SELECT * FROM {table} LIMIT 0").columns)

    def put(self, table: str, rows: pa.Table | Path) -> None:
        if isinstance(rows, Path) and rows.suffix == ARROW:
            rows = read_arrow(rows)
        if isinstance(rows, Path):
            quoted = str(rows).replace("'", "''")
            self.view(table, f"SELECT * FROM read_parquet('{quoted}')")
            return
        if table in self._tables:
            self.drop(table)
        self.connection.register(table, rows)
        self._views.add(table)

    def write(self, sql: str, path: Path) -> None:
        quoted = str(path).replace("'", "''")
        self.connection.execute(f"COPY ({sql}) TO '{quoted}' (FORMAT parquet, COMPRESSION lz4_raw)")

    def write_later(self, sql: str, path: Path) -> int:
        rows = self.fetch(sql)
        self.later(lambda: write_rows(rows, path))
        return len(rows)

    def later(self, work: Callable[[], None]) -> None:
        self._writing.append(self._writer.submit(work))

    def finish(self) -> None:
        while self._writing:
            self._writing.pop(0).result()

    def drop(self, *tables: str) -> None:
        gone = [f"DROP VIEW {name}" for name in tables if name in self._views]
        gone += [f"DROP TABLE {name}" for name in tables if name in self._tables]
        if gone:
            self.connection.execute("; ".join(gone))
        self._views.difference_update(tables)
        self._tables.difference_update(tables)

    def fingerprint(self, text: str) -> str:
        return f"('0x' || substr(md5({text}), 1, 15))::BIGINT"

    def key(self, *parts: str) -> str:
        return f"hash({', '.join(parts)})"


def write_rows(rows: pa.Table, path: Path) -> None:
    """Write rows as the ending of the path says: to Arrow or to Parquet."""
    if path.suffix == ARROW:
        write_arrow(rows, path)
        return
    pq.write_table(rows, path, compression="lz4", use_dictionary=False, row_group_size=ROW_GROUP)


def write_arrow(rows: pa.Table, path: Path) -> None:
    """Write rows as they lie in memory."""
    with pa.ipc.new_file(path, rows.schema) as file:
        file.write_table(rows, max_chunksize=ROW_GROUP)


def read_arrow(path: Path) -> pa.Table:
    """The rows of an Arrow file where they lie: only what is looked at is read."""
    return pa.ipc.open_file(pa.memory_map(str(path))).read_all()


OVERLAP = "arrays_overlap(a, b) AS list_has_any(a, b)"
"""Whether two lists share a value, under the one name that both engines then know."""


@contextmanager
def on_this_machine(
    *, memory: str = "4GB", threads: int | None = None, scratch: Path | None = None
) -> Iterator[DuckDB]:
    """Open DuckDB for one run; what does not fit in `memory` spills to `scratch` and is removed."""
    with TemporaryDirectory(dir=scratch, prefix="linkage-") as spill:
        settings: dict[str, Any] = {"memory_limit": memory, "temp_directory": spill}
        if threads:
            settings["threads"] = threads
        connection = duckdb.connect(":memory:", config=settings)
        engine = DuckDB(connection)
        try:
            connection.execute("SET preserve_insertion_order = false")
            connection.execute("SET enable_progress_bar = false")
            connection.execute(f"CREATE TEMP MACRO {OVERLAP}")
            yield engine
        finally:
            engine.close()


@cache
def _kept_open() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(":memory:")


def for_a_few_questions() -> duckdb.DuckDBPyConnection:
    """A connection with tables of its own to a database in memory that stays open; close it after.

    To open a database costs as much as a dozen small questions, and a small night would open twenty.
    """
    return _kept_open().cursor()
