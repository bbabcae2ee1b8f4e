"""What every kind of file is read into: blocks of rows of text, numbered as the agency sees them."""

import json
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from joinedup.pipeline.contracts.columns import Column
from joinedup.pipeline.deliveries.judging.cells import LONGEST_CELL, NO_CHARACTER

LONGEST_RAW = 100_000
_CUT = " … (cut here)"


class Refused(Exception):
    """The whole file cannot be used; the message is the sentence the agency reads."""


@dataclass(frozen=True)
class KeptBack:
    """One thing that is wrong with one row."""

    row: int
    column: str | None
    reason: str
    raw: str | None
    record_id: str | None = None
    """Null where it could not be read."""


@dataclass(frozen=True)
class Heading:
    """The headings of a file, and the column of the contract each of them is."""

    sent: tuple[str, ...]
    columns: dict[str, Column]
    """By heading as sent; headings the contract does not know are not here."""

    @property
    def by_field(self) -> dict[str, str]:
        """The heading as sent of each field."""
        return {column.field: heading for heading, column in self.columns.items()}


@dataclass
class Block:
    """Some rows of a file: those with a cell for each heading, and what is wrong with the others."""

    numbers: np.ndarray
    """The number of each row of the table; row 1 is the first under the heading."""
    table: pa.Table
    """The known columns under their headings as sent, all text, empty cells null."""
    misshapen: list[KeptBack] = field(default_factory=list)
    blank: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int64))
    """The numbers of rows without anything in them."""


def raw_row(cells: dict[str, str | None]) -> str:
    """A row as it was sent, as JSON, so that it can be mended; what no one could mend is cut."""
    kept: dict[str, str] = {}
    room = LONGEST_RAW
    for heading, cell in cells.items():
        text = _storable(cell or "")
        kept[heading] = (
            text if len(text) <= min(room, LONGEST_CELL) else text[: min(room, 200)] + _CUT
        )
        room = max(room - len(kept[heading]), 0)
        if not room:
            break
    return json.dumps(kept, ensure_ascii=False)


def _storable(text: str) -> str:
    """Text that any database and any UTF-8 file takes."""
    text = text.replace("\x00", NO_CHARACTER)
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
