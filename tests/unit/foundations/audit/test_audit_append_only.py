"""The audit is append-only, for the application and for everybody else."""

import uuid

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_look

pytestmark = pytest.mark.django_db


def a_line() -> uuid.UUID:
    return record_look(
        at=timezone.now(), post_id=None, subject_kind="person", subject_id="x", purpose="a test"
    )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_a_line_is_never_altered_or_removed_by_the_application(statement: str) -> None:
    a_line()
    refused = pytest.raises(ProgrammingError, match="permission denied")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.count() == 1


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_entry SET act = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"],
)
def test_nor_by_the_owner_by_mistake(statement: str) -> None:
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(
            """INSERT INTO audit_entry (id, at, act, subject_kind, subject_id, purpose, detail)
               VALUES (gen_random_uuid(), now(), 'looked', 'person', 'x', 'a test', '{}')"""
        )
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(using="owner"):
            cursor.execute(statement)


TREE = ("leaf", "treenode", "treehead", "treecheck", "inquiry")


@pytest.mark.parametrize("table", [*TREE, "entry", "keptapart", "sequencer"])
def test_the_application_may_only_add(table: str) -> None:
    """What numbers and checks is closed to it altogether; words kept apart it may erase."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT has_table_privilege(current_user, %s, 'INSERT'),
                      has_table_privilege(current_user, %s, 'UPDATE'),
                      has_table_privilege(current_user, %s, 'DELETE')""",
            [f"audit_{table}"] * 3,
        )
        may_add = table in {"entry", "keptapart", "treehead", "inquiry"}
        assert cursor.fetchone() == (may_add, False, table == "keptapart")


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize("table", TREE)
def test_the_tree_is_not_altered_by_the_owner_by_mistake(table: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(_ROW[table])
        for statement in (f"DELETE FROM audit_{table}", f"TRUNCATE audit_{table}"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(using="owner"),
            ):
                cursor.execute(statement)


_ROW = {
    "leaf": "INSERT INTO audit_leaf VALUES (0, gen_random_uuid())",
    "treenode": "INSERT INTO audit_treenode (level, place, hash) VALUES (0, 0, '')",
    "treehead": "INSERT INTO audit_treehead (size, root, at, key, signature) VALUES (1, '', now(), '', '')",
    "treecheck": """INSERT INTO audit_treecheck (at, intact, size, root, sentence)
                    VALUES (now(), true, 0, '', '')""",
    "inquiry": """INSERT INTO audit_inquiry (id, post_id, "on", conclusion, by_post_id, at)
                  VALUES (gen_random_uuid(), gen_random_uuid(), now(), 'justified', gen_random_uuid(), now())""",
}


def test_a_line_has_a_purpose() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        record_look(
            at=timezone.now(), post_id=None, subject_kind="person", subject_id="x", purpose=""
        )
