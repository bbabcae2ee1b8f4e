"""High risk on the screen: the team that takes it reads it, takes it on and closes it; nobody else opens it."""

import uuid

import pytest
from django.urls import reverse

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import FoundKind, HighRiskRoute
from joinedup.support.frontdoor.models import HighRiskReferral
from joinedup.support.frontdoor.operations.high_risk import set_inbox
from joinedup.support.frontdoor.operations.triaging import find_out
from joinedup.support.handovers.queries.seen import duty_of, open_handover
from joinedup.support.safeguarding.models import Exit
from tests.pages.test_referral_pages import body, client_of
from tests.sharing import walled
from tests.unit.frontdoor import referred
from tests.unit.frontdoor.referred import AT, TODAY

pytestmark = pytest.mark.django_db


def _sent_to_marac() -> tuple[referred.Door, Viewer, uuid.UUID]:
    """A door, the team that takes MARAC, and the matter of high risk that was sent to it."""
    door = referred.door()
    taker = walled.viewer("police", "team_manager", team="MARAC")
    assert taker.team_id is not None
    set_inbox(
        by=door.manager, route=HighRiskRoute.MARAC, team_id=taker.team_id, starts_on=TODAY, at=AT
    )
    made = referred.referral(door.sender)
    find_out(
        by=door.worker, matter_id=made.pk, kind=FoundKind.HIGH_RISK, code=HighRiskRoute.MARAC,
        words="DASH of 14", at=AT,
    )  # fmt: skip
    with acting(walled.SYSTEM):
        matter = HighRiskReferral.objects.get().sent_as_id
    assert matter is not None
    return door, taker, matter


def test_the_team_takes_it_on_and_closes_it_and_nobody_else_opens_it() -> None:
    """P8, P16."""
    door, taker, matter = _sent_to_marac()
    with acting(walled.SYSTEM):
        waiting = open_handover(walled.SYSTEM, matter)
    page = reverse("one-high-risk", args=[matter])
    for viewer in (
        door.sender,
        door.taker,
        walled.viewer("police", "team_manager", team="Response"),
    ):
        client = client_of(viewer)
        assert client.get(page).status_code in {403, 404}
        assert client.get(reverse("high-risk")).status_code in {200, 403}
    team = client_of(taker)
    assert page in body(team, reverse("high-risk"))
    assert waiting is not None
    assert page in body(team, reverse("handover", args=[waiting.pk]))
    shown = body(team, page)
    assert "Ada Ashe" in shown
    assert "Take it on" in shown
    refused = body(team, page, {"do": "return", "reason": "other", "words": " "})
    assert "Say what the sender should know" in refused
    body(team, page, {"do": "accept", "post": str(taker.post_id), "words": ""})
    assert "Say what became of it" in body(team, page, {"do": "close", "words": ""})
    assert "It is closed" in body(team, page, {"do": "close", "words": "Heard on 3 December."})
    assert "Closed on" in body(team, page)
    manager = client_of(door.manager)
    asked = {"route": "iom", "team": str(taker.team_id), "starts_on": "1 4 2099"}
    assert "from that day" in body(manager, reverse("high-risk-inboxes"), asked)
    limit = {
        "kind": "approach",
        "days": "4",
        "urgent": "1",
        "source": "Our board",
        "starts_on": "1/4/2099",
    }
    assert "The limit is set from that day" in body(manager, reverse("clock-limits"), limit)
    assert "tomorrow or later" in body(
        manager, reverse("clock-limits"), {**limit, "starts_on": "1/4/2020"}
    )


def test_what_came_back_goes_on_through_the_exit_by_one_press() -> None:
    """P16, P19: whoever answers for it has it on the page, and it is read there no more."""
    door, taker, matter = _sent_to_marac()
    page = reverse("one-high-risk", args=[matter])
    team = client_of(taker)
    assert "Send it through the exit" not in body(team, page)
    body(team, page, {"do": "return", "reason": "other", "words": "Not ours"})
    with acting(walled.SYSTEM):
        duty = duty_of(walled.SYSTEM, matter)
    assert duty is not None
    answers = client_of(door.worker if duty.post_id == door.worker.post_id else door.manager)
    assert "Send it through the exit" in body(answers, page)
    assert "rings at the door of safeguarding" in body(answers, page, {"do": "exit"})
    with acting(walled.SYSTEM):
        assert Exit.objects.get().from_matter_id == matter
    assert "Closed on" in body(answers, page)
