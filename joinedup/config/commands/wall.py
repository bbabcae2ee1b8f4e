"""joinedup wall: write the table of who may see what; compare what is seen with the facts."""

import argparse
from pathlib import Path
from typing import Any

from joinedup.config import outcomes

PAGE = Path("docs/access-table.md")


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "wall",
        help="who may see what: the table, and whether what is seen follows the facts",
        description="`table` writes docs/access-table.md from the gateways. `compare` derives what everybody "
        "sees anew, beside what stands, and says where the two differ: a difference is an incident.",
    )
    parser.add_argument("what", choices=("table", "compare"))
    parser.add_argument(
        "--out", type=Path, default=PAGE, help=f"where to write it (default: {PAGE})"
    )


def run(asked: argparse.Namespace) -> int:
    """Write the table, or compare."""
    if asked.what == "table":
        return _table(asked.out)
    return _compare()


def _table(out: Path) -> int:
    from joinedup.identity.sharing.presenters.access_table import access_table

    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(access_table(), encoding="utf-8")
    print(f"The table is written to {out}.")
    return outcomes.FINE


def _compare() -> int:
    from joinedup.config.start import start
    from joinedup.foundations.core.clock import now
    from joinedup.identity.sharing.operations.nightly import compare_with_facts

    start()
    found = compare_with_facts(at=now())
    if not found:
        print("What everybody sees follows from the facts.")
        return outcomes.FINE
    print(
        f"{found} rows of what is seen did not follow from the facts. They do now; it is recorded."
    )
    return outcomes.WRONG_DATA
