"""Build the agenda of a panel's next meeting in one act; add to it, take off it, put it in order."""

import datetime
import uuid
from collections.abc import Collection, Sequence

from django.db import transaction
from django.db.models import Max

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import (
    ActionState,
    InterestKind,
    ItemState,
    MeetingState,
)
from joinedup.foundations.meetings.models import Action, AgendaItem, Interest, Meeting, Seat
from joinedup.foundations.meetings.operations.holding import (
    Called,
    CannotHold,
    call_meeting,
    changed,
    close_item,
    held_for_this,
    put_in_order,
    seat_them,
)
from joinedup.foundations.meetings.operations.interests import declare
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import Given, end_part, give_parts, of_post
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.operations.routes import set_next_date
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import PanelItemState, PanelTemplate
from joinedup.support.panels.models import KeptApart, Panel, PanelItem, PanelMeeting
from joinedup.support.panels.operations.checks import ask_checks
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.queue import must_keep
from joinedup.support.panels.queries.agenda_apart import (
    found_apart,
    pairs_apart,
    waiting_as,
    who_has_an_interest,
)
from joinedup.support.panels.queries.agenda_seats import who_sits
from joinedup.support.panels.queries.panel import terms_on
from joinedup.support.panels.queries.queue import next_meetings
from joinedup.support.panels.rules.deciding import why_not_before_agreement
from joinedup.support.panels.rules.ordering import neighbours, ordered
from joinedup.support.panels.rules.practice import may_join
from joinedup.support.panels.rules.rhythm import begins_at

SITS_AT_IT = "sits at it"
"""The part at progress of whoever sits at an item."""
OPEN_ACTIONS = "Actions that are still open"
_MINUTES_OF_ACTIONS = 5
_DAY = datetime.timedelta(days=1)


class CannotBuild(Exception):
    """An agenda cannot be built or changed so; says why."""


def build_agenda(*, by: Viewer, panel_id: int, at: datetime.datetime) -> Meeting:
    """Call the panel's next meeting and put on it what waits, in order, with its people seated.

    Where it is called already, what has come since is added as far as there is time. Somebody who has
    not agreed, where the programme needs that first, stays in the queue (P25). Raises CannotBuild,
    NotPermitted.
    """
    with transaction.atomic():
        # Of two at once the second adds to what the first has called.
        panel = (
            Panel.objects.select_for_update(of=("self",))
            .select_related("team", "route")
            .get(pk=panel_id)
        )
        must_keep(by, panel, at)
        meeting, is_new = _next_meeting(by, panel, at)
        with acting(WORKING):
            room = panel.capacity - meeting.items.filter(panel_item__isnull=False).count()
            items = _that_can_come(panel)[: max(room, 0)] if not is_new else _that_can_come(panel)
            chosen = _chosen(items, panel.capacity if is_new else max(room, 0), by, at)
            if is_new:
                _general_part(panel, meeting)
            for item in chosen:
                put_on(by=by, item=item, meeting=meeting, at=at)
            _tell_it_is_called(by, meeting, panel, at)
            _say_when_there_is_room(by, panel, meeting, at)
        ask_checks(by=by, meeting_id=meeting.pk, at=at)
    return meeting


def add_item(
    *, by: Viewer, meeting_id: uuid.UUID, item_id: uuid.UUID, at: datetime.datetime
) -> AgendaItem:
    """Put an item that waits on an agenda, as its last. Raises CannotBuild, NotPermitted."""
    with transaction.atomic():
        meeting, panel = _own_meeting(by, meeting_id, at)
        with acting(by):
            item = PanelItem.objects.select_related("panel").get(pk=item_id, panel=panel)
        if item.state != PanelItemState.QUEUED:
            raise CannotBuild("This stands on an agenda already, or is decided.")
        why_not = _why_not(item)
        if why_not:
            raise CannotBuild(why_not)
        with acting(WORKING):
            find_apart([item, *on_agenda_of(meeting)], by, at)
            made = put_on(by=by, item=item, meeting=meeting, at=at)
        ask_checks(by=by, meeting_id=meeting.pk, at=at)
    return made


def take_off(*, by: Viewer, agenda_id: int, at: datetime.datetime) -> AgendaItem:
    """Take an item off an agenda: it waits again, and whoever was to sit at it sees it no more.

    Raises CannotBuild, NotPermitted.
    """
    with transaction.atomic():
        found = AgendaItem.objects.select_related("meeting").get(pk=agenda_id)
        meeting, _ = _own_meeting(by, found.meeting_id, at)
        if found.state == ItemState.OPEN:
            raise CannotBuild("This item is open. Put it off, or decide it.")
        try:
            found = close_item(by=by, agenda_id=agenda_id, state=ItemState.TAKEN_OFF, at=at)
        except CannotHold as why:
            raise CannotBuild(str(why)) from why
        with acting(WORKING):
            item = PanelItem.objects.select_for_update().filter(agenda=found).first()
            if item is not None:
                back_to_the_queue(item)
                for post in meeting.seats.values_list("post_id", flat=True):
                    shut(by=by, item_id=item.pk, post_id=post, at=at)
    return found


def move_item(*, by: Viewer, agenda_id: int, by_places: int, at: datetime.datetime) -> None:
    """Move an item up or down the agenda, never next to one that is kept apart from it (P28).

    Raises CannotBuild, NotPermitted.
    """
    with transaction.atomic():
        found = AgendaItem.objects.get(pk=agenda_id)
        meeting, _ = _own_meeting(by, found.meeting_id, at)
        line = list(meeting.items.order_by("place"))
        there = [each.pk for each in line]
        to = max(0, min(len(line) - 1, there.index(agenda_id) + by_places))
        moved = [each for each in there if each != agenda_id]
        moved.insert(to, agenda_id)
        with acting(WORKING):
            if _too_near(moved) > _too_near(there):
                raise CannotBuild("These two must be kept apart. Leave another item between them.")
        try:
            put_in_order(by=by, meeting_id=meeting.pk, agenda_ids=moved, at=at)
        except CannotHold as why:
            raise CannotBuild(str(why)) from why


def put_on(*, by: Viewer, item: PanelItem, meeting: Meeting, at: datetime.datetime) -> AgendaItem:
    """Put an item last on an agenda, find who has an interest in it, and open it to the others.

    The caller acts as the system and has judged that it may be.
    """
    last = meeting.items.aggregate(last=Max("place"))["last"] or 0
    line = AgendaItem.objects.create(
        meeting=meeting, place=last + 1, minutes=item.panel.minutes_an_item
    )
    item.agenda = line
    if item.state == PanelItemState.QUEUED:
        item.state = PanelItemState.ON_AGENDA
    item.save(update_fields=["agenda", "state"])
    seats = list(meeting.seats.select_related("post__user", "post__team__agency"))
    for post_id, kind in who_has_an_interest(item, seats, at).items():
        declare(
            by=by, agenda_id=line.pk, post_id=post_id, kind=InterestKind(kind), at=at, is_found=True
        )
    open_to_the_seats(by=by, item=item, seats=seats, at=at)
    changed(meeting.pk, line.pk)
    leave_a_line(by, item.pk, "put on an agenda", at)
    return line


def open_to_the_seats(
    *, by: Viewer, item: PanelItem, seats: Collection[Seat], at: datetime.datetime
) -> None:
    """Give whoever sits at an item their part in it; never to one with an interest in it (S4-53)."""
    barred = set(
        Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True).values_list(
            "post_id", flat=True
        )
    )
    may = [
        seat for seat in seats
        if seat.post_id not in barred and seat.left_at is None and _may_join(item, seat)
    ]  # fmt: skip
    give_parts(
        by=by, matter_id=item.pk, at=at,
        parts=[Given(of_post(seat.post_id), PartLevel.PROGRESS, SITS_AT_IT) for seat in may],
    )  # fmt: skip


def shut(*, by: Viewer, item_id: uuid.UUID, post_id: uuid.UUID, at: datetime.datetime) -> None:
    """End what somebody sees of an item because they sit at it."""
    end_part(by=by, matter_id=item_id, recipient=of_post(post_id), at=at, because=SITS_AT_IT)


def back_to_the_queue(item: PanelItem) -> None:
    """Let an item wait again; one that is decided and was only to be ratified stays decided."""
    item.agenda = None
    if item.state == PanelItemState.ON_AGENDA:
        item.state = PanelItemState.QUEUED
    item.save(update_fields=["agenda", "state"])


def own_panel(by: Viewer, meeting_id: uuid.UUID) -> Panel:
    """The panel of a meeting; raises PanelMeeting.DoesNotExist where it is no panel's."""
    found = PanelMeeting.objects.select_related("panel__team", "panel__route", "panel__chair")
    return found.get(pk=meeting_id).panel


def _own_meeting(by: Viewer, meeting_id: uuid.UUID, at: datetime.datetime) -> tuple[Meeting, Panel]:
    meeting = held_for_this(meeting_id)
    panel = own_panel(by, meeting_id)
    must_keep(by, panel, at)
    if meeting.state not in {MeetingState.PLANNED, MeetingState.OPEN}:
        raise CannotBuild("This meeting is over.")
    return meeting, panel


def _next_meeting(by: Viewer, panel: Panel, at: datetime.datetime) -> tuple[Meeting, bool]:
    """The meeting that is called already and has not begun, or a new one on the next day of the rhythm."""
    own = Meeting.objects.filter(of_panel__panel=panel)
    there = own.filter(state=MeetingState.PLANNED, ends_at__gt=at).order_by("starts_at").first()
    if there is not None:
        seat_them(there, who_sits(panel, day_of(there.starts_at)))
        return there, False
    held = {day_of(each) for each in own.values_list("starts_at", flat=True)}
    today = day_of(at)
    days = [
        day for day in next_meetings(panel, today - _DAY, len(held) + 3)
        if day not in held and begins_at(day, panel.at_time) > at
    ]  # fmt: skip
    if not days:
        raise CannotBuild("This panel has ended. Build the agenda of the one that succeeded it.")
    terms = terms_on(panel, days[0])
    if terms is None:
        raise CannotBuild("Agree the terms of reference first: they say the quorum.")
    seats = who_sits(panel, days[0])
    if not seats:
        raise CannotBuild("Nobody sits on this panel on that day. Name its members first.")
    starts = begins_at(days[0], panel.at_time)
    called = Called(
        panel.name, panel.place, starts, starts + datetime.timedelta(minutes=panel.minutes),
        terms.quorum, tuple(terms.required_disciplines),
    )  # fmt: skip
    meeting = call_meeting(by=by, called=called, seats=seats, at=at)
    PanelMeeting.objects.create(meeting=meeting, panel=panel)
    return meeting, True


def _that_can_come(panel: Panel) -> list[PanelItem]:
    """What waits and may be considered, and what the chair decided between meetings (P25, P26)."""
    waits = PanelItem.objects.filter(panel=panel, state=PanelItemState.QUEUED)
    found = [each for each in waits.select_related("panel") if not _why_not(each)]
    to_ratify = PanelItem.objects.filter(
        panel=panel, state=PanelItemState.DECIDED, agenda__isnull=True,
        decisions__is_urgent=True, decisions__ratified_at__isnull=True,
        decisions__corrected_by__isnull=True,
    )  # fmt: skip
    return [*to_ratify.select_related("panel").distinct(), *found]


def _why_not(item: PanelItem) -> str:
    return why_not_before_agreement(
        Agreement(item.agreement), before_agreement=item.panel.before_agreement, basis=item.basis
    )


def _chosen(
    items: Sequence[PanelItem], many: int, by: Viewer, at: datetime.datetime
) -> list[PanelItem]:
    """As many as there is time for, in their order: whoever must be kept apart is found first."""
    find_apart(items, by, at)
    by_key = {each.pk: each for each in items}
    waiting = waiting_as(items)
    apart = pairs_apart(by_key)
    first = ordered(waiting, apart)[:many]
    kept = [each for each in waiting if each.key in first]
    return [by_key[key] for key in ordered(kept, apart)]


def find_apart(items: Sequence[PanelItem], by: Viewer, at: datetime.datetime) -> None:
    """Write down which of these must be kept apart by an order or a record of harm (P28)."""
    for one, other in found_apart(items):
        KeptApart.objects.get_or_create(
            item_id=one, other_id=other, defaults={"is_found": True, "at": at}
        )


def _too_near(line: Sequence[int]) -> int:
    """How many neighbours on this agenda must be kept apart."""
    items = dict(PanelItem.objects.filter(agenda__in=line).values_list("agenda", "pk"))
    return len(
        neighbours([items[each] for each in line if each in items], pairs_apart(items.values()))
    )


def on_agenda_of(meeting: Meeting) -> list[PanelItem]:
    """The items that stand on a meeting's agenda; the caller acts as the system."""
    return list(PanelItem.objects.filter(agenda__meeting=meeting).select_related("panel"))


def _general_part(panel: Panel, meeting: Meeting) -> None:
    """What earlier meetings gave somebody to do and is not done opens the next."""
    still = Action.objects.filter(
        meeting__of_panel__panel=panel, state=ActionState.OPEN, out_at__isnull=False
    )
    if still.exists():
        AgendaItem.objects.create(
            meeting=meeting, place=1, minutes=_MINUTES_OF_ACTIONS, title=OPEN_ACTIONS
        )


def _may_join(item: PanelItem, seat: Seat) -> bool:
    if item.panel.template != PanelTemplate.CARE_TEAM:
        return True
    kind = AgencyKind(seat.post.team.agency.kind)
    return may_join(kind, Agreement(item.agreement))


def _tell_it_is_called(by: Viewer, meeting: Meeting, panel: Panel, at: datetime.datetime) -> None:
    posts = meeting.seats.exclude(post=by.post_id).values_list("post_id", flat=True)
    tell(
        by=by.post_id, posts=list(posts), kind=NoticeKind.MEETING_CALLED,
        link=f"/panels/meetings/{meeting.pk}/", at=at, once=f"{meeting.pk} {meeting.version}",
    )  # fmt: skip


def _say_when_there_is_room(
    by: Viewer, panel: Panel, meeting: Meeting, at: datetime.datetime
) -> None:
    """The front door tells the next date with a place: this meeting's, or the next that has room."""
    if panel.route is None:
        return
    on = meeting.items.filter(panel_item__isnull=False).count()
    waits = PanelItem.objects.filter(panel=panel, state=PanelItemState.QUEUED).count()
    left, next_on = panel.capacity - on, day_of(meeting.starts_at)
    later = iter(next_meetings(panel, next_on, 8))
    while left <= waits and (following := next(later, None)) is not None:
        waits, left, next_on = max(0, waits - max(left, 0)), panel.capacity, following
    says = by if by.team_id == panel.route.team_id else WORKING
    set_next_date(
        by=says, route_code=panel.route.code, next_on=next_on, places=max(0, left - waits), at=at
    )
