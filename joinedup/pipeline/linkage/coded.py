"""Columns as codes of their distinct values, so that what is said of a value is said once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
Values = NDArray[np.float64]
"""Of any kind of number."""

_MARK = "\x1f"
_TEXTS = pa.list_(pa.string())
"""As they are joined; a cluster hands lists on of which it says that nothing in them is null."""


@dataclass(frozen=True)
class Coded:
    """A column: for each row the place of its value; `values` ends with the null."""

    codes: NDArray[np.int32]
    values: pa.Array

    @property
    def null(self) -> int:
        """The code of no value."""
        return len(self.values) - 1

    def at(self, rows: Places) -> pa.Array:
        """The values of some rows."""
        return self.values.take(pa.array(self.codes.take(rows)))


@dataclass(frozen=True)
class Numbers:
    """Numbers, dates as days, or answers to a question; `known` where some are null."""

    values: Values
    known: Flags | None = None

    def at(self, rows: Places) -> "Numbers":
        """Those of some rows."""
        known = None if self.known is None else self.known.take(rows)
        return Numbers(self.values.take(rows), known)


def coded(column: pa.ChunkedArray | pa.Array) -> Coded:
    """Lay a column out as codes of its distinct values."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    lists = pa.types.is_list(whole.type)
    if lists:
        whole = pc.binary_join(whole.cast(_TEXTS), _MARK)
    encoded = whole.dictionary_encode()
    values = encoded.dictionary
    codes = pc.fill_null(encoded.indices, len(values)).to_numpy(zero_copy_only=False)
    values = pa.concat_arrays([values, pa.nulls(1, values.type)])
    if lists:
        values = pc.split_pattern(values, _MARK)
    return Coded(codes.astype(np.int32, copy=False), values)


def grouped(key: NDArray[np.int64]) -> tuple[Places, Places]:
    """Of each distinct key where it stands first; and for each row, which of these keys it has.

    By hashes, in the order in which they are met: several times quicker than to sort them.
    """
    encoded = pa.array(key).dictionary_encode()
    which = encoded.indices.to_numpy().astype(np.intp)
    first = np.empty(len(encoded.dictionary), dtype=np.intp)
    first[which[::-1]] = np.arange(len(key) - 1, -1, -1)  # the last one written stays
    return first, which


def reckon(how: Callable[..., Values]) -> Callable[..., Numbers]:
    """The same of numbers of which some may be null: then so is what comes of them."""

    def reckoned(*numbers: Numbers) -> Numbers:
        known = reduce(both_known, (n.known for n in numbers), None)
        return Numbers(how(*(n.values for n in numbers)), known)

    return reckoned


def both_known(one: Flags | None, two: Flags | None) -> Flags | None:
    """Where neither is null."""
    if one is None or two is None:
        return two if one is None else one
    return one & two


def either(*numbers: Numbers) -> Numbers:
    """The first that is known."""
    return reduce(_else, numbers)


def _else(one: Numbers, two: Numbers) -> Numbers:
    if one.known is None:
        return one
    known = None if two.known is None else one.known | two.known
    return Numbers(np.where(one.known, one.values, two.values), known)


def is_text(kind: pa.DataType) -> bool:
    """Whether codes are enough to compare such values."""
    return pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_date(kind)


def numbers_of(said: pa.Array) -> Numbers:
    """Values as numbers, dates as days."""
    known = said.is_valid().to_numpy(zero_copy_only=False) if said.null_count else None
    if pa.types.is_date(said.type):
        said = said.cast(pa.int32())
    filled = pc.fill_null(said, False if pa.types.is_boolean(said.type) else 0)
    return Numbers(filled.to_numpy(zero_copy_only=False), known)


def laid_out(said: pa.Array, codes: NDArray[np.int32]) -> Coded | Numbers:
    """What was said of distinct values, for every row that holds one of them."""
    if pa.types.is_string(said.type) or pa.types.is_large_string(said.type):
        return recoded(said, codes)
    numbers = numbers_of(said)
    known = None if numbers.known is None or numbers.known.all() else numbers.known[codes]
    return Numbers(numbers.values[codes], known)


def recoded(said: pa.ChunkedArray | pa.Array, codes: NDArray[np.integer]) -> Coded:
    """The same in codes, whatever it is that was said."""
    of_values = coded(said)
    return Coded(of_values.codes[codes], of_values.values)
