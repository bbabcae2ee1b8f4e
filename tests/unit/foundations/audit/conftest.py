"""Tests that roll back read the audit as the system; what others read of it is tested as themselves."""

import pytest
from django.db import connection


@pytest.fixture(autouse=True)
def as_system(request: pytest.FixtureRequest) -> None:
    """For the length of the test's own transaction."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        with connection.cursor() as cursor:
            cursor.execute("SELECT wall_enter_system('a test')")
