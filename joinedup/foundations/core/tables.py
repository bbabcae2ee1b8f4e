"""A table as data, drawn so that a phone shows it as labelled lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Column:
    """A heading, and whether what stands beneath it is a number or a date."""

    text: str
    numeric: bool = False
    date: bool = False


@dataclass(frozen=True)
class Cell:
    """What stands in one place: text, a second line in grey, a link, or a tag with its colour."""

    text: str = ""
    note: str = ""
    href: str = ""
    tag: str = ""

    @property
    def empty(self) -> bool:
        return not (self.text or self.note)


@dataclass(frozen=True)
class Table:
    """Rows under columns. The first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption_size: str = "m"
    scrolls: bool = False
    """Too many columns to stack: it scrolls within itself."""
    stacks: bool = True
    """On a phone each row becomes labelled lines; a few narrow columns had better stay a table."""
    in_line: bool = False
    """One of several tables with the same columns, which are to stand in line."""

    def lines(self) -> list[list[tuple[Column, Cell, bool]]]:
        """Each row as (column, cell, first) for the template."""
        return [
            [(c, cell, i == 0) for i, (c, cell) in enumerate(zip(self.columns, row, strict=True))]
            for row in self.rows
        ]


def table(
    caption: str, columns: Sequence[object], rows: Sequence[Sequence[Any]], **options: Any
) -> Table:
    """A table from plain values; anything that is not a Cell becomes the text of one."""
    return Table(
        caption,
        tuple(c if isinstance(c, Column) else Column(str(c)) for c in columns),
        tuple(tuple(_cell(value) for value in row) for row in rows),
        **options,
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell("" if value is None else str(value))
