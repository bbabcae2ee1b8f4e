"""Quarantined rows as the CSV that an agency mends and sends again."""

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from joinedup.intelligence.linkage.models import Delivery
from joinedup.pipeline.contracts.stages import QUARANTINE
from joinedup.pipeline.deliveries import mended_file


def csv_to_mend(rows: Iterable[Any]) -> bytes:
    """The rows under the agency's own headings, each with what is wrong with it."""
    lines = [
        {"row": r.row, "column": r.column or None, "reason": r.reason, "raw": r.raw or None}
        for r in rows
    ]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "to-mend.csv"
        mended_file(pa.Table.from_pylist(lines, schema=QUARANTINE), out)
        return out.read_bytes()


def file_name(delivery: Delivery) -> str:
    """What the mended rows are called; the agency gives them the new day when it sends them."""
    stem = f"{delivery.contract}__{delivery.population}__changes__{delivery.as_at.isoformat()}"
    return f"{stem}-to-mend.csv"
