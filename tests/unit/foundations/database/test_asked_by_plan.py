"""What is asked at every key is asked by a kept plan, and answers alike where the plan is gone."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.core.database.prepared import Rows, array_of, ask, ask_together

pytestmark = pytest.mark.django_db

QUESTION = "SELECT $1::date, $2::uuid, $3::text[], $4::text IS NULL"
ODD = ['a "b"', "c\\d", "e,{f}", "", "NULL"]
UUID = "00000000-0000-4000-8000-00000000000a"


def asked() -> tuple[str, ...]:
    return tuple(map(str, ask(QUESTION, "2026-11-22", UUID, array_of(ODD), None)[0]))


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%IS NULL'"
        )
        return int(cursor.fetchone()[0])


def test_the_plan_is_kept_and_each_answer_is_the_same() -> None:
    expected = ("2026-11-22", UUID, str(ODD), "True")
    assert [asked() for _ in range(3)] == [expected] * 3
    assert plans() == 1


def test_a_plan_that_was_let_go_of_is_made_again() -> None:
    before = asked()
    connection.connection._prepared.clear()  # as a rollback does
    plans()
    assert plans() == 0
    assert asked() == before
    assert asked() == before


def test_a_refusal_of_the_database_is_an_error_of_django_s() -> None:
    ask("SELECT $1::integer", "1")
    with pytest.raises(DataError), transaction.atomic():
        ask("SELECT $1::integer", "one")
    assert ask("SELECT $1::integer", "2") == [(2,)]


def test_no_value_is_cut_short_at_a_nought() -> None:
    ask("SELECT $1::text", "a")
    with pytest.raises((DataError, ValueError)), transaction.atomic():
        ask("SELECT $1::text", "a\0b")


def test_what_is_asked_is_counted() -> None:
    with CaptureQueriesContext(connection) as counted:
        ask("SELECT 1")
    assert [each["sql"] for each in counted] == ["SELECT 1"]


def test_several_are_asked_at_once_and_answered_in_turn() -> None:
    one, two = ("SELECT $1::integer", ("1",)), ("SELECT $1::text", ("b",))
    assert [ask_together(one, two, one) for _ in range(3)] == [[[(1,)], [("b",)], [(1,)]]] * 3


def test_what_is_too_long_to_go_out_at_once_is_answered() -> None:
    long = "a" * 8_000_000
    one = ("SELECT length($1::text)", (long,))
    assert [ask_together(one, one) for _ in range(2)] == [[[(8_000_000,)]] * 2] * 2


def test_of_several_none_after_a_refused_one_is_done() -> None:
    ask("SELECT set_config('joinedup.tried', $1, true)", "before")
    ask("SELECT $1::integer", "1")
    with pytest.raises(DataError), transaction.atomic():
        ask_together(
            ("SELECT $1::integer", ("one",)),
            ("SELECT set_config('joinedup.tried', $1, true)", ("after",)),
        )
    assert ask("SELECT current_setting('joinedup.tried')") == [("before",)]


@contextmanager
def a_table_of_our_own() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE said (word text NOT NULL)")
    for _ in range(2):
        with transaction.atomic():
            said()
            say("warm")
            transaction.set_rollback(True)
    for _ in range(2):  # a rollback lets go of the plans
        with transaction.atomic():
            say("kept")
            said()
    try:
        yield
    finally:
        connection.close()


def say(word: str | None, *, ends: bool = False) -> Rows:
    return ask_together(("INSERT INTO said VALUES ($1) RETURNING word", (word,)), ends=ends)[0]


def said() -> int:
    return len(ask("SELECT word FROM said"))


def in_another_connection(what: object) -> None:
    """One that no test holds open, so that what it commits is committed."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(what).result()  # type: ignore[arg-type]


def test_the_end_of_a_transaction_goes_out_with_its_last_question() -> None:
    def commits() -> None:
        with a_table_of_our_own():
            before = said()
            with transaction.atomic():
                assert say("last", ends=True) == [("last",)]
                assert connection.connection.info.transaction_status.name == "IDLE"
            assert said() == before + 1

    in_another_connection(commits)


def test_a_last_question_that_is_refused_or_has_more_around_it_ends_nothing() -> None:
    def refused() -> None:
        with transaction.atomic():
            say("first")
            say(None, ends=True)

    def with_more_around_it() -> None:
        with transaction.atomic():
            with transaction.atomic():
                say("inside", ends=True)
            raise ZeroDivisionError

    def neither() -> None:
        with a_table_of_our_own():
            before = said()
            with pytest.raises(IntegrityError):
                refused()
            with pytest.raises(ZeroDivisionError):
                with_more_around_it()
            assert said() == before

    in_another_connection(neither)


def test_other_threads_go_on_while_an_answer_is_awaited() -> None:
    def lock(number: str) -> list[Rows]:
        wait = ("SELECT pg_advisory_xact_lock($1::bigint)::text", (number,))
        with transaction.atomic():
            ask("SELECT set_config('lock_timeout', '10s', true)")
            return ask_together(wait, wait)

    def waits() -> list[Rows]:
        try:
            lock("78")
            lock("78")
            return lock("77")
        finally:
            connection.close()

    ask("SELECT pg_advisory_lock(77)::text")
    with ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(waits)
        while not waiting.done() and not ask(
            "SELECT FROM pg_locks WHERE NOT granted AND objid = 77"
        ):
            pass
        assert not waiting.done()
        ask("SELECT pg_advisory_unlock(77)")
        assert waiting.result() == [[("",)], [("",)]]
