"""Call a meeting, say who came, open and close its items; every change is seen by the screens in the room."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.meetings.choices import Attendance, ItemState, MeetingState, Standing
from joinedup.foundations.meetings.models import AgendaItem, Meeting, Seat


class CannotHold(Exception):
    """A meeting cannot be held so; says why."""


@dataclass(frozen=True)
class Called:
    """A meeting as it is called."""

    body: str
    place: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    quorum: int
    required_disciplines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seated:
    """Who is to sit at it, and as what."""

    post: Post
    discipline: str = ""
    standing: Standing = Standing.MEMBER
    instead_of: uuid.UUID | None = None


def call_meeting(
    *, by: AtWork, called: Called, seats: Iterable[Seated], at: datetime.datetime
) -> Meeting:
    """Call a meeting with these seats; who sits twice is seated once, as the first."""
    made = Meeting.objects.create(
        body=called.body, place=called.place, starts_at=called.starts_at, ends_at=called.ends_at,
        quorum=called.quorum, required_disciplines=list(called.required_disciplines),
    )  # fmt: skip
    seat_them(made, seats)
    leave_a_line(by, made.pk, "called a meeting", at)
    return made


def seat_them(meeting: Meeting, seats: Iterable[Seated]) -> None:
    """Seat whoever has no seat at it yet."""
    there = set(Seat.objects.filter(meeting=meeting).values_list("post_id", flat=True))
    new: dict[uuid.UUID, Seat] = {}
    for each in seats:
        if each.post.pk in there or each.post.pk in new:
            continue
        new[each.post.pk] = Seat(
            meeting=meeting, post=each.post, agency_id=each.post.team.agency_id,
            discipline=each.discipline, standing=each.standing, instead_of_id=each.instead_of,
        )  # fmt: skip
    Seat.objects.bulk_create(new.values())


def held_for_this(meeting_id: uuid.UUID) -> Meeting:
    """The meeting, held for this act alone: whatever else an act holds, it holds this first.

    In no other order, or two acts at once would wait for each other.
    """
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting_id)


def changed(meeting_id: uuid.UUID, *items: int, in_words_alone: bool = False) -> None:
    """Let every screen in the room know that something is new, and at which items.

    `in_words_alone`: something was written in a box, and nothing else is other than it was.
    It holds the meeting's row until the act is over: of two at once the versions rise in their order.
    """
    risen = {} if in_words_alone else {"table_version": F("table_version") + 1}
    Meeting.objects.filter(pk=meeting_id).update(version=F("version") + 1, **risen)
    if items:
        AgendaItem.objects.filter(meeting=meeting_id, pk__in=items).update(version=F("version") + 1)


def say_attendance(
    *, by: AtWork, meeting_id: uuid.UUID, post_id: uuid.UUID, attendance: Attendance,
    at: datetime.datetime,
) -> Seat:  # fmt: skip
    """Say that somebody is there, sent apologies, has left, or did not come. Raises CannotHold."""
    with transaction.atomic():
        _going_on(meeting_id)
        seat = Seat.objects.select_for_update().filter(meeting=meeting_id, post=post_id).first()
        if seat is None:
            raise CannotHold("This post has no seat at the meeting.")
        if attendance is Attendance.LEFT and seat.arrived_at is None:
            raise CannotHold(
                "Somebody who did not come cannot leave. Write down apologies instead."
            )
        seat.attendance = attendance
        if attendance is Attendance.PRESENT:
            seat.arrived_at, seat.left_at = seat.arrived_at or at, None
        if attendance is Attendance.LEFT:
            seat.left_at, seat.looks_at, seat.types_in = at, None, ""
        seat.save()
        # Who may say how they stand to what is decided is another now.
        at_it = AgendaItem.objects.filter(meeting=meeting_id, state=ItemState.OPEN)
        changed(meeting_id, *at_it.values_list("pk", flat=True))
        leave_a_line(by, meeting_id, "said who came", at, {"attendance": attendance})
    return seat


def begin(meeting: Meeting, at: datetime.datetime) -> None:
    """Let the meeting begin, where it has not; its row is locked by the caller's act."""
    if meeting.state == MeetingState.PLANNED:
        meeting.state, meeting.began_at = MeetingState.OPEN, at
        meeting.save(update_fields=["state", "began_at"])


def open_item(*, by: AtWork, agenda_id: int, at: datetime.datetime) -> AgendaItem:
    """Open an item: one at a time, so that whatever was open waits again. Raises CannotHold."""
    with transaction.atomic():
        item = AgendaItem.objects.select_related("meeting").get(pk=agenda_id)
        meeting = _going_on(item.meeting_id)
        item.refresh_from_db()
        if ItemState(item.state).is_over:
            raise CannotHold("This item is over. What was decided is corrected by a new entry.")
        begin(meeting, at)
        before = AgendaItem.objects.filter(meeting=meeting, state=ItemState.OPEN).exclude(
            pk=item.pk
        )
        touched = list(before.values_list("pk", flat=True))
        before.update(state=ItemState.WAITING)
        item.state, item.opened_at = ItemState.OPEN, item.opened_at or at
        item.save(update_fields=["state", "opened_at"])
        changed(meeting.pk, item.pk, *touched)
        leave_a_line(by, meeting.pk, "opened an item", at, {"place": item.place})
    return item


def close_item(
    *, by: AtWork, agenda_id: int, state: ItemState, at: datetime.datetime
) -> AgendaItem:
    """Let an item be over: done, put off, or taken off. Raises CannotHold."""
    with transaction.atomic():
        item = AgendaItem.objects.get(pk=agenda_id)
        _going_on(item.meeting_id)
        item.refresh_from_db()
        if ItemState(item.state).is_over:
            raise CannotHold("This item is over already. Nothing was changed by you.")
        item.state, item.closed_at = state, at
        item.save(update_fields=["state", "closed_at"])
        changed(item.meeting_id, item.pk)
        leave_a_line(by, item.meeting_id, "closed an item", at, {"state": state})
    return item


def put_in_order(
    *, by: AtWork, meeting_id: uuid.UUID, agenda_ids: Sequence[int], at: datetime.datetime
) -> None:
    """Give the items of an agenda this order. Raises CannotHold."""
    with transaction.atomic():
        _going_on(meeting_id)
        there = {each.pk: each for each in AgendaItem.objects.filter(meeting=meeting_id)}
        if set(there) != set(agenda_ids):
            raise CannotHold("The agenda has changed meanwhile. Look at it again.")
        for place, agenda_id in enumerate(agenda_ids, start=1):
            there[agenda_id].place = place
        AgendaItem.objects.bulk_update(there.values(), ["place"])
        changed(meeting_id)
        leave_a_line(by, meeting_id, "put an agenda in order", at)


def _going_on(meeting_id: uuid.UUID) -> Meeting:
    meeting = held_for_this(meeting_id)
    if meeting.state not in {MeetingState.PLANNED, MeetingState.OPEN}:
        raise CannotHold("This meeting is over.")
    return meeting


def leave_a_line(
    by: AtWork,
    meeting_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    detail: dict[str, object] | None = None,
) -> None:
    """A line in the audit of what was done at a meeting; about no person."""
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="meeting", subject_id=str(meeting_id),
        purpose=by.purpose, detail=detail,
    )  # fmt: skip
