"""The published contracts: current, and their examples pass the check."""

from pathlib import Path

import pytest

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import CONTRACTS
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.deliveries.examples import example_name
from joinedup.pipeline.deliveries.published import contracts_page, write_contracts
from joinedup.pipeline.standardise.nhs_numbers import is_valid
from tests.pipeline.delivery_files import Desk, records

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_and_the_examples_are_current(tmp_path: Path) -> None:
    for path in write_contracts(tmp_path):
        published = DOCS / path.relative_to(tmp_path)
        assert published.read_bytes() == path.read_bytes(), "run `joinedup deliveries contracts`"


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.code)
def test_the_example_of_a_contract_passes_the_check(contract: Contract, tmp_path: Path) -> None:
    name = example_name(contract)
    checked = Desk(tmp_path).check((DOCS / "examples" / name).read_bytes(), name)

    assert checked.is_clean
    assert checked.findings == ()
    loaded = records(checked)
    assert len(loaded) == checked.rows_sent > 3
    assert all(is_valid(r["nhs_number"]) for r in loaded if r["nhs_number"])
    assert all((r["nhs_number"] or "999").startswith("999") for r in loaded)
    assert any("," in (r["address"] or "") and "\n" not in r["address"] for r in loaded)


@pytest.mark.parametrize("contract", CONTRACTS, ids=lambda c: c.code)
def test_each_column_fills_one_field_of_the_records(contract: Contract) -> None:
    fields = [column.field for column in contract.columns]

    assert len(set(fields)) == len(fields)
    assert set(fields) <= {*RECORDS.names, "change"}
    assert len({column.heading.casefold() for column in contract.columns}) == len(fields)


def test_every_column_of_every_contract_is_on_the_page() -> None:
    page = contracts_page()

    for contract in CONTRACTS:
        assert f"`{contract.code}`" in page
        assert all(f"| `{column.heading}` |" in page for column in contract.columns)


def test_headings_are_known_in_any_letter_case_and_with_blanks() -> None:
    (gp, *_) = CONTRACTS

    for heading in ("date_of_birth", " Date of Birth ", "DATE-OF-BIRTH"):
        column = gp.column(heading)
        assert column is not None
        assert column.field == "born_on"
    assert gp.column("birthday") is None
