"""A first load checks keys and builds indexes at once, and leaves every one of them as it was."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction

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


TRICKS = (
    ["SELECT linkage_first_load_ready()"],
    ["DISCARD TEMP"],
    ["DELETE FROM pg_temp.linkage_put_back"],
    ["DROP TABLE pg_temp.linkage_put_back"],
    ["ALTER TABLE pg_temp.linkage_put_back DISABLE TRIGGER ALL"],
    ["SET CONSTRAINTS ALL IMMEDIATE"],
    ["SAVEPOINT a", "SELECT linkage_first_load_finish()", "ROLLBACK TO a"],
)
"""By which its caller might commit a first load that was begun, with the tables open."""


def committed(*statements: str) -> None:
    """Each in turn, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def test_no_trick_of_its_caller_commits_an_open_table(place: Place) -> None:
    """It falls with the trick, or at the latest when it would commit."""
    before = keys_and_indexes()
    assert Person.objects.using("owner").count() == 0
    for trick in TRICKS:
        with pytest.raises(DatabaseError):
            committed("SELECT linkage_first_load_begin()", *trick)
        assert keys_and_indexes() == before, trick


def test_what_its_caller_made_of_a_table_s_name_is_not_looked_at(place: Place) -> None:
    """It would run with the rights of the owner."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """CREATE FUNCTION pg_temp.mine() RETURNS uuid LANGUAGE plpgsql AS
               $$ BEGIN RAISE EXCEPTION 'ran as %', current_user; END $$"""
        )
        for name in ("people_person", "people_record", "pg_constraint", "pg_index", "pg_class"):
            cursor.execute(f"CREATE TEMPORARY VIEW {name} AS SELECT pg_temp.mine() AS id")
            cursor.execute(f"GRANT SELECT ON pg_temp.{name} TO PUBLIC")
        cursor.execute("SELECT linkage_first_load_begin()")
        assert cursor.fetchone() == (True,)
        transaction.set_rollback(True)


def test_what_was_asked_while_the_tables_were_open_is_shut_with_them(place: Place) -> None:
    """A statement prepared in between is planned anew behind the wall."""
    with connection.cursor() as cursor:
        with transaction.atomic():
            cursor.execute("SELECT linkage_first_load_begin()")
            cursor.execute("PREPARE in_between AS SELECT count(*) FROM people_person")
            cursor.execute(
                "INSERT INTO people_person (id, first_seen_on) VALUES (gen_random_uuid(), '2026-01-01')"
            )
            cursor.execute("EXECUTE in_between")
            assert cursor.fetchone() == (1,)
            cursor.execute("SELECT linkage_first_load_ready()")
            cursor.execute("EXECUTE in_between")
            assert cursor.fetchone() == (0,)
            cursor.execute("SELECT linkage_first_load_finish()")
        cursor.execute("EXECUTE in_between")
        assert cursor.fetchone() == (0,)
        cursor.execute("DEALLOCATE in_between")


def test_whoever_is_written_while_it_waits_for_its_lock_is_not_laid_open(place: Place) -> None:
    """It looks again once it has the lock."""

    def begin() -> bool:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT linkage_first_load_begin()")
                begun = bool(cursor.fetchone()[0])
                cursor.execute(f"SELECT count(*) {_LOCKS} AND pid = pg_backend_pid()")
                assert cursor.fetchone() == (0,), "it gives the lock back"
                return begun
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as beside:
        with transaction.atomic(), acting(Viewer.system("a test")), connection.cursor() as cursor:
            Person.objects.create(first_seen_on="2026-01-01")
            begun = beside.submit(begin)
            cursor.execute(f"SELECT count(*) {_LOCKS} AND NOT granted")
            while not begun.done() and cursor.fetchone() == (0,):
                cursor.execute(f"SELECT count(*) {_LOCKS} AND NOT granted")
        assert begun.result() is False


_LOCKS = """FROM pg_locks WHERE mode = 'AccessExclusiveLock'
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"""


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
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM linkage_findkey")
        assert cursor.fetchone() == (0,), "it lies behind the wall"
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


def test_an_index_that_was_not_closed_is_not_taken(place: Place) -> None:
    """It would stand without the wall in the place of the one behind it."""
    with pytest.raises(ProgrammingError, match="find_key_next"):
        committed("SELECT find_index_begin()", "SELECT find_index_take()")


def _no_room(*_: object, **__: object) -> None:
    raise MemoryError
