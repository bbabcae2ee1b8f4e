"""In the meeting: who is there, which item is open, what is put off; nothing opens without a quorum (P26)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.meetings.choices import (
    Attendance,
    ItemState,
    MeetingState,
    Standing,
)
from joinedup.foundations.meetings.models import AgendaItem, Interest, Meeting, Seat
from joinedup.foundations.meetings.operations import holding
from joinedup.foundations.meetings.operations.holding import CannotHold, changed
from joinedup.foundations.meetings.queries.room import what_quorum_lacks
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import PanelItemState
from joinedup.support.panels.models import Panel, PanelItem
from joinedup.support.panels.operations.agenda import open_to_the_seats, own_panel, shut
from joinedup.support.panels.operations.checks import shut_checks_to
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.rules.deciding import why_not_before_agreement, why_not_put_off

AWAY = {Attendance.LEFT, Attendance.APOLOGIES, Attendance.ABSENT}


class CannotRun(Exception):
    """Something cannot be done in the meeting; says why, and what would mend it."""


@dataclass(frozen=True)
class InTheRoom:
    """What somebody is at a meeting: as what they sit, and whether they run it."""

    meeting: Meeting
    panel: Panel
    seat: Seat | None
    chairs: bool
    coordinates: bool

    @property
    def runs(self) -> bool:
        """Whether they open items and write down what is decided."""
        return self.chairs or self.coordinates

    @property
    def is_in(self) -> bool:
        """Whether the room opens to them at all."""
        return self.runs or self.seat is not None


def in_the_room(by: Viewer, meeting_id: uuid.UUID) -> InTheRoom:
    """What the actor is at this meeting; raises PanelMeeting.DoesNotExist where it is no panel's."""
    panel = own_panel(by, meeting_id)
    meeting = Meeting.objects.get(pk=meeting_id)
    seat = Seat.objects.filter(meeting=meeting_id, post=by.post_id).first()
    return InTheRoom(
        meeting, panel, seat,
        chairs=seat is not None and seat.standing == Standing.CHAIR,
        coordinates=by.may(Permission.COORDINATE_PANELS) and by.team_id == panel.team_id,
    )  # fmt: skip


def must_run(by: Viewer, meeting_id: uuid.UUID) -> InTheRoom:
    """What the actor is, where they chair the meeting or coordinate its panel; raises CannotRun."""
    found = in_the_room(by, meeting_id)
    if not found.runs:
        raise CannotRun("Whoever chairs this meeting does that, or whoever coordinates it.")
    return found


def say_attendance(
    *,
    by: Viewer,
    meeting_id: uuid.UUID,
    post_id: uuid.UUID,
    attendance: Attendance,
    at: datetime.datetime,
) -> Seat:
    """Say that somebody is there, sends apologies or has left: oneself, or whoever runs it of anybody.

    Whoever leaves sees the items no more from that moment, and whoever comes back sees them again.
    Raises CannotRun.
    """
    room = in_the_room(by, meeting_id)
    if not room.runs and by.post_id != post_id:
        raise CannotRun("Say it of yourself. Of others the chair says it.")
    with transaction.atomic():
        try:
            seat = holding.say_attendance(
                by=by, meeting_id=meeting_id, post_id=post_id, attendance=attendance, at=at
            )
        except CannotHold as why:
            raise CannotRun(str(why)) from why
        with acting(WORKING):
            for item in _items_of(meeting_id):
                if attendance in AWAY:
                    shut(by=by, item_id=item.pk, post_id=post_id, at=at)
                    shut_checks_to(by=by, item_id=item.pk, post_id=post_id, at=at)
                elif attendance is Attendance.PRESENT:
                    open_to_the_seats(by=by, item=item, seats=[seat], at=at)
    return seat


def hand_chair(
    *, by: Viewer, meeting_id: uuid.UUID, to_post_id: uuid.UUID, at: datetime.datetime
) -> Seat:
    """Let another member hold the chair, while the chair has an interest or must leave. Raises CannotRun."""
    with transaction.atomic():
        room = must_run(by, meeting_id)
        holding.held_for_this(meeting_id)
        seats = Seat.objects.select_for_update().filter(meeting=meeting_id)
        takes = seats.filter(post=to_post_id, standing=Standing.MEMBER).first()
        if takes is None or takes.attendance != Attendance.PRESENT:
            raise CannotRun("The chair goes to a member who is there.")
        seats.filter(standing=Standing.CHAIR).update(standing=Standing.MEMBER)
        takes.standing = Standing.CHAIR
        takes.save(update_fields=["standing"])
        changed(meeting_id)
        holding.leave_a_line(by, room.meeting.pk, "handed the chair on", at)
    return takes


def open_item(*, by: Viewer, agenda_id: int, at: datetime.datetime) -> AgendaItem:
    """Open an item, where enough are there that may sit at it, and the person has agreed or need not have.

    Raises CannotRun with who is missing (P26, P28), or what agreement is (P25).
    """
    with transaction.atomic():
        line = AgendaItem.objects.select_related("meeting").get(pk=agenda_id)
        room = must_run(by, line.meeting_id)
        interests = frozenset(
            Interest.objects.filter(item=line, lifted_at__isnull=True).values_list(
                "post_id", flat=True
            )
        )
        if room.chairs and by.post_id in interests:
            raise CannotRun("You have an interest in this item. Hand the chair on for it.")
        lacks = what_quorum_lacks(line.meeting, but=interests)
        if lacks:
            raise CannotRun(lacks)
        with acting(WORKING):
            item = PanelItem.objects.select_related("panel").filter(agenda=line).first()
            if item is not None and item.state == PanelItemState.ON_AGENDA:
                why_not = why_not_before_agreement(
                    Agreement(item.agreement), before_agreement=item.panel.before_agreement,
                    basis=item.basis,
                )  # fmt: skip
                if why_not:
                    raise CannotRun(why_not)
            if item is not None:
                leave_a_line(by, item.pk, "opened an item of a panel", at)
        try:
            return holding.open_item(by=by, agenda_id=agenda_id, at=at)
        except CannotHold as why:
            raise CannotRun(str(why)) from why


def close_general(*, by: Viewer, agenda_id: int, at: datetime.datetime) -> AgendaItem:
    """Let an item that is about nobody be done. Raises CannotRun."""
    line = AgendaItem.objects.get(pk=agenda_id)
    must_run(by, line.meeting_id)
    with acting(WORKING):
        if PanelItem.objects.filter(agenda=line, state=PanelItemState.ON_AGENDA).exists():
            raise CannotRun("An item about somebody ends with a decision, or is put off.")
    try:
        return holding.close_item(by=by, agenda_id=agenda_id, state=ItemState.DONE, at=at)
    except CannotHold as why:
        raise CannotRun(str(why)) from why


def put_off(*, by: Viewer, agenda_id: int, because: str, at: datetime.datetime) -> PanelItem:
    """Put an item off to the next meeting, where it comes first; once only (P26). Raises CannotRun."""
    with transaction.atomic():
        line = AgendaItem.objects.get(pk=agenda_id)
        must_run(by, line.meeting_id)
        holding.held_for_this(line.meeting_id)
        with acting(WORKING):
            item = PanelItem.objects.select_for_update().filter(agenda=line).first()
            if item is None or item.state != PanelItemState.ON_AGENDA:
                raise CannotRun("Only an item that is to be decided can be put off.")
            why_not = why_not_put_off(was_put_off=item.deferred_at is not None, because=because)
            if why_not:
                raise CannotRun(why_not)
            mark_put_off(by, item, because, at)
        return item


def mark_put_off(by: Viewer, item: PanelItem, because: str, at: datetime.datetime) -> None:
    """Let an item be over for this meeting and wait for the next; the caller acts as the system."""
    try:
        if item.agenda_id is not None:
            holding.close_item(by=by, agenda_id=item.agenda_id, state=ItemState.DEFERRED, at=at)
    except CannotHold as why:
        raise CannotRun(str(why)) from why
    item.state, item.deferred_at, item.deferred_because = PanelItemState.QUEUED, at, because.strip()
    item.save(update_fields=["state", "deferred_at", "deferred_because"])
    leave_a_line(by, item.pk, "put an item off", at)


def is_going_on(meeting: Meeting) -> bool:
    """Whether anything may still be written at it."""
    return meeting.state in {MeetingState.PLANNED, MeetingState.OPEN}


def _items_of(meeting_id: uuid.UUID) -> list[PanelItem]:
    return list(PanelItem.objects.filter(agenda__meeting=meeting_id).select_related("panel"))
