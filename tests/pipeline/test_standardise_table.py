"""Records brought to one form as a table."""

from datetime import date

import pyarrow as pa

from joinedup.pipeline.contracts.stages import RECORDS, STANDARD
from joinedup.pipeline.standardise.addresses import _any_home, home
from joinedup.pipeline.standardise.table import standard_sex, standard_uprn, standardise


def records(*rows: dict[str, object]) -> pa.Table:
    base = {"agency": "gp", "controller": "P1", "sealed": False}
    whole = [base | {"record_id": str(n)} | row for n, row in enumerate(rows)]
    return pa.Table.from_pylist(whole, schema=RECORDS)


def test_a_record_is_brought_to_one_form() -> None:
    [row] = standardise(
        records(
            {
                "given_name": "Mary-Ann", "middle_names": "Louise", "family_name": "O'Brien",
                "previous_family_name": "smith (née Jones)", "known_as": "Molly", "sex": "female",
                "nhs_number": "999 000 0018", "nhs_number_status": "01", "born_on": date(1984, 4, 3),
                "address": "Flat 3, 12 Oak Road, Hillside", "postcode": "ab12cd",
                "previous_postcode": "ZZ99 3VZ", "uprn": "000100", "phone": "+447700900123",
                "email": "M.OBRIEN@EXAMPLE.ORG", "birth_order": " 2 ",
            }
        )
    ).to_pylist()  # fmt: skip
    assert row == {
        "agency": "gp", "record_id": "0", "given": "MARY", "given_root": "MARY MARIE",
        "middle": "ANN LOUISE", "family": "OBRIEN", "other_family": "SMITH", "other_given": "MOLLY",
        "sex": "F", "born_on": date(1984, 4, 3), "died_on": None, "nhs": "9990000018",
        "nhs_verified": True, "postcode": "AB1 2CD", "house": "12/3", "street": "OAK RD",
        "previous_postcode": None, "uprn": "100", "phone": "07700900123",
        "email": "m.obrien@example.org", "birth_order": "2",
    }  # fmt: skip


def test_what_is_not_known_is_null_and_the_root_with_it() -> None:
    [row] = standardise(records({"given_name": "Baby", "nhs_number_status": "01"})).to_pylist()
    assert {name for name, value in row.items() if value} == {"agency", "record_id"}
    assert row["given_root"] is None
    assert row["nhs_verified"] is False


def test_only_status_01_makes_a_number_verified() -> None:
    made = standardise(
        records(
            {"nhs_number": "9990000018", "nhs_number_status": "01"},
            {"nhs_number": "9990000018", "nhs_number_status": "02"},
            {"nhs_number": "9990000018"},
            {"nhs_number": "9999999999", "nhs_number_status": "01"},
        )
    )
    assert made["nhs_verified"].to_pylist() == [True, False, False, False]


def test_rows_keep_their_order_and_an_empty_table_stays_a_table() -> None:
    names = ["Bob", "Ann", None, "Bob"]
    made = standardise(records(*({"given_name": name} for name in names)))
    assert made["given"].to_pylist() == ["BOB", "ANN", None, "BOB"]
    assert standardise(records()).schema == STANDARD
    assert standardise(records()).num_rows == 0


def test_the_quick_way_through_a_usual_address_ends_where_the_long_way_does() -> None:
    streets = ["Oak Road", "St James St", "The Green", "N Parade", "A Road", "Hill", "c/o Jones"]
    tails = ["", ", Hillside", ", NFA", ", No fixed abode, X", " , , Unknown", ", flat B, Y"]
    for number in ("1", "12", "12a", "999Z", "Flat 7, 12", "flat 7 12b"):
        for street in streets:
            for tail in tails:
                address = f"{number} {street}{tail}"
                assert home(address) == _any_home(address), address


def test_sex_and_uprn_have_one_form() -> None:
    assert [standard_sex(s) for s in ("f", "2", "Male", "X", "U", "0", None)] == [
        "F", "F", "M", "X", None, None, None,
    ]  # fmt: skip
    assert [standard_uprn(u) for u in ("000123", "x", "", None, "1" * 13)] == [
        "123", None, None, None, None,
    ]  # fmt: skip
