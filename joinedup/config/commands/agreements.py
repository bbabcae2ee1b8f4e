"""joinedup agreements: warn of those that will close, and tell of those that have."""

import argparse
import datetime
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "agreements",
        help="warn of agreements that will close, and tell whoever is affected by those that have",
        description="Tells those who govern sharing of each agreement that closes in 90, 30, 7 or 1 days, "
        "and on the day of a lapse every practitioner who sees less. Run it once a day, soon after "
        "midnight; run again it tells nobody twice. Nothing opens or shuts by it: that follows from the "
        "days.",
    )
    parser.add_argument("what", choices=["warn"])
    parser.add_argument(
        "--day", type=datetime.date.fromisoformat, metavar="DAY", help="that day instead of today"
    )


def run(asked: argparse.Namespace) -> int:
    """Warn for a day."""
    from joinedup.config import start

    start.start()
    from joinedup.foundations.core import clock
    from joinedup.foundations.core.dates import day_of
    from joinedup.identity.sharing.operations.agreement_warnings import warn_of_agreements

    now = clock.now()
    day = asked.day or day_of(now)
    print(f"Told: {warn_of_agreements(day=day, at=now)}")
    return outcomes.FINE
