"""joinedup recall: take records back that their source recalled or deleted, from every copy."""

import argparse
import datetime
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "recall",
        help="take an agency's records back, from every table, index and file",
        description="Takes records back that an agency recalled, by their numbers, or those it deleted "
        "before a day, when its retention is over. Names the copies outside that must be destroyed by "
        "hand. A backup keeps what it holds until it is itself removed.",
    )
    parser.add_argument("agency", metavar="AGENCY", help="the agency's code, as in gp")
    parser.add_argument(
        "records", nargs="*", metavar="NUMBER", help="its own numbers of the records"
    )
    parser.add_argument(
        "--gone-before", type=datetime.date.fromisoformat, metavar="DAY",
        help="all it deleted or sent no longer before this day, as in 2026-05-01",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    """Take back as the system, and tell what left; 1 where there was nothing."""
    if bool(asked.records) == bool(asked.gone_before):
        print("Name records by their numbers, or a day with --gone-before.")
        return outcomes.WRONG_USAGE
    from joinedup.config import start

    start.start()
    from django.conf import settings

    from joinedup.foundations.core import clock
    from joinedup.intelligence.linkage.operations.recall import (
        COPY,
        RECALLING,
        CannotRecall,
        forget_deleted,
        recall_records,
    )

    agency, data, at = asked.agency, settings.DATA, clock.now()
    try:
        if asked.gone_before:
            done = forget_deleted(
                by=RECALLING, agency=agency, gone_before=asked.gone_before, data=data, at=at
            )
        else:
            done = recall_records(
                by=RECALLING, agency=agency, record_ids=asked.records, data=data, at=at
            )
    except CannotRecall as why:
        print(why)
        return outcomes.WRONG_DATA
    print(f"Took back {done.counts['people_record']:,} records.")
    for copy in done.copies:
        print(_told(copy.kind, copy.of, copy.place, copy.at, whole=copy.kind == COPY))
    return outcomes.FINE


def _told(kind: str, of: str, place: str, at: datetime.datetime, *, whole: bool) -> str:
    """A copy outside in a line: what is to be destroyed, or first to be looked at."""
    what = (
        "To be destroyed by hand"
        if whole
        else "To be looked at by hand, and destroyed where it says what was recalled"
    )
    return f"{what}: {kind} {of}, {place}, taken {at:%d/%m/%Y %H:%M}"
