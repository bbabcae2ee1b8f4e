"""The application works as a role that owns nothing and cannot step round the database's wall."""

import pytest
from django.db import ProgrammingError, connection, transaction


def _one(statement: str) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


@pytest.mark.django_db
def test_tests_run_as_the_application() -> None:
    assert _one("SELECT session_user, current_user") == ("joinedup_app", "joinedup_app")


@pytest.mark.django_db
def test_application_has_no_way_round() -> None:
    found = _one(
        "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication"
        " FROM pg_roles WHERE rolname = current_user"
    )
    assert found == (False,) * 5


@pytest.mark.django_db
def test_application_is_not_a_member_of_the_owner() -> None:
    assert _one("SELECT pg_has_role('joinedup_app', 'joinedup_owner', 'MEMBER')") == (False,)


@pytest.mark.django_db
def test_application_owns_nothing() -> None:
    assert _one("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole") == (0,)
    assert _one("SELECT count(*) FROM pg_proc WHERE proowner = current_user::regrole") == (0,)


@pytest.mark.django_db
def test_everything_made_belongs_to_the_owner() -> None:
    others = _one(
        "SELECT count(*) FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
        " WHERE nspname = 'public' AND relowner <> 'joinedup_owner'::regrole"
    )
    assert others == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a int)",
        "ALTER TABLE accounts_user ADD COLUMN more int",
        "DROP TABLE accounts_user",
        "TRUNCATE accounts_user",
        "SET ROLE joinedup_owner",
        "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_application_may_not_change_the_tables_themselves(statement: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_application_may_load_through_temporary_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE loading (a int) ON COMMIT DROP")
        cursor.execute("INSERT INTO loading VALUES (1)")
    assert _one("SELECT a FROM loading") == (1,)


@pytest.mark.django_db
def test_functions_are_closed_until_granted() -> None:
    open_to_all = _one(
        "SELECT count(*) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE nspname = 'public' AND proowner = 'joinedup_owner'::regrole"
        " AND has_function_privilege('public', p.oid, 'EXECUTE')"
    )
    assert open_to_all == (0,)
