"""A first load checks keys and builds indexes at once, and leaves every one of them as it was."""

import pytest
from django.db import ProgrammingError, connection

from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN


def keys_and_indexes() -> list[str]:
    """Every constraint and index of the tables that hold people."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated
               FROM pg_constraint WHERE conrelid::regclass::text ~ '^(people_|linkage_possiblelink)'
               UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename ~ '^(people_|linkage_possiblelink)'
               ORDER BY 1"""
        )
        return [said for (said,) in cursor.fetchall()]


def test_a_first_load_leaves_every_key_and_index_as_it_was(place: Place) -> None:
    before = keys_and_indexes()
    place.deliver("gp", ANN, BEN)
    place.night()
    assert keys_and_indexes() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT linkage_first_load_begin()")
        assert cursor.fetchone() == (False,)
        assert keys_and_indexes() == before
        with pytest.raises(ProgrammingError, match="no first load was begun"):
            cursor.execute("SELECT linkage_first_load_finish()")


def test_nobody_slips_another_statement_into_the_end_of_a_first_load(place: Place) -> None:
    """The owner's function runs what the owner's function wrote, never what its caller did."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE linkage_put_back (place integer, statement text)")
        cursor.execute("INSERT INTO linkage_put_back VALUES (1, 'DROP TABLE people_seal')")
        with pytest.raises(ProgrammingError, match="no first load was begun"):
            cursor.execute("SELECT linkage_first_load_finish()")
        with pytest.raises(ProgrammingError, match="already exists"):
            cursor.execute("SELECT linkage_first_load_begin()")
        cursor.execute("DROP TABLE linkage_put_back")
