"""The pages on which an agency is let go: foretold first, then decided, settled, taken back (P15)."""

import pytest
from django.test import Client

from joinedup.foundations.agencies.models import AgencyExit
from joinedup.foundations.core import clock
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations import derive
from tests.pages.test_breach_pages import read
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled
from tests.sharing.parties import AT, Parties, parties, signed

pytestmark = pytest.mark.django_db
ALL, ONE = "/agencies/", "/agencies/police/leaving/"
SAID = {
    "leaves_on": "12 12 2026",
    "because": "The force is redrawn",
    "data_becomes": "Given back and erased here",
}


@pytest.fixture
def by(monkeypatch: pytest.MonkeyPatch) -> Parties:
    monkeypatch.setattr(clock, "now", lambda: AT)
    made = parties()
    signed(made)
    walled.viewer("housing", "housing_officer")
    derive.agencies(None, at=AT)
    return made


@pytest.fixture
def keeper(by: Parties) -> Client:
    return signed_in(walled.viewer("hub", "partnership_administrator"))


def test_an_agency_is_let_go_once_it_was_read_what_that_changes(keeper: Client) -> None:
    assert f'href="{ONE}"' in read(keeper, ALL)
    first = read(keeper, ONE)
    assert "If Police left the partnership" in first
    assert "What would change" not in first
    unread = read(keeper, ONE, SAID)
    assert "Read below what would change" in unread
    assert "nobody would see more" in unread or "would see less" in unread
    assert "The force is redrawn" in unread, "what was typed stays"
    assert not AgencyExit.objects.exists()
    assert "Write the day like" in read(keeper, ONE, {**SAID, "leaves_on": "soon"})
    past = read(keeper, ONE, {**SAID, "leaves_on": "1 1 2026", "read": "on"})
    assert "today at the earliest" in past
    assert keeper.post(ONE, {**SAID, "read": "on"})["Location"] == ONE
    settled = read(keeper, ONE)
    assert "Leaves on 12 December 2026" in settled
    assert "Safer streets" in settled, "the agreement is to be amended"
    assert "Open cases that it leads: 7 or fewer" in settled, "P44: nought is as small a number"
    assert "Leaves on 12 December 2026" in read(keeper, ALL)
    assert "Say why it stays" in read(keeper, ONE, {"stays_because": " "})
    assert keeper.post(ONE, {"stays_because": "It is not redrawn"})["Location"] == ONE
    assert "If Police left the partnership" in read(keeper, ONE)
    late = keeper.post(ONE, {"stays_because": "Again"}, follow=True)
    assert "Police is not leaving" in late.content.decode(), "two took it back"


def test_who_governs_sharing_foretells_and_decides_not(by: Parties) -> None:
    guardian = signed_in(by.guardian)
    page = read(guardian, ONE, {"leaves_on": "12 12 2026"})
    assert "What would change" in page
    assert "No safety fact would be lost" in page, "P7: said either way"
    assert "Let it leave" not in page
    read(guardian, ONE, {**SAID, "read": "on"})
    assert not AgencyExit.objects.exists(), "who governs sharing lets nobody go"


def test_it_opens_to_nobody_else(by: Parties) -> None:
    officer = signed_in(walled.viewer("housing", "housing_officer"))
    assert officer.get(ALL).status_code == 403
    assert officer.get(ONE).status_code == 403
    assert signed_in(by.lead).get("/agencies/nobody/leaving/").status_code == 404


def test_the_agreement_tells_that_a_party_leaves(keeper: Client, by: Parties) -> None:
    keeper.post(ONE, {**SAID, "read": "on"})
    lead = signed_in(by.lead)
    shown = read(lead, f"/agreements/{SharingAgreement.objects.get().pk}/")
    assert "Police is no longer part of the partnership from 12 December 2026" in shown
