"""Tests that roll back read the audit as the system; what others read of it is tested as themselves."""

from pathlib import Path

import pytest
from django.db import connection

from tests.databases import PrivateDatabase
from tests.unit.foundations.audit.chain import Chain


@pytest.fixture(autouse=True)
def as_system(request: pytest.FixtureRequest) -> None:
    """For the length of the test's own transaction."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall_enter_system('a test')")


@pytest.fixture
def chain(private_database: PrivateDatabase, tmp_path: Path) -> Chain:
    """Eleven lines under a signed head."""
    made = Chain(private_database, tmp_path)
    made.grow()
    return made
