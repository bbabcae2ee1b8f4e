"""joinedup audit: number the lines of the audit, sign its head, hold all of it against the tree."""

import argparse
import json
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "audit",
        help="number the lines of the audit, sign its head, or check that all is intact",
        description="Every look at a person and every change is a line; the lines are leaves of a tree "
        "whose signed heads are kept in a second place. `verify` ends with 0 when all is intact and "
        "with 1 when something was altered, is missing or was put in, and names the first.",
    )
    what = parser.add_subparsers(dest="what", metavar="WHAT", required=True)
    what.add_parser("sequence", help="number what has no number yet, and sign the head")
    checked = what.add_parser("verify", help="check every line; needs the keeper's connection")
    checked.add_argument("--json", action="store_true", help="as JSON, for a script")
    shown = what.add_parser("heads", help="show the heads in the second place, the newest last")
    shown.add_argument("--json", action="store_true", help="as JSON, a line for each")


def run(asked: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    from joinedup.config import start

    start.start()
    return _PARTS[asked.what](asked)


def _sequence(asked: argparse.Namespace) -> int:
    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.audit.operations.heads import sign_head
    from joinedup.foundations.audit.operations.sequence import sequence_all

    numbered = sequence_all()
    head = sign_head(data=settings.DATA, second_place=settings.AUDIT_HEADS, at=timezone.now())
    print(f"Numbered {numbered:,} lines.")
    print(f"Signed the head over {head.size:,} lines." if head else "The head is signed already.")
    return outcomes.FINE


def _verify(asked: argparse.Namespace) -> int:
    from dataclasses import asdict

    from django.conf import settings
    from django.utils import timezone

    from joinedup.foundations.audit.operations.verify import verify

    found = verify(
        data=settings.DATA, second_place=settings.AUDIT_HEADS, at=timezone.now(), using="owner"
    )
    print(json.dumps(asdict(found)) if asked.json else found.sentence)
    return outcomes.FINE if found.intact else outcomes.WRONG_DATA


def _heads(asked: argparse.Namespace) -> int:
    from dataclasses import asdict

    from django.conf import settings

    from joinedup.foundations.audit.operations.heads import written

    heads = written(settings.AUDIT_HEADS)
    for head in heads:
        print(
            json.dumps(asdict(head))
            if asked.json
            else f"{head.at}  {head.size:>12,} lines  {head.root}"
        )
    if not heads and not asked.json:
        print("No head was signed yet.")
    return outcomes.FINE


_PARTS = {"sequence": _sequence, "verify": _verify, "heads": _heads}
