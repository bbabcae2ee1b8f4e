"""Checks before a meeting, its end, its minutes and what follows, as members, chair and coordinator meet them."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.meetings.models import Action
from joinedup.identity.people.models import Holding
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.choices import CheckState, DecisionKind, PanelItemState
from joinedup.support.panels.models import (
    ActionWords,
    Decision,
    FollowUp,
    PanelItem,
)
from joinedup.support.panels.operations.after import follow_up_decisions
from joinedup.support.panels.operations.checks import ask_checks
from joinedup.support.panels.operations.ending import end_meeting
from joinedup.support.panels.operations.minutes import (
    answer_correction,
    approve_minutes,
    ask_to_correct,
)
from joinedup.support.panels.operations.parted import find_item_splits
from tests import audit_lines
from tests.pages.test_every_page import well_made
from tests.sharing import walled
from tests.unit.panels.called import AT, THURSDAY, Called, called, person_of
from tests.unit.panels.test_item_splits import part
from tests.unit.panels.test_minutes import AFTER, LATER

pytestmark = pytest.mark.django_db


def signed_in(viewer: Viewer) -> Client:
    """Somebody at their desk."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


@pytest.fixture
def of() -> Called:
    """A meeting that is called, and every agency asked."""
    made = called()
    ask_checks(by=made.table.coordinator, meeting_id=made.meeting.pk, at=AT)
    return made


def decided(of: Called) -> Action:
    """The meeting going on, Ada decided, an action given."""
    of.begin()
    with acting(walled.SYSTEM):
        Decision.objects.create(
            item=of.ada, meeting=of.meeting, kind=DecisionKind.ADVICE, reasons="Early days",
            by_post_id=of.table.chair.post_id, at=THURSDAY,
        )  # fmt: skip
        made = Action.objects.create(
            meeting=of.meeting, item_id=of.ada.agenda_id, number=1, given_at=THURSDAY,
            owner_id=of.table.housing.post_id, due_on=THURSDAY.date(),
        )  # fmt: skip
        ActionWords.objects.create(action=made, item=of.ada, words="Ring her landlord")
        PanelItem.objects.filter(pk=of.ada.pk).update(state=PanelItemState.DECIDED)
    return made


def _text(client: Client, path: str, status: int = 200, **said: object) -> str:
    response: HttpResponse = (
        client.post(path, said, follow=True) if said else client.get(path)  # type: ignore[arg-type]
    )
    assert response.status_code == status, (path, response.status_code)
    well_made(response)
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_list_of_checks_is_worked_down_by_one_key(of: Called) -> None:
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person_of(of.ben), holder_id="housing", category="housing",
            headline="Tenancy at risk", recorded_at=AT, starts_on=AT.date(),
        )  # fmt: skip
    client = signed_in(of.table.housing)
    page = _text(client, "/panels/checks/")
    ada, ben = (of.check(of.table.housing, item) for item in (of.ada, of.ben))
    assert page.count("autofocus") == 1
    assert re.search(rf"{ada.pk}/nothing/.*?autofocus", page)
    assert f"{ben.pk}/nothing/" not in page
    rest = _text(client, f"/panels/checks/of/{of.meeting.pk}/rest/")
    assert "answered one by one: Ben Ashe" in rest
    client.post(f"/panels/checks/{ada.pk}/nothing/")
    assert of.check(of.table.housing, of.ada).state == CheckState.ANSWERED
    after = _text(client, "/panels/checks/")
    assert re.search(rf"{ben.pk}/\" autofocus", after)


def test_each_person_on_the_list_of_checks_is_a_look_of_its_own(
    of: Called,
) -> None:
    """As of a single check: whoever asks who has looked is told, and nobody who stood in no line."""
    client = signed_in(of.table.housing)
    client.get("/panels/checks/")

    def looks() -> list[Any]:
        return audit_lines.lines(
            act="looked", post_id=of.table.housing.post_id, person_id__isnull=False
        )

    both = {person_of(of.ada), person_of(of.ben)}
    assert {each.person_id for each in looks()} == both
    assert len(looks()) == 2
    with acting(walled.SYSTEM):
        PanelItem.objects.filter(pk=of.ben.pk).update(state=PanelItemState.DECIDED)
    client.get(f"/panels/checks/of/{of.meeting.pk}/rest/")
    assert [each.person_id for each in looks()].count(person_of(of.ada)) == 2
    assert len(looks()) == 3


def test_a_check_begins_from_own_records_and_keeps_what_was_typed(of: Called) -> None:
    with acting(walled.SYSTEM):
        Holding.objects.create(
            person_id=person_of(of.ada), holder_id="housing", category="housing",
            headline="Tenancy at risk", recorded_at=AT, starts_on=AT.date(),
        )  # fmt: skip
    client = signed_in(of.table.housing)
    check = of.check(of.table.housing, of.ada)
    path = f"/panels/checks/{check.pk}/"
    page = _text(client, path)
    assert "Tenancy at risk, since 7 October 2026 (" in page
    assert re.search(r'value="known"[^>]*checked', page)
    wrong = _text(client, path, known="nothing_known", risks="Threats", edited=str(check.version))
    assert "have written something below" in wrong
    assert "Threats</textarea>" in wrong
    assert of.check(of.table.housing, of.ada).state == CheckState.ASKED
    kept = _text(
        client, path, known="known", risks="Threats", edited=str(check.version),
        open_to=[str(of.table.chair.post_id)],
    )  # fmt: skip
    assert "Your agency’s answer is kept" in kept
    stale = _text(client, path, 409, known="not_said", edited=str(check.version))
    assert "A colleague answered this while you were writing" in stale
    assert client.get(f"/panels/checks/{of.check(of.table.police, of.ada).pk}/").status_code == 404


def test_whoever_keeps_the_panel_says_whom_an_item_is_about_after_a_split(of: Called) -> None:
    adam = walled.person("housing", given_name="Adam")
    part(of, person_of(of.ada), adam, at=AT)
    find_item_splits(at=AT)
    path = f"/panels/items/{of.ada.pk}/"
    coordinator, member = signed_in(of.table.coordinator), signed_in(of.table.police)
    assert f"{path}whom/" in _text(coordinator, path)
    seen = _text(member, path)
    assert "Nobody has said yet which of the two" in seen
    assert "whom/" not in seen
    _text(member, f"{path}whom/", 404)
    asked = _text(coordinator, f"{path}whom/", because="I rang the ward")
    assert "Choose which of the two it is about" in asked
    assert "I rang the ward</textarea>" in asked
    said = _text(coordinator, f"{path}whom/", because="I rang the ward", belongs_to=str(adam))
    assert "The item follows them" in said
    assert "This item is about the other of them" in _text(member, path)
    assert "waits to be said" in _text(coordinator, f"{path}whom/")


def test_a_meeting_is_ended_minuted_corrected_approved_and_copied(of: Called) -> None:
    """P29."""
    decided(of)
    path = f"/panels/meetings/{of.meeting.pk}/"
    member, chair = signed_in(of.table.housing), signed_in(of.table.chair)
    assert member.get(f"{path}end/").status_code == 404
    assert "Every action goes out" in _text(chair, f"{path}end/")
    ended = _text(chair, f"{path}end/", yes="1")
    assert "The meeting is ended" in ended
    assert "TLP/2026/" in ended
    draft = _text(member, f"{path}minutes/")
    assert "Item 1: Ada Ashe" in draft
    assert "Approve the minutes" not in draft
    assert "Ask him" not in draft
    client = signed_in(of.table.housing_manager)
    assert client.get(f"{path}minutes/").status_code == 404
    for viewer in (of.table.housing, of.table.coordinator, of.table.chair):
        assert "TLP/2026/" in _text(signed_in(viewer), "/panels/of/tl/minutes/")


def test_approved_minutes_leave_as_files_and_one_asks_for_corrections_before(of: Called) -> None:
    decided(of)
    end_meeting(by=of.table.chair, meeting_id=of.meeting.pk, at=AFTER)
    path = f"/panels/meetings/{of.meeting.pk}/minutes/"
    correct = f"{path}correct/{of.ada.pk}/"
    assert "Ada Ashe" in _text(signed_in(of.table.housing), correct)
    asking = ask_to_correct(
        by=of.table.housing, meeting_id=of.meeting.pk, item_id=of.ada.pk, words="Not early",
        at=AFTER,
    )  # fmt: skip
    asked = reverse("minutes-correction", args=[asking.pk])
    assert "Not early" in _text(signed_in(of.table.chair), asked)
    assert signed_in(of.table.housing).get(asked).status_code == 404
    answer_correction(
        by=of.table.chair,
        correction_id=asking.pk,
        at=AFTER,
        is_taken=False,
        answer="As it was said",
    )
    approve_minutes(by=of.table.chair, meeting_id=of.meeting.pk, at=LATER)
    member = signed_in(of.table.housing)
    page = _text(member, path)
    assert "The copy of your agency" in page
    assert "Ask for a correction" not in page
    pdf = member.post(f"{path}copy/pdf/1/")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
    assert pdf["Cache-Control"] == "no-store"
    assert "PDF for" in _text(signed_in(of.table.coordinator), path)


def test_an_action_is_in_its_owner_s_work_and_on_the_panel_s_page(of: Called) -> None:
    action = decided(of)
    end_meeting(by=of.table.chair, meeting_id=of.meeting.pk, at=AFTER)
    member = signed_in(of.table.housing)
    assert "Ring her landlord" in _text(member, "/my-work/")
    assert "Ring her landlord" in _text(member, "/panels/of/tl/actions/")
    path = f"/panels/actions/{action.pk}/"
    wrong = _text(member, path, state="not_done", became="")
    assert "Say why" in wrong
    _text(member, path, state="done", became="He rang back")
    assert "He rang back" in _text(member, "/panels/of/tl/actions/")
    assert signed_in(of.table.housing_manager).get(path).status_code == 404


def test_the_coordinator_reads_what_became_and_members_see_no_small_numbers(of: Called) -> None:
    """P44."""
    decided(of)
    with acting(walled.SYSTEM):
        Decision.objects.update(at=AT - (LATER - AT) * 4)
    follow_up_decisions(at=LATER)
    with acting(walled.SYSTEM):
        key = FollowUp.objects.get(weeks=6).pk
    client = signed_in(of.table.coordinator)
    assert "What became of decisions" in _text(client, "/panels/of/tl/after/")
    assert "became" in _text(client, f"/panels/follow-ups/{key}/")
    said = _text(client, f"/panels/follow-ups/{key}/", words="She kept her home")
    assert "She kept her home" in said
    member = _text(signed_in(of.table.housing), "/panels/of/tl/after/")
    assert "She kept her home" not in member
    assert "Withheld" in member
