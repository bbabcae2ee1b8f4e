"""The pages of a referral's way: read it, send it on, take it on, close it; keep routes; send step-downs."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from joinedup.foundations.agencies.models import Post, SchoolLink
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import ReferralState
from joinedup.support.frontdoor.models import Referral, Route, SourceOpening, Threshold
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import Door
from tests.unit.frontdoor.test_batches import as_csv, row

pytestmark = pytest.mark.django_db


def client_of(viewer: Viewer) -> Client:
    """A browser at which this post is signed in."""
    held = Post.objects.select_related("user").get(pk=viewer.post_id)
    client = Client()
    client.force_login(held.user)
    session = client.session
    session["post"] = str(held.pk)
    session.save()
    return client


@pytest.fixture
def door() -> Door:
    made = referred.door()
    referred.route("wellbeing", made.taker)
    referred.route("elsewhere", made.taker, needs=["money"])
    return made


@pytest.fixture
def sent(door: Door) -> Referral:
    return referred.referral(door.sender)


def page(matter_id: uuid.UUID) -> str:
    return reverse("referral", args=[matter_id])


def body(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    answer = client.get(url) if data is None else client.post(url, data, follow=True)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def state(sent: Referral) -> str:
    with acting(walled.SYSTEM):
        return Referral.objects.get(pk=sent.pk).state


def test_the_front_door_reads_why_and_sends_it_on(door: Door, sent: Referral) -> None:
    worker = client_of(door.worker)
    shown = body(worker, page(sent.pk))
    for words in ("Ada Ashe", "He is alone all day.", "It helps with loneliness.", "Not met"):
        assert words in shown
    way = Route.objects.get(code="wellbeing")
    said = body(worker, page(sent.pk), {"send-do": "send", "send-route": way.pk})
    assert "It stays yours until the other side accepts." in said
    assert state(sent) == ReferralState.OFFERED


def test_another_route_without_a_reason_is_refused_and_keeps_what_was_typed(
    door: Door, sent: Referral
) -> None:
    other = Route.objects.get(code="elsewhere")
    asked = {"send-do": "send", "send-route": other.pk, "send-words": "He asked me to"}
    said = body(client_of(door.worker), page(sent.pk), asked)
    assert "Say why this route" in said
    assert "He asked me to" in said
    assert state(sent) == ReferralState.WITH_FRONT_DOOR


def test_whoever_it_is_handed_to_reads_it_without_triage_and_takes_it_on(
    door: Door, sent: Referral
) -> None:
    """A team that takes over does not learn by whose data it came."""
    taker = client_of(door.taker)
    assert taker.get(page(sent.pk)).status_code == 404
    way = Route.objects.get(code="wellbeing")
    body(client_of(door.worker), page(sent.pk), {"send-do": "send", "send-route": way.pk})
    shown = body(taker, page(sent.pk))
    assert "You are asked to take this on" in shown
    assert "What the rule found" not in shown
    accepted = {"accept-do": "accept", "accept-lead": door.taker.post_id}
    assert "It is accepted" in body(taker, page(sent.pk), accepted)
    closed = {
        "close-do": "close", "close-outcome": "help_goes_on", "close-words": "He comes to lunch.",
    }  # fmt: skip
    assert "It is closed" in body(taker, page(sent.pk), closed)
    assert state(sent) == ReferralState.CLOSED


def test_sent_back_it_is_with_the_front_door(door: Door, sent: Referral) -> None:
    way = Route.objects.get(code="wellbeing")
    body(client_of(door.worker), page(sent.pk), {"send-do": "send", "send-route": way.pk})
    back = {"return-do": "return", "return-reason": "no_capacity", "return-words": "Full till May"}
    client_of(door.taker).post(page(sent.pk), back)
    assert state(sent) == ReferralState.WITH_FRONT_DOOR


def test_its_sender_does_not_open_the_worker_s_page(door: Door, sent: Referral) -> None:
    """P17."""
    assert client_of(door.sender).get(page(sent.pk)).status_code == 404


def test_an_act_that_is_no_longer_open_changes_nothing(door: Door, sent: Referral) -> None:
    late = {"accept-do": "accept", "accept-lead": door.worker.post_id}
    assert "Nothing was done" in body(client_of(door.worker), page(sent.pk), late)


def test_the_front_door_notes_what_it_found_out_and_asks_the_sender(
    door: Door, sent: Referral
) -> None:
    worker = client_of(door.worker)
    noted = {
        "find_out-do": "find_out",
        "find_out-what": "agency:police",
        "find_out-words": "By phone",
    }
    assert "Police" in body(worker, page(sent.pk), noted)
    assert "The sender is asked" in body(
        worker, page(sent.pk), {"ask-do": "ask", "ask-words": "Does he have a phone?"}
    )


def test_a_manager_keeps_routes_openings_thresholds_and_schools(door: Door) -> None:
    manager = client_of(door.manager)
    opened = {
        "code": "club", "name": "Club", "sentence": "A club.", "kind": "community_offer",
        "reach": "the hall", "duty": "", "needs": ["loneliness"],
    }  # fmt: skip
    assert "The route is open." in body(manager, reverse("route-new"), opened)
    club = Route.objects.get(code="club")
    assert not club.is_warm
    kept = {"capacity": "1", "next_on": "27 3 2099", "places": "4"}
    assert "routing goes by it" in body(manager, reverse("route", args=[club.pk]), kept)
    assert "The source is open" in body(
        manager, reverse("openings"),
        {"source": "school", "phase": "2", "test_result": "9 of 9", "opens_on": "1 4 2099"},
    )  # fmt: skip
    one = SourceOpening.objects.get()
    assert "shut to this source" in body(
        manager, reverse("opening", args=[one.pk]), {"ends_on": "1 5 2099"}
    )
    rule = {
        "service": "police", "reason": "malicious", "contacts": "3", "days": "365",
        "source": "Locally agreed", "starts_on": "1 4 2099",
    }  # fmt: skip
    assert "The threshold is set" in body(manager, reverse("thresholds"), rule)
    first = Threshold.objects.get()
    changed = {**rule, "contacts": "4", "starts_on": "1 5 2099"}
    assert "is changed" in body(manager, reverse("threshold", args=[first.pk]), changed)
    social = walled.viewer("care", "social_worker", team="Schools")
    named = {"school": "Alder Bank School", "manager": social.post_id, "starts_on": "1 4 2027"}
    assert "It is kept" in body(manager, reverse("schools"), named)
    again = {**named, "starts_on": "1 5 2027"}
    assert "Say why it changes" in body(manager, reverse("schools"), again)
    body(manager, reverse("schools"), {**again, "because": "Left"})
    assert SchoolLink.objects.count() == 2
    for name in ("routes", "overrides"):
        body(manager, reverse(name))


_RULE = {"service": "police", "reason": "malicious", "source": "x"}


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("route-new", {"code": "x", "name": "X", "sentence": "X", "kind": "wellbeing", "is_warm": "on"},
         "needs a team"),
        ("openings", {"source": "school", "phase": "2", "test_result": " ", "opens_on": "1 4 2099"},
         "what the test showed"),
        ("thresholds", {**_RULE, "contacts": "0", "days": "1", "starts_on": "1 4 2099"}, "from 1 to"),
        ("thresholds", {**_RULE, "contacts": "2", "days": "9", "starts_on": "1 4 2001"}, "today or later"),
    ],
)  # fmt: skip
def test_what_does_not_hold_is_refused_in_words(
    door: Door, name: str, data: dict[str, str], why: str
) -> None:
    assert why in body(client_of(door.manager), reverse(name), data)


def test_a_batch_is_sent_and_its_faulty_rows_come_back_as_a_file(
    door: Door, django_capture_on_commit_callbacks: Any
) -> None:
    """P22."""
    worker = client_of(door.worker)
    file = as_csv(row(1), row(2, born_on="soon", going_on="=1+1"))
    asked = {
        "source": "mash_step_down",
        "approval": "MASH, today",
        "file": SimpleUploadedFile("november.csv", file),
    }
    with django_capture_on_commit_callbacks(execute=True):
        sent_on = worker.post(reverse("step-downs"), asked)
        assert "2 rows were sent, and not all are taken in yet" in body(worker, sent_on["Location"])
    shown = body(worker, sent_on["Location"])
    assert "1 row taken as a referral and 1 row returned with reasons." in shown
    back = worker.get(shown.split("The returned rows")[0].rsplit('href="', 1)[1].split('"')[0])
    assert "attachment" in back["Content-Disposition"]
    assert "'=1+1" in back.content.decode(), "a spreadsheet does not run what somebody typed"
    assert client_of(door.sender).get(reverse("step-downs")).status_code == 403
