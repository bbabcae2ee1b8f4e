"""A first load checks keys and builds indexes at once, and leaves every one of them as it was."""

import pytest
from django.db import ProgrammingError, connection, transaction

from joinedup.identity.people.models import Person, Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.intelligence.linkage.operations import commit_first, find_ahead
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.invented import ANN, BEN


def keys_and_indexes() -> list[str]:
    """Every constraint and index of the tables that hold people."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass || conname || pg_get_constraintdef(oid) || convalidated
               FROM pg_constraint WHERE conrelid::regclass::text ~ '^(people_|linkage_possiblelink)'
               UNION ALL SELECT relname || relrowsecurity FROM pg_class
               WHERE relname IN ('people_person', 'people_record')
               UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename ~ '^(people_|linkage_possiblelink)'
               ORDER BY 1"""
        )
        return [said for (said,) in cursor.fetchall()]


def test_a_first_load_leaves_every_key_and_index_as_it_was(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A county's, too, whose agencies are loaded one after the other."""
    monkeypatch.setattr(commit_first, "AT_ONCE", 1)
    before = keys_and_indexes()
    place.deliver("gp", ANN, BEN)
    place.deliver("fire", {**BEN, "record_id": "F1"})
    place.night()
    assert keys_and_indexes() == before
    records = Record.objects.using("owner").order_by("pk")
    assert list(records.values_list("agency_id", "record_id")) == [
        ("fire", "F1"), ("gp", ANN["record_id"]), ("gp", BEN["record_id"]),
    ]  # fmt: skip
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


def test_a_first_load_that_is_not_finished_cannot_be_committed(place: Place) -> None:
    """Keys and the wall are away only inside the transaction that puts them back."""
    before = keys_and_indexes()

    def begun_alone() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT linkage_first_load_begin()")
            assert cursor.fetchone() == (True,)
            assert keys_and_indexes() != before

    with pytest.raises(ProgrammingError, match="begun and not finished"):
        begun_alone()
    assert keys_and_indexes() == before


def left_behind() -> bool:
    """Whether an index lies beside the one in use."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('linkage_findkey_next') IS NOT NULL")
        return bool(cursor.fetchone()[0])


def index_in_use() -> list[tuple[str, ...]]:
    """All that the find index holds."""
    with acting(Viewer.system("a test")), connection.cursor() as cursor:
        cursor.execute(
            """SELECT key::text, mark::text, person::text FROM linkage_findkey
               UNION ALL SELECT '', profile, person::text FROM linkage_findprofile ORDER BY 1, 2, 3"""
        )
        return cursor.fetchall()


def test_an_index_laid_beside_a_first_load_is_that_which_a_full_night_makes(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_ahead, "WORTH_IT", 0)
    place.deliver("gp", ANN, BEN)
    place.night()
    laid = index_in_use()
    assert laid
    assert not left_behind()
    place.night(full=True)
    assert index_in_use() == laid


def test_what_a_failed_night_laid_beside_is_forgotten(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It tells of people, and no seal would reach it (P2)."""
    monkeypatch.setattr(find_ahead, "WORTH_IT", 0)
    place.deliver("gp", ANN, BEN)
    with monkeypatch.context() as failing:
        failing.setattr(
            "joinedup.intelligence.linkage.operations.commit.commit_deliveries.write", _no_room
        )
        with pytest.raises(MemoryError):
            place.night()
    assert not left_behind()
    assert not Person.objects.using("owner").exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT find_index_begin()")
        cursor.execute("SELECT find_index_ready()")
    assert left_behind()
    place.night()
    assert not left_behind()
    assert Record.objects.using("owner").count() == 2


def _no_room(*_: object, **__: object) -> None:
    raise MemoryError
