"""The same rows in every way agencies write them read back the same."""

import csv
import io
import tempfile
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.pipeline.contracts.columns import Kind
from joinedup.pipeline.contracts.identity import HOUSING
from joinedup.pipeline.deliveries import check
from joinedup.pipeline.deliveries.judging.cells import judge
from joinedup.pipeline.deliveries.reading import csv_file, encodings
from joinedup.pipeline.deliveries.reading.blocks import Block
from joinedup.pipeline.deliveries.reading.csv_file import CsvFile
from tests.pipeline.delivery_files import AS_AT, FULL, HEADINGS, Desk, kept_back, records

ROWS = [
    ("T1", "Müller", "Zoë", "03/04/1984", "1, Mill Lane"),
    ("T2", "Nowak", 'Jan "J"', "1990-01-31", "a\nb"),
]
SEPARATORS = (",", ";", "\t", "|")
ENDS = ("\n", "\r\n")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "utf-16")

# Letters that Windows-1252 and UTF-8 never mistake for one another, and everything that CSV minds.
cell = st.text(st.sampled_from("ab 1éüñ\"',;|\t\n=-/"), max_size=12)
rows = st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=12)


def written(
    table: list[tuple[str, ...]], *, separator: str, end: str, quoting: int = csv.QUOTE_MINIMAL
) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows(table)
    return out.getvalue()


def texts(
    content: bytes, chunk: int, *, row_by_row: bool = False
) -> tuple[list[int], list[tuple[str, ...]]]:
    """Row numbers and cells as the file is read, before any is judged."""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(encodings, "CHUNK", chunk):
        path = Path(folder, FULL)
        path.write_bytes(content)
        file = CsvFile.open(path, encodings.find_letters(path), HOUSING, changes=False)
        blocks = list(_row_by_row(file) if row_by_row else file.blocks())
    assert not [wrong for block in blocks for wrong in block.misshapen]
    numbers = [int(n) for block in blocks for n in block.numbers]
    cells = [
        tuple(v or "" for v in row.values()) for block in blocks for row in block.table.to_pylist()
    ]
    return numbers, cells


def _row_by_row(file: CsvFile) -> list[Block]:
    """The blocks as if every one of them had trouble in it."""
    with (
        mock.patch.object(csv_file, "_tidy_end", return_value=0),
        mock.patch.object(csv_file, "LONGEST_ROW", 1),
    ):
        return list(file.blocks())


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", SEPARATORS)
@pytest.mark.parametrize("end", ENDS, ids=["lf", "crlf"])
def test_every_dialect_reads_the_same(
    tmp_path: Path, encoding: str, separator: str, end: str
) -> None:
    content = written([HEADINGS, *ROWS], separator=separator, end=end).encode(encoding)

    checked = Desk(tmp_path).check(content)

    assert [(r["family_name"], r["given_name"], r["address"]) for r in records(checked)] == [
        ("Müller", "Zoë", "1, Mill Lane"),
        ("Nowak", 'Jan "J"', "a, b"),
    ]
    assert [str(r["born_on"]) for r in records(checked)] == ["1984-04-03", "1990-01-31"]
    assert checked.is_clean
    told = " ".join(finding.sentence for finding in checked.findings)
    assert ("Windows-1252" in told, "UTF-16" in told) == (
        encoding == "cp1252",
        encoding == "utf-16",
    )


@settings(deadline=None, max_examples=150)
@given(
    table=rows,
    separator=st.sampled_from(SEPARATORS),
    end=st.sampled_from(ENDS),
    encoding=st.sampled_from(ENCODINGS),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    chunk=st.sampled_from([64, 200, 4096]),
)
def test_any_table_reads_back_as_it_was_written(
    table: list[list[str]], separator: str, end: str, encoding: str, quoting: int, chunk: int
) -> None:
    sent = [(f"T{n}", *cells) for n, cells in enumerate(table)]
    heading = ("tenancy_person_ref", "tenant_surname", "property_address")
    content = written([heading, *sent], separator=separator, end=end, quoting=quoting).encode(
        encoding
    )

    expected = list(range(1, len(sent) + 1)), sent
    assert texts(content, chunk) == expected
    assert texts(content, chunk, row_by_row=True) == expected


@settings(deadline=None, max_examples=40)
@given(table=rows)
def test_good_rows_load_and_the_others_are_kept_back(table: list[list[str]]) -> None:
    sent = [(f"T{n}", *cells) for n, cells in enumerate(table)]
    heading = ("tenancy_person_ref", "tenant_surname", "property_address")
    with tempfile.TemporaryDirectory() as folder:
        checked = Desk(Path(folder)).check(written([heading, *sent], separator=",", end="\r\n"))
        loaded = [(r["record_id"], r["family_name"], r["address"]) for r in records(checked)]

    judged = [(row, judge(Kind.NAME, row[1]), judge(Kind.ADDRESS, row[2])) for row in sent]
    assert loaded == [
        (row[0], name.value, address.value)
        for row, name, address in judged
        if not (name.wrong or address.wrong)
    ]
    assert {row for row, _, _ in kept_back(checked)} == {
        n for n, (_, name, address) in enumerate(judged, 1) if name.wrong or address.wrong
    }


@settings(deadline=None, max_examples=120)
@given(
    garbage=st.binary(max_size=400)
    | st.text(st.sampled_from('T1,";\n\r\t\0é'), max_size=200).map(str.encode),
    heading=st.booleans(),
    chunk=st.sampled_from([32, 4096]),
)
def test_garbage_never_crashes(garbage: bytes, heading: bool, chunk: int) -> None:
    start = ",".join(HEADINGS).encode() + b"\n" if heading else b""
    with tempfile.TemporaryDirectory() as folder, mock.patch.object(encodings, "CHUNK", chunk):
        path = Path(folder, FULL)
        path.write_bytes(start + garbage)
        checked = check(path, as_at=AS_AT, scratch=Path(folder, "scratch"))

    if not checked.refused:
        assert (
            checked.rows_sent
            == checked.rows_loaded + checked.rows_kept_back + checked.rows_repeated
        )


def test_quoted_new_lines_and_empty_rows_keep_row_numbers_right(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(
        ",".join(HEADINGS)
        + '\nT1,Okafor,Ada,,"1 Mill Lane\nOverby\nTownshire"\n\nT3,Nowak,Jan,31/02/1990,\nT4,Kaur,Asha,,\n'
    )

    assert records(checked)[0]["address"] == "1 Mill Lane, Overby, Townshire"
    assert [row for row, _, _ in kept_back(checked)] == [3]
    assert (checked.rows_sent, checked.rows_loaded) == (3, 2)
    assert [f.sentence for f in checked.findings][-1] == "1 empty row was passed over."


@pytest.mark.parametrize(
    "written_as",
    ["03/04/1984", "3/4/1984", "1984-04-03", "03-Apr-1984", "03.04.1984", "1984-04-03 00:00:00"],
)
def test_dates_in_every_usual_form(tmp_path: Path, written_as: str) -> None:
    checked = Desk(tmp_path).check_rows(("T1", "Okafor", "Ada", written_as, ""))

    assert str(records(checked)[0]["born_on"]) == "1984-04-03"


def test_a_spreadsheet_says_its_separator_in_a_first_line(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(
        "sep=;\r\n" + ";".join(HEADINGS) + "\r\nT1;Okafor;Ada;;1, Mill Lane\r\n"
    )

    assert records(checked)[0]["address"] == "1, Mill Lane"


def test_lines_that_end_as_on_an_old_macintosh(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(",".join(HEADINGS) + "\rT1,Okafor,Ada,,\rT2,Nowak,Jan,,")

    assert [r["record_id"] for r in records(checked)] == ["T1", "T2"]


def test_a_separator_at_the_end_of_every_row_is_passed_over(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(",".join(HEADINGS) + "\nT1,Okafor,Ada,,,\nT2,Nowak,Jan,,,\n")

    assert len(records(checked)) == 2
    assert checked.is_clean


def test_so_do_rows_with_new_lines_in_a_cell(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(",".join(HEADINGS) + '\nT1,Okafor,Ada,,"1 Mill Lane\nOverby",\n')

    assert records(checked)[0]["address"] == "1 Mill Lane, Overby"


def test_letters_lost_before_they_came_do_not_change_the_encoding(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(
        ",".join(HEADINGS) + "\nT1,M\ufffdller,Ada,,\nT2,M\ufffdller,Jan,,\n"
    )

    assert [r["family_name"] for r in records(checked)] == ["M\ufffdller"] * 2


def test_half_a_letter_in_utf_16_is_a_lost_letter(tmp_path: Path) -> None:
    content = (",".join(HEADINGS) + "\nT1,Okafor,Ada,,\nT2,Nowak,Jan,,\n").encode("utf-16")

    checked = Desk(tmp_path).check(content.replace(b"a\x00f\x00", b"\x00\xd8f\x00") + b"x")

    assert [r["family_name"] for r in records(checked)] == ["Ok\ufffdfor", "Nowak"]


def test_bytes_that_windows_1252_does_not_know_cost_their_row_only(tmp_path: Path) -> None:
    content = (",".join(HEADINGS) + "\nT1,Müller,Ada,,\nT2,Xowak,Jan,,\n").encode("cp1252")

    checked = Desk(tmp_path).check(content.replace(b"Xow", b"\x81ow"))

    assert [r["family_name"] for r in records(checked)] == ["Müller"]
    assert [row for row, _, _ in kept_back(checked)] == [2]


def test_text_kept_as_a_formula_by_a_spreadsheet_is_text(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check(",".join(HEADINGS) + '\n="00123",Okafor,Ada,,\n')

    assert records(checked)[0]["record_id"] == "00123"


def test_columns_outside_the_contract_are_not_read(tmp_path: Path) -> None:
    checked = Desk(tmp_path).check_rows(
        (*GOOD_ROW, "diabetes"),
        ("T2", "=1", "", "", "", "asthma"),
        headings=(*HEADINGS, "diagnosis"),
    )

    assert "diabetes" not in str(records(checked))
    assert "asthma" not in str(checked.quarantine.to_pylist())
    assert any("diagnosis" in finding.sentence for finding in checked.findings)


GOOD_ROW = ("T1", "Okafor", "Ada", "", "")
