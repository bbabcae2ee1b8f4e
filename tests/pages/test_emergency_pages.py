"""Emergency access and requests for an address, as the pages lead through them."""

import uuid
from pathlib import Path

from django.test import Client

from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.models import AddressRelease, AgencySight, EmergencyAccess
from tests.pages.addresses import somebody
from tests.pages.signing_in import signed_in
from tests.sharing.walled import SYSTEM

WORDS = "He has rung and says goodbye to everybody"


def somebody_the_police_do_not_see() -> uuid.UUID:
    """A GP practice's patient, once what lets the police see who they are is taken away."""
    with acting(SYSTEM):
        AgencySight.objects.filter(recipient="police").delete()
        known = Record.objects.filter(agency="police").values("person")
        return Record.objects.filter(agency="gp").exclude(person__in=known).earliest("pk").person_id


def proved(client: Client, path: str) -> None:
    """Answer the demo's question whether it is really them."""
    first = client.get(path)
    assert first.status_code == 302
    client.post(first["Location"], {"proof": "pressed"})


def test_a_closed_person_opens_for_some_hours_and_is_reviewed(linked: Path) -> None:
    person = somebody_the_police_do_not_see()
    officer, page = signed_in("police"), f"/people/{person}/"
    assert officer.get(page).status_code == 404
    proved(officer, f"{page}emergency/")
    asked = officer.get(f"{page}emergency/").content.decode()
    assert "ring 999 first" in asked
    empty = officer.post(f"{page}emergency/", {"words": WORDS}).content.decode()
    assert "Choose why this cannot wait" in empty
    assert WORDS in empty, "what was typed is kept"
    done = officer.post(
        f"{page}emergency/", {"reason": "life_at_risk", "words": WORDS}, follow=True
    )
    shown = done.content.decode()
    assert "Emergency access until" in shown
    assert "Vital interests" in shown
    assert officer.get(f"/people/{somebody()}/emergency/").status_code == 200

    guardian = signed_in("guardian")
    queue = guardian.get("/emergency/").content.decode()
    assert "Waiting for review" in queue
    opened = EmergencyAccess.objects.using("owner").latest("starts_at")
    review = guardian.get(f"/emergency/{opened.pk}/").content.decode()
    assert WORDS in review
    guardian.post(f"/emergency/{opened.pk}/", {"outcome": "justified", "words": "He was found"})
    assert "Justified" in guardian.get("/emergency/").content.decode()
    assert signed_in("social-worker").get(f"/emergency/{opened.pk}/").status_code == 404


def test_two_duty_managers_answer_what_another_agency_asks(linked: Path) -> None:
    """P13: one relays, two release."""
    person = somebody()
    asking = signed_in("front-door")
    sent = asking.post(
        f"/people/{person}/reach/", {"holder": "housing", "why": "Her mother is dying"}, follow=True
    )
    assert "The duty manager has been asked" in sent.content.decode()
    asked = AddressRelease.objects.using("owner").latest("asked_at")
    first, second = signed_in("duty-manager"), signed_in("second-duty-manager")
    assert "Her mother is dying" in first.get("/address-releases/").content.decode()
    path = f"/address-releases/{asked.pk}/"
    first.post(path, {"answer": "agree"})
    again = first.post(path, {"answer": "agree"}, follow=True).content.decode()
    assert "A second duty manager must agree too" in again
    second.post(path, {"answer": "agree"})
    asked.refresh_from_db(using="owner")
    assert asked.second_id is not None
    assert "Released" in second.get(path).content.decode()
    assert signed_in("team-manager").get(path).status_code == 403
