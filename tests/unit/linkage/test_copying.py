"""Rows reach PostgreSQL as they are, and a whole county's in little memory."""

import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.db import connection

from joinedup.intelligence.linkage.operations.copying import copy_into, copy_to_temporary

DAY = datetime.date(2026, 11, 20)
COLUMNS = {"record_id": "text", "name": "text", "weight": "double precision", "born_on": "date"}


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["rows", "file"])
def test_what_was_said_arrives_as_it_was_said(form: str, tmp_path: Path) -> None:
    names = ['O\'Brien "Bob"', "two\nlines, and a comma", "\\N", "", None, "Zoë"]
    rows = pa.table(
        {
            "born_on": pa.array([DAY, None, DAY, None, DAY, None], pa.date32()),
            "name": names,
            "record_id": [str(number) for number in range(6)],
            "weight": pa.array([12.345, None, -0.1, 99.0, 1e-7, 0.0], pa.float32()),
        }
    )
    source = rows if form == "rows" else tmp_path / "rows.parquet"
    if isinstance(source, Path):
        pq.write_table(rows, source)
    with connection.cursor() as cursor:
        assert copy_to_temporary(cursor, "said", COLUMNS, source) == 6
        cursor.execute("SELECT name, weight, born_on FROM said ORDER BY record_id")
        said = cursor.fetchall()
    assert [name for name, _, _ in said] == [name or "" for name in names]
    assert [weight for _, weight, _ in said] == [12.345, None, -0.1, 99.0, 1e-7, 0.0]
    assert [born_on for _, _, born_on in said] == [DAY, None, DAY, None, DAY, None]


@pytest.mark.django_db
def test_more_rows_than_fit_in_memory_are_sorted_on_their_way(tmp_path: Path) -> None:
    number, rows = 100_000, tmp_path / "rows.parquet"
    key = np.random.default_rng(1).permutation(number)
    wide = pa.array([f"{'said' * 60}{one}" for one in key])
    pq.write_table(pa.table({"key": key, "said": wide}), rows)
    query = f"SELECT a.key, b.said FROM '{rows}' a JOIN '{rows}' b USING (key) ORDER BY a.key"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE sorted (key bigint, said text) ON COMMIT DROP")
        assert copy_into(cursor, "sorted (key, said)", query, tmp_path, memory="64MB") == number
        cursor.execute("SELECT key FROM sorted WHERE ctid IN ('(0,1)', '(0,2)') ORDER BY ctid")
        assert cursor.fetchall() == [(0,), (1,)]
    assert [path.name for path in tmp_path.iterdir()] == [rows.name]
