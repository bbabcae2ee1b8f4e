"""What pages leave behind of a record - looks, words kept apart, corrections, sessions - holds none of it (P15)."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from joinedup.foundations.accounts.models import Session
from joinedup.foundations.accounts.sessions import SessionStore
from joinedup.foundations.audit.models import Entry
from joinedup.intelligence.linkage.models import Correction
from joinedup.intelligence.linkage.operations.corrections import report_correction
from joinedup.intelligence.linkage.operations.recall import recall_records
from joinedup.intelligence.linkage.queries.find import Identity, find_people, is_this_one_of_ours
from joinedup.single_view.views.find import SEARCH
from tests.unit.linkage import traces
from tests.unit.linkage.conftest import SYSTEM, Place
from tests.unit.linkage.test_recall import TRACES, much_is_held, theirs


@pytest.fixture
def held(place_where: Callable[..., Place]) -> Place:
    return place_where(much_is_held)


def test_what_pages_leave_behind_holds_nothing_of_a_recalled_record(held: Place) -> None:
    """P15: somebody searched for them, was told of them, reported a mistake; their session keeps the search."""
    at = timezone.now()
    worker = held.viewer("practitioner", "housing")
    found = find_people(worker, "Quillon Zabrowska 1/5/1990", at=at)
    assert [answer.person for answer in found.answers] == [theirs("Z-1").person_id]
    who = Identity("Quillon", "Zabrowska", datetime.date(1990, 5, 1))
    is_this_one_of_ours(worker, who, at=at)
    report_correction(
        by=held.viewer("link_reviewer", "housing"), record_pk=theirs("Z-1").pk, field="family_name",
        because="She spells it Zabrowski", at=at,
    )  # fmt: skip
    session = SessionStore()
    session[SEARCH] = "Quillon Zabrowska"
    session.save()
    assert Correction.objects.using("owner").exists()
    assert Entry.objects.using("owner").filter(act="looked").exists()
    recall_records(
        by=SYSTEM, agency="housing", record_ids=["Z-1"], data=held.data, inbox=held.inbox, at=at
    )
    assert traces.in_database(*TRACES) == []
    assert traces.in_files(held.folder, *TRACES) == []
    assert "Quillon" not in Session.objects.get(pk=session.session_key).session_data
