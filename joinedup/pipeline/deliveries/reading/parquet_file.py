"""A Parquet file read in blocks, its typed columns written as the text a CSV would have held."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.deliveries.reading.blocks import Block, Heading, Refused
from joinedup.pipeline.deliveries.reading.headings import heading_of, refuse_unfit

ROWS = 50_000
NOT_PARQUET = (
    "The file cannot be read as Parquet: it is damaged or cut short. Write it and send it again."
)


@dataclass(frozen=True)
class ParquetFile:
    """A Parquet file whose heading is known."""

    path: Path
    heading: Heading

    @classmethod
    def open(cls, path: Path, contract: Contract, *, changes: bool) -> "ParquetFile":
        """Read the heading; raises Refused."""
        with _told_plainly(), pq.ParquetFile(path) as file:
            schema = file.schema_arrow
        heading = heading_of(schema.names, contract)
        refuse_unfit(heading, contract, changes=changes)
        for name in heading.columns:
            if pa.types.is_nested(schema.field(name).type):
                raise Refused(
                    f"The column {name} holds lists or structures. Send one value a cell."
                )
        return cls(path, heading)

    def blocks(self) -> Iterator[Block]:
        """The rows, some ten thousand at a time."""
        number = 1
        with _told_plainly(), pq.ParquetFile(self.path) as file:
            for batch in file.iter_batches(ROWS, columns=list(self.heading.columns)):
                table = pa.table(
                    {name: as_text(batch.column(name)) for name in self.heading.columns}
                )
                yield Block(np.arange(number, number + len(table)), table)
                number += len(table)


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Refuse what Arrow cannot make sense of; an error of the disk has a number and goes on its way."""
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise Refused(NOT_PARQUET) from error
    except OSError as error:
        if error.errno is not None:
            raise
        raise Refused(NOT_PARQUET) from error


def as_text(column: pa.Array) -> pa.StringArray:
    """A typed column as text: days in ISO form, whole numbers without a point, empty text as null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_text(column.dictionary_decode())
    if pa.types.is_timestamp(kind):
        column = pc.strftime(column, format="%Y-%m-%d")
    elif pa.types.is_floating(kind):
        column = pa.array([_number(v) for v in column.to_pylist()], pa.string())
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        column = pa.array(
            [v and v.decode("utf-8", "replace") for v in column.to_pylist()], pa.string()
        )
    text = column.cast(pa.string())
    return pc.if_else(pc.equal(text, ""), None, text)


def _number(value: float | None) -> str | None:
    if value is None or value != value:
        return None
    return str(int(value)) if value.is_integer() else str(value)
