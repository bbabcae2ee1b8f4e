"""The pages of panels: for whoever sits there, and not there for others; opened, changed and seated by form."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.demo.panels import open_panels
from joinedup.demo.personas import persona
from joinedup.demo.routes import make_routes
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.models import Panel, PanelMember, Rollout
from joinedup.support.panels.operations.agenda import build_agenda
from tests.pages.panel_addresses import ADDRESSES
from tests.pages.signing_in import signed_in
from tests.pages.test_every_page import NAMES

pytestmark = pytest.mark.usefixtures("opened")
OWN_PAGES = ("panel", "panel-members", "panel-terms", "panel-queue", "panel-approaches")
FORM = {
    "name": "Action team", "code": "action-team", "rhythm": "fortnightly", "weekday": "1",
    "at_time": "9:30", "minutes": "90", "minutes_an_item": "15", "starts_on": "3 8 2026",
}  # fmt: skip


@pytest.fixture(scope="module")
def opened(linked: Path) -> None:
    """The demo's panels, open."""
    make_routes(at=clock.now())
    open_panels(at=clock.now())


def _get(client: Client, name: str, **arguments: object) -> int:
    return client.get(reverse(name, kwargs=arguments)).status_code


def test_a_panel_that_there_is_not_answers_nobody() -> None:
    """P8: a panel one has nothing to do with and one that is not there answer alike."""
    for who, codes in (
        ("housing", {403, 404, 405}),
        ("analyst", {403, 404}),
        ("referrer", {403, 404}),
    ):
        client = signed_in(who)
        for name in ADDRESSES:
            if name in NAMES and not name.startswith("workforce"):
                assert _get(client, name, **ADDRESSES[name]) in codes, (who, name)


def test_whoever_sits_on_a_panel_opens_its_pages_and_nobody_else_does() -> None:
    for name in OWN_PAGES:
        assert _get(signed_in("panel-coordinator"), name, code="transforming-lives") == 200, name
        assert _get(signed_in("wellbeing"), name, code="transforming-lives") == 404, name
    for name, there in (
        ("panel", 200),
        ("panel-members", 200),
        ("panel-terms", 200),
        ("panel-approaches", 404),
    ):
        assert _get(signed_in("housing"), name, code="transforming-lives") == there, name


def test_the_register_shows_each_their_own_panels() -> None:
    register = reverse("panels")
    assert b"Transforming Lives panel" in signed_in("housing").get(register).content
    assert b"You sit on no panel" in signed_in("childrens-worker").get(register).content
    told = signed_in("panel-coordinator").get(register).content
    assert b"Care team," in told
    assert b"Open a panel" in told


def test_a_coordinator_opens_a_panel_and_what_was_typed_stays_on_a_mistake() -> None:
    client, page = signed_in("panel-coordinator"), reverse("panel-new-of", args=["action_team"])
    posts = {
        "coordinator": str(_post("panel-coordinator")), "chair": str(_post("panel-chair")),
    }  # fmt: skip
    wrong = client.post(page, FORM | posts | {"code": "Not So", "minutes": "5"})
    assert wrong.status_code == 200
    assert b"Use small letters, figures and hyphens" in wrong.content
    assert b'value="Action team"' in wrong.content
    right = client.post(page, FORM | posts)
    assert right.status_code == 302, right.content
    assert Panel.objects.get(code="action-team").capacity == 6
    told = client.get(reverse("panel", args=["action-team"])).content
    assert b"Nobody sits for" in told


def test_a_member_is_seated_changed_and_let_go_by_form() -> None:
    client = signed_in("panel-coordinator")
    page = reverse("panel-members", args=["early-help"])
    who = str(_post("housing"))
    assert client.post(page, {"post": who, "discipline": "housing", "cover": ""}).status_code == 302
    member = PanelMember.objects.get(panel__code="early-help", post=who)
    one = reverse("panel-member", args=["early-help", member.pk])
    assert client.post(one, {"discipline": "fire", "cover": "", "checks": "on"}).status_code == 302
    member.refresh_from_db()
    assert (member.discipline, member.checks) == ("fire", True)
    assert client.post(one, {"go": "1"}).status_code == 302
    member.refresh_from_db()
    assert member.ends_on is not None
    assert _get(client, "panel-member", code="early-help", member_id=member.pk) == 404


def test_only_a_coordinator_writes_terms_and_says_how_far_a_practice_is() -> None:
    practice = Practice.objects.order_by("-name").first()
    assert practice is not None
    page = reverse("rollout-stage", args=[practice.pk])
    assert signed_in("gp").get(page).status_code == 403
    client = signed_in("panel-coordinator")
    before = Rollout.objects.filter(practice=practice).count()
    assert (
        client.post(page, {"stage": "stopped", "on": "1 11 2026", "words": ""}).status_code == 200
    )
    assert (
        client.post(page, {"stage": "meeting", "on": "1 11 2026", "words": ""}).status_code == 302
    )
    assert Rollout.objects.filter(practice=practice).count() == before + 1
    terms = {
        "words": "New terms", "quorum": "3", "required_disciplines": ["police"],
        "case_types": ["person"], "decisions": ["allocate", "advice"], "correction_days": "5",
        "starts_on": "1 12 2026",
    }  # fmt: skip
    page = reverse("panel-terms", args=["transforming-lives"])
    signed_in("housing").post(page, terms)
    panel = Panel.objects.get(code="transforming-lives")
    assert panel.terms.count() == 1
    assert client.post(page, terms).status_code == 302
    assert panel.terms.count() == 2


def _post(code: str) -> object:
    found = persona(code)
    assert found is not None
    return Post.objects.get(pk=found.post_id).pk


def test_whoever_sits_at_a_meeting_finds_it_in_their_work() -> None:
    held = Post.objects.select_related("team__agency", "user").get(pk=_post("panel-coordinator"))
    coordinator = Viewer.of_post(held)
    panel = Panel.objects.get(code="transforming-lives")
    meeting = build_agenda(by=coordinator, panel_id=panel.pk, at=clock.now())
    told = signed_in("housing").get(reverse("my-work")).content.decode()
    assert "Meetings I sit at" in told
    assert reverse("meeting-room", args=[meeting.pk]) in told
    assert (
        "Meetings I sit at" not in signed_in("wellbeing").get(reverse("my-work")).content.decode()
    )
