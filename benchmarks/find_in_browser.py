"""From key to answer: how long a browser takes to show who fits, beside a plain load of the same page.

JOINEDUP_DEMO=1 JOINEDUP_DATA=<folder of a borough> python -m benchmarks.find_in_browser [--people 60] [--seed 1]

It serves the site on whatever is loaded there, signs in as the demo's care coordinator in a practice, who
may see its patients, and types their names and birth dates, a third of them with a typing error, one key
after another as soon as the one before was answered. A key counts once there is enough to show anybody.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from joinedup.config import start

TYPE_A_KEY = """
(text) => new Promise((resolve) => {
  const box = document.querySelector("#text");
  const answers = document.querySelector("#answers");
  const began = performance.now();
  const done = () => {
    answers.removeEventListener("htmx:afterSettle", done);
    requestAnimationFrame(() => resolve({
      ms: performance.now() - began,
      shown: answers.querySelectorAll(".answer").length,
    }));
  };
  answers.addEventListener("htmx:afterSettle", done);
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
})
"""

LOAD = "() => { const n = performance.getEntriesByType('navigation')[0]; return n.loadEventEnd; }"


def main() -> None:
    """Serve, type, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=60, help="how many are typed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--port", type=int, default=8765)
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    start.start()
    texts, loaded = questions(asked.people, asked.seed)
    with served(asked.port) as address, chromium() as browser:
        keys, loads = measure(browser, address, texts)
    report(keys, loads, loaded)


def questions(count: int, seed: int) -> tuple[list[str], int]:
    """What is typed, and how many people are loaded."""
    from joinedup.identity.sharing.access import Viewer, acting, people, records

    viewer = Viewer.system("a benchmark")
    chance = random.Random(seed)
    with acting(viewer):
        known = records(viewer).filter(agency="gp", gone_on=None, born_on__isnull=False)
        keys = list(known.order_by("pk").values_list("pk", flat=True))
        chosen = known.filter(pk__in=chance.sample(keys, min(count, len(keys)))).order_by("pk")
        return [text_of(record, chance) for record in chosen], people(viewer).count()


def text_of(record: object, chance: random.Random) -> str:
    """A person as somebody might type them."""
    given, family, born = record.given_name, record.family_name, record.born_on  # type: ignore[attr-defined]
    if len(family) > 3 and chance.random() < 1 / 3:
        at = chance.randrange(1, len(family) - 1)
        family = family[:at] + family[at + 1] + family[at] + family[at + 2 :]
    return f"{given} {family} {born:%d/%m/%Y}"


@contextmanager
def served(port: int) -> Iterator[str]:
    """The site in a process of its own, as `joinedup serve` runs it."""
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "joinedup.config", "serve", "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=Path(__file__).parents[1])
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(f"{address}/sign-in/", timeout=2).read()
                break
            except OSError:
                time.sleep(0.2)
        yield address
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("No Chromium on PATH: on Debian, apt-get install chromium.")
    flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


def measure(browser: Browser, address: str, texts: list[str]) -> tuple[list[float], list[float]]:
    """Milliseconds of each key that showed somebody, and of each plain load of the page."""
    page = browser.new_page(base_url=address)
    page.goto("/sign-in/")
    page.get_by_role("button", name="Sign in as Tomasz Zielinski").click()
    keys: list[float] = []
    loads: list[float] = []
    for text in texts:
        loads.append(plain_load(page))
        keys += typed(page, text)
    return keys, loads


def plain_load(page: Page) -> float:
    """A load of the page with an empty box."""
    page.goto("/find/", wait_until="load")
    page.wait_for_function("() => window.htmx !== undefined")
    return float(page.evaluate(LOAD))


def typed(page: Page, text: str) -> list[float]:
    """One key after another; only those that showed somebody count."""
    found = []
    for end in range(1, len(text) + 1):
        if text[end - 1] == " ":
            continue  # a space at the end changes nothing that is asked
        answer = page.evaluate(TYPE_A_KEY, text[:end])
        if answer["shown"]:
            found.append(float(answer["ms"]))
    return found


def report(keys: list[float], loads: list[float], loaded: int) -> None:
    """Our figure, the plain load beside it, and the ratio."""
    ours, plain = p95(keys), p95(loads)
    print(f"people loaded              {loaded:>10,}")
    print(f"keys that showed somebody  {len(keys):>10,}")
    print(f"load                       {os.getloadavg()[0]:>10.1f} on {os.cpu_count()} processors")
    print(f"key to answer, median      {statistics.median(keys):>10.1f} ms")
    print(f"key to answer, p95         {ours:>10.1f} ms")
    print(f"plain page load, p95       {plain:>10.1f} ms")
    print(f"ratio                      {ours / plain:>10.2f} of a plain page load")


def p95(values: list[float]) -> float:
    """The value that 95 in 100 do not exceed."""
    return statistics.quantiles(values, n=20)[-1]


if __name__ == "__main__":
    main()
