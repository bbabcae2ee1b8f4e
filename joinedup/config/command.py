"""The `joinedup` command: one verb a module in `commands`, loaded only when it is wanted."""

import argparse
import importlib
import json
import pkgutil
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn

from joinedup.config import commands, outcomes
from joinedup.foundations.core.trouble import Trouble

_ABOUT = """\
Joined Up takes the files that agencies send, finds the one person behind their records,
and lets a practitioner find that person.

To see it with invented people:        joinedup demo
To look at one agency's file:          joinedup deliveries check FILE
To see what a verb does and takes:     joinedup VERB --help
"""
_ENDS = """\
It ends with 0 when all is well, 1 when something is wrong in the data, 2 when it was asked
wrongly and 3 when the machine is in trouble (the database is gone, the disk is full).
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = _parser(words)
    try:
        asked = parser.parse_args(words)
    except SystemExit as end:
        return int(end.code or 0)
    if asked.verb is None:
        parser.print_help()
        return outcomes.FINE
    return _run(asked)


def _run(asked: argparse.Namespace) -> int:
    try:
        return int(_module(asked.verb).run(asked) or outcomes.FINE)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; there is nobody to tell
        return outcomes.FINE
    except Exception as error:
        sentence = _trouble(error)
        if sentence is None:
            raise
        _tell(sentence, as_json=getattr(asked, "json", False))
        return outcomes.TROUBLE


def _trouble(error: Exception) -> str | None:
    """Return the sentence for trouble with the machine; None for a fault of our own."""
    if isinstance(error, Trouble):
        return str(error)
    if isinstance(error, OSError):
        return f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}"
    if any(kind.__name__ == "OperationalError" for kind in type(error).__mro__):
        return f"The database cannot be used: {str(error).strip()}"
    return None


def _tell(sentence: str, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps({"trouble": sentence}) + "\n")
    else:
        sys.stderr.write(f"{sentence}\n")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(outcomes.WRONG_USAGE, f"{self.prog}: {message}\n")


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(
        prog="joinedup",
        description=_ABOUT,
        epilog=_ENDS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", title="verbs")
    known = _verbs()
    wanted = words[0] if words else ""
    for verb in [wanted] if wanted in known else known:
        _module(verb).add(verbs)
    return parser


def _verbs() -> list[str]:
    return [found.name.replace("_", "-") for found in pkgutil.iter_modules(commands.__path__)]


def _module(verb: str) -> ModuleType | Any:
    return importlib.import_module(f"{commands.__name__}.{verb.replace('-', '_')}")
