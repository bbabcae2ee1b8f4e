"""The story of a case with ten years of it, 2,000 lines from six agencies, with fifty practitioners at work.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.case_page [--minutes 3] [--think 20]

Fifty, each with a post of their own, open the stories of their team's cases one after another, all of them all the
time: the first page, a year, a filter, words; they read for twenty seconds. With `--think 6` they hardly look, which
nobody does: it shows where two processors end. Row security, the looks in the audit and what is new are
in every figure. The bare page asks the same database as many queries as the story does, by keys and without row
security, on the same server, and is asked by the same fifty in the same run.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.find_in_browser import served
from joinedup.config import start

BAR_MS = 300.0
_PAGES = ("", "?year=2019", "?agency=police", "?words=thursdays", "?significance=serious")
_WEIGHTS = (6, 2, 1, 1, 1)
"""Most open the story; some go on to a year, or look for something."""


class Practitioner(threading.Thread):
    """One at work: a story, some seconds to read it, another; and now and then the bare page."""

    def __init__(self, number: int, desk: Any, site: str, bare: str, until: float, think: float):
        super().__init__(daemon=True)
        from benchmarks.frontdoor_browser import Browser

        self.chance, self.desk, self.until, self.think = random.Random(number), desk, until, think
        self.site, self.bare = Browser(site, desk.session), Browser(bare, "")
        self.times: dict[str, list[float]] = {page: [] for page in (*_PAGES, "bare")}
        self.wrong: list[str] = []

    def run(self) -> None:
        time.sleep(self.chance.uniform(0, self.think))
        while time.monotonic() < self.until:
            page = self.chance.choices(_PAGES, _WEIGHTS)[0]
            case = self.chance.choice(self.desk.cases)
            self._ask(page, f"/cases/{case}/story/{page}")
            if self.chance.random() < 0.5:
                self.times["bare"].append(self.bare.get("/").shown_ms)
            time.sleep(self.chance.expovariate(1 / self.think))

    def _ask(self, page: str, address: str) -> None:
        found = self.site.get(address)
        if found.status == 200 and "story-line__what" in found.text:
            self.times[page].append(found.shown_ms)
        else:
            self.wrong.append(f"{found.status} {address}")


@contextmanager
def bare_served(port: int, queries: int) -> Iterator[str]:
    """The bare page of so many queries, by the same server on the same database."""
    from django.conf import settings

    database = {
        name: settings.DATABASES["default"][name]
        for name in ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")
        if name in settings.DATABASES["default"]
    }
    told = {"BARE_QUERIES": str(queries), "BARE_DATABASE": json.dumps(database, default=str)}
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--log-level",
        "error", "--blocking-threads", "5", "benchmarks.bare_queries:application",
    ]  # fmt: skip
    where = Path(__file__).parents[1]
    server = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, cwd=where, env={**os.environ, **told}
    )
    try:
        time.sleep(3)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


def asked_and_read(desk: Any) -> tuple[int, int]:
    """How many queries the first page of a story asks once everything is warm, and of how many lines it tells."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = desk.session
    address = f"/cases/{desk.cases[0]}/story/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address).content.decode()
    told = re.search(r"All of it: ([\d\u202f]+) lines", page)
    return len(asked), int(told[1].replace("\u202f", "")) if told else 0


def main() -> int:
    """Let them work; print how long a story took, and the bare page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--practitioners", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument(
        "--think", type=float, default=20.0, help="seconds between two presses, on average"
    )
    parser.add_argument("--port", type=int, default=8785)
    asked = parser.parse_args()
    os.environ.setdefault("JOINEDUP_DEMO", "1")
    start.start()
    start.migrate()
    from django.utils import timezone

    from benchmarks.case_place import fill, how_many
    from joinedup.config import site as the_site

    the_site.gather_static_files()
    began = time.perf_counter()
    desks = fill(asked.practitioners, timezone.now())
    made = time.perf_counter() - began
    queries, lines = asked_and_read(desks[0])
    with served(asked.port) as site, bare_served(asked.port + 1, queries) as bare:
        until = time.monotonic() + asked.minutes * 60
        at_work = [
            Practitioner(number, desk, site, bare, until, asked.think)
            for number, desk in enumerate(desks)
        ]
        for each in at_work:
            each.start()
        for each in at_work:
            each.join(asked.minutes * 60 + 60)
    times = {
        page: sorted(ms for each in at_work for ms in each.times[page]) for page in at_work[0].times
    }
    wrong = [each for one in at_work for each in one.wrong]
    stories = sorted(ms for page in _PAGES for ms in times[page])
    told = {
        "practitioners": asked.practitioners,
        "cases": how_many(desks),
        "lines that one reads": lines,
        "made in seconds": round(made),
        "queries of a story": queries,
        "story, all pages, ms": _figures(stories),
        **{f"story{page or ', first page'}, ms": _figures(times[page]) for page in _PAGES},
        "bare page of as many queries, ms": _figures(times["bare"]),
        "ratio of the middle ones": _ratio(times[""], times["bare"]),
        "pages a second": round(len(stories) / (asked.minutes * 60), 1),
        "went wrong": len(wrong),
        "for example": wrong[:3],
        "load": os.getloadavg()[0],
    }
    print(json.dumps(told, indent=1))
    held = _at(stories, 0.95) <= BAR_MS and not wrong
    print(f"bar: p95 under {BAR_MS:.0f} ms: {'held' if held else 'MISSED'}")
    return 0 if held else 1


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


def _ratio(ours: list[float], bare: list[float]) -> float:
    return round(statistics.median(ours) / statistics.median(bare), 1) if ours and bare else 0.0


if __name__ == "__main__":
    sys.exit(main())
