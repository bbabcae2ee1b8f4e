"""Whatever holds or reaches a person is behind the wall, or the build fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, models

from tests.sharing.every_table import (
    ABOUT_NOBODY,
    about_people,
    faulty_views,
    guarded,
    reaching,
    shut_to_the_application,
    telling,
    unguarded,
)

both = pytest.mark.django_db(databases=["default", "owner"])


@pytest.fixture
def owner() -> Iterator[Any]:
    """The owner's hand, whatever it plants being pulled up afterwards."""
    with connections["owner"].cursor() as cursor:
        yield cursor


@pytest.mark.django_db
def test_nothing_about_people_lies_open() -> None:
    with connection.cursor() as cursor:
        assert sorted(unguarded(cursor)) == []


@pytest.mark.django_db
def test_the_walk_finds_what_is_known_to_be_about_people() -> None:
    with connection.cursor() as cursor:
        assert reaching(cursor) >= {
            "people_person", "people_recordversion", "people_holdingdetail", "linkage_link",
            "linkage_reviewdecision", "linkage_correction", "sharing_consent",
            "sharing_emergencyaccess", "sharing_restrictedaddress",
        }  # fmt: skip
        assert telling(cursor) >= {"linkage_findprofile", "linkage_quarantinedrow", "people_seal"}


@pytest.mark.django_db
def test_what_was_found_to_be_about_nobody_is_still_there_and_needs_the_excuse() -> None:
    with connection.cursor() as cursor:
        assert sorted(ABOUT_NOBODY.keys() - telling(cursor)) == []
        assert sorted(ABOUT_NOBODY.keys() & guarded(cursor)) == []


@both
def test_a_guard_that_falls_is_missed_wherever_it_stood(owner: Any) -> None:
    """Point 5: not one table is guarded by habit alone, so that nobody would see its policy go."""
    standing = sorted(guarded(owner))
    assert sorted(set(standing) - about_people(owner)) == []
    for table in standing:
        owner.execute(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    assert sorted(unguarded(owner) & set(standing)) == sorted(
        set(standing) - shut_to_the_application(owner)
    )


@both
@pytest.mark.parametrize(
    "planted",
    [
        "CREATE TABLE planted (id int, person_id uuid REFERENCES people_person)",
        "CREATE TABLE planted (id int, whose bigint REFERENCES people_record)",
        "CREATE TABLE planted (id int, whose bigint REFERENCES linkage_reviewpair)",
        "CREATE TABLE planted (id int, whose uuid REFERENCES sharing_matter)",
        "CREATE TABLE planted (id int, whose uuid REFERENCES cases_case)",
        "CREATE TABLE planted (id int, nhs_number text)",
        "CREATE TABLE planted (id int, link varchar(100))",
        "CREATE TABLE planted (id int, remarks text)",
        "CREATE TABLE planted (id int, remarks varchar(300)[])",
        "CREATE TABLE planted (id int, of_person uuid)",
        "CREATE TABLE planted (id int, anything jsonb)",
        "CREATE TABLE planted (id int, scanned bytea)",
        "CREATE TABLE planted (LIKE people_recordversion)",
        "CREATE TABLE planted AS SELECT * FROM people_record",
        "CREATE TABLE planted (id int, family_name text) PARTITION BY RANGE (id)",
    ],
)
def test_a_table_planted_in_the_open_is_found(owner: Any, planted: str) -> None:
    owner.execute(planted)
    assert unguarded(owner) == {"planted"}


@both
def test_row_security_without_a_policy_is_no_excuse_and_a_policy_without_it_none(
    owner: Any,
) -> None:
    owner.execute("CREATE TABLE planted (id int, person_id uuid REFERENCES people_person)")
    owner.execute("CREATE POLICY sight ON planted USING (false)")
    assert unguarded(owner) == {"planted"}
    owner.execute("DROP POLICY sight ON planted")
    owner.execute("ALTER TABLE planted ENABLE ROW LEVEL SECURITY")
    assert unguarded(owner) == {"planted"}
    owner.execute("CREATE POLICY sight ON planted USING (false)")
    assert unguarded(owner) == set()


@pytest.mark.django_db
def test_no_view_reads_with_its_owner_s_eyes() -> None:
    with connection.cursor() as cursor:
        assert sorted(faulty_views(cursor)) == []


@both
@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("CREATE VIEW planted AS SELECT * FROM people_record", {"planted"}),
        ("CREATE MATERIALIZED VIEW planted AS SELECT * FROM people_record", {"planted"}),
        ("CREATE VIEW planted WITH (security_invoker = true) AS SELECT 1 AS one", set()),
        ("CREATE VIEW planted WITH (security_invoker = false) AS SELECT 1 AS one", {"planted"}),
    ],
)
def test_a_view_planted_without_its_reader_s_eyes_is_found(
    owner: Any, planted: str, found: set[str]
) -> None:
    owner.execute(planted)
    assert faulty_views(owner) == found


@pytest.mark.django_db
def test_no_table_forces_its_policies_on_the_owner() -> None:
    """A definer function of a forced table would see nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relforcerowsecurity")
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_no_function_of_the_owner_looks_first_at_what_its_caller_made() -> None:
    """Where `pg_temp` is not named last, a caller's view of a table's name runs with the owner's rights."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT p.oid::regprocedure::text FROM pg_proc p
               WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND NOT EXISTS (
                 SELECT FROM unnest(p.proconfig) said
                 WHERE said LIKE 'search_path=%' AND said LIKE '%, pg_temp')"""
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_no_policy_is_open_to_all() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tablename, policyname FROM pg_policies
               WHERE schemaname = 'public' AND btrim(qual, '() ') = 'true'
                 AND cmd IN ('ALL', 'SELECT', 'UPDATE', 'DELETE')"""
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_the_system_is_judged_before_any_look_up() -> None:
    """PostgreSQL joins policies from the last by name: the night would look up every row it reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT tablename, max(policyname) FROM pg_policies WHERE schemaname = 'public'
               GROUP BY tablename HAVING bool_or(policyname LIKE '%acts_as_system')
                 AND max(policyname) NOT LIKE '%acts_as_system'"""
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_nobody_entered_finds_no_row_in_any_of_them() -> None:
    with connection.cursor() as cursor:
        for table in sorted(guarded(cursor)):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            assert cursor.fetchone() == (0,), table


def test_no_file_is_kept_beside_the_database() -> None:
    """A file would have no policy: one that is wanted lies in a guarded table."""
    kept = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.FileField)
    ]
    assert kept == []


@pytest.mark.django_db
def test_the_application_has_no_right_on_what_the_wall_stands_on() -> None:
    with connection.cursor() as cursor:
        for table in ("core_testclock", "sharing_rolereach"):
            cursor.execute(
                "SELECT has_any_column_privilege('joinedup_app', %s, 'SELECT, INSERT, UPDATE')",
                [table],
            )
            assert cursor.fetchone() == (False,)
