"""`joinedup deliveries`: words and exit codes, and nobody's name on the screen."""

import json
from pathlib import Path

import pytest

from joinedup.config import command
from tests.pipeline.delivery_files import CHANGES, FULL, GOOD, HEADINGS, Desk

WRONG = ("T2", "Hussain", "=Yusuf", "31/02/1961", "2 Mill Lane")


def run(*words: object) -> int:
    return command.main(
        ["deliveries", *map(str, words), *(["--as-at", "2026-11-21"] if "check" in words else [])]
    )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def content(*rows: tuple[str, ...]) -> str:
    return "\n".join(",".join(cells) for cells in (HEADINGS, *rows)) + "\n"


def test_a_clean_file_ends_with_0(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", desk.write(content(GOOD))) == 0
    assert "Nothing to mend." in capsys.readouterr().out


def test_what_is_wrong_is_told_by_row_and_column_and_ends_with_1(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", desk.write(content(GOOD, WRONG))) == 1

    out = capsys.readouterr().out
    assert "row 2, d_o_b is not a date we can use: there is no such day in the calendar" in out
    assert "row 2, tenant_forename begins with =" in out
    assert "Hussain" not in out
    assert "Yusuf" not in out
    assert "1961" not in out


def test_a_refused_file_ends_with_1(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", desk.write("", FULL)) == 1
    assert "The file cannot be used. The file is empty." in capsys.readouterr().out


def test_wrong_usage_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["deliveries", "check"]) == 2
    assert command.main(["deliveries", "check", FULL, "--as-at", "31/02/2026"]) == 2
    assert command.main(["deliveries"]) == 2
    assert "usage" in capsys.readouterr().err


def test_a_file_that_is_not_there_ends_with_3(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", tmp_path / FULL) == 3
    assert "There is no file" in capsys.readouterr().err


def test_a_script_gets_json(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", desk.write(content(GOOD, WRONG)), "--json") == 1

    told = json.loads(capsys.readouterr().out)
    assert (told["rows_sent"], told["rows_loaded"], told["rows_kept_back"]) == (2, 1, 1)
    assert [(k["row"], k["column"]) for k in told["kept_back"]] == [
        (2, "d_o_b"),
        (2, "tenant_forename"),
    ]
    assert "Hussain" not in json.dumps(told)


def test_rows_to_mend_are_written_where_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    out = desk.folder / "mend" / CHANGES
    out.parent.mkdir()

    run("check", desk.write(content(GOOD, WRONG)), "--mend", out)

    assert '"\'=Yusuf"' in out.read_text("utf-8-sig")
    assert f"The rows to mend are in {out}." in capsys.readouterr().out


def test_a_long_list_is_cut_unless_all_is_asked(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.write(content(*[(f"T{n}", "A", "B", "31/02/1990", "") for n in range(60)]))

    run("check", path)
    assert "and 10 more" in capsys.readouterr().out
    run("check", path, "--all")
    assert "row 60, d_o_b" in capsys.readouterr().out


def test_the_contracts_are_written_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("contracts", "--out", tmp_path) == 0

    assert "`housing_tenants`" in (tmp_path / "deliveries.md").read_text("utf-8")
    assert len(list((tmp_path / "examples").glob("*.csv"))) == 6
    assert "deliveries.md" in capsys.readouterr().out
