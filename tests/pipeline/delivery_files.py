"""Small deliveries written for tests, and what came of them."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from joinedup.pipeline.deliveries import Checked, check

AS_AT = date(2026, 11, 21)
FULL = "housing_tenants__active-caseload__full__2026-11-20.csv"
CHANGES = "housing_tenants__active-caseload__changes__2026-11-20.csv"
GP = "gp_registrations__whole-register__full__2026-11-20.csv"
HEADINGS = ("tenancy_person_ref", "tenant_surname", "tenant_forename", "d_o_b", "property_address")
GOOD = ("T1", "Okafor", "Ada", "03/04/1984", "1 Mill Lane")


@dataclass
class Desk:
    """A folder in which deliveries are written and checked."""

    folder: Path

    def write(self, content: str | bytes, name: str = FULL) -> Path:
        """Write a file as it is."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def check(self, content: str | bytes, name: str = FULL) -> Checked:
        """Write a file and check it."""
        return check(self.write(content, name), as_at=AS_AT, scratch=self.folder / "scratch")

    def check_rows(
        self, *rows: tuple[str, ...], headings: tuple[str, ...] = HEADINGS, name: str = FULL
    ) -> Checked:
        """Write rows of cells that need no quotation marks and check them."""
        lines = [",".join(cells) for cells in (headings, *rows)]
        return self.check("\n".join(lines) + "\n", name)


def records(checked: Checked) -> list[dict[str, Any]]:
    """The rows that load."""
    assert checked.refused is None, checked.refused
    assert checked.records_path is not None
    return list(pq.read_table(checked.records_path).to_pylist())


def kept_back(checked: Checked) -> list[tuple[int, str | None, str]]:
    """Row, column and reason of what was kept back."""
    assert checked.refused is None, checked.refused
    return [(k["row"], k["column"], k["reason"]) for k in checked.quarantine.to_pylist()]


def findings(checked: Checked) -> dict[str | None, int]:
    """How many rows each column has something told about."""
    return {finding.column: finding.count for finding in checked.findings if finding.count}
