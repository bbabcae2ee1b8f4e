"""Connections that are open, and know the tables, before anybody asks."""

import pytest
from django.db import connection, connections

from joinedup.foundations.core.database import warming
from tests.databases import PrivateDatabase


def test_each_connection_is_asked_for_nothing_of_every_table(
    private_database: PrivateDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = []
    monkeypatch.setattr(
        type(connections["default"]), "close", lambda self: closed.append(self.connection)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            " AND has_table_privilege(format('%I.%I', schemaname, tablename), 'SELECT')"
        )
        (tables,) = cursor.fetchone()
    try:
        assert warming.warm(3) == tables > 200
        assert len(set(closed)) == 3
    finally:
        for one in closed:
            one.close()
