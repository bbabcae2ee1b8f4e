"""Every kind of bad file and bad row, and what is said of it."""

import json
from datetime import date
from pathlib import Path

import pytest

from joinedup.pipeline.deliveries import check, checking
from tests.pipeline.delivery_files import (
    CHANGES,
    FULL,
    GOOD,
    GP,
    HEADINGS,
    Desk,
    findings,
    kept_back,
    records,
)

HEADING = ",".join(HEADINGS) + "\n"
NHS = "9993052183"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# The whole file


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        pytest.param(FULL, b"", "is empty", id="an empty file"),
        pytest.param(FULL, b"\n \n", "is empty", id="only empty lines"),
        pytest.param(FULL, b"\xef\xbb\xbf", "is empty", id="only a byte-order mark"),
        pytest.param(FULL, HEADING.encode(), "heading and no row", id="a header only"),
        pytest.param(
            FULL, HEADING.encode() + b",,,,\n\n", "and no row", id="a header and empty rows"
        ),
        pytest.param(
            FULL,
            b"tenant_surname\nOkafor\n",
            "tenancy_person_ref is missing",
            id="a column missing",
        ),
        pytest.param(
            CHANGES,
            f"{HEADING}T1,A,B,,\n".encode(),
            "column change is missing",
            id="changes without change",
        ),
        pytest.param(
            FULL,
            b"tenancy_person_ref,d_o_b,D_O_B\nT1,,\n",
            "d_o_b is there more than once",
            id="a column doubled",
        ),
        pytest.param(
            FULL, b"T1,Okafor,Ada\nT2,Nowak,Jan\n", "none of the headings", id="no heading"
        ),
        pytest.param(
            FULL,
            b'"tenancy_person_ref,d_o_b\nT1,\n',
            "never closed",
            id="a heading that never ends",
        ),
        pytest.param(FULL, bytes(range(256)) * 40, "none of the headings", id="garbage"),
        pytest.param(FULL, b"PK\x03\x04rest", "spreadsheet", id="a spreadsheet named .csv"),
        pytest.param(FULL, b"\x1f\x8b\x08rest", "packed", id="a packed file named .csv"),
        pytest.param(FULL, b"PAR1rest", "Parquet", id="Parquet named .csv"),
        pytest.param(FULL, HEADING.encode("utf-16-le"), "UTF-16", id="UTF-16 without a mark"),
        pytest.param(FULL, HEADING.encode("utf-32"), "UTF-32", id="UTF-32"),
        pytest.param(FULL.replace(".csv", ".parquet"), b"PAR1", "as Parquet", id="damaged Parquet"),
        pytest.param("tenants.csv", b"x", "four parts", id="a name that says nothing"),
        pytest.param(
            FULL.replace("housing", "castle"), b"x", "one of the contracts", id="unknown contract"
        ),
        pytest.param(
            GP.replace("whole-register", "some"), b"x", "whole-register", id="unknown population"
        ),
        pytest.param(
            FULL.replace("full", "all"), b"x", "full or changes", id="neither full nor changes"
        ),
        pytest.param(
            FULL.replace("11-20", "02-30"), b"x", "the day the data shows", id="no such day"
        ),
        pytest.param(
            FULL.replace("11-20", "11-22"), b"x", "after 2026-11-21", id="a day yet to come"
        ),
        pytest.param(
            FULL.replace(".csv", ".xlsx"), b"x", "save it as", id="a spreadsheet by its name"
        ),
        pytest.param(
            FULL.replace("2026-11-20", "20-11-2026"), b"x", "the day the data", id="day first"
        ),
        pytest.param(
            FULL.replace(".csv", ".zip"), b"x", "unpack it", id="a packed file by its name"
        ),
        pytest.param(FULL.replace(".csv", ".txt"), b"x", "must end in .csv", id="another ending"),
    ],
)
def test_the_whole_file_is_refused_with_a_sentence(
    desk: Desk, name: str, content: bytes, said: str
) -> None:
    checked = desk.check(content, name)

    assert checked.refused is not None
    assert said in checked.refused
    assert checked.refused.endswith(".")
    assert checked.records_path is None
    assert not checked.is_clean
    assert not [path for path in (desk.folder / "scratch").glob("*") if path.is_file()]


def test_a_refusal_repeats_nobody_s_data(desk: Desk) -> None:
    checked = desk.check("T1,Okafor,Ada,03/04/1984,1 Mill Lane\n")

    assert checked.refused is not None
    assert "Okafor" not in checked.refused


def test_a_change_only_delivery_without_rows_is_fine(desk: Desk) -> None:
    checked = desk.check(HEADING.replace("d_o_b", "change"), CHANGES)

    assert checked.is_clean
    assert (checked.rows_sent, records(checked)) == (0, [])


def test_a_file_in_which_too_much_is_wrong_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_KEPT_BACK", 20)

    checked = desk.check_rows(*[(f"T{n}", "A", "B", "31/02/1990", "") for n in range(30)])

    assert checked.refused is not None
    assert "More than 20 things are wrong" in checked.refused
    assert "column d_o_b" in checked.refused


def test_a_file_of_empty_rows_without_end_is_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "MOST_BLANK", 20)

    checked = desk.check_rows(GOOD, *[("",) * 5] * 30)

    assert checked.refused is not None
    assert "are empty" in checked.refused


# One row


def test_a_good_row_loads_under_the_names_every_agency_shares(desk: Desk) -> None:
    checked = desk.check_rows(GOOD)

    (record,) = records(checked)
    assert record["agency"] == record["controller"] == "housing"
    assert (record["record_id"], record["family_name"], record["given_name"]) == (
        "T1",
        "Okafor",
        "Ada",
    )
    assert record["born_on"] == date(1984, 4, 3)
    assert record["change"] is None
    assert record["sealed"] is False
    assert checked.is_clean


@pytest.mark.parametrize(
    ("cells", "column", "said"),
    [
        pytest.param(("", "A", "B", "", ""), "tenancy_person_ref", "is empty", id="no identifier"),
        pytest.param(
            ("T" * 101, "A", "B", "", ""), "tenancy_person_ref", "longer than", id="long identifier"
        ),
        pytest.param(("T2", "A\0B", "C", "", ""), "tenant_surname", "NUL", id="a NUL byte"),
        pytest.param(
            ("T2", "A", "B", "", "x" * 1_000_000),
            "property_address",
            "1,000,000",
            id="a row of 1 MB",
        ),
        pytest.param(
            ("T2", "A", "B"), None, "has 3 cells where the heading has 5", id="too few cells"
        ),
        pytest.param(
            ("T2", "A", "B", "", "1 Mill Lane", "Overby"), None, "has 6 cells", id="too many cells"
        ),
        pytest.param(
            ("T2", "A") + ("x",) * 200_000, None, "has 200002 cells", id="a row of commas"
        ),
        pytest.param(
            ("T2", "=1+1", "B", "", ""), "tenant_surname", "begins with =", id="a formula"
        ),
        pytest.param(
            ("T2", "@SUM(A1)", "B", "", ""), "tenant_surname", "begins with @", id="a formula, @"
        ),
        pytest.param(
            ("T2", "+1+1", "B", "", ""), "tenant_surname", "begins with +", id="a formula, +"
        ),
        pytest.param(
            ("T2", "-1+1", "B", "", ""), "tenant_surname", "begins with -", id="a formula, -"
        ),
        pytest.param(
            ("T2", "A", "B", "", "=cmd|'/c x'!A0"), "property_address", "begins with =", id="=cmd"
        ),
        pytest.param(("T2", "A", "B", "31/02/1990", ""), "d_o_b", "no such day", id="31 February"),
        pytest.param(("T2", "A", "B", "12/31/1990", ""), "d_o_b", "no month 31", id="month first"),
        pytest.param(
            ("T2", "A", "B", "03/04/84", ""), "d_o_b", "two digits", id="a year of two digits"
        ),
        pytest.param(
            ("T2", "A", "B", "30774", ""),
            "d_o_b",
            "a spreadsheet keeps",
            id="a spreadsheet's number",
        ),
        pytest.param(("T2", "A", "B", "soon", ""), "d_o_b", "not a date", id="not a date"),
        pytest.param(
            ("T2", "A", "B", "22/11/2026", ""), "d_o_b", "after the day", id="born in the future"
        ),
        pytest.param(("T2", "A", "B", "01/02/1896", ""), "d_o_b", "120 years", id="130 years old"),
        pytest.param(
            ("T2", '"A', "B", "", ""), None, "quotation mark", id="a quotation mark not closed"
        ),
    ],
)
def test_a_bad_row_is_kept_back_and_the_good_ones_load(
    desk: Desk, cells: tuple[str, ...], column: str | None, said: str
) -> None:
    checked = desk.check_rows(GOOD, cells, ("T3", "Nowak", "Jan", "1990-01-31", "2 Mill Lane"))

    assert [r["record_id"] for r in records(checked)] == ["T1", "T3"]
    ((row, where, reason),) = kept_back(checked)
    assert (row, where) == (2, column)
    assert said in reason
    assert (checked.rows_sent, checked.rows_loaded, checked.rows_kept_back) == (3, 2, 1)
    assert not checked.is_clean


def test_what_is_kept_back_is_kept_as_sent(desk: Desk) -> None:
    checked = desk.check_rows(GOOD, ("T2", " Nowak", "Jan", "31/02/1990", "2 Mill Lane"))

    (kept,) = checked.quarantine.to_pylist()
    assert kept["record_id"] == "T2"
    assert json.loads(kept["raw"]) == dict(
        zip(HEADINGS, ("T2", " Nowak", "Jan", "31/02/1990", "2 Mill Lane"), strict=True)
    )


def test_a_row_with_two_faults_tells_both(desk: Desk) -> None:
    checked = desk.check_rows(GOOD, ("T2", "=1", "B", "31/02/1990", ""))

    assert [column for _, column, _ in kept_back(checked)] == ["d_o_b", "tenant_surname"]
    assert checked.rows_kept_back == 1


def test_the_oldest_age_is_counted_from_a_leap_day_too(tmp_path: Path) -> None:
    path = Desk(tmp_path).write(
        f"{HEADING}T1,A,B,29/02/1904,\nT2,A,B,27/02/1904,\n",
        FULL.replace("2026-11-20", "2024-02-29"),
    )

    checked = check(path, as_at=date(2024, 2, 29), scratch=tmp_path / "scratch")

    assert [r["record_id"] for r in records(checked)] == ["T1"]


def test_died_before_born_or_in_the_future_is_kept_back(desk: Desk) -> None:
    headings = ("tenancy_person_ref", "d_o_b", "date_deceased")
    checked = desk.check_rows(
        ("T1", "01/02/1896", "01/03/1980"),
        ("T2", "01/02/1950", "01/01/1950"),
        ("T3", "01/02/1950", "01/01/2027"),
        headings=headings,
    )

    assert [r["record_id"] for r in records(checked)] == ["T1"]
    assert [(row, column) for row, column, _ in kept_back(checked)] == [
        (2, "date_deceased"),
        (3, "date_deceased"),
    ]


def test_letters_that_cannot_be_read_cost_their_row_only(desk: Desk) -> None:
    good = "".join(f"T{n},Müller,Zoë,,\n" for n in range(10))
    checked = desk.check(f"{HEADING}{good}".encode() + b"T98,M\xfcller,Zoe,,\nT99,Nowak,Jan,,\n")

    assert [r["family_name"] for r in records(checked)] == ["Müller"] * 10 + ["Nowak"]
    ((row, _, reason),) = kept_back(checked)
    assert row == 11
    assert "UTF-8" in reason


def test_a_stray_quotation_mark_costs_its_row_only(desk: Desk) -> None:
    checked = desk.check(
        f'{HEADING}T1,Okafor,Ada,,1 Mill Lane\nT2,Nowak,Jan,,"2 Mill Lane\nT3,Kaur,Asha,,"3 Mill Lane"\n'
        f'T4,Shah,Ravi,,"4, Mill Lane"\nT5,Ali,Sana,,5 Mill Lane 6" pipe\n'
    )

    assert [r["record_id"] for r in records(checked)] == ["T1", "T3", "T4", "T5"]
    assert records(checked)[3]["address"] == '5 Mill Lane 6" pipe'
    assert [row for row, _, _ in kept_back(checked)] == [2]


# One value


@pytest.mark.parametrize(
    ("heading", "value"),
    [
        pytest.param("surname", "UNKNOWN", id="UNKNOWN"),
        pytest.param("forename", "Baby", id="Baby"),
        pytest.param("surname", "AAA", id="AAA"),
        pytest.param("nhs_number", "9999999999", id="9999999999"),
        pytest.param(
            "nhs_number", "1234567881", id="an NHS number that passes its check and is junk"
        ),
        pytest.param("nhs_number", "9993052184", id="an NHS number that fails its check"),
        pytest.param("nhs_number", "9.31E+08", id="an NHS number shortened by a spreadsheet"),
        pytest.param("postcode", "NOWHERE", id="an impossible postcode"),
        pytest.param("date_of_birth", "01/01/1900", id="a default birth date"),
        pytest.param("gender", "Q", id="a sex outside the list"),
        pytest.param("nhs_number_status", "77", id="a status outside the list"),
        pytest.param("telephone", "see notes", id="no telephone number"),
        pytest.param("email", "unknown@", id="no e-mail address"),
        pytest.param("uprn", "unknown", id="no UPRN"),
        pytest.param("updated_on", "31/02/2020", id="a day of change not in the calendar"),
        pytest.param("updated_on", "01/12/2026", id="a day of change yet to come"),
    ],
)
def test_a_value_that_stands_for_nothing_is_left_empty_and_the_row_loads(
    desk: Desk, heading: str, value: str
) -> None:
    known = {"practice_code": "Y99001", "patient_id": "1", "known_as": "Al", heading: value}

    checked = desk.check_rows(tuple(known.values()), headings=tuple(known), name=GP)

    (record,) = records(checked)
    assert [v for v in record.values() if v] == ["gp", "1", "Y99001", "Al", "Y99001"]
    assert findings(checked) == {heading: 1}
    assert value not in " ".join(finding.sentence for finding in checked.findings)


@pytest.mark.parametrize("nothing", ["", "NULL", "n/a", "-", "  ", "--", "#N/A", "ZZ99 3VZ"])
def test_what_means_not_known_is_empty_without_a_word(desk: Desk, nothing: str) -> None:
    checked = desk.check_rows(
        ("T1", "Okafor", nothing), headings=(*HEADINGS[:2], "property_postcode")
    )

    assert records(checked)[0]["postcode"] is None
    assert checked.is_clean


@pytest.mark.parametrize(
    ("forename", "held"), [("Nan", "Nan"), ("NAN", "NAN"), ("nan", None), ("NaN", None)]
)
def test_nan_is_a_name_but_as_programs_write_it(
    desk: Desk, forename: str, held: str | None
) -> None:
    checked = desk.check_rows(("T1", "Ward", forename), headings=HEADINGS[:3])

    assert records(checked)[0]["given_name"] == held
    assert checked.is_clean


@pytest.mark.parametrize(
    "name",
    [
        "OKAFOR",
        "العلي",
        "Wolfeschlegelsteinhausenberg" * 7,
        "O'Neill",
        "Smith-Jones",
        "Ng",
        "Nguyễn Thị",
        "Æ",
        "von der Heide",
    ],
)
def test_unusual_names_are_fine(desk: Desk, name: str) -> None:
    checked = desk.check_rows(("T1", name, "Ada", "", ""))

    assert records(checked)[0]["family_name"] == name
    assert checked.is_clean


def test_an_nhs_number_on_400_people_is_told_and_kept(desk: Desk) -> None:
    rows = [("Y99001", str(n), NHS) for n in range(400)]
    checked = desk.check_rows(
        *rows, headings=("practice_code", "patient_id", "nhs_number"), name=GP
    )

    assert {r["nhs_number"] for r in records(checked)} == {NHS}
    (told,) = [f for f in checked.findings if f.column == "nhs_number"]
    assert told.count == 400
    assert "1 NHS number" in told.sentence
    assert NHS not in told.sentence


def test_an_address_with_3000_people_is_told_and_kept(desk: Desk) -> None:
    checked = desk.check_rows(*[(f"T{n}", "A", "B", "", "1 Mill Lane") for n in range(3000)])

    assert len(records(checked)) == 3000
    assert findings(checked)["property_address"] == 3000


def test_a_row_with_an_identifier_alone_loads_and_is_told(desk: Desk) -> None:
    checked = desk.check_rows(("T1", "", "", "", "1 Mill Lane"))

    assert len(records(checked)) == 1
    assert findings(checked)[None] == 1


# The same record twice


def test_rows_that_say_the_same_count_once(desk: Desk) -> None:
    checked = desk.check_rows(
        GOOD, ("T2", "A", "B", "", ""), GOOD, (*GOOD[:3], "1984-04-03", GOOD[4])
    )

    assert [r["record_id"] for r in records(checked)] == ["T1", "T2"]
    assert (checked.rows_sent, checked.rows_loaded, checked.rows_repeated) == (4, 2, 2)


def test_rows_of_one_record_that_differ_are_all_kept_back(desk: Desk) -> None:
    checked = desk.check_rows(
        ("T9", "=1", "", "", ""),
        ("",) * 5,
        GOOD,
        ("T2", "A", "B", "", ""),
        (*GOOD[:4], "2 Mill Lane"),
    )

    assert [r["record_id"] for r in records(checked)] == ["T2"]
    assert [(row, column) for row, column, _ in kept_back(checked)] == [
        (1, "tenant_surname"),
        (3, "tenancy_person_ref"),
        (5, "tenancy_person_ref"),
    ]
    assert {k["record_id"] for k in checked.quarantine.to_pylist()} == {"T9", "T1"}
    assert (checked.rows_sent, checked.rows_loaded, checked.rows_kept_back) == (4, 1, 3)


# Sealed and deleted


def test_a_sealed_row_is_obeyed_whatever_else_is_wrong_with_it(desk: Desk) -> None:
    """P2: a faulty date must not keep an earlier identity in sight for another night."""
    checked = desk.check_rows(
        ("T1", "=1", "31/02/1990", "Y"),
        ("T2", "Okafor", "", "maybe"),
        ("T3", "Nowak", "", ""),
        headings=("tenancy_person_ref", "tenant_surname", "d_o_b", "sealed"),
    )

    assert [(r["record_id"], r["sealed"], r["born_on"]) for r in records(checked)] == [
        ("T1", True, None),
        ("T3", False, None),
    ]
    assert [(row, column) for row, column, _ in kept_back(checked)] == [(2, "sealed")]


def test_where_one_of_several_rows_is_sealed_that_one_holds(desk: Desk) -> None:
    """P2: nor may a second, unsealed row of the record."""
    checked = desk.check_rows(
        ("T1", "Okafor", ""),
        ("T1", "Okafor", "Y"),
        ("T1", "Bello", ""),
        headings=("tenancy_person_ref", "tenant_surname", "sealed"),
    )

    assert [(r["record_id"], r["sealed"]) for r in records(checked)] == [("T1", True)]
    assert kept_back(checked) == []


def test_a_change_only_row_says_what_changed(desk: Desk) -> None:
    checked = desk.check_rows(
        ("T1", "Okafor", "", "added"),
        ("T2", "Nowak", "31/02/1990", "D"),
        ("T3", "Kaur", "", ""),
        ("T4", "Shah", "", "Z"),
        ("T5", "Ali", "31/02/1990", "C"),
        headings=("tenancy_person_ref", "tenant_surname", "d_o_b", "change"),
        name=CHANGES,
    )

    assert [(r["record_id"], r["change"]) for r in records(checked)] == [("T1", "A"), ("T2", "D")]
    assert [(row, column) for row, column, _ in kept_back(checked)] == [
        (3, "change"),
        (4, "change"),
        (5, "d_o_b"),
    ]


def test_a_full_delivery_holds_nobody_who_was_deleted(desk: Desk) -> None:
    checked = desk.check_rows(
        ("T1", "Okafor", "C"), ("T2", "Nowak", "D"), headings=(*HEADINGS[:2], "change")
    )

    assert [(r["record_id"], r["change"]) for r in records(checked)] == [("T1", None)]
    assert [(row, column) for row, column, _ in kept_back(checked)] == [(2, "change")]
