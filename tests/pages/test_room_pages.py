"""The room's pages: what each member is shown of one meeting, what is pressed, what a screen asks each half second."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from joinedup.foundations.accounts.models import Session, User
from joinedup.foundations.accounts.rules import IDLE
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.meetings.models import AgendaItem, Interest, Meeting, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.panels.models import Decision, PanelItem
from tests import audit_lines
from tests.sharing import walled
from tests.unit.panels.panelled import AT, Table, table
from tests.unit.panels.queued import convened, queued

pytestmark = pytest.mark.django_db
NOTHING_NEW = 204


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

    def question(self, **more: Any) -> tuple[str, dict[str, Any]]:
        """What a screen asks a few times a second, that shows all there is but for what is said."""
        found = Meeting.objects.get(pk=self.meeting.pk)
        moves = sum(found.seats.values_list("moves", flat=True))
        said = {"v": found.version, "t": found.table_version, "p": moves, "item": self.line}
        version = AgendaItem.objects.get(pk=self.line).version
        to = reverse("meeting-live", args=[self.meeting.pk])
        return to, said | {"iv": version, "fv": version} | more

    def asks(self, client: Client, **more: Any) -> Any:
        """What it is answered."""
        return client.get(*self.question(**more))


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
    told = room.asks(member, v=0, t=0)
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


def test_a_screen_hears_of_a_change_and_else_nothing(
    room: Room, django_assert_num_queries: Any
) -> None:
    """In one statement while nothing is new; then the words that are, and the agenda only where it reads otherwise."""
    police, care = signed_in(room.table.police), signed_in(room.table.care)
    first = room.asks(police, v=0, t=0, p=0).json()
    assert "Walled" in first["head"]["html"]
    keys = {part: first[part]["key"] for part in ("head", "agenda")}
    room.asks(police)
    question = room.question()
    with django_assert_num_queries(1):
        assert police.get(*question).status_code == NOTHING_NEW
    before = Meeting.objects.get(pk=room.meeting.pk).version
    write = reverse("meeting-write", args=[room.meeting.pk])
    said = {"item": room.item.pk, "box": "notes", "base": "", "words": "He owes rent", "live": "1"}
    assert care.post(write, said).status_code == 200
    told = room.asks(police, v=before, iv=0).json()
    notes = [each["words"] for each in told["item"]["boxes"] if each["name"] == "notes"]
    assert notes == ["He owes rent"]
    assert not {"head", "agenda", "does"} & set(told)
    assert "facts" not in told["item"]
    table = Meeting.objects.get(pk=room.meeting.pk).table_version
    room.does(signed_in(room.table.chair), "open")
    told = room.asks(police, v=0, t=table, fv=0, **keys).json()
    assert "Open now" in told["agenda"]["html"]
    assert "Open now" in told["item"]["facts"]
    keys = {part: told[part]["key"] for part in ("head", "agenda")}
    table = Meeting.objects.get(pk=room.meeting.pk).table_version
    room.does(
        signed_in(room.table.chair), "action", words="Ring the landlord",
        owner=room.table.police.post_id, due_on="3 12 2026",
    )  # fmt: skip
    told = room.asks(police, v=0, t=table, fv=0, **keys).json()
    assert "Ring the landlord" in told["item"]["facts"]
    assert not {"head", "agenda"} & set(told)


def test_where_somebody_looks_is_an_answer_of_its_own(room: Room) -> None:
    """It raises no version of the meeting, and who may not see an item is not told who looks at it."""
    police, housing, care = map(signed_in, (room.table.police, room.table.housing, room.table.care))
    for each in (police, housing, care):
        room.asks(each)
    room.does(housing, "interest", post=room.table.housing.post_id, interest="relation")
    before = Meeting.objects.get(pk=room.meeting.pk)
    known = sum(before.seats.values_list("moves", flat=True))
    room.asks(care, types="notes")
    assert Meeting.objects.get(pk=room.meeting.pk).version == before.version
    seat = str(before.seats.get(post=room.table.care.post_id).pk)
    told = room.asks(police, p=known).json()
    assert told["does"][seat] == "Types in “Notes of the discussion” of item 1"
    assert not {"head", "agenda", "item"} & set(told)
    assert room.asks(housing, p=known).json()["does"][seat] == "Is in the room’s page"
    # The same post at a second screen: not every answer is another.
    now = sum(before.seats.values_list("moves", flat=True))
    before.seats.update(seen_at=timezone.now() + datetime.timedelta(minutes=1))
    for types in ("", "notes", ""):
        room.asks(care, types=types)
    assert sum(before.seats.values_list("moves", flat=True)) == now


def _ends_post(room: Room) -> None:
    Post.objects.filter(pk=room.table.police.post_id).update(ends_on=AT.date())


def _ends_session(room: Room) -> None:
    Session.objects.filter(post_id=room.table.police.post_id).delete()


def _is_idle(room: Room) -> None:
    Session.objects.update(seen_at=timezone.now() - IDLE)


def _closes_account(room: Room) -> None:
    User.objects.filter(pk=room.table.police.user_id).update(is_active=False)


def _is_another_role(room: Room) -> None:
    Post.objects.filter(pk=room.table.police.post_id).update(role="analyst")


def _loses_the_seat(room: Room) -> None:
    Seat.objects.filter(post=room.table.police.post_id).delete()


@pytest.mark.parametrize(
    "loses",
    [_ends_post, _ends_session, _is_idle, _closes_account, _is_another_role, _loses_the_seat],
)
def test_the_short_answer_is_given_to_nobody_whose_place_is_gone(
    room: Room, loses: Callable[[Room], None]
) -> None:
    """Whoever lost post, account, session or seat hears no more that all is as it was: the whole way refuses them."""
    police = signed_in(room.table.police)
    for _ in range(2):
        # Once signed in, once looked: that is news to the others, and to themselves.
        room.asks(police)
    question = room.question()
    assert police.get(*question).status_code == NOTHING_NEW
    loses(room)
    assert police.get(*question).status_code != NOTHING_NEW


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
    found = audit_lines.lines(person_id=person, subject_kind="meeting")
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
