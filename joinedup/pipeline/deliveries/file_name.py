"""A delivery's file name, which says what it is: contract, population, whole or changes, and the day."""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import CONTRACTS

FULL = "full"
CHANGES = "changes"
FORMS = (".csv", ".parquet")
EXAMPLE = "gp_registrations__whole-register__full__2026-11-20.csv"


class NotADeliveryName(ValueError):
    """The name of a file does not say what delivery it is; the message says what is missing."""


@dataclass(frozen=True)
class DeliveryName:
    """What the name of a delivery says."""

    contract: Contract
    population: str
    extent: str
    """full: everybody of the population; changes: only who was added, changed or deleted."""
    as_at: date
    form: str
    """.csv or .parquet."""

    @classmethod
    def parse(cls, path: Path | str) -> "DeliveryName":
        """Read the name of a file; raises NotADeliveryName with a sentence that says how to mend it."""
        file = Path(path).name
        form = Path(file).suffix.lower()
        if form not in FORMS:
            raise NotADeliveryName(
                f"The name of the file must end in .csv or .parquet, as in {EXAMPLE}.{_hint(form)}"
            )
        parts = file[: -len(form)].split("__")
        if len(parts) != 4:
            raise NotADeliveryName(
                "The name of the file must have four parts joined by two underscores: "
                f"contract, population, full or changes, and date, as in {EXAMPLE}."
            )
        contract = _contract(parts[0])
        population, extent = parts[1].lower(), parts[2].lower()
        if population not in contract.populations:
            raise NotADeliveryName(
                f"The second part of the name must be the population, which for {contract.code} "
                f"is {' or '.join(contract.populations)}."
            )
        if extent not in (FULL, CHANGES):
            raise NotADeliveryName("The third part of the name must be full or changes.")
        return cls(contract, population, extent, _day(parts[3]), form)

    @property
    def stem(self) -> str:
        """The name again, in its regular form and without its ending."""
        return f"{self.contract.code}__{self.population}__{self.extent}__{self.as_at.isoformat()}"

    @property
    def is_full(self) -> bool:
        """Whether whoever is not in the file has left the population."""
        return self.extent == FULL


def _contract(code: str) -> Contract:
    for contract in CONTRACTS:
        if contract.code == code.lower():
            return contract
    known = ", ".join(c.code for c in CONTRACTS)
    raise NotADeliveryName(f"The first part of the name must be one of the contracts: {known}.")


def _day(text: str) -> date:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise NotADeliveryName(
        "The last part of the name must be the day the data shows, as in 2026-11-20."
    )


def _hint(form: str) -> str:
    if form in (".xlsx", ".xls", ".ods"):
        return " This is a spreadsheet: save it as “CSV UTF-8”."
    if form in (".zip", ".gz", ".7z"):
        return " This is packed: unpack it first."
    return ""
