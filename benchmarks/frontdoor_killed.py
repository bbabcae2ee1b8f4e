"""Kill the server in the middle of many submissions: none acknowledged is lost, none is doubled.

The server is one of its own, on a database of its own; it is killed as a machine dies (SIGKILL) while
clients press “Send”, and started again. Whoever got no answer presses again with the same draft.

JOINEDUP_DATA=<an empty folder> python -m benchmarks.frontdoor_killed [--submissions 500]
"""

import argparse
import datetime
import os
import signal
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import Request, urlopen

WAIT = 30.0
CLIENTS = 4
TYPED = {
    "purpose": ["crime_disorder"], "for_whom": ["person"], "p1_age": ["41"], "people": ["1"],
    "p1_no_fixed_address": ["on"], "going_on": ["Fourth visit in two months."], "agreement": ["agreed"],
}  # fmt: skip
ANSWERS = {
    "page": "questions", "q-danger": "none", "q-violence": "no", "q-offending": "no",
    "q-victim": "no", "q-harmed-others": "no", "q-emergency": "none", "q-high-risk": "none",
    "q-needs": "housing", "q-agencies-needed": "housing", "q-how-soon": "later", "do": "send",
    "version": "2",
}  # fmt: skip


@dataclass
class Told:
    """What clients were told, and what happened to them: the address each key was answered with."""

    acknowledged: dict[uuid.UUID, str] = field(default_factory=dict)
    unanswered: int = 0
    kills: int = 0


class Site:
    """A server in a process group of its own, which is killed whole and started again."""

    def __init__(self, port: int, environment: Mapping[str, str]) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-m", "joinedup.config", "serve", "--port", str(port)]
        self._environment = {**environment, "JOINEDUP_DEMO": "1"}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it answers some seconds later."""
        self._process = subprocess.Popen(
            self._command, env=self._environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def kill(self) -> None:
        """Let it die with whatever it was at."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def wait(self) -> None:
        """Wait until it answers."""
        until = time.monotonic() + 2 * WAIT
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.address}/help/", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server did not start.")


def drafts_to_send(number: int, at: datetime.datetime) -> list[uuid.UUID]:
    """So many referrals, typed and not sent, by the police officer of the demo; Django is set up."""
    from joinedup.demo.personas import make_personas, persona
    from joinedup.foundations.agencies.models import Post
    from joinedup.identity.sharing.access import Viewer
    from joinedup.support.frontdoor.operations.drafts import begin_draft, keep_draft
    from joinedup.support.questions.operations.ship import ensure_shipped

    make_personas()
    ensure_shipped(at=at)
    officer = persona("police")
    assert officer is not None
    viewer = Viewer.of_post(Post.objects.get(pk=officer.post_id))
    keys = []
    for each in range(number):
        draft = begin_draft(by=viewer, at=at)
        name = "".join("abcdefghij"[int(digit)] for digit in str(each))
        values = {**TYPED, "p1_given_name": [f"Number {name}"]}
        keep_draft(by=viewer, draft_id=draft.pk, values=values, was=1, at=at)
        keys.append(draft.pk)
    return keys


def cookies_of(address: str) -> dict[str, str]:
    """The cookies of the officer, signed in."""
    from http.cookiejar import CookieJar
    from urllib.request import HTTPCookieProcessor, build_opener

    jar = CookieJar()
    browser = build_opener(HTTPCookieProcessor(jar))
    browser.open(f"{address}/sign-in/", timeout=WAIT).read()
    token = next(cookie.value for cookie in jar if cookie.name == "csrftoken")
    said = urlencode({"persona": "police", "csrfmiddlewaretoken": token}).encode()
    browser.open(f"{address}/sign-in/", data=said, timeout=WAIT).read()
    return {cookie.name: cookie.value or "" for cookie in jar}


def send_them_all(site: Site, keys: list[uuid.UUID], kill_after: list[int]) -> Told:
    """Press until each is acknowledged, and kill the server after so many answers."""
    site.start()
    site.wait()
    cookies = cookies_of(site.address)
    told, lock, left = Told(), threading.Lock(), list(keys)

    def perhaps_kill() -> None:
        if told.kills < len(kill_after) and len(told.acknowledged) >= kill_after[told.kills]:
            told.kills += 1
            site.kill()
            site.start()

    def work() -> None:
        while True:
            with lock:
                if not left:
                    return
                key = left.pop()
            where = _pressed_until_answered(site.address, key, cookies, told)
            with lock:
                told.acknowledged[key] = where
                perhaps_kill()

    threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        site.kill()
    return told


def _pressed_until_answered(
    address: str, key: uuid.UUID, cookies: Mapping[str, str], told: Told
) -> str:
    said = urlencode({**ANSWERS, "csrfmiddlewaretoken": cookies["csrftoken"]}).encode()
    sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    until = time.monotonic() + 4 * WAIT
    while time.monotonic() < until:
        try:
            press = Request(f"{address}/refer/{key}/questions/", data=said, headers=sent)
            with urlopen(press, timeout=WAIT) as answer:
                return str(answer.geturl())
        except (OSError, HTTPException):
            told.unanswered += 1
            time.sleep(0.05)
    raise TimeoutError("A submission was never acknowledged.")


def faults(told: Told, keys: list[uuid.UUID]) -> list[str]:
    """What is lost or doubled, in words; nothing where all is well. Django is set up."""
    from joinedup.identity.sharing.access import Viewer, acting
    from joinedup.identity.sharing.models import Matter
    from joinedup.support.frontdoor.models import Draft, Referral

    with acting(Viewer.system("counting what was sent before a crash")):
        sent = Referral.objects.filter(submission_key__in=keys)
        there = dict(sent.values_list("submission_key", "matter_id"))
        orphans = Matter.objects.filter(kind="referral", referral__isnull=True).count()
        unsent = Draft.objects.filter(pk__in=keys, sent_as__isnull=True).count()
    lost = [
        key
        for key, where in told.acknowledged.items()
        if f"/referrals/{there.get(key)}/" not in where
    ]
    found = []
    if lost:
        found.append(f"{len(lost)} acknowledged and not there")
    if len(told.acknowledged) != len(keys):
        found.append(f"{len(keys) - len(told.acknowledged)} never acknowledged")
    if len(there) != len(keys) or orphans:
        found.append(f"{len(there)} referrals of {len(keys)} submissions, {orphans} half made")
    if unsent:
        found.append(f"{unsent} drafts were left behind")
    return found


def main() -> int:
    """Send, kill, count; 1 where something was lost or doubled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--submissions", type=int, default=500)
    asked = parser.parse_args()
    os.environ["JOINEDUP_DEMO"] = "1"
    from django.utils import timezone

    from joinedup.config import start
    from joinedup.config.site import free_port, gather_static_files
    from joinedup.foundations.core.database import server
    from joinedup.foundations.core.database.cluster import data_folder, own_cluster

    start.start()
    try:
        start.migrate()
        gather_static_files()
        keys = drafts_to_send(asked.submissions, timezone.now())
        fifth = max(asked.submissions // 5, 1)
        site = Site(free_port("127.0.0.1", 8400), os.environ)
        began = time.monotonic()
        told = send_them_all(site, keys, [fifth, 2 * fifth, 3 * fifth, 4 * fifth])
        wrong = faults(told, keys)
    finally:
        server.stop(own_cluster(data_folder()))
    print(
        f"{len(told.acknowledged)} submissions acknowledged in {time.monotonic() - began:.0f} s; the server "
        f"killed {told.kills} times; {told.unanswered} presses had no answer and were made again."
    )
    print("; ".join(wrong) or "None acknowledged was lost and none was doubled.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
