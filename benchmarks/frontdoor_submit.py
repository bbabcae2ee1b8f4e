"""Submit to routed with fifty practitioners at work, beside a bare Django page asked in the same run.

JOINEDUP_DEMO=1 JOINEDUP_DATA=<folder of a demo> python -m benchmarks.frontdoor_submit [--minutes 4] [--think 6]

Fifty, each with a post of their own, work at one referral after another, all of them all the time: they type,
think and send as frontdoor_practitioner tells (a referral takes some four minutes). With `--think 6` they only
press, six seconds apart on average, which nobody does: it shows where two processors end. A referral is
routed when the answer to “Send” has come, for triage and route are in that same transaction. The bare page
is asked by the same fifty, each time a referral was sent. The processors count this program's work too.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.find_in_browser import served
from joinedup.config import start
from joinedup.foundations.core.database.cluster import data_folder, own_cluster

BAR_MS = 300.0
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Let them work; print how long a referral took, and the bare page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--practitioners", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=4.0)
    parser.add_argument(
        "--think", type=float, help="only press, so many seconds apart on average; else they type"
    )
    parser.add_argument("--port", type=int, default=8775)
    asked = parser.parse_args()
    os.environ.setdefault("JOINEDUP_DEMO", "1")
    start.start()
    from benchmarks.frontdoor_browser import Browser
    from benchmarks.frontdoor_desks import open_desks, people
    from benchmarks.frontdoor_practitioner import Kind, Practitioner

    desks, who = open_desks(asked.practitioners), people()
    with served(asked.port) as site, bare_served(asked.port + 1) as bare:
        began, used = time.monotonic(), processor_seconds()
        until = began + asked.minutes * 60
        at_work = [
            Practitioner(number, Browser(site, session), Browser(bare, ""), who, until, asked.think)
            for number, session in enumerate(desks)
        ]
        for each in at_work:
            each.start()
        for each in at_work:
            each.join(asked.minutes * 60 + 120)
        seconds = time.monotonic() - began
        used = {name: now - used.get(name, 0) for name, now in processor_seconds().items()}
    times = {kind: sorted(ms for each in at_work for ms in each.noted.times[kind]) for kind in Kind}
    wrong = [each for one in at_work for each in one.noted.wrong]
    presses = sum(len(times[kind]) for kind in Kind if kind not in (Kind.SEND, Kind.BARE))
    told = {
        "practitioners": asked.practitioners,
        "how": f"pressing, {asked.think} s apart" if asked.think else "typing",
        "minutes": round(seconds / 60, 1),
        "referrals": len(times[Kind.SEND]),
        "presses a second": round(presses / seconds, 1),
        "processors used": {name: round(spent / seconds, 2) for name, spent in used.items()},
        **{f"{kind} ms": _figures(times[kind]) for kind in Kind},
        "went wrong": len(wrong),
        "for example": wrong[:3],
        "load": os.getloadavg()[0],
    }
    print(json.dumps(told, indent=1))
    held = _at(times[Kind.SEND], 0.95) <= BAR_MS and not wrong
    print(f"bar: p95 under {BAR_MS:.0f} ms: {'held' if held else 'MISSED'}")
    return 0 if held else 1


@contextmanager
def bare_served(port: int) -> Iterator[str]:
    """The bare page, by the same server."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level",
        "error", "benchmarks.bare_django:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])
    try:
        time.sleep(2)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def processor_seconds() -> dict[str, float]:
    """What the site, its database, and this program have used of the processors so far; Linux alone tells."""
    used = {"site": 0.0, "database": 0.0, "practitioners": sum(os.times()[:2])}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            name = (folder / "comm").read_text().strip()
        except OSError:
            continue
        spent = (int(fields[11]) + int(fields[12])) / _TICKS
        if name.startswith("postgres") and _works_in(folder) == str(
            own_cluster(data_folder()).data
        ):
            used["database"] += spent
        elif _is_under(int(fields[1]), os.getpid()):
            used["site"] += spent
    return used


def _works_in(process: Path) -> str:
    try:
        return os.readlink(process / "cwd")
    except OSError:
        return ""


def _is_under(parent: int, whom: int) -> bool:
    """Whether a process descends from another, by its parent."""
    while parent > 1:
        if parent == whom:
            return True
        try:
            fields = Path(f"/proc/{parent}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return False
        parent = int(fields[1])
    return False


def _figures(times: list[float]) -> dict[str, float]:
    if not times:
        return {}
    return {
        "asked": len(times),
        **{f"p{of}": round(_at(times, of / 100), 1) for of in (50, 95, 99)},
        "worst": round(times[-1], 1),
    }


def _at(times: list[float], part: float) -> float:
    """The time that so great a part of them stayed under."""
    return times[min(int(len(times) * part), len(times) - 1)] if times else float("inf")


if __name__ == "__main__":
    sys.exit(main())
