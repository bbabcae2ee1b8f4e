"""Pages are asked of a linked borough, and of an empty product."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from joinedup.demo.personas import make_personas
from tests import borough, chromium, databases
from tests.databases import Server
from tests.pages import barriers

LOOKED_AT = Path(os.environ["JOINEDUP_TEST_FOLDER"]) / "looked_at"


@pytest.fixture(scope="module")
def linked(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_name: str,
) -> Iterator[Path]:
    """Point Django at a linked borough and return the folder of its files."""
    name = f"{test_server.template}_{worker_name}_pages"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name):
        yield borough.folder_of(test_server)


@pytest.fixture(scope="module")
def empty(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_name: str,
) -> Iterator[None]:
    """Point Django at a product in which nothing has happened but that people may sign in."""
    name = f"{test_server.template}_{worker_name}_empty"
    with django_db_blocker.unblock(), databases.copy(test_server, name, ("empty", make_personas)):
        yield


@pytest.fixture(scope="session")
def still_window(chromium_when_wanted: chromium.Start) -> Callable[[], barriers.Window]:
    """Give the one window of this worker in which pages are laid out, opened when it is first wanted."""
    return cache(lambda: barriers.Window(chromium_when_wanted))


@pytest.fixture(scope="module", autouse=True)
def no_barriers(still_window: Callable[[], barriers.Window]) -> Iterator[None]:
    """Whatever page a test of the module was given has no barrier, in as narrow a window as one zooms to."""
    with barriers.noting() as given:
        yield
    if chromium.why_not() or not given.pages:
        return
    found = barriers.barriers_of(given, still_window, LOOKED_AT)
    assert not found, "\n".join(f"{key}: {told}" for key, told in found.items())
