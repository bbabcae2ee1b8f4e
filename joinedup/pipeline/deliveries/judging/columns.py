"""A whole column judged at once: plain values pass together, the rest one distinct value at a time."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from joinedup.pipeline.contracts.columns import Kind
from joinedup.pipeline.deliveries.judging.cells import (
    LONGEST_CELL,
    LONGEST_IDENTIFIER,
    Judged,
    judge,
)
from joinedup.pipeline.deliveries.judging.plain_forms import (
    Flags,
    plain_dates,
    plain_digits,
    plain_emails,
    plain_nhs_numbers,
    plain_phones,
    plain_postcodes,
    plain_text,
)

_REMEMBERED = 100_000
_TYPES: dict[Kind, pa.DataType] = {Kind.PAST_DATE: pa.date32(), Kind.YES_NO: pa.bool_()}


@dataclass(frozen=True)
class Verdict:
    """A column read: its values, and by row what was set aside or is wrong."""

    values: pa.Array
    aside: dict[str, Flags]
    wrong: dict[str, Flags]


class ColumnReader:
    """Reads one column of a file, block by block, remembering what it has judged before."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind
        self._known: dict[str, Judged] = {}

    @property
    def judged(self) -> Collection[str]:
        """Values that were looked at one by one, as far as they are remembered."""
        return self._known.keys()

    def read(self, column: pa.StringArray) -> Verdict:
        """The values of a block of the column, empty cells as null."""
        plain, values = self._plain(column)
        if plain.all():
            return Verdict(values, {}, {})
        rows = np.flatnonzero(~plain)
        doubtful = column if len(rows) == len(column) else column.take(pa.array(rows))
        encoded = doubtful.dictionary_encode()
        judged = [self._judge(text) for text in encoded.dictionary.to_pylist()]
        which = encoded.indices.to_numpy(zero_copy_only=False)
        found = pa.array([j.value for j in judged], _TYPES.get(self.kind, pa.string()))
        read = found.take(pa.array(which))
        if doubtful is not column:
            read = pc.replace_with_mask(values, pa.array(~plain), read)
        return Verdict(
            read,
            _by_reason([j.aside for j in judged], which, rows, len(column)),
            _by_reason([j.wrong for j in judged], which, rows, len(column)),
        )

    def _plain(self, column: pa.StringArray) -> tuple[Flags, pa.Array]:
        """Rows whose value needs no further look, and the values as far as they are known.

        What passes here is what `judge` would answer for it: a property test holds the two together.
        """
        empty = np.asarray(pc.is_null(column))
        if self.kind is Kind.PAST_DATE:
            plain, days = plain_dates(column)
            return plain, pa.array(days, pa.date32(), mask=empty | ~plain)
        if self.kind is Kind.YES_NO:
            return empty, pa.nulls(len(column), pa.bool_())
        if self.kind is Kind.NHS_NUMBER:
            plain, values = plain_nhs_numbers(column)
            return plain | empty, values
        told = _PLAIN.get(self.kind)
        return (empty if told is None else told(column) | empty), column

    def _judge(self, text: str) -> Judged:
        known = self._known.get(text)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            known = judge(self.kind, text)
            if len(text) <= LONGEST_IDENTIFIER:
                self._known[text] = known
        return known


def _by_reason(
    reasons: list[str | None], which: np.ndarray, rows: np.ndarray, height: int
) -> dict[str, Flags]:
    """For each reason the rows it holds for."""
    found: dict[str, Flags] = {}
    for reason in {r for r in reasons if r}:
        given = np.array([r == reason for r in reasons])
        flags = np.zeros(height, bool)
        flags[rows[given[which]]] = True
        found[reason] = flags
    return found


def _plain_words(longest: int) -> Callable[[pa.StringArray], Flags]:
    """Plain text, but for words so short that they may stand for nothing: null, n/a."""
    return lambda column: (
        plain_text(column, longest)
        & np.asarray(pc.greater(pc.binary_length(column), 4).fill_null(False))
    )


def _plain_uprns(column: pa.StringArray) -> Flags:
    """Up to twelve digits; not with a leading nought, which is dropped elsewhere."""
    return plain_digits(column, 1, 12) & ~np.asarray(pc.starts_with(column, "0").fill_null(False))


_PLAIN: dict[Kind, Callable[[pa.StringArray], Flags]] = {
    Kind.IDENTIFIER: _plain_words(LONGEST_IDENTIFIER),
    Kind.ORGANISATION: _plain_words(LONGEST_IDENTIFIER),
    Kind.ADDRESS: _plain_words(LONGEST_CELL),
    Kind.POSTCODE: plain_postcodes,
    Kind.UPRN: _plain_uprns,
    Kind.PHONE: plain_phones,
    Kind.EMAIL: plain_emails,
}
