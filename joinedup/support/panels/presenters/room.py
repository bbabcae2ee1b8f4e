"""How the room reads: who is there and what they do, what an item is and where it stands."""

import datetime
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils import timezone

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.meetings.choices import (
    Attendance,
    InterestKind,
    ItemState,
    Standing,
)
from joinedup.foundations.meetings.models import Interest, Seat
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import (
    ApprovalState,
    Box,
    DecisionKind,
    Effect,
    ItemSource,
    Stance,
)
from joinedup.support.panels.models import Decision, PanelItem
from joinedup.support.panels.presenters.approving import approval
from joinedup.support.panels.queries.room import Line, RoomShown
from joinedup.support.panels.rules.approving import effect_of

_COLOURS = {
    Attendance.PRESENT: "green", Attendance.LEFT: "grey", Attendance.APOLOGIES: "grey",
    Attendance.ABSENT: "grey", Attendance.EXPECTED: "blue",
}  # fmt: skip
_STATES = {
    ItemState.OPEN: ("Open now", "yellow"), ItemState.DONE: ("Done", "green"),
    ItemState.DEFERRED: ("Put off", "grey"), ItemState.WAITING: ("", ""),
    ItemState.TAKEN_OFF: ("Taken off", "grey"),
}  # fmt: skip


@dataclass(frozen=True)
class SeatShown:
    """Somebody at the table, in words."""

    seat: Seat
    who: str
    as_what: str
    attendance: str
    colour: str
    does: str
    is_there: bool
    is_own: bool


@dataclass(frozen=True)
class LineShown:
    """A line of the agenda, in words."""

    pk: int
    number: int
    text: str
    time: str
    minutes: int
    tag: str
    colour: str
    over: str
    is_urgent: bool
    is_shut: bool
    why_shut: str
    is_current: bool


def seats(shown: RoomShown, viewer_post: object) -> list[SeatShown]:
    """Everybody with a seat, what they sit as, and what they look at or type in."""
    numbers = {each.line.pk: place for place, each in enumerate(shown.lines, start=1)}
    for each in shown.lines:
        if each.is_shut:
            del numbers[each.line.pk]
    return [
        _seat(each, where(each, shown.seen, numbers), each.post_id == viewer_post)
        for each in shown.seats
    ]


def where(seat: Seat, seen: Collection[int], numbers: Mapping[int, int]) -> str:
    """What somebody at the table looks at or types in, where their screen has asked just now."""
    if seat.pk not in seen:
        return ""
    number = numbers.get(seat.looks_at_id or 0)
    if number is None:
        return "Is in the room’s page"
    if seat.types_in:
        return f"Types in “{box_name(seat.types_in)}” of item {number}"
    return f"Looks at item {number}"


def head_key(shown: RoomShown, found: Sequence[SeatShown]) -> str:
    """Another word whenever the head of the room reads otherwise but for where everybody looks."""
    at = shown.looks_at.line.pk if shown.looks_at else None
    people = [
        (each.seat.pk, each.seat.standing, each.who, each.as_what, each.attendance)
        for each in found
    ]
    return _key(shown.room.meeting.state, shown.lacks, shown.room.runs, at, people)


def agenda_key(found: Sequence[LineShown]) -> str:
    """Another word whenever the agenda reads otherwise."""
    return _key(found)


def _key(*shown: object) -> str:
    return hashlib.blake2b(repr(shown).encode(), digest_size=6).hexdigest()


def _seat(seat: Seat, does: str, is_own: bool) -> SeatShown:
    attendance, standing = Attendance(seat.attendance), Standing(seat.standing)
    what = discipline(seat.discipline)
    if standing is not Standing.MEMBER:
        what = (
            standing.label
            if not what or standing is Standing.COORDINATOR
            else f"{standing.label}, {what}"
        )
    if seat.instead_of is not None:
        what = f"{what}, for {seat.instead_of.user.name}"
    return SeatShown(
        seat, seat.post.user.name, f"{what}, {seat.agency.name}" if what else seat.agency.name,
        attendance.label, _COLOURS[attendance], does, attendance is Attendance.PRESENT, is_own,
    )  # fmt: skip


def lines(shown: RoomShown) -> list[LineShown]:
    """The agenda in words; of what is not the viewer's its place and time alone."""
    current = shown.looks_at.line.pk if shown.looks_at else None
    return [_line(each, place, current) for place, each in enumerate(shown.lines, start=1)]


def _line(each: Line, place: int, current: int | None) -> LineShown:
    tag, colour = _STATES[ItemState(each.line.state)]
    why = ""
    if each.is_shut:
        why = "You have an interest in it." if each.has_own_interest else "You do not sit at it."
    return LineShown(
        each.line.pk, place, each.line.title or listed(each.names) or "Not shown to you",
        timezone.localtime(each.begins_at).strftime("%H:%M"), each.line.minutes, tag, colour,
        minutes_over(each.minutes_over), each.item is not None and each.item.is_urgent,
        each.is_shut, why, each.line.pk == current,
    )  # fmt: skip


def minutes_over(minutes: int) -> str:
    """How far an item is over its time."""
    if minutes == 0:
        return ""
    return "1 minute over" if minutes == 1 else f"{minutes} minutes over"


def listed(names: Sequence[str]) -> str:
    """Names in a row."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def discipline(code: str) -> str:
    """The words of a discipline."""
    return Discipline(code).label if code in Discipline else code


def box_name(name: str) -> str:
    """The words for a box by its name on the page."""
    code = name.split("-", 1)[0]
    return Box(code).label if code in Box else name


class HasItem(Protocol):
    """What is about an item."""

    @property
    def item(self) -> PanelItem: ...


def about(shown: HasItem) -> list[tuple[str, str]]:
    """Where the item comes from, on whose yes it is considered, how long it waits."""
    item = shown.item
    agreed = Agreement(item.agreement)
    facts = [("Comes from", ItemSource(item.source).label)]
    facts.append(
        (
            "Agreement",
            agreed.label
            if not item.basis
            else f"{agreed.label}. Considered on another basis: {item.basis}",
        )
    )
    if item.deferred_at is not None:
        day = timezone.localtime(item.deferred_at).date()
        facts.append(("Put off before", f"{day:%-d %B %Y}: {item.deferred_because}"))
    return facts


@dataclass(frozen=True)
class DecisionShown:
    """A decision in words, with how each agency stood to it."""

    decision: Decision
    what: str
    lead: str
    when: datetime.datetime
    by: str
    stances: Sequence[tuple[str, str, str]]
    approvals: Sequence[str]
    mark: str
    is_latest: bool


def decisions(found: Sequence[Decision]) -> list[DecisionShown]:
    """Each decision, the first first; what was corrected says so and stays."""
    corrected = {each.corrects_id for each in found}
    shown = []
    for each in found:
        mark = ""
        if each.is_urgent:
            mark = "The chair’s urgent action" + (
                ", ratified" if each.ratified_at else ", to be ratified"
            )
        effect = effect_of([ApprovalState(one.state) for one in each.approvals.all()])
        if effect is not Effect.IN_FORCE:
            mark = "; ".join(part for part in (mark, effect.label) if part)
        if each.pk in corrected:
            mark = "Corrected since"
        shown.append(
            DecisionShown(
                each, DecisionKind(each.kind).label,
                each.lead_agency.name if each.lead_agency else "", each.at, each.by_post.user.name,
                [
                    (stance.agency.name, Stance(stance.stance).label, stance.words)
                    for stance in each.stances.all()
                ],
                [approval(one) for one in each.approvals.all()], mark, each.pk not in corrected,
            )
        )  # fmt: skip
    return shown


def interests(found: Sequence[Interest]) -> list[tuple[Interest, str]]:
    """Each interest that stands, in a line."""
    return [
        (
            each,
            f"{each.post.user.name}: {InterestKind(each.kind).label.lower()}"
            + ("" if each.declared_by else " (found by the product)"),
        )
        for each in found
    ]
