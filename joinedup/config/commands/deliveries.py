"""joinedup deliveries: is this file fit to be sent, and what must a file hold."""

import argparse
import json
import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from joinedup.config import outcomes

if TYPE_CHECKING:
    from joinedup.pipeline.deliveries import Checked

_SHOWN = 50


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "deliveries",
        help="check a file before it is sent; write out what a file must hold",
        description="Deliveries are the files agencies send. Checking one changes nothing.",
    )
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    checked = what.add_parser("check", help="tell by row and column what is wrong with a file")
    checked.add_argument("file", type=Path, metavar="FILE", help="a CSV or Parquet file")
    checked.add_argument("--json", action="store_true", help="as JSON, for a script")
    checked.add_argument("--all", action="store_true", help=f"every row, not the first {_SHOWN}")
    checked.add_argument(
        "--as-at",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day to judge by (default: today)",
    )
    checked.add_argument(
        "--mend", type=Path, metavar="OUT", help="write the rows to mend, with reasons, to this CSV"
    )
    contracts = what.add_parser("contracts", help="write docs/deliveries.md and its example files")
    contracts.add_argument(
        "--out", type=Path, default=Path("docs"), metavar="DIR", help="the folder (default: docs)"
    )


def run(asked: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return _check(asked) if asked.what == "check" else _contracts(asked)


def _contracts(asked: argparse.Namespace) -> int:
    from joinedup.pipeline.deliveries.published import write_contracts

    for path in write_contracts(asked.out):
        print(path)
    return outcomes.FINE


def _check(asked: argparse.Namespace) -> int:
    from joinedup.pipeline.deliveries import check, mended_file

    with tempfile.TemporaryDirectory(prefix="joinedup-check-") as scratch:
        checked = check(
            asked.file,
            as_at=asked.as_at or datetime.now(ZoneInfo("Europe/London")).date(),
            scratch=Path(scratch),
            progress=_progress if sys.stderr.isatty() else None,
        )
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    if asked.mend and len(checked.quarantine):
        mended_file(checked.quarantine, asked.mend)
    print(
        json.dumps(_as_json(checked), ensure_ascii=False)
        if asked.json
        else _in_words(checked, asked)
    )
    return outcomes.FINE if checked.is_clean else outcomes.WRONG_DATA


def _progress(rows: int) -> None:
    sys.stderr.write(f"\r{rows:,} rows read")


def _as_json(checked: "Checked") -> dict[str, Any]:
    """What was found, without any value of any row."""
    return {
        "clean": checked.is_clean,
        "refused": checked.refused,
        "sha256": checked.sha256,
        "rows_sent": checked.rows_sent,
        "rows_loaded": checked.rows_loaded,
        "rows_kept_back": checked.rows_kept_back,
        "rows_repeated": checked.rows_repeated,
        "kept_back": checked.quarantine.select(["row", "column", "reason"]).to_pylist(),
        "findings": [
            {"column": f.column, "rows": f.count, "sentence": f.sentence} for f in checked.findings
        ],
    }


def _in_words(checked: "Checked", asked: argparse.Namespace) -> str:
    """What was found, as the agency reads it: row and column, never the value."""
    lines = [asked.file.name]
    if checked.name is not None:
        name = checked.name
        lines.append(
            f"{name.contract.title}; {name.population}; {name.extent}; {name.as_at:%d/%m/%Y}"
        )
    lines.append("")
    if checked.refused:
        return "\n".join([*lines, f"The file cannot be used. {checked.refused}"])
    lines.append(_counts(checked))
    lines += _kept_back(checked, None if asked.all else _SHOWN)
    if asked.mend and len(checked.quarantine):
        lines += ["", f"The rows to mend are in {asked.mend}."]
    for title, findings in (
        (
            "Values left empty, and other things to look at",
            [f for f in checked.findings if f.count],
        ),
        ("To know", [f for f in checked.findings if not f.count]),
    ):
        if findings:
            lines += ["", f"{title}:"]
            lines += [f"  {_where(f.column, f.count)}{f.sentence}" for f in findings]
    if checked.is_clean:
        lines += ["", "Nothing to mend."]
    return "\n".join(lines)


def _counts(checked: "Checked") -> str:
    repeated = f", {checked.rows_repeated:,} repeat another row" if checked.rows_repeated else ""
    return (
        f"{checked.rows_sent:,} rows: {checked.rows_loaded:,} load, "
        f"{checked.rows_kept_back:,} are kept back{repeated}."
    )


def _kept_back(checked: "Checked", most: int | None) -> list[str]:
    found = checked.quarantine.slice(0, most).to_pylist()
    if not found:
        return []
    lines = ["", "Kept back (row 1 is the first under the heading):"]
    for line in found:
        column = f", {line['column']}" if line["column"] else ""
        lines.append(f"  row {line['row']:,}{column} {line['reason']}")
    if more := len(checked.quarantine) - len(found):
        lines.append(f"  … and {more:,} more: --all shows them, --mend OUT writes them to a file")
    return lines


def _where(column: str | None, count: int) -> str:
    rows = f"{count:,} {'row' if count == 1 else 'rows'}: " if count else ""
    return f"{column}, {rows}" if column and rows else rows
