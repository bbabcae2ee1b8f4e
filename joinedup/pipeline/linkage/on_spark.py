"""Linkage on a cluster of machines: the same stages on Spark, an extra that need not be installed."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot
from splink import SparkAPI

from joinedup.pipeline.engines import ARROW, read_arrow, write_arrow
from joinedup.pipeline.linkage.by_splink import weigh_by_splink
from joinedup.pipeline.linkage.model import Model


@dataclass
class Spark:
    """A cluster, or this machine made to look like one: the same stages, translated."""

    session: Any
    name: str = field(init=False)
    _api: Any = field(init=False)

    def __post_init__(self) -> None:
        self.name = f"spark {self.session.version}"
        self._api = SparkAPI(spark_session=self.session, break_lineage_method="persist")
        self.session.sql(
            "CREATE OR REPLACE TEMPORARY FUNCTION jarowinkler_similarity(a string, b string)"
            " RETURNS double RETURN jaro_winkler(a, b)"
        )

    def _query(self, sql: str) -> Any:
        (translated,) = sqlglot.transpile(sql, read="duckdb", write="spark")
        return self.session.sql(translated)

    def run(self, sql: str) -> None:
        self._query(sql).collect()

    def make(self, table: str, sql: str) -> None:
        self._query(sql).localCheckpoint(eager=True).createOrReplaceTempView(table)

    def view(self, name: str, sql: str) -> None:
        self._query(sql).createOrReplaceTempView(name)

    def fetch(self, sql: str) -> pa.Table:
        return self._query(sql).toArrow()

    def columns(self, table: str) -> list[str]:
        return list(self.session.table(table).columns)

    def put(self, table: str, rows: pa.Table | Path) -> None:
        if isinstance(rows, Path) and rows.suffix == ARROW:
            rows = read_arrow(rows)
        read, create = self.session.read.parquet, self.session.createDataFrame
        frame = read(str(rows)) if isinstance(rows, Path) else create(rows)
        frame.createOrReplaceTempView(table)

    def write(self, sql: str, path: Path) -> None:
        parts = path.with_suffix(".parts")
        self._query(sql).coalesce(1).write.mode("overwrite").parquet(str(parts))
        next(parts.glob("part-*.parquet")).replace(path)
        shutil.rmtree(parts)

    def write_later(self, sql: str, path: Path) -> int:
        if path.suffix == ARROW:
            rows = self.fetch(sql)
            write_arrow(rows, path)
            return len(rows)
        self.write(sql, path)
        return int(pq.read_metadata(path).num_rows)

    def later(self, work: Callable[[], None]) -> None:
        work()

    def finish(self) -> None:
        pass

    def drop(self, *tables: str) -> None:
        for table in tables:
            self.session.catalog.dropTempView(table)

    def fingerprint(self, text: str) -> str:
        return f"cast(conv(substr(md5({text}), 1, 15), 16, 10) AS bigint)"

    def key(self, *parts: str) -> str:
        return f"xxhash64({', '.join(parts)})"

    def weigh(self, model: Model, *, identities: str, pairs: str, edges: str) -> None:
        weigh_by_splink(self, self._api, model, identities=identities, pairs=pairs, edges=edges)
