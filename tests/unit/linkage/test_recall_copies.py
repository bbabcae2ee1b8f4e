"""Copies that left the product are named when their source recalls what they say (P15)."""

import uuid
from collections.abc import Callable

import pytest
from django.utils import timezone

from joinedup.config.commands.recall import _told
from joinedup.foundations.audit.models import Entry
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.operations.subject import ANSWER
from joinedup.intelligence.linkage.operations.recall import Recalled, recall_records
from tests.unit.linkage.conftest import Place
from tests.unit.linkage.test_recall import much_is_held, theirs


@pytest.fixture
def held(place_where: Callable[..., Place]) -> Place:
    return place_where(much_is_held)


def taken_out(held: Place, kind: str, person: uuid.UUID, *, holder: str = "housing") -> str:
    """Somebody takes a copy about this person out."""
    by, of = held.viewer("practitioner", holder), str(uuid.uuid4())
    record_copy(
        by=by.post_id, kind=kind, of=of, holder=holder, place="pdf", purpose=by.purpose,
        at=timezone.now(), person_id=person,
    )  # fmt: skip
    return of


def recalled(held: Place, record_id: str) -> Recalled:
    return recall_records(
        by=held.viewer("data_manager", "housing"), agency="housing", record_ids=[record_id],
        data=held.data, inbox=held.inbox, at=timezone.now(),
    )  # fmt: skip


def test_minutes_plans_and_answers_that_left_are_named_once(held: Place) -> None:
    """P15: also under an identifier that was merged; another agency's own answer holds none of it."""
    person, other = theirs("Z-1").person_id, theirs("2").person_id
    assert person is not None
    assert other is not None
    merged = Person.objects.using("owner").create(first_seen_on=held.day, merged_into_id=person)
    wanted = [
        taken_out(held, "minutes", person, holder="gp"),
        taken_out(held, "plan", merged.pk, holder="adult_care"),
        taken_out(held, ANSWER, person),
    ]
    taken_out(held, ANSWER, person, holder="gp")
    taken_out(held, "minutes", other)
    done = recalled(held, "Z-1")
    assert [copy.of for copy in done.copies] == wanted
    assert Entry.objects.using("owner").filter(act="recalled").count() == 3
    again = recalled(held, "2")
    assert [copy.kind for copy in again.copies] == ["minutes"], "and nothing named before"


def test_a_copy_is_told_by_what_is_to_be_done_with_it() -> None:
    at = timezone.now()
    assert _told("rows to mend", "7", "download", at, whole=True).startswith(
        "To be destroyed by hand:"
    )
    assert "looked at by hand" in _told("minutes", "x", "pdf", at, whole=False)
