"""The room of a benchmark: a panel with so many members, all there, and so many items, the first of them open."""

import datetime
import uuid
from typing import Any

from django.urls import reverse
from django.utils import timezone

from benchmarks.frontdoor_desks import open_desks, session_of
from joinedup.demo.personas import make_personas, persona
from joinedup.foundations.accounts.sessions import SessionStore
from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import Attendance
from joinedup.foundations.meetings.models import Meeting, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import Box, ItemSource, PanelTemplate, Rhythm
from joinedup.support.panels.models import Panel, PanelItem
from joinedup.support.panels.operations.agenda import build_agenda
from joinedup.support.panels.operations.panel import PanelWords, open_panel
from joinedup.support.panels.operations.panel_members import seat_member
from joinedup.support.panels.operations.queue import ComingIn, PersonIn, put_in_queue
from joinedup.support.panels.operations.room import open_item

_DISCIPLINES = (
    Discipline.POLICE, Discipline.HOUSING, Discipline.SOCIAL_WORK_ADULTS, Discipline.GP,
    Discipline.MENTAL_HEALTH,
)  # fmt: skip


def make_room(members: int, items: int) -> dict[str, Any]:
    """A panel, its people and its open meeting; gives the addresses and each member's session."""
    at = timezone.now()
    make_personas()
    coordinator, chair = _viewer("panel-coordinator"), _viewer("panel-chair")
    sessions = open_desks(members)
    posts = [uuid.UUID(str(SessionStore(session)["post"])) for session in sessions]
    panel = _panel(coordinator, chair, at)
    for number, post in enumerate(posts):
        seat_member(
            by=coordinator, panel_id=panel.pk, post_id=post, at=at,
            discipline=_DISCIPLINES[number % len(_DISCIPLINES)],
        )  # fmt: skip
    for number in range(items):
        coming = ComingIn(ItemSource.NOMINATION, [PersonIn(f"Person {number}")], Agreement.AGREED)
        put_in_queue(
            by=coordinator, panel=panel, coming=coming, at=at,
            texts={Box.GOING_ON: "Called out again.", Box.OWN_WORDS: "A door to shut."},
        )  # fmt: skip
    meeting = build_agenda(by=coordinator, panel_id=panel.pk, at=at)
    Seat.objects.filter(meeting=meeting).update(attendance=Attendance.PRESENT, arrived_at=at)
    Meeting.objects.filter(pk=meeting.pk).update(quorum=2, required_disciplines=[])
    line = meeting.items.order_by("place")[0]
    open_item(by=coordinator, agenda_id=line.pk, at=at)
    with acting(Viewer.system("a benchmark")):
        item = PanelItem.objects.get(agenda=line)
    return {
        "sessions": sessions,
        "chairs": session_of(Post.objects.select_related("user").get(pk=chair.post_id)),
        "act": reverse("meeting-act", args=[meeting.pk, "action"]),
        "owner": str(chair.post_id),
        "page": reverse("meeting-item", args=[meeting.pk, line.pk]),
        "live": reverse("meeting-live", args=[meeting.pk]),
        "write": reverse("meeting-write", args=[meeting.pk]),
        "line": line.pk,
        "item": str(item.pk),
    }


def _panel(coordinator: Viewer, chair: Viewer, at: datetime.datetime) -> Panel:
    number = Panel.objects.count() + 1
    found = Post.objects.select_related("team")
    posts = [found.get(pk=each.post_id) for each in (coordinator, chair)]
    said = PanelWords(
        name="A panel", coordinator=posts[0], chair=posts[1],
        chair_cover=None, weekday=3, at_time=datetime.time(14), rhythm=Rhythm.WEEKLY,
        minutes=420, minutes_an_item=10, before_agreement_basis="Care Act 2014 section 6",
    )  # fmt: skip
    return open_panel(
        by=coordinator, code=f"benchmark-{number}", template=PanelTemplate.TRANSFORMING_LIVES,
        words=said, starts_on=day_of(at) - datetime.timedelta(days=60), at=at,
    )  # fmt: skip


def _viewer(code: str) -> Viewer:
    found = persona(code)
    if found is None:
        raise LookupError("The demo has no such persona.")
    return Viewer.of_post(Post.objects.select_related("team__agency", "user").get(pk=found.post_id))
