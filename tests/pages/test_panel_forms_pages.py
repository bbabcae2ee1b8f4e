"""The forms that keep a panel, opened for real: by who keeps or chairs it, and by nobody else who sits at it."""

import pytest
from django.urls import reverse

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.models import Decision, PanelMember
from joinedup.support.panels.operations.deciding import decide
from tests.audit_lines import lines
from tests.pages.test_every_page import well_made
from tests.pages.test_room_pages import Room, signed_in
from tests.sharing import walled
from tests.unit.panels.approaching import world
from tests.unit.panels.panelled import table
from tests.unit.panels.queued import THURSDAY, queued
from tests.unit.panels.test_room import opened, said

pytestmark = pytest.mark.django_db


def read(viewer: Viewer, path: str) -> str:
    """The page, which opened and is well made."""
    answer = signed_in(viewer).get(path)
    assert answer.status_code == 200, path
    well_made(answer)
    return answer.content.decode()


def test_the_forms_of_a_panel_open_for_who_keeps_it() -> None:
    """P25: members who sit at it keep nothing of it, and whoever leads a place there is not told of a form."""
    room = Room()
    keeper, chair, member = room.table.coordinator, room.table.chair, room.table.police
    waits, code = queued(room.table, "Ben"), room.table.panel.code
    with acting(walled.SYSTEM):
        seat = PanelMember.objects.filter(panel=room.table.panel).first()
    assert seat is not None
    for by, says, name, args in (
        (keeper, "Change how it meets", "panel-change", [code]),
        (keeper, "Transforming Lives panel", "panel-member", [code, seat.pk]),
        (keeper, "Ask an agency for a member", "panel-seats", [code]),
        (keeper, "Take out of the queue", "panel-item-withdraw", [waits.pk]),
        (chair, "Urgent action of the chair", "panel-item-urgent", [waits.pk]),
        (keeper, "What it needs", "panel-need", [code, room.item.pk]),
        (chair, "What it needs", "panel-need", [code, room.item.pk]),
    ):
        path = reverse(name, args=args)
        assert says in read(by, path), path
        assert signed_in(member).get(path).status_code in (403, 404), path
    for name in ("panel-queue-take", "panel-build"):
        assert signed_in(keeper).get(reverse(name, args=[code])).status_code == 405


def test_a_first_approach_is_tried_and_ended_from_its_pages() -> None:
    """P30: by whom it was given, and by nobody else; what lacks is told."""
    of = world()
    found = of.begin()
    lead, other = of.table.housing, of.table.police
    for name, says in (
        ("panel-approach", "Ada Ashe"),
        ("panel-approach-try", "Record a try"),
        ("panel-approach-end", "How it ended"),
    ):
        path = reverse(name, args=[found.pk])
        assert says in read(lead, path), path
        assert signed_in(other).get(path).status_code == 404, path
    wrong = signed_in(lead).post(path, {"words": "Leave me be"})
    assert "govuk-error-summary" in wrong.content.decode()
    assert "Leave me be" in wrong.content.decode()


@pytest.fixture
def thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the Thursday of the meeting."""
    monkeypatch.setattr(clock, "now", lambda: THURSDAY)


@pytest.mark.usefixtures("thursday")
def test_a_decision_is_corrected_on_its_page_by_who_keeps_the_panel() -> None:
    """P27: the entry of before stays; what is lacking is told, and what was written stands."""
    of = table()
    item, _ = opened(of)
    everybody = (of.chair, of.police, of.housing, of.care)
    first = decide(by=of.chair, item_id=item.pk, said=said(*everybody), at=THURSDAY)
    path = reverse("panel-item-correct", args=[item.pk, first.pk])
    before = len(lines(post_id=of.chair.post_id, act="looked"))
    page = read(of.chair, path)
    assert "Correct the decision" in page
    assert first.reasons in page, "what was decided stands in the form"
    assert len(lines(post_id=of.chair.post_id, act="looked")) == before + 1
    for other in (of.police, of.housing_manager):
        assert signed_in(other).get(path).status_code in (403, 404)
    elsewhere = reverse("panel-item-correct", args=[item.pk, item.pk])
    assert signed_in(of.chair).get(elsewhere).status_code == 404
    write = {
        f"stance_{each.agency}": "agrees" for each in everybody
    } | {"kind": "nothing_further", "reasons": "He moved away on Monday."}  # fmt: skip
    lacking = signed_in(of.chair).post(path, write)
    well_made(lacking)
    assert "Say why it is corrected" in lacking.content.decode()
    assert "He moved away on Monday." in lacking.content.decode()
    done = signed_in(of.chair).post(path, write | {"because": "Heard on Tuesday"}, follow=True)
    assert "The new entry stands beside the one before." in done.content.decode()
    with acting(walled.SYSTEM):
        kinds = set(Decision.objects.filter(item=item.pk).values_list("kind", flat=True))
    assert kinds == {"advice", "nothing_further"}
