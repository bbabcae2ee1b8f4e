"""Which values of a column are in plain form already, told for a whole column at once."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

Flags = np.ndarray
"""One truth value for each row."""

_BYTES = np.arange(256)
_DIGIT = (_BYTES >= 48) & (_BYTES <= 57)
_LETTER = ((_BYTES >= 65) & (_BYTES <= 90)) | ((_BYTES >= 97) & (_BYTES <= 122))
_CAPITAL = (_BYTES >= 65) & (_BYTES <= 90)
_CONTROL = (_BYTES < 32) | (_BYTES == 127)
_OUTSIDE_ASCII = _BYTES >= 128


@dataclass(frozen=True)
class Text:
    """The bytes of a column of text, and where each value begins and ends."""

    data: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, column: pa.StringArray) -> "Text":
        """The bytes behind an Arrow column, without a copy."""
        _, offset_buffer, data_buffer = column.buffers()
        offsets = np.frombuffer(offset_buffer, np.int32, len(column) + 1, column.offset * 4)
        data = np.frombuffer(data_buffer, np.uint8) if data_buffer else np.zeros(0, np.uint8)
        starts = offsets[:-1].astype(np.int64)
        return cls(data, starts, np.diff(offsets))

    def byte(self, position: int | np.ndarray) -> np.ndarray:
        """The byte at that position of each value; of an empty value, some byte beside it."""
        where = self.starts + position
        if not len(self.data):
            return np.zeros(len(where), np.uint8)
        return np.asarray(self.data[np.clip(where, 0, len(self.data) - 1)])

    def how_many(self, wanted: np.ndarray) -> np.ndarray:
        """How many bytes of each value are among those wanted (a table of 256)."""
        found = wanted[self.data]
        if not found.any():
            return np.zeros(len(self.starts), np.int64)
        seen = np.concatenate(([0], np.cumsum(found, dtype=np.int64)))
        return np.asarray(seen[self.starts + self.lengths] - seen[self.starts])

    def has(self, wanted: np.ndarray) -> Flags:
        """Rows in which any byte is one of those wanted."""
        return self.how_many(wanted) > 0


def plain_text(column: pa.StringArray, longest: int) -> Flags:
    """Begins with a letter or digit, ends in a visible ASCII character, no control character inside."""
    text = Text.of(column)
    last = text.byte(text.lengths - 1)
    good = (_LETTER | _DIGIT)[text.byte(0)] & ~(_CONTROL | _OUTSIDE_ASCII | (_BYTES == 32))[last]
    good &= ~text.has(_CONTROL | (_BYTES == 0xE2) | (_BYTES == 0xC2) | (_BYTES == 0xEF))
    return _or_empty(good & (text.lengths <= longest), text)


def plain_digits(column: pa.StringArray, fewest: int, most: int) -> Flags:
    """Digits only, no fewer and no more than told."""
    text = Text.of(column)
    good = ~text.has(~_DIGIT) & (text.lengths >= fewest) & (text.lengths <= most)
    return _or_empty(good, text)


def plain_nhs_numbers(column: pa.StringArray) -> tuple[Flags, pa.StringArray]:
    """Ten digits that pass the check and do not look typed to fill the box; and all values without spaces.

    As they are kept, or as they are written: 943 476 5919.
    """
    text = Text.of(column)
    spaces = text.how_many(_BYTES == 32)
    written = (text.lengths == 12) & (spaces == 2) & (text.byte(3) == 32) & (text.byte(7) == 32)
    good = (spaces == 0) & (text.lengths == 10)
    values = column
    only = ~text.has(~(_DIGIT | (_BYTES == 32)))
    for shape, places in ((good, _TOGETHER), (written, _THREE_THREE_FOUR)):
        rows = np.flatnonzero(shape & only)
        digits = text.data[text.starts[rows, None] + places]
        passes = _nobody_made_up(digits)
        shape[:] = False
        shape[rows[passes]] = True
        if shape is written and passes.any():
            values = _replaced(column, written, digits[passes])
    return _or_empty(good | written, text), values


_TOGETHER = np.arange(10)
_THREE_THREE_FOUR = np.array([0, 1, 2, 4, 5, 6, 8, 9, 10, 11])


def _nobody_made_up(characters: np.ndarray) -> Flags:
    """Of rows of ten digits, whether the last is the check of the others and they are no pattern."""
    digits = characters.astype(np.int64) - 48
    check = (11 - digits[:, :9] @ np.arange(10, 1, -1) % 11) % 11
    kinds = np.bitwise_count(np.bitwise_or.reduce(1 << digits, axis=1))
    steps = np.diff(digits, axis=1)
    a_run = ((steps == 1).sum(axis=1) >= 5) | ((steps == -1).sum(axis=1) >= 5)
    return np.asarray((check == digits[:, 9]) & (kinds > 3) & ~a_run)


def _replaced(column: pa.StringArray, which: Flags, characters: np.ndarray) -> pa.StringArray:
    """The column with these characters, a row of them for each value, in place of some values."""
    height, width = characters.shape
    offsets = np.arange(0, (height + 1) * width, width, dtype=np.int32)
    texts = pa.StringArray.from_buffers(
        height, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(characters))
    )
    return pc.replace_with_mask(column, pa.array(which), texts)


def plain_postcodes(column: pa.StringArray) -> Flags:
    """Capitals and digits of the usual shape with one space between; not one that stands for no address."""
    text = Text.of(column)
    last, gap = text.lengths - 1, text.byte(text.lengths - 4)
    good = (text.lengths >= 6) & (text.lengths <= 8) & (gap == 32) & _DIGIT[text.byte(last - 2)]
    good &= _CAPITAL[text.byte(last)] & _CAPITAL[text.byte(last - 1)] & _CAPITAL[text.byte(0)]
    # A1, A12, A1A, AB1, AB12, AB1A: a digit second, or a letter and then a digit.
    second, third, fourth = (text.byte(at) for at in (1, 2, 3))
    one = _DIGIT[second] & (
        (text.lengths == 6) | ((text.lengths == 7) & (_CAPITAL | _DIGIT)[third])
    )
    two = _CAPITAL[second] & _DIGIT[third]
    two &= (text.lengths == 7) | ((text.lengths == 8) & (_CAPITAL | _DIGIT)[fourth])
    nowhere = (text.byte(0) == 90) & (second == 90)
    return _or_empty(good & (one | two) & ~nowhere, text)


def plain_phones(column: pa.StringArray) -> Flags:
    """National numbers of ten or eleven digits, spaces between them or not, that are not one digit over."""
    text = Text.of(column)
    spaces = text.how_many(_BYTES == 32)
    good = ~text.has(~(_DIGIT | (_BYTES == 32))) & (text.byte(0) == 48)
    good &= (_DIGIT & (_BYTES != 48))[text.byte(1)]
    good &= (text.lengths - spaces >= 10) & (text.lengths - spaces <= 11)
    good &= _DIGIT[text.byte(text.lengths - 1)]
    kinds = np.zeros(len(good), np.int64)
    for back in range(1, 7):
        kinds |= 1 << (text.byte(text.lengths - back) & 31).astype(np.int64) & ~np.int64(1)
    return _or_empty(good & (np.bitwise_count(kinds) > 2), text)


def plain_emails(column: pa.StringArray) -> Flags:
    """Small letters of the usual shape, not beginning as noreply, unknown and test do."""
    text = Text.of(column)
    shape = r"^[a-z0-9][a-z0-9._+-]+@[a-z0-9.-]+\.[a-z][a-z]+$"
    good = np.asarray(pc.match_substring_regex(column, shape).fill_null(False))
    doubtful = np.isin(text.byte(0), np.frombuffer(b"nut", np.uint8))
    return _or_empty(good & ~doubtful & (text.lengths <= 300), text)


def plain_dates(column: pa.StringArray) -> tuple[Flags, np.ndarray]:
    """Days of the calendar written dd/mm/yyyy or yyyy-mm-dd, and each as days since 1970."""
    text = Text.of(column)
    days = np.zeros(len(column), np.int32)
    good = np.zeros(len(column), bool)
    ten = text.lengths == 10
    for separator, at, year_at, month_at, day_at in ((47, (2, 5), 6, 3, 0), (45, (4, 7), 0, 5, 8)):
        rows = np.flatnonzero(
            ten & (text.byte(at[0]) == separator) & (text.byte(at[1]) == separator)
        )
        if not len(rows):
            continue
        digits = text.data[text.starts[rows, None] + np.arange(10)].astype(np.int32) - 48
        only = np.delete(digits, at, axis=1)
        numeric = ((only >= 0) & (only <= 9)).all(axis=1)
        year = digits[:, year_at : year_at + 4] @ np.array([1000, 100, 10, 1], np.int32)
        month = digits[:, month_at] * 10 + digits[:, month_at + 1]
        day = digits[:, day_at] * 10 + digits[:, day_at + 1]
        exists = numeric & _exists(year, month, day)
        good[rows] = exists
        days[rows[exists]] = _since_1970(year[exists], month[exists], day[exists])
    return _or_empty(good, text), days


def _exists(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> Flags:
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    longest = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    last = longest[np.clip(month, 0, 12)] + (leap & (month == 2))
    return np.asarray((year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= last))


def _since_1970(year: np.ndarray, month: np.ndarray, day: np.ndarray) -> np.ndarray:
    """Days since 1 January 1970 in the Gregorian calendar."""
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int32)
    return np.asarray(first + day - 1)


def _or_empty(good: Flags, text: Text) -> Flags:
    return np.asarray(good | (text.lengths == 0))
