"""What is asked at every key is asked by a kept plan, and answers alike where the plan is gone."""

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from joinedup.foundations.core.database.prepared import array_of, ask

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
