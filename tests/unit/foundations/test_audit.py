"""The audit is append-only, for the application and for everybody else."""

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction
from django.utils import timezone

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_look

pytestmark = pytest.mark.django_db


def a_line() -> Entry:
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


def test_a_line_has_a_purpose() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        record_look(
            at=timezone.now(), post_id=None, subject_kind="person", subject_id="x", purpose=""
        )
