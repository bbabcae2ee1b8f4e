"""What a line says, and that a batch of looks is one statement."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations import record_change, record_look, record_looks

pytestmark = pytest.mark.django_db
PERSON = uuid.uuid4()


def test_a_look_says_by_whom_at_whom_at_what_and_why() -> None:
    post = uuid.uuid4()
    entry = record_look(
        at=timezone.now(), post_id=post, subject_kind="person", subject_id=str(PERSON),
        purpose="direct_care", agency="gp", team="3", role="general_practitioner", holder="adult_care",
        categories={"identity", "care_plan"}, basis="direct_care", no_involvement=True,
    )  # fmt: skip
    kept = Entry.objects.get(pk=entry)
    assert (kept.act, kept.outcome, kept.post_id) == ("looked", "seen", post)
    assert (kept.person_id, kept.subject_id) == (PERSON, str(PERSON))
    assert (kept.agency, kept.team, kept.role) == ("gp", "3", "general_practitioner")
    assert (kept.holder, kept.categories, kept.basis) == (
        "adult_care", ["care_plan", "identity"], "direct_care",
    )  # fmt: skip
    assert (kept.no_involvement, kept.same_name, kept.traceless) == (True, False, False)


def test_a_refusal_is_a_line_like_a_look() -> None:
    record_look(
        at=timezone.now(), post_id=None, subject_kind="person", subject_id=str(PERSON),
        purpose="direct_care", outcome="refused",
    )  # fmt: skip
    assert Entry.objects.get().outcome == "refused"


def test_the_person_may_be_another_thing_s() -> None:
    record_change(
        at=timezone.now(), post_id=None, act="withdrew", subject_kind="consent", subject_id="7",
        purpose="own_work", person_id=PERSON,
    )  # fmt: skip
    kept = Entry.objects.get()
    assert (kept.person_id, kept.subject_id, kept.outcome) == (PERSON, "7", "done")


def test_many_looks_are_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    people = [uuid.uuid4() for _ in range(50)]
    with django_assert_num_queries(1):
        record_looks(
            at=timezone.now(), post_id=None, subject_kind="person", purpose="own_work",
            subject_ids=[str(person) for person in people], detail={"in": "find"},
        )  # fmt: skip
    assert set(Entry.objects.values_list("person_id", flat=True)) == set(people)


def test_no_looks_are_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        record_looks(
            at=timezone.now(), post_id=None, subject_kind="person", purpose="x", subject_ids=[]
        )


def test_an_outcome_nobody_knows_is_refused() -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        record_look(
            at=timezone.now(), post_id=None, subject_kind="person", subject_id="", purpose="x",
            outcome="perhaps",
        )  # fmt: skip
