"""joinedup appoint: give somebody a post from the server itself, as the first administrator needs it."""

import argparse
import sys
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "appoint",
        help="give somebody a post; the first administrator comes to be this way",
        description="Gives somebody a post from today, with an account, a team and a partnership agency "
        "where there are none. Prints the one-time code with which they choose a password, once, within a "
        "day. All further posts are entered on the page of posts.",
    )
    parser.add_argument("email", metavar="E-MAIL")
    parser.add_argument("--name", required=True, help="full name")
    parser.add_argument("--role", default="partnership_administrator", help="default: %(default)s")
    parser.add_argument(
        "--agency", default="partnership", metavar="CODE", help="default: %(default)s"
    )
    parser.add_argument("--team", default="Office", help="default: %(default)s")


def run(asked: argparse.Namespace) -> int:
    """Appoint, and print the code."""
    from joinedup.config import start

    start.start()
    from django.utils import timezone

    from joinedup.foundations.agencies.operations import (
        CannotAppoint,
        CannotName,
        appoint,
        team_called,
    )
    from joinedup.foundations.agencies.roles import ROLES
    from joinedup.identity.sharing.access import Viewer

    if asked.role not in {role.code for role in ROLES}:
        sys.stderr.write(f"There is no role {asked.role!r}: {', '.join(r.code for r in ROLES)}\n")
        return outcomes.WRONG_USAGE
    by, now = Viewer.system("keeping agencies, teams and posts"), timezone.now()
    try:
        team = team_called(by=by, agency=asked.agency, name=asked.team, at=now)
        done = appoint(
            by=by, email=asked.email, name=asked.name, team=team, role=asked.role,
            starts_on=timezone.localdate(now), at=now,
        )  # fmt: skip
    except (CannotAppoint, CannotName) as wrong:
        sys.stderr.write(f"{wrong}\n")
        return outcomes.WRONG_DATA
    print(f"{asked.name} holds the post from today.")
    if done.code:
        print(f"One-time code, good for a day, to be used at /sign-in/first/: {done.code}")
    return outcomes.FINE
