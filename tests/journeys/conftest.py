"""A browser, and the site on a linked borough of its own for each journey."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django import DjangoDbBlocker

from joinedup.demo.personas import make_personas
from tests import borough, databases
from tests.chromium import Start, why_not
from tests.databases import PrivateDatabase, Server
from tests.journeys.walking import PATIENCE, PHONE, WIDE, Watch


@pytest.fixture(scope="session")
def chromium(chromium_when_wanted: Start) -> Browser:
    """Start Debian's Chromium, or skip and say what to install."""
    if why := why_not():
        pytest.skip(why)
    expect.set_options(timeout=PATIENCE)
    return chromium_when_wanted()


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


@pytest.fixture(scope="session")
def profile(chromium: Browser, site_address: str) -> Iterator[BrowserContext]:
    """Chromium with a window for each journey, one after another: to begin anew costs a second each time."""
    context = chromium.new_context(base_url=site_address, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext, site: str) -> Iterator[Page]:
    """Open a wide window; in the end there was no console error and no call to another host."""
    yield from _window(profile, site, WIDE)


@pytest.fixture
def phone(profile: BrowserContext, site: str) -> Iterator[Page]:
    """Open a window as wide as a phone."""
    yield from _window(profile, site, PHONE)


def _window(profile: BrowserContext, site: str, size: tuple[int, int]) -> Iterator[Page]:
    """Open a window in which nobody has been before; a still page of the site keeps its process alive."""
    if not profile.pages:
        profile.new_page().goto("/static/built/site.css")
    profile.clear_cookies()
    page = profile.new_page()
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    watch = Watch(page, site)
    yield page
    page.goto("about:blank")  # what a page sends when it is left comes while the site is there
    page.close()
    assert watch.errors == []
    assert watch.elsewhere == []
