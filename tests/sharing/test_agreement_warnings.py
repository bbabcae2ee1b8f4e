"""Those who govern sharing are warned, whoever is affected is told, and nobody twice (P7)."""

import datetime
from typing import Any

import pytest

from joinedup.foundations.core.dates import start_of
from joinedup.foundations.notices.models import Notice
from joinedup.identity.sharing.choices import AgreementChange
from joinedup.identity.sharing.operations.agreement_life import end_agreement, suspend_agreement
from joinedup.identity.sharing.operations.agreement_warnings import warn_of_agreements
from tests.sharing import walled
from tests.sharing.parties import AT, DAY, TODAY
from tests.sharing.test_previews import Place, place, sign

__all__ = ["place"]
pytestmark = pytest.mark.django_db

REVIEW = TODAY + 200 * DAY
MINUTE = datetime.timedelta(minutes=1)


def told(day: datetime.date) -> dict[str, set[object]]:
    """Who was told what on that day, at a minute past midnight."""
    before = set(Notice.objects.values_list("pk", flat=True))
    warn_of_agreements(day=day, at=start_of(day) + MINUTE)
    found: dict[str, set[object]] = {}
    for notice in Notice.objects.exclude(pk__in=before):
        found.setdefault(notice.kind, set()).add(notice.post_id)
    return found


@pytest.mark.parametrize("days", [90, 30, 7, 1])
def test_those_who_govern_are_warned_and_those_who_would_lose_a_safety_fact(
    place: Place, days: int
) -> None:
    """P7: warns (90, 30, 7, 1 days)."""
    sign(place)
    day = REVIEW - days * DAY
    governing = {v.post_id for v in (place.by.lead, place.by.guardian, place.care, place.by.police)}
    assert told(day) == {
        "agreement_review_due": governing,
        "safety_fact_at_risk": {place.worker.post_id},
    }
    assert told(day) == {}
    assert told(day - DAY) == {}


def test_on_the_lapse_every_affected_practitioner_is_told(place: Place) -> None:
    """P7, journey 11: every affected practitioner is told."""
    sign(place)
    found = told(REVIEW)
    assert found["sight_lost"] == {place.worker.post_id}
    assert place.by.lead.post_id in found["agreement_closed"]
    assert place.foretell(AgreementChange.END).effects != ()
    assert told(REVIEW) == {}
    assert told(REVIEW + DAY) == {}


@pytest.mark.parametrize("close", [suspend_agreement, end_agreement])
def test_a_suspension_or_an_end_is_told_at_once(place: Place, close: Any) -> None:
    sign(place)
    close(by=place.by.lead, agreement_id=place.agreement.pk, because="A breach", at=AT)
    kinds = {(notice.kind, notice.post_id) for notice in Notice.objects.all()}
    assert ("sight_lost", place.worker.post_id) in kinds
    assert ("agreement_closed", place.by.guardian.post_id) in kinds
    assert ("agreement_closed", place.by.lead.post_id) not in kinds


def test_a_signatory_of_another_agency_is_not_told(place: Place) -> None:
    sign(place)
    walled.agency("fire", "fire")
    stranger = walled.viewer("fire", "signatory")
    assert stranger.post_id not in told(REVIEW - 7 * DAY)["agreement_review_due"]
