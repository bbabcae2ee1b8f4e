"""Pages are asked of a linked borough, and of an empty product."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from joinedup.demo.personas import make_personas
from tests import borough, databases
from tests.databases import Server
from tests.pages import trail


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


@pytest.fixture(scope="module", autouse=True)
def _no_barriers(no_barriers: None) -> None:
    """Whatever page a test here was given has no barrier."""


@pytest.fixture(autouse=True)
def each_look_left_its_lines() -> Iterator[None]:
    """Every page that the test is given left a line for everybody of whom it tells (issue 3, point 9)."""
    with trail.following() as untold:
        yield
    assert not untold, "\n".join(untold)
