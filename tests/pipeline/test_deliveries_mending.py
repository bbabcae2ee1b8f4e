"""Rows kept back come back as a file that can be mended, opened safely and sent again."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.pipeline.contracts.stages import QUARANTINE
from joinedup.pipeline.deliveries import mended_file
from joinedup.pipeline.deliveries.judging.cells import guarded, unguarded
from joinedup.pipeline.deliveries.reading.blocks import raw_row
from tests.pipeline.delivery_files import CHANGES, GOOD, HEADINGS, Desk, kept_back, records

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "'=1", "''=1", "＝1")


def quarantine(*rows: dict[str, str | None]) -> pa.Table:
    return pa.Table.from_pylist(
        [
            {
                "row": n,
                "column": None,
                "reason": "is wrong",
                "raw": raw_row(cells),
                "record_id": None,
            }
            for n, cells in enumerate(rows, 1)
        ],
        QUARANTINE,
    )


def cells_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_mended_rows_sent_again_as_changes_load(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = desk.check_rows(GOOD, ("T2", "Nowak", "Jan", "31/02/1990", "2 Mill Lane"))
    out = tmp_path / CHANGES

    assert mended_file(first.quarantine, out) == 1

    heading, row = cells_of(out)
    assert heading == [*HEADINGS, "change", "reason"]
    assert row[-1].startswith("d_o_b is not a date we can use")
    again = desk.check(out.read_text("utf-8").replace("31/02/1990", "28/02/1990"), CHANGES)
    assert again.is_clean
    assert [(r["record_id"], r["change"]) for r in records(again)] == [("T2", "C")]


def test_what_a_row_said_of_its_change_stays(tmp_path: Path) -> None:
    headings = ("tenancy_person_ref", "d_o_b", "CHANGE")
    checked = Desk(tmp_path).check_rows(
        ("T1", "31/02/1990", "A"), ("T2", "", "?"), headings=headings, name=CHANGES
    )
    mended_file(checked.quarantine, tmp_path / "out.csv")

    heading, *rows = cells_of(tmp_path / "out.csv")
    assert heading == [*headings, "reason"]
    assert [row[:3] for row in rows] == [["T1", "31/02/1990", "A"], ["T2", "", "?"]]


def test_a_row_whose_cells_are_withheld_is_left_out(tmp_path: Path) -> None:
    withheld = quarantine({"a": "1"}).set_column(3, "raw", pa.array([None], pa.string()))

    assert mended_file(withheld, tmp_path / "out.csv") == 0


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_written_as_a_formula(tmp_path: Path, formula: str) -> None:
    mended_file(quarantine({formula: formula, "d_o_b": formula}), tmp_path / "out.csv")

    for row in cells_of(tmp_path / "out.csv"):
        for cell in row:
            assert cell[:1] not in ("=", "+", "-", "@", "\t", "\r", "＝")
            assert cell.strip()[:1] != "="


def test_a_formula_is_still_kept_back_when_it_comes_again_unmended(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = desk.check_rows(("T2", "=1+1", "Jan", "", "2 Mill Lane"))
    out = tmp_path / CHANGES
    mended_file(first.quarantine, out)

    again = desk.check(out.read_bytes(), CHANGES)

    assert kept_back(again) == kept_back(first)
    assert cells_of(out)[1][1] == "'=1+1"


@given(st.text())
def test_the_guard_comes_off_again(text: str) -> None:
    safe = guarded(text)

    assert unguarded(safe) == text
    assert safe[:1] not in ("=", "+", "-", "@", "\t", "\r", "\n")


def test_rows_with_cells_beyond_the_heading_keep_them(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check_rows((*GOOD, "Overby"), GOOD)
    mended_file(checked.quarantine, tmp_path / "out.csv")

    heading, row = cells_of(tmp_path / "out.csv")
    assert heading == [*HEADINGS, "(cell 6)", "change", "reason"]
    assert row[:6] == [*GOOD, "Overby"]


def test_nothing_half_written_is_left_when_it_fails(tmp_path: Path) -> None:
    broken = quarantine({"a": "1"}).set_column(3, "raw", pa.array(["not json"]))

    with pytest.raises(ValueError, match="Expecting value"):
        mended_file(broken, tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []
