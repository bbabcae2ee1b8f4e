"""joinedup place: tell the product the place it works in, and who delivers what."""

import argparse
import datetime
import sys
from pathlib import Path
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "place",
        help="load the place: localities, LSOAs, GP practices, postcodes; agree who delivers what",
        description="Loads localities.csv, lsoas.csv, practices.csv and postcodes.csv from a folder, and "
        "lets the six agencies of the contracts join. Where the folder has areas.csv, agencies.csv or "
        "teams.csv, also takes wards and districts, all other agencies, and teams with where they serve. "
        "With --basis also agrees that each of the six may deliver what its contract says: no delivery is "
        "loaded that nobody has agreed.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument(
        "--basis", help="what the flows rest on, as in 'Sharing agreement 12 of 2026'"
    )
    parser.add_argument(
        "--from", dest="starts_on", type=datetime.date.fromisoformat, metavar="DAY",
        help="the day from which the flows stand (default: today)",
    )  # fmt: skip


def run(asked: argparse.Namespace) -> int:
    """Load the lists, then agencies and flows."""
    from joinedup.config import start

    start.start()
    from django.utils import timezone

    from joinedup.foundations.agencies.operations import CannotTakeLists, join_usual_agencies
    from joinedup.foundations.places.operations import CannotLoadPlace, load_place
    from joinedup.identity.sharing.access import Viewer
    from joinedup.identity.sharing.operations.bodies import take_agencies
    from joinedup.intelligence.linkage.operations.flows import agree_usual_flows

    by, now = Viewer.system("setting up the place"), timezone.now()
    try:
        counts = load_place(by=by.post_id, purpose=by.purpose, folder=asked.folder, at=now)
        join_usual_agencies(by=by.post_id, purpose=by.purpose, at=now)
        counts |= take_agencies(by=by, folder=asked.folder, at=now)
    except (CannotLoadPlace, CannotTakeLists) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return outcomes.WRONG_DATA
    print(", ".join(f"{name.removesuffix('.csv')} {rows:,}" for name, rows in counts.items()))
    if asked.basis:
        starts_on = asked.starts_on or timezone.localdate()
        agreed = agree_usual_flows(by=by, basis=asked.basis, starts_on=starts_on, at=now)
        print(f"Flows agreed: {agreed}")
    return outcomes.FINE
