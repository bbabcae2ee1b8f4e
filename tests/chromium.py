"""Chromium, one a worker: begun when the first test wants it, ended with the session."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache

from playwright.sync_api import Browser, sync_playwright

from joinedup.foundations.core.styles import BUILT

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
    "--process-per-site",  # a new window of the site need not begin a process
)  # fmt: skip

Start = Callable[[], Browser]


def why_not() -> str:
    """Why no page can be opened in a browser here; nothing where one can."""
    if _path() is None:
        return "No Chromium on PATH: on Debian, apt-get install chromium."
    if not (BUILT / "site.css").exists():
        return "The style sheet is not built: make builds it."
    return ""


def _path() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def when_wanted() -> Iterator[Start]:
    """Give what starts Chromium at its first call, and gives the same one at the next."""
    with ExitStack() as until:

        @cache
        def start() -> Browser:
            # Playwright keeps a loop on this thread, and Django would take that for asynchronous code.
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
            driver = until.enter_context(sync_playwright())
            # Chromium's own sandbox does not start as root.
            sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
            browser = driver.chromium.launch(executable_path=_path(), args=[*FLAGS, *sandbox])
            until.callback(browser.close)
            return browser

        yield start
