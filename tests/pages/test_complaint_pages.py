"""The pages of a complaint about data: made on the own page or written down, and answered (P15)."""

import pytest
from django.test import Client

from joinedup.identity.accountability.models import DataComplaint
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess
from tests.pages.test_breach_pages import read
from tests.pages.test_own_forms_pages import Somebody
from tests.pages.test_story_pages import signed_in
from tests.sharing import walled

pytestmark = pytest.mark.django_db
MINE, OWN, WAITING = "/my-page/complaint/", "/my-page/", "/data-complaints/"


@pytest.fixture
def somebody() -> Somebody:
    return Somebody()


@pytest.fixture
def duty(somebody: Somebody) -> Client:
    return signed_in(walled.viewer("care", "duty_manager"))


def inside(somebody: Somebody) -> Client:
    client = somebody.opens()
    client.post("/my-page/choose/", {"way": "number", "number": "47 11 08"})
    return client


def complaint() -> DataComplaint:
    with acting(walled.SYSTEM):
        return DataComplaint.objects.get()


def test_she_complains_on_her_own_page_and_is_answered_there(
    somebody: Somebody, duty: Client
) -> None:
    client = inside(somebody)
    assert "Complain about what was done" in read(client, OWN)
    assert "Say what is wrong" in read(client, MINE, {"agency": "care"})
    kept = read(client, MINE, {"words": "You told my landlord"})
    assert "Choose which agency" in kept
    assert "You told my landlord" in kept
    made = client.post(MINE, {"agency": "care", "words": "You told my landlord"})
    assert made["Location"] == OWN
    assert "that they have it" in read(client, OWN)
    assert "You told my landlord" in read(duty, WAITING)
    at = f"{WAITING}{complaint().pk}/"
    assert "Acknowledge it" in read(duty, at)
    assert "not later than today" in read(duty, at, {"acknowledged_on": "1 1 2031"})
    today = f"{complaint().received_on:%d %m %Y}"
    assert duty.post(at, {"acknowledged_on": today})["Location"] == at
    assert "look into it" in read(client, OWN)
    assert "Say where it stands" in read(duty, at, {"progress": " "})
    assert duty.post(at, {"progress": "We ask the landlord"})["Location"] == at
    assert "We ask the landlord" in read(client, OWN)
    unsaid = read(duty, at, {"answer": "We are sorry"})
    assert "Choose whether they were right" in unsaid
    assert "We are sorry" in unsaid
    assert duty.post(at, {"answer": "We are sorry", "outcome": "upheld"})["Location"] == at
    hers = read(client, OWN)
    assert "You were right. We are sorry" in hers
    assert "Answer it" not in read(duty, at)
    assert "answered already" in read(duty, at, {"answer": "Again", "outcome": "upheld"})


def test_one_made_by_phone_is_written_down_by_whoever_hears_it(
    somebody: Somebody, duty: Client
) -> None:
    worker, at = signed_in(somebody.worker), f"/people/{somebody.person}/data-complaint/"
    assert "Write down a complaint" in read(worker, at)
    assert at in read(worker, f"/people/{somebody.person}/")
    said = {"agency": "care", "way": "phone", "received_on": "1 1 2031", "words": "They told"}
    assert "after today" in read(worker, at, said)
    assert worker.post(at, {**said, "received_on": "1 3 2026"}).status_code == 302
    assert complaint().written_by_id == somebody.worker.post_id
    assert "Was to be acknowledged by 30 March 2026" in read(duty, WAITING)
    walled.agency("police", "police")
    stranger = signed_in(walled.viewer("police", "police_liaison"))
    assert stranger.get(at).status_code == 404, "whom they do not see they write nothing of"


def test_a_carer_reads_no_way_to_complain_in_their_place(somebody: Somebody, duty: Client) -> None:
    client = inside(somebody)
    with acting(walled.SYSTEM):
        OwnAccess.objects.filter(pk=somebody.access.pk).update(
            right=PageFor.AGREED, held_by="Her sister"
        )
    assert MINE not in read(client, OWN)
    said = {"agency": "care", "words": "You told my landlord"}
    assert "Ring the agency" in read(client, MINE, said)


def test_an_agency_reads_its_own_alone(somebody: Somebody, duty: Client) -> None:
    assert "Nobody has complained" in read(duty, WAITING)
    inside(somebody).post(MINE, {"agency": "care", "words": "You told my landlord"})
    walled.agency("police", "police")
    others = signed_in(walled.viewer("police", "duty_manager"))
    assert "Nobody has complained" in read(others, WAITING)
    assert others.get(f"{WAITING}{complaint().pk}/").status_code == 404
