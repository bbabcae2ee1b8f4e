"""The first row of a file: what separates its cells, and which column of the contract each heading is."""

import re
from collections import Counter

from joinedup.pipeline.contracts.columns import Column, Contract
from joinedup.pipeline.deliveries.judging.cells import unguarded
from joinedup.pipeline.deliveries.reading.blocks import Heading, Refused
from joinedup.pipeline.deliveries.reading.untidy import row_at

REASON = "reason"
"""The heading under which a file of rows to mend says what is wrong; not read back."""

SEPARATORS = (",", ";", "\t", "|")
LONGEST_HEADING = 64 * 1024
_SAID = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_heading(text: str, contract: Contract, *, changes: bool) -> tuple[Heading, str, int]:
    """The heading of a CSV, its separator, and how many characters it took up; raises Refused."""
    said = _SAID.match(text)
    skip = said.end() if said else 0
    best: tuple[Heading, str, int] | None = None
    for separator in (said[1],) if said else SEPARATORS:
        row = row_at(text, skip, separator)
        if row.cells is None:
            continue
        heading = heading_of(row.cells, contract)
        if best is None or len(heading.columns) > len(best[0].columns):
            best = heading, separator, row.end
    if best is None:
        raise Refused("The first row cannot be read: a quotation mark in it is never closed.")
    refuse_unfit(best[0], contract, changes=changes)
    return best


def heading_of(cells: list[str], contract: Contract) -> Heading:
    """What each heading stands for."""
    sent = tuple(unguarded(cell).strip() for cell in cells)
    known: dict[str, Column] = {}
    for cell in sent:
        column = contract.column(cell)
        if column is not None:
            known[cell] = column
    return Heading(sent, known)


def refuse_unfit(heading: Heading, contract: Contract, *, changes: bool) -> None:
    """Raise Refused where a column is missing that no row can do without, or one is there twice."""
    found = Counter(column.heading for cell in heading.sent if (column := contract.column(cell)))
    if not found:
        # The headings are not repeated: a file without any has somebody's data in its first row.
        raise Refused(
            f"The first row holds none of the headings of {contract.code}. "
            "Put the headings of the contract in the first row (docs/deliveries.md lists them)."
        )
    doubled = [name for name, times in found.items() if times > 1]
    if doubled:
        raise Refused(
            f"The column {' and the column '.join(doubled)} is there more than once. Keep one of them."
        )
    needed = [c for c in contract.columns if c.required or (changes and c.field == "change")]
    missing = [c.heading for c in needed if c.heading not in found]
    if missing:
        raise Refused(
            f"The column {' and the column '.join(missing)} is missing. Every row needs it: add it, "
            f"with this heading in the first row."
        )
