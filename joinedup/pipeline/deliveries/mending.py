"""What was kept back, as a CSV the agency mends in a spreadsheet and sends again."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from joinedup.pipeline.deliveries.judging.cells import guarded
from joinedup.pipeline.deliveries.reading.headings import REASON

CHANGE = "change"


def mended_file(quarantine: pa.Table, out: Path) -> int:
    """Write the rows kept back under the agency's own headings, each with its reason; return how many.

    No cell is written as a formula: what a spreadsheet would take for one begins with an apostrophe,
    which is taken off again when the file is read. The change of a row that came in a full delivery
    is C, so that the mended rows can be sent as a change-only delivery.
    """
    rows = list(_rows(quarantine))
    headings = list(dict.fromkeys(heading for cells, _ in rows for heading in cells))
    if not any(heading.casefold() == CHANGE for heading in headings):
        headings.append(CHANGE)
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            writer.writerow([*map(guarded, headings), REASON])
            for cells, reason in rows:
                cells.setdefault(CHANGE, "C")
                writer.writerow([*(guarded(cells.get(h, "")) for h in headings), guarded(reason)])
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
    return len(rows)


def _rows(quarantine: pa.Table) -> Iterator[tuple[dict[str, str], str]]:
    """Each row once, as it was sent, with all that is wrong with it."""
    reasons: dict[int, list[str]] = {}
    sent: dict[int, dict[str, str]] = {}
    for line in quarantine.to_pylist():
        column = f"{line['column']} " if line["column"] else "row "
        reasons.setdefault(line["row"], []).append(column + line["reason"])
        if line["raw"] is not None:
            sent[line["row"]] = json.loads(line["raw"])
    for row in sorted(sent):
        yield sent[row], "; ".join(reasons[row])
