"""joinedup synthetic: make an invented borough, with its agencies' deliveries and the truth."""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from joinedup.config import outcomes

if TYPE_CHECKING:
    from joinedup.pipeline.synthetic import Borough


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "synthetic",
        help="make an invented borough: six agencies' deliveries, and the truth apart",
        description="Makes people who never lived in a place that does not exist, what six agencies "
        "hold of them with its errors, and the truth apart. The same seed makes the same files.",
    )
    parser.add_argument("--people", type=int, required=True, metavar="N", help="500 to 1,700,000")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="a number (default: 1)")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="where to put it")
    parser.add_argument(
        "--nights", type=int, default=0, metavar="K", help="and so many further nights"
    )
    parser.add_argument(
        "--as-at",
        type=date.fromisoformat,
        metavar="DATE",
        help="the day of the first deliveries (default: 2026-11-20)",
    )
    parser.add_argument(
        "--records-per-person",
        type=float,
        metavar="R",
        help="about so many records for each person (default: as the rates say, about 3.6)",
    )
    parser.add_argument(
        "--sparse", action="store_true", help="agencies send only what they must: harder to link"
    )
    parser.add_argument("--json", action="store_true", help="say what was made as JSON")


def run(asked: argparse.Namespace) -> int:
    """Make it, and say what was made."""
    from joinedup.pipeline.synthetic import FIRST_DAY, make_borough, sparse

    if asked.seed < 0 or asked.nights < 0:
        print("A seed and a number of nights are 0 or more.", file=sys.stderr)
        return outcomes.WRONG_USAGE
    try:
        borough = make_borough(
            asked.people,
            asked.seed,
            asked.out,
            nights=asked.nights,
            as_at=asked.as_at or FIRST_DAY,
            records_per_person=asked.records_per_person,
            rates=sparse() if asked.sparse else None,
            progress=_progress if sys.stderr.isatty() else None,
        )
    except ValueError as error:
        print(error, file=sys.stderr)
        return outcomes.WRONG_USAGE
    if sys.stderr.isatty():
        sys.stderr.write("\r\033[K")
    print(json.dumps(_as_json(borough)) if asked.json else _in_words(borough))
    return outcomes.FINE


def _progress(stage: str, done: int, of: int) -> None:
    sys.stderr.write(f"\r\033[K{stage}: {done} of {of}")
    sys.stderr.flush()


def _as_json(borough: "Borough") -> dict[str, object]:
    return {
        "people": borough.people,
        "seed": borough.seed,
        "records": borough.records,
        "out": str(borough.out),
        "rows": list(borough.rows),
    }


def _in_words(borough: "Borough") -> str:
    lines = [f"{borough.people:,} people and {borough.records:,} records, in {borough.out}"]
    lines += [f"  {agency:<11}{rows:>10,}" for agency, rows in borough.rows[0].items()]
    lines += [
        f"night {night}: {sum(rows.values()):,} rows"
        for night, rows in enumerate(borough.rows[1:], start=1)
    ]
    lines.append("deliveries/ is what agencies send; truth/ is whom each record is really of.")
    return "\n".join(lines)
