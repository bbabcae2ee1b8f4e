"""Deliveries in, records out: what loads and what is kept back."""

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from joinedup.pipeline.deliveries import check

AS_AT = date(2026, 11, 21)
NAME = "fire_home_visits__active-caseload__full__2026-11-20.csv"
HEADING = "visit_person_id,family_name,given_name,sex,date_of_birth,premises_address,premises_postcode\n"


def test_good_rows_load_and_a_bad_one_is_kept_back_with_its_reason(tmp_path: Path) -> None:
    file = tmp_path / NAME
    file.write_text(
        HEADING + 'V1,Okafor,Ada,F,03/04/1984,"1 Mill Lane, Overby",ZZ1 1AA\n'
        'V2,Nowak,Jan,M,31/02/1990,"2 Mill Lane, Overby",ZZ1 1AA\n'
    )

    checked = check(file, as_at=AS_AT, scratch=tmp_path / "scratch")

    assert (checked.rows_sent, checked.rows_loaded, checked.rows_kept_back) == (2, 1, 1)
    assert checked.records_path is not None
    (record,) = pq.read_table(checked.records_path).to_pylist()
    assert record["record_id"] == "V1"
    assert record["agency"] == record["controller"] == "fire"
    assert record["born_on"] == date(1984, 4, 3)
    assert record["change"] is None
    (kept,) = checked.quarantine.to_pylist()
    assert (kept["row"], kept["column"]) == (2, "date_of_birth")
    assert "no such day" in kept["reason"]
