"""Pages are asked of a linked borough, and of an empty product."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from joinedup.demo.personas import make_personas
from tests import borough, databases
from tests.databases import Server


@pytest.fixture(scope="module")
def linked(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_id_or_alone: str,
) -> Iterator[Path]:
    """Point Django at a linked borough and return the folder of its files."""
    name = f"{test_server.template}_{worker_id_or_alone}_pages"
    with django_db_blocker.unblock(), borough.copy_of(test_server, name):
        yield borough.folder_of(test_server)


@pytest.fixture(scope="module")
def empty(
    django_db_setup: None,
    test_server: Server,
    django_db_blocker: DjangoDbBlocker,
    worker_id_or_alone: str,
) -> Iterator[None]:
    """Point Django at a product in which nothing has happened but that people may sign in."""
    name = f"{test_server.template}_{worker_id_or_alone}_empty"
    with django_db_blocker.unblock():
        databases.clone(test_server, name)
        with databases.django_on(test_server, name):
            make_personas()
            yield
        databases.drop(test_server, name)


@pytest.fixture(scope="session")
def worker_id_or_alone() -> str:
    """Name this worker."""
    return os.environ.get("PYTEST_XDIST_WORKER", "alone")
