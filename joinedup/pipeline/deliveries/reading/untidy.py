"""Rows of CSV read one by one, so that one stray quotation mark costs one row and not the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_ROW = 2 * 1024 * 1024

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Row:
    """One row of text taken apart; `cells` is None where its quotation marks cannot be meant so."""

    cells: list[str] | None
    end: int
    """Where the next row begins."""
    open: bool = False
    """A quotation mark is not closed before the text ends."""


def row_at(text: str, at: int, separator: str) -> Row:
    """The row that begins at that place."""
    line = _LINE_END.search(text, at)
    stop, end = (line.start(), line.end()) if line else (len(text), len(text))
    if text.find('"', at, stop) < 0:
        return Row(text[at:stop].split(separator), end)
    return _quoted_row(text, at, separator, end)


def line_at(text: str, at: int) -> tuple[str, int]:
    """The line that begins at that place, whatever its quotation marks, and where the next begins."""
    line = _LINE_END.search(text, at)
    return (text[at : line.start()], line.end()) if line else (text[at:], len(text))


def rows_of(text: str, separator: str, width: int, *, more_to_come: bool) -> Iterator[Row]:
    """Each row of the text; stops before one that may go on in what is still to come.

    A row that runs over several lines and has not the width of the heading is taken as one line
    with a stray quotation mark, and reading goes on at the next line.
    """
    at = 0
    while at < len(text):
        row = row_at(text, at, separator)
        if more_to_come and _may_go_on(row, text, at):
            return
        _, next_line = line_at(text, at)
        if row.cells is None or (row.end > next_line and not fits(row.cells, width)):
            row = Row(None, next_line)
            if more_to_come and next_line >= len(text):
                return
        yield row
        at = row.end


def fits(cells: list[str], width: int) -> bool:
    """Whether there is a cell for each heading and nothing beyond but separators."""
    return len(cells) >= width and not any(cell.strip() for cell in cells[width:])


def _may_go_on(row: Row, text: str, at: int) -> bool:
    return (row.open or row.end >= len(text)) and len(text) - at < LONGEST_ROW


@lru_cache(maxsize=8)
def _unquoted(separator: str) -> re.Pattern[str]:
    return re.compile(rf"[^{re.escape(separator)}\r\n]*")


def _quoted_row(text: str, at: int, separator: str, line_end: int) -> Row:
    cells: list[str] = []
    unquoted = _unquoted(separator)
    while True:
        if text.startswith('"', at):
            end = _closing(text, at + 1)
            if end < 0:
                return Row(None, line_end, open=True)
            cells.append(text[at + 1 : end].replace('""', '"'))
            at = end + 1
        else:
            match = unquoted.match(text, at)
            assert match is not None  # it also matches nothing
            cells.append(match[0])
            at = match.end()
        if at >= len(text):
            return Row(cells, at)
        if text[at] == separator:
            at += 1
        elif stop := _LINE_END.match(text, at):
            return Row(cells, stop.end())
        else:
            return Row(None, line_end)


def _closing(text: str, at: int) -> int:
    """Where the quotation mark that closes a cell stands; two together are one inside it."""
    while True:
        end = text.find('"', at)
        if end < 0 or not text.startswith('""', end):
            return end
        at = end + 2
