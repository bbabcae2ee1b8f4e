"""joinedup due: do whatever falls due by the clock alone."""

import argparse
import json
import sys
import time
from typing import Any

from joinedup.config import outcomes


def add(verbs: Any) -> None:
    """Say what the verb takes."""
    parser = verbs.add_parser(
        "due",
        help="do whatever falls due by the clock: ring on, escalate silence, move duties, send e-mails",
        description="Does everything that is due and ends. Run it every minute from cron or a timer, or "
        "with --watch let it go on by itself; several at once do no harm, and run again it tells nobody "
        "twice. What is looked for once a day (agreements that close, old drafts) is done with --daily, "
        "and by --watch in the first round of each day. It ends with 1 where somebody's referral or "
        "case has nobody who answers for it.",
    )
    parser.add_argument(
        "--daily", action="store_true", help="do also what is looked for once a day"
    )
    parser.add_argument(
        "--watch", type=int, metavar="SECONDS", help="go on, looking again after so many seconds"
    )
    parser.add_argument("--list", action="store_true", help="say what would be looked for, and end")
    parser.add_argument("--json", action="store_true", help="say what was done as one line of JSON")


def run(asked: argparse.Namespace) -> int:
    """Do what is due once, or again and again."""
    from joinedup.config import start

    start.start()
    from joinedup.config import due
    from joinedup.foundations.core import clock

    if asked.list:
        for thing in due.THINGS:
            print(f"{thing.name:13} {thing.sentence}{', once a day' if thing.daily else ''}")
        return outcomes.FINE
    if not asked.watch:
        return _say(due.do_what_is_due(clock.now(), daily=asked.daily), as_json=asked.json)

    def wait() -> bool:
        time.sleep(asked.watch)
        return True

    for done in due.rounds(clock.now, wait):
        _say(done, as_json=asked.json)
    return outcomes.FINE


def _say(done: Any, *, as_json: bool) -> int:
    if as_json:
        told = {"done": done.counts, "failed": done.failed, "unanswered": done.unanswered}
        print(json.dumps(told), flush=True)
    else:
        some = [f"{name} {count}" for name, count in done.counts.items() if count]
        print(f"Done: {', '.join(some) or 'nothing was due'}.", flush=True)
    if done.failed and not as_json:
        sys.stderr.write(f"Failed: {', '.join(done.failed)}. The log says where.\n")
    if done.unanswered and not as_json:
        sys.stderr.write(f"Nobody answers for {done.unanswered} open referrals or cases.\n")
    if done.failed:
        return outcomes.TROUBLE
    return outcomes.WRONG_DATA if done.unanswered else outcomes.FINE
