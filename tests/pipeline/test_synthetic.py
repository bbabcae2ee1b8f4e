"""The synthetic borough as a whole: the same each time, shaped like a place, nobody real in it."""

import csv
import filecmp
import json
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from joinedup.config import command, outcomes
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.contracts.stages import TRUE_PEOPLE, TRUTH
from joinedup.pipeline.standardise import nhs_numbers
from joinedup.pipeline.synthetic import FIRST_DAY, Borough, make_borough

PEOPLE = 8_000
NIGHTS = 2
ROYAL_MAIL_AREAS = frozenset(
    """AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN
    DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD
    LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL
    SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE""".split()
)
Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> Borough:
    return make_borough(PEOPLE, 11, tmp_path_factory.mktemp("borough"), nights=NIGHTS)


@pytest.fixture(scope="module")
def first_day(borough: Borough) -> Rows:
    """Each agency's rows of the first day, under the contract's fields."""
    return {contract.agency: _read(borough.out, contract.code) for contract in CONTRACTS}


@pytest.fixture(scope="module")
def people(borough: Borough) -> pa.Table:
    return pq.read_table(borough.out / "truth" / "people.parquet")


def _read(out: Path, code: str, day: date = FIRST_DAY) -> list[dict[str, str]]:
    (path,) = (out / "deliveries" / day.isoformat()).glob(f"{code}__*.csv")
    contract = next(contract for contract in CONTRACTS if contract.code == code)
    encoding, delimiter = ("cp1252", ";") if code.startswith("fire") else ("utf-8-sig", ",")
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        fields = [contract.column(heading).field for heading in next(reader)]
        return [dict(zip(fields, row, strict=True)) for row in reader]


def _files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_seed_makes_the_same_bytes(borough: Borough, tmp_path: Path) -> None:
    again = make_borough(PEOPLE, 11, tmp_path, nights=NIGHTS)
    names = _files(borough.out)
    assert names == _files(tmp_path)
    assert filecmp.cmpfiles(borough.out, tmp_path, names, shallow=False) == (names, [], [])
    assert again.rows == borough.rows


def test_further_nights_leave_the_first_day_as_it_was(borough: Borough, tmp_path: Path) -> None:
    make_borough(PEOPLE, 11, tmp_path)
    for path in (tmp_path / "deliveries" / FIRST_DAY.isoformat()).iterdir():
        beside = borough.out / "deliveries" / FIRST_DAY.isoformat() / path.name
        assert path.read_bytes() == beside.read_bytes()


def test_another_seed_makes_other_people_at_other_rates(borough: Borough, tmp_path: Path) -> None:
    other = make_borough(PEOPLE, 12, tmp_path)
    assert other.rates.agencies != borough.rates.agencies
    ours = _read(borough.out, "gp_registrations")
    theirs = _read(tmp_path, "gp_registrations")
    assert {row["nhs_number"] for row in ours[:200]} != {row["nhs_number"] for row in theirs[:200]}


def test_blocks_share_no_identifier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("joinedup.pipeline.synthetic.borough._PEOPLE_PER_BLOCK", 1_000)
    told: list[tuple[int, int]] = []
    made = make_borough(
        3_000, 5, tmp_path, nights=1, workers=1, progress=lambda stage, *of: told.append(of)
    )
    assert told == [(1, 3), (2, 3), (3, 3)]
    truth = pq.read_table(tmp_path / "truth" / "records.parquet").to_pylist()
    assert len({(row["agency"], row["record_id"]) for row in truth}) == len(truth)
    everybody = pq.read_table(tmp_path / "truth" / "people.parquet")["true_person"].to_pylist()
    assert len(set(everybody)) == len(everybody) >= 3_000
    assert made.people == 3_000


def test_two_workers_make_what_one_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("joinedup.pipeline.synthetic.borough._PEOPLE_PER_BLOCK", 500)
    make_borough(1_000, 5, tmp_path / "one", workers=1)
    make_borough(1_000, 5, tmp_path / "two", workers=2)
    names = _files(tmp_path / "one")
    assert filecmp.cmpfiles(tmp_path / "one", tmp_path / "two", names, shallow=False)[0] == names


def test_every_delivered_record_has_its_truth(borough: Borough) -> None:
    truth = pq.read_table(borough.out / "truth" / "records.parquet")
    assert truth.schema == TRUTH
    known = set(zip(truth["agency"].to_pylist(), truth["record_id"].to_pylist(), strict=True))
    assert len(known) == truth.num_rows
    sent = {
        (contract.agency, row["record_id"])
        for contract in CONTRACTS
        for night in range(NIGHTS + 1)
        for row in _read(borough.out, contract.code, date(2026, 11, 20 + night))
    }
    assert sent == known


def test_records_are_of_the_people_in_the_truth(borough: Borough, people: pa.Table) -> None:
    assert people.schema == TRUE_PEOPLE
    truth = pq.read_table(borough.out / "truth" / "records.parquet")
    of_records = set(truth["true_person"].to_pylist())
    everybody = set(people["true_person"].to_pylist())
    assert of_records <= everybody
    assert len(of_records) > 0.99 * len(everybody)


def test_ages_look_like_an_english_borough(people: pa.Table) -> None:
    born = people["born_on"].to_numpy().astype("datetime64[D]")
    age = (np.datetime64(FIRST_DAY) - born).astype(int) / 365.25
    assert 0.20 < (age < 18).mean() < 0.28
    assert 0.13 < (age >= 65).mean() < 0.21
    assert 0.01 < (age >= 85).mean() < 0.035
    assert age.max() < 106
    assert 0.48 < np.mean(np.array(people["sex"]) == "F") < 0.55


def test_households_have_the_sizes_households_have(people: pa.Table) -> None:
    sizes = np.array(list(Counter(people["household"].to_pylist()).values()))
    assert 2.2 < sizes.mean() < 2.9
    assert 0.2 < (sizes == 1).mean() < 0.35
    assert sizes.max() >= 18, "a care home or the hostel"


def test_the_place_has_four_localities_and_29_practices(borough: Borough) -> None:
    def rows(name: str) -> list[dict[str, str]]:
        with (borough.out / "place" / f"{name}.csv").open(encoding="utf-8") as file:
            return list(csv.DictReader(file))

    assert len(rows("localities")) == 4
    assert len(rows("practices")) == 29
    lsoas = rows("lsoas")
    assert sum(int(row["population"]) for row in lsoas) == pytest.approx(PEOPLE, rel=0.02)
    assert {row["locality"] for row in lsoas} == {row["code"] for row in rows("localities")}
    assert {row["lsoa"] for row in rows("postcodes")} == {row["code"] for row in lsoas}


def test_lsoas_of_a_larger_place_have_about_1700_people(tmp_path: Path) -> None:
    make_borough(20_000, 3, tmp_path)
    with (tmp_path / "place" / "lsoas.csv").open(encoding="utf-8") as file:
        people = [int(row["population"]) for row in csv.DictReader(file)]
    assert 1_500 < np.mean(people) < 1_900
    deciles = pq.read_table(tmp_path / "truth" / "people.parquet")["imd_decile"].to_numpy()
    assert np.nanmean(deciles) < 5, "more people live in the more deprived places"


def test_agencies_hold_about_four_records_a_person(borough: Borough) -> None:
    assert 3.4 < borough.records / PEOPLE < 4.2
    assert borough.rows[0]["gp"] > 0.97 * PEOPLE
    assert min(borough.rows[0].values()) > 0.2 * PEOPLE


def test_records_a_person_can_be_asked_for(tmp_path: Path) -> None:
    fewer = make_borough(PEOPLE, 11, tmp_path, records_per_person=3.33)
    assert fewer.records / PEOPLE == pytest.approx(3.33, abs=0.25)


def test_no_postcode_is_in_an_area_that_exists(first_day: Rows) -> None:
    for rows in first_day.values():
        for row in rows:
            for field in ("postcode", "previous_postcode"):
                area = "".join(c for c in row.get(field, "")[:2] if c.isalpha())
                assert area not in ROYAL_MAIL_AREAS
                assert area in ("", "JU", "JX")


def test_nhs_numbers_are_of_the_test_range_and_check(first_day: Rows, borough: Borough) -> None:
    for agency in ("gp", "adult_care", "children"):
        numbers = [row["nhs_number"].replace(" ", "") for row in first_day[agency]]
        numbers = [number for number in numbers if number]
        assert all(number.startswith("999") for number in numbers)
        wrong = sum(nhs_numbers.standard_nhs_number(number) is None for number in numbers)
        rates = borough.rates.agencies[agency]
        assert wrong <= 8 + 2 * len(numbers) * (rates["nhs_invalid"] + rates["bad_row"])


def test_telephones_and_mail_reach_nobody(first_day: Rows) -> None:
    for rows in first_day.values():
        for row in rows:
            phone = row.get("phone", "").replace(" ", "").replace("+44", "0")
            assert not phone or phone.startswith(("072", "01632"))
            mail = row.get("email", "")
            assert not mail or mail.rsplit("@")[-1] in ("example.com", "example.org", "example.net")


def test_practices_are_given_to_gp_rows_only(first_day: Rows) -> None:
    assert len({row["gp_practice"] for row in first_day["gp"]}) == 29
    assert "gp_practice" not in first_day["police"][0]


def test_each_agency_writes_in_its_own_manner(first_day: Rows) -> None:
    assert all(row["family_name"].isupper() for row in first_day["police"][:50])
    assert all(row["nhs_number"][3:4] in ("", " ") for row in first_day["adult_care"])
    assert any("\n" in row["address"] for row in first_day["adult_care"])
    assert {row["sex"] for row in first_day["housing"]} <= {"1", "2", "9"}
    assert {row["born_on"][2:3] for row in first_day["fire"] if row["born_on"]} == {"/"}
    assert {row["born_on"][4:5] for row in first_day["children"] if row["born_on"]} == {"-"}


def test_a_sealed_identity_is_another_number_and_name_of_somebody_here(
    first_day: Rows, borough: Borough
) -> None:
    """P2: an adopted child under two NHS numbers, the earlier marked as sealed."""
    sealed = [row for row in first_day["gp"] if row["sealed"] == "Y"]
    assert sealed
    truth = pq.read_table(borough.out / "truth" / "records.parquet").to_pylist()
    of = {row["record_id"]: row["true_person"] for row in truth if row["agency"] == "gp"}
    earlier = sealed[0]
    now = [
        row
        for row in first_day["gp"]
        if of[row["record_id"]] == of[earlier["record_id"]] and row["sealed"] == ""
    ]
    assert now
    assert all(row["nhs_number"] != earlier["nhs_number"] for row in now)


def test_a_night_sends_changes_from_all_but_the_small_agency(borough: Borough) -> None:
    gp = _read(borough.out, "gp_registrations", date(2026, 11, 21))
    kinds = Counter(row["change"] for row in gp)
    assert set(kinds) == {"A", "C", "D"}
    assert 0.004 < len(gp) / borough.rows[0]["gp"] < 0.02
    whole = _read(borough.out, "adult_social_care", date(2026, 11, 21))
    assert "change" not in whole[0]
    assert len(whole) == pytest.approx(borough.rows[0]["adult_care"], rel=0.02)


def test_what_is_deleted_or_changed_had_been_sent(borough: Borough) -> None:
    sent = {row["record_id"] for row in _read(borough.out, "police_nominals")}
    for night in range(1, NIGHTS + 1):
        for row in _read(borough.out, "police_nominals", date(2026, 11, 20 + night)):
            assert (row["change"] == "A") == (row["record_id"] not in sent)
            sent.add(row["record_id"])
            if row["change"] == "D":
                sent.remove(row["record_id"])


def test_the_summary_holds_the_rates_of_this_borough(borough: Borough) -> None:
    summary = json.loads((borough.out / "borough.json").read_text())
    assert summary["people"] == PEOPLE
    assert summary["seed"] == 11
    assert summary["rates"] == json.loads(json.dumps(borough.rates.as_plain()))


def test_too_few_people_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 500"):
        make_borough(100, 1, tmp_path)


def test_more_people_than_numbers_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="more NHS numbers"):
        make_borough(1_900_000, 1, tmp_path)


def test_the_command_says_what_it_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told: list[str] = ["synthetic", "--people", "600", "--seed", "2", "--out", str(tmp_path)]
    assert command.main([*told, "--json"]) == outcomes.FINE
    assert json.loads(capsys.readouterr().out)["people"] == 600
    assert command.main([*told, "--nights", "1"]) == outcomes.FINE
    assert "night 1" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--people", "3"], ["--people", "600", "--seed", "-1"]])
def test_the_command_refuses_what_cannot_be_made(wrong: list[str], tmp_path: Path) -> None:
    assert command.main(["synthetic", *wrong, "--out", str(tmp_path)]) == outcomes.WRONG_USAGE
