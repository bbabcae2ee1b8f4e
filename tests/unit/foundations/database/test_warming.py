"""Connections that are open, and know the tables, before anybody asks."""

import pytest
from django.db import connection, connections

from joinedup.foundations.core.database import warming
from tests.databases import PrivateDatabase


def test_each_connection_is_asked_for_nothing_of_every_table(
    private_database: PrivateDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            " AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')"
        )
        (tables,) = cursor.fetchone()
    # No longer than that: the test's own connection is to be closed before its database goes.
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(
            type(connections["default"]), "close", lambda self: closed.append(self.connection)
        )
        there = warming.warm(3)
    for one in closed:
        one.close()
    assert there == tables > 200
    assert len(set(closed)) == 3
