"""Who reads the audit: a post its own lines, who may read all, a person what they are told of (P14)."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from joinedup.foundations.audit.models import Entry, Inquiry, KeptApart, Leaf
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.audit.operations.sequence import sequence_leaves

pytestmark = pytest.mark.django_db
POST, OTHER = uuid.uuid4(), uuid.uuid4()
ME, MERGED, SOMEBODY = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


def enter(**settings: str) -> None:
    """Stand where the wall would put somebody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT wall_leave()")
        for name, value in settings.items():
            cursor.execute(f"SELECT set_config('joinedup.{name}', %s, true)", [value])


@pytest.fixture(autouse=True)
def lines(as_system: None) -> None:
    for post in (POST, OTHER):
        for person in (ME, MERGED, SOMEBODY):
            for traceless in (False, True):
                record_look(
                    at=timezone.now(), post_id=post, subject_kind="person", subject_id=str(person),
                    purpose="own_work", traceless=traceless, detail={"words": "Jane Smith"},
                )  # fmt: skip
    assert sequence_leaves() == 12


def test_nobody_reads_nothing() -> None:
    enter()
    for model in (Entry, KeptApart, Leaf, Inquiry):
        assert not model.objects.exists()


def test_nobody_may_still_leave_a_line() -> None:
    """A refusal is written for whoever was refused."""
    enter()
    record_look(
        at=timezone.now(), post_id=None, subject_kind="page", subject_id="", purpose="x",
        outcome="refused", detail={"words": "Jane Smith"},
    )  # fmt: skip
    assert not Entry.objects.exists()


def test_a_post_reads_its_own_lines() -> None:
    enter(post=str(POST), permissions=",find_people,")
    assert set(Entry.objects.values_list("post_id", flat=True)) == {POST}
    assert Entry.objects.count() == 6
    assert not KeptApart.objects.exists()


def test_who_may_read_the_audit_reads_all_of_it() -> None:
    enter(post=str(uuid.uuid4()), permissions=",see_sharing,read_audit,")
    assert (Entry.objects.count(), KeptApart.objects.count(), Leaf.objects.count()) == (12, 12, 12)


def test_a_permission_of_a_like_name_is_another() -> None:
    enter(post=str(uuid.uuid4()), permissions=",read_audit_of_others,")
    assert not Entry.objects.exists()


def test_a_person_reads_what_is_told_of_themselves_under_any_identifier() -> None:
    """P14: and of what leaves no trace, nothing."""
    enter(person=f"{{{ME},{MERGED}}}")
    assert set(Entry.objects.values_list("person_id", flat=True)) == {ME, MERGED}
    assert not Entry.objects.filter(traceless=True).exists()
    assert Entry.objects.count() == 4
    assert not Leaf.objects.exists()


def test_words_are_erased_only_by_who_may_read_them() -> None:
    enter(post=str(POST), permissions=",find_people,")
    assert KeptApart.objects.all().delete()[0] == 0
    enter(post=str(POST), permissions=",read_audit,")
    assert KeptApart.objects.all().delete()[0] == 12


def test_only_who_may_read_the_audit_concludes() -> None:
    enter(post=str(POST), permissions=",find_people,")
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Inquiry.objects.create(
            post_id=OTHER,
            on="2026-11-20",
            conclusion="justified",
            by_post_id=POST,
            at=timezone.now(),
        )
