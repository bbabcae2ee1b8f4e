"""Where good rows go and bad ones wait: a Parquet file that is whole or not there, and the quarantine."""

import errno
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from joinedup.pipeline.contracts.stages import DELIVERED, QUARANTINE
from joinedup.pipeline.deliveries.reading.blocks import KeptBack

ROWS_A_GROUP = 100_000
_NEARLY_UNIQUE = (
    "record_id",
    "nhs_number",
    "address",
    "previous_address",
    "uprn",
    "phone",
    "email",
)
_REPEATING = [name for name in DELIVERED.names if name not in _NEARLY_UNIQUE]
"""Columns worth a dictionary; for the others it costs twice the time and more space."""


class RecordsFile:
    """Records written group by group; nothing of it is seen before it is complete."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread = ThreadPoolExecutor(1, "write-records")
        self._writing: Future[None] | None = None
        self._begin(path.with_suffix(".part"))

    def _begin(self, part: Path) -> None:
        self.rows = 0
        self._part = part
        self._writer = pq.ParquetWriter(
            part, DELIVERED, compression="zstd", compression_level=1, use_dictionary=_REPEATING
        )
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0

    def add(self, records: pa.Table) -> None:
        """Write some records, sooner or later."""
        self._waiting.append(records)
        self._waiting_rows += len(records)
        self.rows += len(records)
        if self._waiting_rows >= ROWS_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        """Hand what waits to the writing thread; at most one group is on its way."""
        self._written()
        if self._waiting:
            table = pa.concat_tables(self._waiting).cast(DELIVERED)
            self._writing = self._thread.submit(self._writer.write_table, table, ROWS_A_GROUP)
            self._waiting, self._waiting_rows = [], 0

    def _written(self) -> None:
        if self._writing is not None:
            writing, self._writing = self._writing, None
            writing.result()

    def complete(self) -> Path:
        """Write what waits; the file can be read, and is still not under its name."""
        self._flush()
        self._written()
        self._writer.close()
        pa.default_memory_pool().release_unused()
        return self._part

    def leave_out(self, places: np.ndarray) -> None:
        """Write a complete file again without the records at those places (0 is the first)."""
        before = self._part
        unwanted = np.sort(places)
        self._begin(before.with_suffix(".again"))
        at = 0
        with pq.ParquetFile(before) as file:
            for batch in file.iter_batches(ROWS_A_GROUP):
                inside = unwanted[
                    np.searchsorted(unwanted, at) : np.searchsorted(unwanted, at + len(batch))
                ]
                keep = np.ones(len(batch), bool)
                keep[inside - at] = False
                self.add(pa.Table.from_batches([batch]).filter(pa.array(keep)))
                at += len(batch)
        self.complete()
        before.unlink()

    def publish(self) -> None:
        """Give the complete file its name."""
        with self._part.open("rb") as file:
            os.fsync(file.fileno())
        self._part.replace(self.path)

    def discard(self) -> None:
        """Leave nothing unfinished behind."""
        try:
            self._thread.shutdown()
            self._writer.close()
        finally:
            for part in (self.path.with_suffix(".part"), self.path.with_suffix(".again")):
                part.unlink(missing_ok=True)


def quarantine_table(kept: list[KeptBack]) -> pa.Table:
    """What was kept back, in the order of the file."""
    ordered = sorted(kept, key=lambda k: (k.row, k.column or "", k.reason))
    return pa.Table.from_pylist(
        [
            {
                "row": k.row,
                "column": k.column,
                "reason": k.reason,
                "raw": k.raw,
                "record_id": k.record_id,
            }
            for k in ordered
        ],
        QUARANTINE,
    )


def numbers_in_file(positions: np.ndarray, not_loaded: np.ndarray) -> np.ndarray:
    """The row numbers of records by their place in the records file (0 first).

    Only the rows left out are remembered: a hundred million row numbers would not fit.
    """
    gaps = not_loaded - np.arange(1, len(not_loaded) + 1)
    return positions + 1 + np.searchsorted(gaps, positions, side="right")


@contextmanager
def told_plainly(path: Path, scratch: Path) -> Iterator[None]:
    """Say in a sentence what an error of the machine means for the delivery."""
    try:
        yield
    except OSError as error:
        if error.errno == errno.ENOSPC or "No space left" in str(error):
            raise OSError(
                errno.ENOSPC,
                f"The disk that holds {scratch} is full. Nothing of the delivery was loaded: "
                "make room and run it again.",
            ) from error
        if isinstance(error, FileNotFoundError) and not path.exists():
            raise FileNotFoundError(errno.ENOENT, f"There is no file {path}.") from error
        raise OSError(
            error.errno,
            f"{path.name} could not be read ({error.strerror or error}). Nothing was loaded.",
        ) from error
