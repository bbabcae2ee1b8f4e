"""Numbers that lie in order beside a table: what is looked for is searched, and most of it is never read."""

from dataclasses import dataclass
from mmap import mmap
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.pipeline.engines import read_arrow

Places = NDArray[np.int64]


def write_ordered(rows: pa.Table, path: Path) -> None:
    """Write rows (key: uint64, place, whatever else) in the order of their keys; whole or not at all."""
    ordered = rows.take(pa.array(np.argsort(rows["key"].to_numpy())))
    # In one piece, so that it can be searched where it lies.
    whole = pa.record_batch([column.combine_chunks() for column in ordered.columns], rows.schema)
    aside = path.with_name(f"{path.name}.aside")
    with pa.ipc.new_file(aside, rows.schema) as file:
        file.write_batch(whole)
    aside.replace(path)


@dataclass(frozen=True)
class Ordered:
    """Rows in the order of their keys, mapped into memory."""

    rows: pa.Table

    @classmethod
    def of(cls, path: Path) -> "Ordered":
        """Open a file."""
        return cls(read_arrow(path))

    def find(self, wanted: NDArray[np.uint64]) -> tuple[Places, Places]:
        """The rows that have one of these keys, which are in order too, and for each which of them."""
        keys = self.rows["key"].to_numpy()
        begins = np.searchsorted(keys, wanted)
        ends = np.searchsorted(keys, wanted, side="right")
        return each(begins, ends), np.repeat(np.arange(len(wanted)), ends - begins)


def wipe_ordered(path: Path, places: Places) -> None:
    """Keys of places that have left no longer say what they said, but what the one before them says (P2).

    So they stay in order, and the others are found as before.
    """
    with path.open("r+b") as file, mmap(file.fileno(), 0) as bytes_of_file:
        whole = pa.py_buffer(bytes_of_file)
        # One batch, or none where nobody has such a key.
        for batch in pa.ipc.open_file(whole).read_all().to_batches():
            at = batch["key"].buffers()[1].address - whole.address
            keys = np.frombuffer(bytes_of_file, np.uint64, len(batch), at)
            _wipe_keys(keys, batch["place"].to_numpy(), places)
            del keys, batch
        del whole
        bytes_of_file.flush()


def _wipe_keys(keys: NDArray[np.uint64], of: Places, places: Places) -> None:
    dead = np.zeros(max(int(of.max()), int(places.max())) + 1, dtype=bool)
    dead[places] = True
    left = np.flatnonzero(dead[of])
    before = np.maximum.accumulate(np.where(dead[of], -1, np.arange(len(of))))[left]
    keys[left] = np.where(before < 0, 0, keys[before])


def each(begins: NDArray[np.integer], ends: NDArray[np.integer]) -> Places:
    """Every number from each begin to its end."""
    times = (ends - begins).astype(np.int64)
    nth = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
    return np.repeat(begins.astype(np.int64), times) + nth
