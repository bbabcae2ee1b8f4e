"""A small borough linked on Spark gives the same people as on this machine."""

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.linkage import link
from tests.pipeline.towns import Town

pytestmark = pytest.mark.spark

NIGHT = date(2026, 11, 20)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory):
    """Spark on this machine, with the interpreter and jar that Splink needs."""
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'joinedup[spark]'")
    if not shutil.which("java"):
        pytest.skip("there is no Java on this machine")
    from pyspark.sql import SparkSession
    from splink.backends.spark import similarity_jar_location

    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    folder = tmp_path_factory.mktemp("spark")
    built = (
        SparkSession.builder.master("local[2]")
        .config("spark.jars", similarity_jar_location())
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.default.parallelism", "2")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.local.dir", str(folder))
        .config("spark.driver.memory", "2g")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .getOrCreate()
    )
    yield built
    built.stop()


def people(folder: Path) -> dict[tuple[str, str], str]:
    rows = pq.read_table(folder / "links.parquet").to_pylist()
    return {(row["agency"], row["record_id"]): row["person"] for row in rows}


def test_spark_finds_the_same_people(session, tmp_path: Path):
    from joinedup.pipeline.linkage.on_spark import Spark

    town: pa.Table = Town(4).whole()
    link(town, out=tmp_path / "here", as_at=NIGHT)
    link(town, out=tmp_path / "spark", as_at=NIGHT, engine=Spark(session))
    assert people(tmp_path / "spark") == people(tmp_path / "here")
    assert len(set(people(tmp_path / "here").values())) < len(town)
