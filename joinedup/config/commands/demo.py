"""joinedup demo: a borough of invented people, its first night, and the site."""

import argparse
import os
import threading
import time
from functools import partial
from typing import Any

from joinedup.config import outcomes

_EVERY = 60
_PATIENCE = 10
"""Seconds between two rounds of what is due, and for the last to end."""
_BREATH = 0.3
"""Seconds between two of the demo's older referrals."""


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "demo",
        help="make a borough of invented people, run its first night, serve the site",
        description="Makes whatever is missing and serves the site until you stop it with Ctrl-C. What "
        "you did is kept for the next start; to begin anew remove the folder it names.",
    )
    parser.add_argument(
        "--people", type=int, default=20_000, help="default: 20000 (the first time)"
    )
    parser.add_argument("--seed", type=int, default=1, help="another borough (the first time)")
    parser.add_argument(
        "--port", type=int, default=8000, help="default: 8000, or the next free one"
    )
    parser.add_argument("--only-set-up", action="store_true", help="do not serve")


def run(asked: argparse.Namespace) -> int:
    """Set up what is missing, serve, and leave the database as it was found: running or stopped."""
    os.environ["JOINEDUP_DEMO"] = "1"
    # Off everywhere else until a partnership lets it (P36); here there is nobody to be harmed.
    os.environ.setdefault("JOINEDUP_PARENT_KNOWN_AS_CHILD_FROM", "2026-01-01")
    from joinedup.config import start
    from joinedup.foundations.core.database import server
    from joinedup.foundations.core.database.cluster import data_folder, own_cluster

    began = time.monotonic()
    started = start.start_database()
    try:
        start.start_django()
        start.migrate()
        _get_ready(asked)
        if not asked.only_set_up:
            _serve(asked, began)
    finally:
        if started:
            server.stop(own_cluster(data_folder()))
    return outcomes.FINE


def _get_ready(asked: argparse.Namespace) -> None:
    from django.conf import settings
    from django.utils import timezone

    from joinedup.config import site
    from joinedup.config.commands.night import bar
    from joinedup.demo import first_start
    from joinedup.intelligence.linkage.operations.find_index import mend_find_index

    site.gather_static_files()
    if first_start.is_ready():
        mend_find_index()
        return
    print(f"Making a borough of {asked.people:,} invented people in {settings.DATA}")
    with bar() as progress:
        first_start.get_ready(
            data=settings.DATA,
            people=asked.people,
            seed=asked.seed,
            clock=timezone.now,
            progress=progress,
        )


def _serve(asked: argparse.Namespace, began: float) -> None:
    from joinedup.config import site

    port = site.free_port("127.0.0.1", asked.port)
    stopped = threading.Event()
    beside = [
        threading.Thread(target=target, args=(stopped,), daemon=True)
        for target in (_do_what_is_due, partial(_send_the_year, asked.people, asked.seed))
    ]
    for thread in beside:
        thread.start()
    try:
        site.serve("127.0.0.1", port, tell=lambda: _tell(port, time.monotonic() - began))
    finally:
        stopped.set()
        for thread in beside:
            thread.join(timeout=_PATIENCE)


def _do_what_is_due(stopped: threading.Event) -> None:
    """Do what falls due each minute while the site is served, as a timer does elsewhere."""
    from django.db import connections

    from joinedup.config import due
    from joinedup.foundations.core import clock

    def wait() -> bool:
        connections.close_all()
        return not stopped.wait(_EVERY)

    for _ in due.rounds(clock.now, wait):
        pass


def _send_the_year(people: int, seed: int, stopped: threading.Event) -> None:
    """Send the rest of the year's referrals while the site is served, leaving it most of the processors."""
    from django.db import connections
    from django.utils import timezone

    from joinedup.demo.cases import make_the_rest
    from joinedup.demo.panel_meetings import hold_meetings
    from joinedup.demo.referrals import make_the_year

    def go_on() -> bool:
        return not stopped.wait(_BREATH)

    try:
        hold_meetings(at=timezone.now(), seed=seed)
        make_the_rest(people=people, at=timezone.now(), seed=seed, go_on=go_on)
        make_the_year(people=people, at=timezone.now(), seed=seed, go_on=go_on)
    finally:
        connections.close_all()


def _tell(port: int, seconds: float) -> None:
    from joinedup.demo.personas import PERSONAS

    print(f"\nReady in {seconds:.0f} s:  http://127.0.0.1:{port}/\n")
    print("Sign in as one of these; there is no password.")
    for persona in PERSONAS:
        print(f"  {persona.name}, {persona.job}\n    {persona.sentence}")
    print("\nStop with Ctrl-C; what you did is kept.", flush=True)
