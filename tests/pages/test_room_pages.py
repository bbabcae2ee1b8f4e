"""The room's pages: what each member is shown of one meeting, what is pressed, what a screen asks each half second."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from joinedup.foundations.accounts.models import User
from joinedup.foundations.core import clock
from joinedup.foundations.meetings.models import Interest, Meeting, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.models import Decision, PanelItem
from tests import audit_lines
from tests.sharing import walled
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import convened, queued

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def thursday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the Thursday of the meeting."""
    monkeypatch.setattr(clock, "now", lambda: AT.replace(day=19, hour=14))


def signed_in(viewer: Viewer) -> Client:
    """Somebody at their desk."""
    client = Client()
    client.force_login(User.objects.get(pk=viewer.user_id))
    return client


class Room:
    """A meeting that is going on, and its addresses."""

    def __init__(self) -> None:
        self.table: Table = table()
        self.item = queued(self.table)
        self.meeting: Meeting = convened(
            self.table, self.table.police, self.table.housing, self.table.care
        )
        with acting(walled.SYSTEM):
            self.line = PanelItem.objects.get(pk=self.item.pk).agenda_id
        self.address = reverse("meeting-room", args=[self.meeting.pk])

    def does(self, client: Client, what: str, **said: Any) -> Any:
        """Press something."""
        to = reverse("meeting-act", args=[self.meeting.pk, what])
        return client.post(to, {"line": self.line, **said}, follow=True)

    def asks(self, client: Client, **more: Any) -> Any:
        """What a screen asks each half second."""
        version = Meeting.objects.get(pk=self.meeting.pk).version
        said = {"v": version, "item": self.line, "iv": 0} | more
        return client.get(reverse("meeting-live", args=[self.meeting.pk]), said)


@pytest.fixture
def room() -> Room:
    return Room()


def test_the_chair_runs_a_meeting_from_one_screen(room: Room) -> None:
    """Journey 3 without its browser: opened, written, decided with a dissent, an action, corrected."""
    chair = signed_in(room.table.chair)
    shown = chair.get(room.address).content.decode()
    assert "Ada Ashe" in shown
    assert "Open this item" in shown
    opened = room.does(chair, "open").content.decode()
    assert "Write down the decision" in opened
    write = reverse("meeting-write", args=[room.meeting.pk])
    said = {
        "item": room.item.pk,
        "box": "reasons",
        "base": "",
        "words": "They know her.",
        "live": "1",
    }
    assert chair.post(write, said).json()["words"] == "They know her."
    faulty = room.does(
        chair, "decide", kind="advice", stance_council="agrees", stance_police="agrees",
        stance_housing="agrees", stance_care="dissents",
    ).content.decode()  # fmt: skip
    assert "Write why it dissents" in faulty
    assert "There is a problem" in faulty
    done = room.does(
        chair, "decide", kind="advice", stance_council="agrees", stance_police="agrees",
        stance_housing="agrees", stance_care="dissents", words_care="Not without an assessment",
    ).content.decode()  # fmt: skip
    assert "“Not without an assessment”" in done
    given = room.does(
        chair,
        "action",
        words="Ring the landlord",
        owner=room.table.police.post_id,
        due_on="3 12 2026",
    ).content.decode()
    assert "Ring the landlord" in given
    with acting(walled.SYSTEM):
        made = Decision.objects.get()
    to = reverse("panel-item-correct", args=[room.item.pk, made.pk])
    corrected = chair.post(
        to,
        {"kind": "nothing_further", "reasons": "Advised before", "because": "Written in haste",
         "stance_council": "agrees", "stance_police": "agrees", "stance_housing": "agrees",
         "stance_care": "agrees"},
        follow=True,
    ).content.decode()  # fmt: skip
    assert "Corrected since" in corrected
    assert "Corrected because: Written in haste" in corrected


def test_a_conflicted_member_is_shown_nothing_by_any_address(room: Room) -> None:
    """S4-53: page, address of the item, live answer, writing; the names of others are not theirs either."""
    member = signed_in(room.table.housing)
    assert "Ada Ashe" in member.get(room.address).content.decode()
    after = room.does(member, "interest", post=room.table.housing.post_id, interest="relation")
    assert "Ada" not in after.content.decode()
    assert "You have an interest in it." in after.content.decode()
    at_item = reverse("meeting-item", args=[room.meeting.pk, room.line])
    assert "Ada" not in member.get(at_item).content.decode()
    told = room.asks(member, v=0)
    assert "Ada" not in told.content.decode()
    assert told.json()["gone"] is True
    assert member.get(reverse("panel-item", args=[room.item.pk])).status_code == 404
    write = reverse("meeting-write", args=[room.meeting.pk])
    said = {"item": room.item.pk, "box": "notes", "base": "", "words": "x", "live": "1"}
    assert member.post(write, said).status_code == 404
    agenda = member.get(reverse("meeting-agenda", args=[room.meeting.pk])).content.decode()
    assert "Ada" not in agenda
    chair = signed_in(room.table.chair)
    standing = Interest.objects.get()
    room.does(chair, "lift", interest=standing.pk, because="Another family of that name")
    assert "Ada Ashe" in member.get(at_item).content.decode()


def test_a_screen_hears_of_a_change_and_else_nothing(room: Room) -> None:
    """204 while nothing is new; then the part that is, and the box with its new words."""
    police, care = signed_in(room.table.police), signed_in(room.table.care)
    assert room.asks(police).status_code == 200, (
        "the first time that they look is news to the others"
    )
    assert room.asks(police).status_code == 204
    before = Meeting.objects.get(pk=room.meeting.pk).version
    write = reverse("meeting-write", args=[room.meeting.pk])
    said = {"item": room.item.pk, "box": "notes", "base": "", "words": "He owes rent", "live": "1"}
    assert care.post(write, said).status_code == 200
    told = room.asks(police, v=before).json()
    assert {"He owes rent"} == {
        each["words"] for each in told["item"]["boxes"] if each["name"] == "notes"
    }
    assert "Walled" in told["head"]
    typing = room.asks(care, types="notes")
    assert "Types in" in typing.json()["head"]


def test_the_room_is_not_there_for_whoever_does_not_sit(room: Room) -> None:
    outsider = signed_in(walled.viewer("police", "police_liaison", team="Partnership"))
    for name in ("meeting-room", "meeting-live", "meeting-agenda"):
        assert outsider.get(reverse(name, args=[room.meeting.pk])).status_code == 404
    assert (
        room.does(
            outsider, "attendance", post=room.table.police.post_id, attendance="left"
        ).status_code
        == 404
    )


def test_without_a_quorum_the_page_says_who_is_missing(room: Room) -> None:
    """P26."""
    Seat.objects.exclude(standing="chair").update(attendance="expected")
    chair = signed_in(room.table.chair)
    shown = chair.get(room.address).content.decode()
    assert "It cannot open yet." in shown
    assert "Open this item" not in shown
    pressed = room.does(chair, "open").content.decode()
    assert "agencies must be there and one is" in pressed


def test_each_look_at_an_item_leaves_its_line(room: Room) -> None:
    police = signed_in(room.table.police)
    police.get(room.address)
    with acting(walled.SYSTEM):
        person = room.item.people.get().person_id
    found = audit_lines.lines(person_id=person, subject_kind="panel_item")
    assert room.table.police.post_id in {each.post_id for each in found}


def test_who_keeps_the_panel_reads_its_queue_and_builds_its_agenda(room: Room) -> None:
    """S0-92, P25: the queue, the forecast with its figures, an item's agreement, the chair's urgent action."""
    coordinator, chair = signed_in(room.table.coordinator), signed_in(room.table.chair)
    waits = queued(room.table, "Ben")
    code = room.table.panel.code
    shown = coordinator.get(reverse("panel-queue", args=[code])).content.decode()
    assert "Ben Ashe" in shown
    assert "10 to 15 a week" in shown
    assert signed_in(room.table.police).get(reverse("panel-queue", args=[code])).status_code == 404
    to = reverse("panel-item-agreement", args=[waits.pk])
    assert (
        "Say on which basis" in coordinator.post(to, {"agreement": "not_informed"}).content.decode()
    )
    assert coordinator.post(to, {"agreement": "agreed"}).status_code == 302
    urgent = reverse("panel-item-urgent", args=[waits.pk])
    assert coordinator.get(urgent).status_code == 404
    said = {
        "kind": "advice",
        "reasons": "It cannot wait",
        "stance_police": "agrees",
        "stance_care": "agrees",
    }
    assert "to be ratified" in chair.post(urgent, said, follow=True).content.decode()
    built = coordinator.post(reverse("panel-build", args=[code]), follow=True).content.decode()
    assert "The agenda is out" in built or "over" in built
    assert coordinator.get(reverse("panel-agenda", args=[code])).status_code == 200
