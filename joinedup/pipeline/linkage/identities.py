"""Identities in the order of their numbers, with all that the comparisons read of them, in arrays."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.engines import Engine
from joinedup.pipeline.linkage.collapse import IDENTITY_FIELDS
from joinedup.pipeline.linkage.edges import Whole
from joinedup.pipeline.linkage.lanes import Lanes

BLOCKED_BY = ("house", "street")
"""What only keys read."""

BIRTH_ORDER = "birth_order"
"""What only the tiers read: whether somebody was born of several, or alone."""


@dataclass(frozen=True)
class Identities:
    """Columns that belong together, by place."""

    identity: Whole
    anchor: Whole
    """-1 where it stands on no verified NHS number."""
    records: Whole
    lanes: Lanes

    def __len__(self) -> int:
        return len(self.identity)

    def places(self, identities: pa.ChunkedArray) -> Whole:
        """Where these identities stand."""
        return np.searchsorted(self.identity, identities.to_numpy()).astype(np.int64)


def lay_out(engine: Engine, query: str) -> Identities:
    """Lay out the identities of a query."""
    columns = ", ".join(f"i.{name}" for name in LAID_OUT)
    return laid_out(engine.fetch(f"SELECT {columns} FROM ({query}) i"))


def laid_out(rows: pa.Table) -> Identities:
    """Identities that are in hand, laid out."""
    identity = rows["identity"].to_numpy()
    order = np.argsort(identity)
    return Identities(
        identity[order],
        pc.fill_null(rows["anchor"], -1).to_numpy()[order],
        rows["records"].to_numpy()[order],
        Lanes.of(rows.select(_FIELDS), order),
    )


_FIELDS = (*IDENTITY_FIELDS, *BLOCKED_BY, BIRTH_ORDER)

LAID_OUT = ("identity", "anchor", "records", *_FIELDS)
"""All that is laid out of an identity."""
