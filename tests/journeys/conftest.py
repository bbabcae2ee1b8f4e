"""A browser, and the site on a linked borough of its own for each journey."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django import DjangoDbBlocker

from joinedup.demo.personas import make_personas
from joinedup.foundations.core.styles import BUILT
from tests import borough, databases
from tests.databases import PrivateDatabase, Server
from tests.journeys.walking import PATIENCE, PHONE, WIDE, Watch

# Playwright keeps a loop on this thread, and Django would take that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = (
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Debian's Chromium, or skip and say what to install."""
    path = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if path is None:
        pytest.skip("No Chromium on PATH: on Debian, apt-get install chromium.")
    if not (BUILT / "site.css").exists():
        pytest.skip("The style sheet is not built: make builds it.")
    # Chromium's own sandbox does not start as root.
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


@pytest.fixture
def private_database(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_name: str,
) -> Iterator[PrivateDatabase]:
    """Give the journey a copy of the linked borough, or with @pytest.mark.empty_product of nothing."""
    name = f"{test_server.template}_{worker_name}_journey"
    with django_db_blocker.unblock():
        if request.node.get_closest_marker("empty_product") is None:
            with borough.copy_of(test_server, name) as given:
                yield given
            return
        with databases.copy(test_server, name, ("empty", make_personas)) as given:
            yield given


@pytest.fixture
def sent(private_database: PrivateDatabase, test_server: Server) -> Path:
    """Return the folder with what the agencies sent."""
    return borough.folder_of(test_server)


@pytest.fixture
def page(chromium: Browser, site: str) -> Iterator[Page]:
    """Open a wide window; in the end there was no console error and no call to another host."""
    yield from _window(chromium, site, WIDE)


@pytest.fixture
def phone(chromium: Browser, site: str) -> Iterator[Page]:
    """Open a window as wide as a phone."""
    yield from _window(chromium, site, PHONE)


def _window(chromium: Browser, site: str, size: tuple[int, int]) -> Iterator[Page]:
    width, height = size
    context = chromium.new_context(
        base_url=site, viewport={"width": width, "height": height}, locale="en-GB"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    watch = Watch(page, site)
    yield page
    context.close()
    assert watch.errors == []
    assert watch.elsewhere == []
