"""joinedup recall: take records back that their source recalled or deleted, from every copy."""

import argparse
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "recall",
        help="take an agency's records back, from every table, index and file",
        description="Takes records back that an agency recalled, by their numbers, or those it deleted "
        "before a day, when its retention is over, or all of an agency that has left. Names the copies "
        "outside that must be destroyed by hand. A backup keeps what it holds until it is itself removed.",
    )
    parser.add_argument("agency", metavar="AGENCY", help="the agency's code, as in gp")
    parser.add_argument(
        "records", nargs="*", metavar="NUMBER", help="its own numbers of the records"
    )
    parser.add_argument(
        "--gone-before", type=datetime.date.fromisoformat, metavar="DAY",
        help="all it deleted or sent no longer before this day, as in 2026-05-01",
    )  # fmt: skip
    parser.add_argument(
        "--all-of-it", action="store_true",
        help="everything it delivered and wrote down as held, once it has left the partnership",
    )  # fmt: skip
    parser.add_argument(
        "--controller", metavar="CODE", default="",
        help="with --gone-before: of this controller alone, a practice as in Y99901; each has its own retention",
    )  # fmt: skip
    parser.add_argument(
        "--inbox", type=Path, help="folder of deliveries (default: the site's inbox)"
    )


def run(asked: argparse.Namespace) -> int:
    """Take back as the system, and tell what left; 1 where there was nothing."""
    if wrong := _wrong(asked):
        print(wrong)
        return outcomes.WRONG_USAGE
    from joinedup.config import start

    start.start()
    from django.conf import settings

    from joinedup.foundations.core import clock
    from joinedup.intelligence.linkage.operations.recall import (
        COPY,
        RECALLING,
        CannotRecall,
        forget_agency,
        forget_deleted,
        recall_records,
    )
    from joinedup.single_view.operations.copied import COPIED, forget_copied

    inbox = asked.inbox or settings.INBOX
    given = {
        "by": RECALLING, "agency": asked.agency, "data": settings.DATA, "inbox": inbox,
        "at": clock.now(), "elsewhere": forget_copied,
    }  # fmt: skip
    try:
        if asked.all_of_it:
            done = forget_agency(**given)
        elif asked.gone_before:
            done = forget_deleted(
                gone_before=asked.gone_before, controller=asked.controller, **given
            )
        else:
            done = recall_records(record_ids=asked.records, **given)
    except CannotRecall as why:
        print(why)
        return outcomes.WRONG_DATA
    print(f"Took back {done.counts['people_record']:,} records.")
    if changed := sum(done.counts.get(table, 0) for table in COPIED):
        print(f"Took their words out of {changed:,} items, minutes, requests and answers here.")
    for copy in done.copies:
        print(_told(copy.kind, copy.of, copy.place, copy.at, whole=copy.kind == COPY))
    for line in _told_of_files(done.files, inbox):
        print(line)
    return outcomes.FINE


def _wrong(asked: argparse.Namespace) -> str:
    """What is wrong with what was asked; nothing where it can be done."""
    if [bool(asked.records), bool(asked.gone_before), asked.all_of_it].count(True) != 1:
        return "Name records by their numbers, or a day with --gone-before, or --all-of-it."
    if asked.controller and not asked.gone_before:
        return "A controller is named with --gone-before: a number is one record's already."
    if asked.inbox and not asked.inbox.is_dir():
        return f"There is no folder {asked.inbox}. Name the one that nights read."
    return ""


def _told_of_files(files: Any, inbox: Path) -> Iterator[str]:
    """What left the inbox, and what somebody must look at there."""
    yield f"Removed from {inbox}, as a night had taken them in: {_names(files.removed)}."
    if files.waiting:
        yield (
            f"Not read by any night yet, and the next brings back what they hold: {_names(files.waiting)}. "
            "Take the record out of them, or have them sent again."
        )
    if files.nameless:
        yield (
            f"Look into these by hand, their names do not say whose they are: {_names(files.nameless)}."
        )


def _names(files: tuple[str, ...]) -> str:
    return ", ".join(files) or "none"


def _told(kind: str, of: str, place: str, at: datetime.datetime, *, whole: bool) -> str:
    """A copy outside in a line: what is to be destroyed, or first to be looked at."""
    what = (
        "To be destroyed by hand"
        if whole
        else "To be looked at by hand, and destroyed where it says what was recalled"
    )
    return f"{what}: {kind} {of}, {place}, taken {at:%d/%m/%Y %H:%M}"
