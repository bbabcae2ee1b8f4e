"""A CSV file read in blocks: tidy ones all at once by Arrow, the others row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.deliveries.reading.blocks import Block, Heading, KeptBack, Refused, raw_row
from joinedup.pipeline.deliveries.reading.encodings import NOTHING_IN_IT, Letters, as_utf_8
from joinedup.pipeline.deliveries.reading.headings import LONGEST_HEADING, read_heading
from joinedup.pipeline.deliveries.reading.untidy import LONGEST_ROW, Row, fits, line_at, rows_of

_NOT_CLOSED = "has a quotation mark that is not closed, or not doubled inside a cell"
_NOT_UTF_8 = "holds characters we cannot read; save the file as UTF-8"
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34


@dataclass(frozen=True)
class CsvFile:
    """A CSV whose encoding and heading are known."""

    path: Path
    letters: Letters
    heading: Heading
    separator: str
    heading_bytes: int

    @classmethod
    def open(cls, path: Path, letters: Letters, contract: Contract, *, changes: bool) -> "CsvFile":
        """Read the heading; raises Refused."""
        beginning = b""
        for piece in as_utf_8(path, letters):
            beginning += piece
            if len(beginning) >= LONGEST_HEADING:
                break
        text = beginning[:LONGEST_HEADING].decode("utf-8", "surrogateescape")
        if not text.strip():
            raise Refused(NOTHING_IN_IT)
        heading, separator, end = read_heading(text, contract, changes=changes)
        return cls(
            path, letters, heading, separator, len(text[:end].encode("utf-8", "surrogateescape"))
        )

    def blocks(self) -> Iterator[Block]:
        """The rows under the heading, a few megabytes at a time."""
        number = 1
        left = b""
        skip = self.heading_bytes
        pieces = as_utf_8(self.path, self.letters)
        piece = next(pieces, None)
        while piece is not None:
            buffer, skip = left + piece[skip:], max(skip - len(piece), 0)
            piece = next(pieces, None)
            block, used, rows = self._block(buffer, number, last=piece is None)
            left = buffer[used:]
            number += rows
            if rows:
                yield block

    def _block(self, buffer: bytes, number: int, *, last: bool) -> tuple[Block, int, int]:
        """A block from the beginning of the buffer, the bytes it took, and how many rows it numbered."""
        cut = _tidy_end(buffer, ord(self.separator), last=last)
        if cut == 0 and not last and len(buffer) < LONGEST_ROW:
            return (
                Block(np.zeros(0, np.int64), self._table([[] for _ in self.heading.columns])),
                0,
                0,
            )
        if cut and (table := self._tidy_table(buffer[:cut])) is not None:
            return Block(np.arange(number, number + len(table)), table), cut, len(table)
        return self._untidy_block(buffer, number, last=last)

    def _tidy_table(self, piece: bytes) -> pa.Table | None:
        """The rows as Arrow reads them; None where any of them needs a closer look."""
        if b"\x00" in piece or piece.count(b"\r") != piece.count(b"\r\n"):
            return None
        names = [str(n) for n in range(len(self.heading.sent))]
        wanted = {h: names[self.heading.sent.index(h)] for h in self.heading.columns}
        try:
            table = arrow_csv.read_csv(
                pa.py_buffer(piece),
                read_options=arrow_csv.ReadOptions(
                    column_names=names, use_threads=False, block_size=len(piece) + 1
                ),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=self.separator, newlines_in_values=True, ignore_empty_lines=False
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(wanted.values(), pa.string()),
                    include_columns=list(wanted.values()),
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=True,
                ),
            )
        except pa.ArrowInvalid:
            return None
        return table.rename_columns(list(wanted)).combine_chunks()

    def _untidy_block(self, buffer: bytes, number: int, *, last: bool) -> tuple[Block, int, int]:
        """The same, row by row."""
        text = buffer.decode("utf-8", "surrogateescape")
        width = len(self.heading.sent)
        places = [self.heading.sent.index(h) for h in self.heading.columns]
        columns: list[list[str | None]] = [[] for _ in places]
        numbers: list[int] = []
        blank: list[int] = []
        misshapen: list[KeptBack] = []
        at, first = 0, number
        for row in rows_of(text, self.separator, width, more_to_come=not last):
            line, at = text[at : row.end], row.end
            if row.cells is not None and not any(cell.strip() for cell in row.cells):
                blank.append(number)
            elif wrong := self._shape(row, line, number):
                misshapen.append(wrong)
            elif row.cells is not None:
                numbers.append(number)
                for column, place in zip(columns, places, strict=True):
                    column.append(row.cells[place] or None)
            number += 1
        block = Block(
            np.array(numbers, np.int64), self._table(columns), misshapen, np.array(blank, np.int64)
        )
        return block, len(text[:at].encode("utf-8", "surrogateescape")), number - first

    def _shape(self, row: Row, line: str, number: int) -> KeptBack | None:
        """What is wrong with the row as a whole."""
        sent = self.heading.sent
        if row.cells is None:
            torn = [cell.strip('"') for cell in line_at(line, 0)[0].split(self.separator)]
            return KeptBack(number, None, _NOT_CLOSED, raw_row(self._as_sent(torn)))
        if not line.isascii() and any("\udc80" <= char <= "\udcff" for char in line):
            return KeptBack(number, None, _NOT_UTF_8, raw_row(self._as_sent(row.cells)))
        if not fits(row.cells, len(sent)):
            reason = (
                f"has {len(row.cells)} cells where the heading has {len(sent)}; "
                "a cell that holds the separator itself must stand in quotation marks"
            )
            return KeptBack(number, None, reason, raw_row(self._as_sent(row.cells)))
        return None

    def _as_sent(self, cells: list[str]) -> dict[str, str | None]:
        """The cells under their headings; those beyond the last heading under a number."""
        headings = list(self.heading.sent) + [
            f"(cell {n})" for n in range(len(self.heading.sent) + 1, len(cells) + 1)
        ]
        return dict(zip(headings, cells, strict=False))

    def _table(self, columns: list[list[str | None]]) -> pa.Table:
        return pa.table(
            {
                heading: pa.array(column, pa.string())
                for heading, column in zip(self.heading.columns, columns, strict=True)
            }
        )


def _tidy_end(buffer: bytes, separator: int, *, last: bool) -> int:
    """Where the last whole row ends, if every quotation mark stands where one may; otherwise 0."""
    if b'"' not in buffer:
        return len(buffer) if last else buffer.rfind(b"\n") + 1
    letters = np.frombuffer(buffer, np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE)
    beside = np.zeros(256, bool)
    beside[[separator, _NEWLINE, _RETURN, _QUOTE]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    before = letters[opening[opening > 0] - 1]
    after = letters[closing[closing < len(letters) - 1] + 1]
    if not (beside[before].all() and beside[after].all()):
        return 0
    if last:
        return len(buffer) if len(quotes) % 2 == 0 else 0
    lines = np.flatnonzero(letters == _NEWLINE)
    outside = lines[np.searchsorted(quotes, lines) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0
