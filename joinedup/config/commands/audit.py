"""joinedup audit: number the lines of the audit, sign its head, hold all of it against the tree, prove a line."""

import argparse
import json
import uuid
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
    proved = what.add_parser(
        "prove",
        help="what proves to somebody else that a line is under a head, or one head under another",
        description="Prints, as JSON, the hashes by which anybody who keeps a head can check (RFC 6962): that "
        "the line ENTRY is among those under the head of that size, or, with --from, that the tree of one size "
        "is the beginning of that of another. No line's content is in it.",
    )
    proved.add_argument("entry", nargs="?", metavar="ENTRY", help="the identifier of a line")
    proved.add_argument(
        "--from", dest="first", type=int, metavar="LINES", help="the size of the earlier head"
    )
    proved.add_argument(
        "--size", type=int, metavar="LINES", help="the size of the head (default: of all lines)"
    )
    erased = what.add_parser(
        "erase",
        help="erase the words that a line keeps apart; the line and the tree stay (P15)",
    )
    erased.add_argument("entry", metavar="ENTRY", help="the identifier of the line")


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


def _prove(asked: argparse.Namespace) -> int:
    from django.core.exceptions import ObjectDoesNotExist

    from joinedup.foundations.audit.queries import tree
    from joinedup.identity.sharing.access import Viewer, acting

    if (asked.entry is None) == (asked.first is None):
        print("Name a line, or the size of an earlier head with --from.")
        return outcomes.WRONG_USAGE
    entry = _key(asked.entry or "")
    with acting(Viewer.system("proving what the audit holds")):
        size = asked.size or tree.size_of_tree()
        try:
            if asked.entry is not None:
                number, path = tree.inclusion_proof(entry or uuid.UUID(int=0), size)
                said: dict[str, Any] = {
                    "entry": str(entry), "number": number, "leaf": tree.leaf_at(number).hex(),
                }  # fmt: skip
            else:
                path = tree.consistency_proof(asked.first, size)
                said = {"first": asked.first, "first_root": tree.root_at(asked.first).hex()}
            said |= {"size": size, "root": tree.root_at(size).hex()}
        except (ObjectDoesNotExist, ValueError, IndexError, KeyError):
            print(
                f"There is nothing to prove: of {tree.size_of_tree():,} numbered lines none is such, or the "
                "head is smaller. Number what is new with `joinedup audit sequence`."
            )
            return outcomes.WRONG_DATA
    print(json.dumps(said | {"path": [each.hex() for each in path]}))
    return outcomes.FINE


def _erase(asked: argparse.Namespace) -> int:
    from joinedup.foundations.audit.operations.inquire import erase_words
    from joinedup.foundations.core import clock
    from joinedup.identity.sharing.access import Viewer, acting

    entry, by = _key(asked.entry), Viewer.system("erasing words kept beside the audit")
    with acting(by):
        erased = entry is not None and erase_words(
            by=None, entry_id=entry, purpose=by.purpose, at=clock.now()
        )
    print("Erased." if erased else "No such line keeps words apart: nothing was erased.")
    return outcomes.FINE if erased else outcomes.WRONG_DATA


def _key(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


_PARTS = {
    "sequence": _sequence, "verify": _verify, "heads": _heads, "prove": _prove, "erase": _erase,
}  # fmt: skip
