"""Deliveries in Parquet: text or typed columns, the same rows as in CSV."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.pipeline.deliveries import Checked, check
from tests.pipeline.delivery_files import AS_AT, FULL, GP, kept_back, records


def checked(table: pa.Table, folder: Path, name: str = GP) -> Checked:
    path = folder / name.replace(".csv", ".parquet")
    pq.write_table(table, path)
    return check(path, as_at=AS_AT, scratch=folder / "scratch")


@pytest.mark.parametrize(
    "born",
    [
        pa.array(["03/04/1984", None]),
        pa.array([date(1984, 4, 3), None]),
        pa.array(["1984-04-03 12:00:00", None]).cast(pa.timestamp("us")),
        pa.array([date(1984, 4, 3), None], pa.date64()),
        pa.array(["1984-04-03", ""]).dictionary_encode(),
        pa.array(["1984-04-03", ""], pa.large_string()),
        pa.array(["1984-04-03", ""], pa.string_view()),
        pa.array([b"1984-04-03", None], pa.binary()),
    ],
    ids=lambda column: str(column.type),
)
def test_typed_columns_read_as_text_does(tmp_path: Path, born: pa.Array) -> None:
    table = pa.table(
        {
            "practice_code": ["Y99001", "Y99001"],
            "patient_id": pa.array([41, 42]),
            "nhs_number": pa.array([9993052183.0, None]),
            "surname": ["Okafor", "Nowak"],
            "uprn": pa.array([990000000141, None]),
            "sealed": pa.array([True, None]),
            "date_of_birth": born,
        }
    )

    result = checked(table, tmp_path)

    first, second = records(result)
    assert result.is_clean
    assert (first["record_id"], first["nhs_number"], first["uprn"]) == (
        "41",
        "9993052183",
        "990000000141",
    )
    assert (first["born_on"], first["sealed"], first["controller"]) == (
        date(1984, 4, 3),
        True,
        "Y99001",
    )
    assert (second["born_on"], second["nhs_number"], second["sealed"]) == (None, None, False)


def test_bad_rows_are_kept_back_by_their_number(tmp_path: Path) -> None:
    table = pa.table(
        {
            "tenancy_person_ref": ["T1", "T2", None, "T1"],
            "d_o_b": ["1990-01-01", "31/02/1990", None, "1991-01-01"],
        }
    )

    result = checked(table, tmp_path, FULL)

    assert records(result) == []
    assert [(row, column) for row, column, _ in kept_back(result)] == [
        (1, "tenancy_person_ref"),
        (2, "d_o_b"),
        (4, "tenancy_person_ref"),
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"tenancy_person_ref": pa.array([], pa.string())}, "no row"),
        ({"tenant_surname": ["A"]}, "is missing"),
        ({"tenancy_person_ref": [["T1"]]}, "lists or structures"),
        ({"other": ["A"]}, "none of the headings"),
    ],
)
def test_a_parquet_file_that_cannot_be_used_is_refused(
    tmp_path: Path, table: dict[str, pa.Array], said: str
) -> None:
    result = checked(pa.table(table), tmp_path, FULL)

    assert result.refused is not None
    assert said in result.refused


def test_a_parquet_file_cut_short_or_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / FULL.replace(".csv", ".parquet")
    pq.write_table(pa.table({"tenancy_person_ref": [f"T{n}" for n in range(5000)]}), path)
    whole = path.read_bytes()
    for damaged in (whole[: len(whole) // 2], whole[:200] + b"\xff" * 400 + whole[600:]):
        path.write_bytes(damaged)
        result = check(path, as_at=AS_AT, scratch=tmp_path / "scratch")
        assert result.refused is not None
        assert "cannot be read as Parquet" in result.refused
        assert not list((tmp_path / "scratch").iterdir())
