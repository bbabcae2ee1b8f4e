"""Pages of what agencies decide for themselves: approvals, seats, sessions at practices, professional advice."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.places.models import Locality, Practice
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.models import (
    DecisionApproval,
    InReachClinic,
    PanelItem,
    PanelSeat,
)
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import THURSDAY, convened, queued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the Thursday of the meeting."""
    monkeypatch.setattr(clock, "now", lambda: THURSDAY)


@pytest.fixture
def at_it() -> Table:
    return table()


def signed_in(viewer: Viewer) -> Client:
    """Somebody at their desk."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


def test_the_chair_asks_two_agencies_and_one_refuses_on_its_page(at_it: Table) -> None:
    """S0-30: ticked in the room, shown as waiting, answered by a manager, marked as refused."""
    item = queued(at_it)
    meeting = convened(at_it, at_it.police, at_it.housing, at_it.care)
    chair, act = signed_in(at_it.chair), reverse("meeting-act", args=[meeting.pk, "open"])
    with acting(walled.SYSTEM):
        line = PanelItem.objects.values_list("agenda_id", flat=True).get(pk=item.pk)
    assert "must approve it" in chair.post(act, {"line": line}, follow=True).content.decode()
    write = reverse("meeting-write", args=[meeting.pk])
    chair.post(write, {"item": item.pk, "box": "reasons", "base": "", "words": "Known best."})
    chair.post(write, {"item": item.pk, "box": "own_words", "base": "", "words": "A door."})
    said = {f"stance_{code}": "agrees" for code in ("council", "police", "housing", "care")}
    decided = chair.post(
        reverse("meeting-act", args=[meeting.pk, "decide"]),
        said | {"line": line, "kind": "advice", "approvals": ["care", "housing"]}, follow=True,
    ).content.decode()  # fmt: skip
    assert "No effect yet" in decided
    with acting(walled.SYSTEM):
        asked = DecisionApproval.objects.get(agency="care")
    page = reverse("panel-approval", args=[asked.pk])
    assert signed_in(at_it.police).get(page).status_code == 404
    manager = signed_in(at_it.care_manager)
    assert "Known best." in manager.get(page).content.decode()
    faulty = manager.post(page, {"answer": "approves", "words": "Kept while wrong"})
    assert "reference of the delegation" in faulty.content.decode()
    assert "Kept while wrong" in faulty.content.decode()
    done = manager.post(page, {"answer": "refuses", "words": "Outside of our scheme"}, follow=True)
    assert "The chair is told why" in done.content.decode()
    assert manager.get(page).status_code == 404
    shown = chair.get(reverse("panel-item", args=[item.pk])).content.decode()
    assert "Refused by Care" in shown
    assert "Outside of our scheme" in shown
    assert "was asked to approve it and is no longer" in shown


def test_a_seat_is_asked_for_shown_as_vacant_and_filled_by_its_agency(at_it: Table) -> None:
    """S2-32."""
    coordinator = signed_in(at_it.coordinator)
    therapist = walled.viewer("care", "social_worker", team="Therapy")
    ask = reverse("panel-seats", args=[at_it.panel.code])
    said = {"agency": "care", "discipline": "therapist", "as_what": "Clinical director"}
    shown = coordinator.post(ask, said, follow=True).content.decode()
    assert "Vacant" in shown
    assert "Clinical director" in shown
    page = reverse("panel-nominate-member", args=[PanelSeat.objects.get().pk])
    assert signed_in(at_it.housing_manager).get(page).status_code == 404
    manager = signed_in(at_it.care_manager)
    assert "Clinical director" in manager.get(page).content.decode()
    manager.post(page, {"post": str(therapist.post_id)})
    members = reverse("panel-members", args=[at_it.panel.code])
    assert "Vacant" not in coordinator.get(members).content.decode()
    coordinator.post(ask, {"give_up": PanelSeat.objects.get().pk})
    assert PanelSeat.objects.get().ends_on == THURSDAY.date()


def test_a_service_plans_sessions_at_a_practice_and_calls_one_off(at_it: Table) -> None:
    """S0-57, S2-27."""
    north = Locality.objects.create(code="N", name="North", starts_on=AT.date())
    Practice.objects.create(ods_code="Y1", name="Elm Row", locality=north)
    manager, worker = signed_in(at_it.care_manager), signed_in(at_it.care)
    page = reverse("in-reach")
    assert "No service comes in anywhere yet" in worker.get(page).content.decode()
    assert worker.get(reverse("in-reach-new")).status_code == 404
    said = {
        "team": at_it.care_manager.team_id, "practice": "Y1", "phase": "2", "is_pilot": "on",
        "rhythm": "weekly", "weekday": "0", "at_time": "14:00", "minutes": "120", "places": "4",
        "starts_on": "20 11 2026",
    }  # fmt: skip
    faulty = manager.post(reverse("in-reach-new"), said).content.decode()
    assert "Say what the pilot is to show" in faulty
    shown = manager.post(
        reverse("in-reach-new"), said | {"words": "Fewer trips"}, follow=True
    ).content.decode()
    assert "Elm Row" in shown
    one = reverse("in-reach-clinic", args=[InReachClinic.objects.get().pk])
    assert "Call" not in worker.get(one).content.decode()
    off = manager.post(one, {"on": "2026-11-23", "because": "Away"}, follow=True)
    assert "23 November 2026: not held. Away" in off.content.decode()
    ended = manager.post(one, {"ends_on": "1 12 2026"}, follow=True).content.decode()
    assert "until 1 December 2026" in ended


def test_a_question_goes_to_a_professional_lead_and_comes_back_answered(at_it: Table) -> None:
    """S4-18."""
    Post.objects.filter(pk=at_it.care.post_id).update(
        professional_supervisor=at_it.care_manager.post_id
    )
    asker, lead = signed_in(at_it.care), signed_in(at_it.care_manager)
    page = reverse("professional-advice")
    said = {"to_post": str(at_it.care_manager.post_id), "question": "When do we write?"}
    shown = asker.post(page, said, follow=True).content.decode()
    assert "When do we write?" in shown
    one = next(
        part.split('"')[0] for part in shown.split('href="') if part.startswith(f"{page}")
        and len(part.split('"')[0]) > len(page)
    )  # fmt: skip
    assert signed_in(at_it.housing).get(one).status_code == 404
    lead.post(one, {"advice": "After three tries."})
    assert "After three tries." in asker.get(one).content.decode()


def test_localities_are_open_to_everybody_signed_in(at_it: Table) -> None:
    """S0-1."""
    begins = datetime.date(2026, 1, 5)
    Locality.objects.create(code="N", name="North", starts_on=begins)
    client = signed_in(at_it.police)
    assert "North" in client.get(reverse("localities")).content.decode()
    assert "No practice lies in it" in client.get(reverse("locality", args=["N"])).content.decode()
    assert client.get(reverse("locality", args=["X"])).status_code == 404


def test_a_charity_sees_which_routes_lead_to_it_beside_those_of_statutory_services() -> None:
    """S2-26, S3-12: one list of both; its own place in it, and the pathways."""
    door = referred.door()
    referred.route("wellbeing", door.taker, name="A friendly voice")
    referred.route("assessment", door.worker, name="An assessment of care")
    page = reverse("routes")
    shown = signed_in(door.taker).get(page).content.decode()
    assert "To your agency leads: <strong>A friendly voice</strong>" in shown
    assert "An assessment of care" in shown
    assert reverse("pathways") in shown
    assert "To your agency" not in signed_in(door.sender).get(page).content.decode()


def test_the_roll_out_reads_by_locality_and_shows_one_locality_alone(at_it: Table) -> None:
    """S4-6, S0-1: an area first, then the whole place."""
    begins = datetime.date(2026, 1, 5)
    for code, name, practice in (("N", "North", "Elm Row"), ("S", "South", "Ash Lane")):
        of = Locality.objects.create(code=code, name=name, starts_on=begins)
        Practice.objects.create(ods_code=f"Y{code}", name=practice, locality=of)
    client, page = signed_in(at_it.police), reverse("rollout")
    whole = client.get(page).content.decode()
    assert "Practices of each locality by stage" in whole
    assert "Elm Row" in whole
    assert "Ash Lane" in whole
    north = client.get(page, {"locality": "N"}).content.decode()
    assert "Elm Row" in north
    assert "Ash Lane" not in north
    assert "Ash Lane" in client.get(page, {"locality": "X"}).content.decode()
