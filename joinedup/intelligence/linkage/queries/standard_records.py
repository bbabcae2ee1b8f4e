"""Records of the database in the standard form the pipeline compares."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from joinedup.identity.people.models import Record
from joinedup.pipeline.contracts.stages import RECORDS
from joinedup.pipeline.linkage import Evidence, explain, load_model
from joinedup.pipeline.standardise.table import standardise


def in_standard_form(records: Iterable[Record]) -> list[dict[str, Any]]:
    """Each record as a row of STANDARD."""
    rows = [
        {
            **{name: getattr(record, name, None) or None for name in RECORDS.names},
            "agency": record.agency_id,
            "sealed": False,
        }
        for record in records
    ]
    found: list[dict[str, Any]] = standardise(pa.Table.from_pylist(rows, RECORDS)).to_pylist()
    return found


def evidence_between(one: Record, other: Record) -> tuple[Evidence, ...]:
    """The waterfall of two records under the model in use."""
    left, right = in_standard_form([one, other])
    return tuple(explain(left, right, load_model()))
