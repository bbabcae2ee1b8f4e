"""joinedup cases: bring over, on day one, the cases that an agency's system before has."""

import argparse
import sys
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "cases",
        help="bring over the cases that an agency's system before has open",
        description="Brings cases over from a CSV file: number, people (the agency's own numbers, with | "
        "between them), programme, for_whom, lead (the address they sign in with), opened_on, and if "
        "they are closed closed_on and outcome. Rows that cannot be taken are named with their reasons; "
        "the others are taken. The same file again changes nothing.",
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="the CSV file")
    parser.add_argument(
        "--agency", required=True, metavar="CODE", help="whose cases: gp, housing …"
    )
    parser.add_argument("--system", required=True, metavar="NAME", help="what the system is called")


def run(asked: argparse.Namespace) -> int:
    """Bring them over as the system, and tell what was taken; 1 where a row was not."""
    try:
        content = asked.file.read_bytes()
    except OSError as why:
        print(f"{asked.file} cannot be read: {why.strerror}.", file=sys.stderr)
        return outcomes.WRONG_USAGE
    from joinedup.config import start

    start.start()
    from joinedup.foundations.core import clock
    from joinedup.foundations.core.dates import day_of
    from joinedup.support.cases.operations.bring_over import BRINGING, bring_over
    from joinedup.support.cases.rules.brought_over import CannotReadCases, read_cases

    at = clock.now()
    try:
        rows, refused = read_cases(content, day_of(at))
    except CannotReadCases as why:
        print(why, file=sys.stderr)
        return outcomes.WRONG_DATA
    done = bring_over(by=BRINGING, agency=asked.agency, system=asked.system, rows=rows, at=at)
    print(f"Brought over {len(done.cases):,} cases; {done.there_already:,} were here before.")
    for row in sorted([*refused, *done.refused], key=lambda each: each.line):
        print(f"Line {row.line}, number {row.number or 'none'}: {' '.join(row.reasons)}")
    return outcomes.WRONG_DATA if refused or done.refused else outcomes.FINE
