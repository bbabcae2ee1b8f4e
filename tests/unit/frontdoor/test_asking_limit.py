"""How often a post may ask who somebody is: counted in the database, by post, draft and minute (P17)."""

import datetime
import uuid

import pytest

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.models import MatchQuestion
from joinedup.support.frontdoor.operations.drafts import begin_draft
from joinedup.support.frontdoor.operations.matching import ask_who_it_is
from joinedup.support.frontdoor.rules.typed import TypedSubject
from joinedup.support.frontdoor.rules.ways_in import ASKS_IN_TEN_MINUTES, KEYS_IN_TEN_MINUTES
from tests.sharing import walled

pytestmark = pytest.mark.django_db

AT = datetime.datetime(2026, 11, 20, 10, tzinfo=datetime.UTC)


@pytest.fixture
def officer() -> Viewer:
    walled.agency("police", "police")
    return walled.viewer("police", "police_liaison")


def ask(officer: Viewer, keys: int, drafts: int = 1, back: datetime.timedelta | None = None) -> str:
    """Let a post have asked so often, in so many drafts, so long ago; what it is told when it asks now."""
    kept = [uuid.UUID(int=number) for number in range(drafts)]
    with acting(walled.SYSTEM):
        MatchQuestion.objects.bulk_create(
            MatchQuestion(
                post_id=officer.post_id, draft=kept[key % drafts], purpose="crime_disorder",
                answer="maybe", at=AT - (back or datetime.timedelta()),
            )
            for key in range(keys)
        )  # fmt: skip
    draft = begin_draft(by=officer, at=AT)
    line = ask_who_it_is(
        by=officer, draft_id=draft.pk, purpose="crime_disorder", subject=TypedSubject("Ada"), at=AT
    )
    return line.waits


def test_many_keys_for_one_person_are_answered_and_a_program_s_are_not(officer: Viewer) -> None:
    assert "Add" in ask(officer, KEYS_IN_TEN_MINUTES - 1)
    assert "few minutes" in ask(officer, 1)


def test_many_people_in_a_few_minutes_are_too_many(officer: Viewer) -> None:
    assert "few minutes" in ask(officer, ASKS_IN_TEN_MINUTES, ASKS_IN_TEN_MINUTES)


def test_what_another_post_asked_or_was_asked_before_does_not_count(officer: Viewer) -> None:
    ask(walled.viewer("police", "police_liaison"), KEYS_IN_TEN_MINUTES)
    earlier = datetime.timedelta(minutes=11)
    assert "Add" in ask(officer, KEYS_IN_TEN_MINUTES, back=earlier)
