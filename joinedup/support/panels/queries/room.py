"""What the room shows: who is there, the agenda as the viewer sees it, and one item with all that belongs to it."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.meetings.choices import Attendance, ItemState, Standing
from joinedup.foundations.meetings.models import Action, AgendaItem, Interest, Seat
from joinedup.foundations.meetings.queries.room import SEEN_WITHIN, seats_of, what_quorum_lacks
from joinedup.foundations.meetings.rules.times import beginnings, minutes_over
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.choices import Box, DecisionKind
from joinedup.support.panels.models import (
    ActionWords,
    Decision,
    ItemPerson,
    ItemText,
    ItemTextVersion,
    PanelItem,
)
from joinedup.support.panels.operations.room import InTheRoom
from joinedup.support.panels.queries.agenda_apart import who_leads_it
from joinedup.support.panels.queries.checks import CheckTold, for_item
from joinedup.support.panels.queries.panel import terms_on
from joinedup.support.panels.queries.parted import since_of

WITH_A_DECISION = ("stances__agency", "approvals__agency", "approvals__answered_by__user")
LOOKING = Viewer.system("showing a meeting which item may open and whom it follows")


@dataclass(frozen=True)
class Line:
    """One line of the agenda, as far as the viewer sees it."""

    line: AgendaItem
    names: Sequence[str]
    """Whom it is about; nothing where it is not the viewer's to see."""
    item: PanelItem | None
    begins_at: datetime.datetime
    minutes_over: int
    has_own_interest: bool

    @property
    def is_shut(self) -> bool:
        """Whether it is about somebody and not shown to the viewer."""
        return self.item is None and not self.line.title


@dataclass(frozen=True)
class PersonShown:
    """Somebody an item is about, and what the spine says of them since it came in."""

    person: ItemPerson
    since: str


@dataclass(frozen=True)
class Beside:
    """Words that met another's in a box, for whoever writes next to settle."""

    pk: int
    who: str
    words: str


@dataclass(frozen=True)
class BoxShown:
    """A box as it stands."""

    box: Box
    agency: str
    agency_name: str
    words: str
    version: int
    beside: Sequence[Beside]
    is_to_write: bool

    @property
    def name(self) -> str:
        """What the box is called on a page."""
        return f"{self.box.value}-{self.agency}" if self.agency else self.box.value


@dataclass(frozen=True)
class ItemShown:
    """One item with all that the viewer may see of it."""

    line: AgendaItem
    item: PanelItem
    people: Sequence[PersonShown]
    boxes: Sequence[BoxShown]
    checks: Sequence[CheckTold]
    interests: Sequence[Interest]
    leads: frozenset[uuid.UUID]
    decisions: Sequence[Decision]
    actions: Sequence[tuple[Action, str]]
    may_decide: Sequence[DecisionKind]

    @property
    def to_ratify(self) -> Decision | None:
        """What the chair decided before and this meeting is to ratify (P26)."""
        waits = [each for each in self.decisions if each.is_urgent and each.ratified_at is None]
        return waits[-1] if waits else None

    @property
    def is_open(self) -> bool:
        """Whether it is what the meeting is at."""
        return self.line.state == ItemState.OPEN


@dataclass(frozen=True)
class RoomShown:
    """The whole room as one viewer sees it."""

    room: InTheRoom
    seats: Sequence[Seat]
    seen: frozenset[int]
    """Seats whose screen has asked just now."""
    lines: Sequence[Line]
    lacks: str
    shown: ItemShown | None
    looks_at: Line | None


def room_of(
    viewer: Viewer,
    room: InTheRoom,
    at: datetime.datetime,
    *,
    agenda_id: int | None = None,
    known_version: int = 0,
) -> RoomShown:
    """The room; of the items the one asked for, or else the one that is open, or the first that waits.

    An item of the version that the screen knows already is not read again.
    """
    with reading(viewer):
        lines = lines_of(viewer, room, at)
        chosen = _chosen(lines, agenda_id)
        shown = None
        is_news = chosen is not None and chosen.line.version != known_version
        if chosen is not None and chosen.item is not None and is_news:
            shown = item_of(viewer, room, chosen.line, chosen.item, at)
    seats = seats_of(room.meeting.pk)
    seen = seen_of(seats, at)
    barred: frozenset[uuid.UUID] = frozenset()
    if chosen is not None:
        standing = Interest.objects.filter(item=chosen.line, lifted_at__isnull=True)
        barred = frozenset(standing.values_list("post_id", flat=True))
    return RoomShown(
        room, seats, seen, lines, what_quorum_lacks(room.meeting, but=barred), shown,
        chosen,
    )  # fmt: skip


def seen_of(seats: Iterable[Seat], at: datetime.datetime) -> frozenset[int]:
    """The seats whose screen has asked just now."""
    return frozenset(each.pk for each in seats if each.seen_at and at - each.seen_at < SEEN_WITHIN)


def lines_of(viewer: Viewer, room: InTheRoom, at: datetime.datetime) -> list[Line]:
    """The agenda; call it while acting as the viewer."""
    found = list(AgendaItem.objects.filter(meeting=room.meeting).order_by("place"))
    items = {
        each.agenda_id: each
        for each in PanelItem.objects.filter(agenda__in=found).select_related("panel")
    }
    told_of(matters=[each.pk for each in items.values()])
    names: dict[uuid.UUID, list[str]] = {}
    people = ItemPerson.objects.filter(item__in=[each.pk for each in items.values()])
    for person in people.order_by("item", "place"):
        names.setdefault(person.item_id, []).append(person.name)
    own = set(
        Interest.objects.filter(
            item__in=found, post=viewer.post_id, lifted_at__isnull=True
        ).values_list("item_id", flat=True)
    )
    there = [each for each in found if each.state != ItemState.TAKEN_OFF]
    begin = beginnings(room.meeting.starts_at, [each.minutes for each in there])
    lines = []
    for each, begins in zip(there, begin, strict=True):
        item = items.get(each.pk)
        over = 0
        if each.state == ItemState.OPEN and each.opened_at is not None:
            over = minutes_over(each.opened_at, each.minutes, at)
        lines.append(
            Line(each, names.get(item.pk, []) if item else [], item, begins, over, each.pk in own)
        )
    return lines


def item_of(
    viewer: Viewer, room: InTheRoom, line: AgendaItem, item: PanelItem, at: datetime.datetime
) -> ItemShown:
    """One item with its people, boxes, checks, decision and actions; call it while acting as the viewer."""
    decisions = Decision.objects.filter(item=item).select_related("lead_agency", "by_post__user")
    actions = Action.objects.filter(item=line).select_related("owner__user").order_by("number")
    words = dict(ActionWords.objects.filter(item=item).values_list("action_id", "words"))
    interests = Interest.objects.filter(item=line, lifted_at__isnull=True)
    terms = terms_on(item.panel, at.date())
    known = terms.decisions if terms and terms.decisions else [each.value for each in DecisionKind]
    posts = list(Seat.objects.filter(meeting=room.meeting).values_list("post_id", flat=True))
    with reading(LOOKING):
        leads = frozenset(who_leads_it(item, posts))
    return ItemShown(
        line, item, people_of(item), boxes_of(viewer, room, item), for_item(viewer, item.pk),
        list(interests.select_related("post__user", "declared_by__user")), leads,
        list(decisions.prefetch_related(*WITH_A_DECISION).order_by("at", "pk")),
        [(each, words.get(each.pk, "")) for each in actions if each.pk in words],
        [DecisionKind(each) for each in known],
    )  # fmt: skip


def people_of(item: PanelItem) -> list[PersonShown]:
    """Whom an item is about; where the spine has joined or parted their records since, it says so."""
    told_of(matters=[item.pk])
    since = since_of([item.pk])
    people = ItemPerson.objects.filter(item=item).order_by("place")
    return [PersonShown(each, since.get(each.pk, "")) for each in people]


def boxes_of(viewer: Viewer, room: InTheRoom, item: PanelItem) -> list[BoxShown]:
    """Every box: those that all share, and one of each agency at the table; what waits beside each."""
    there = {(each.box, each.agency_id or ""): each for each in ItemText.objects.filter(item=item)}
    waits: dict[int, list[Beside]] = {}
    beside = ItemTextVersion.objects.filter(item=item, is_beside=True, settled_at__isnull=True)
    for each in beside.select_related("by_post__user").order_by("pk"):
        who = each.by_post.user.name if each.by_post else "Somebody"
        waits.setdefault(each.text_id, []).append(Beside(each.pk, who, each.words))
    barred = Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True)
    seats = Seat.objects.filter(
        meeting=room.meeting, standing__in=[Standing.CHAIR, Standing.MEMBER]
    ).exclude(post__in=barred.values("post"))
    agencies = dict(seats.order_by("agency__name").values_list("agency_id", "agency__name"))
    wanted = [(box, "") for box in (Box.ASKED, Box.GOING_ON, Box.OWN_WORDS)]
    wanted += [(Box.VIEW, code) for code in agencies]
    wanted += [(Box.NOTES, ""), (Box.REASONS, "")]
    is_going_on = item.agenda is not None and room.meeting.state in {"planned", "open"}
    decided = item.decided_at is not None
    found = []
    for box, agency in wanted:
        text = there.get((box.value, agency))
        own = not agency or agency == viewer.agency or room.runs
        found.append(
            BoxShown(
                box, agency, agencies.get(agency, ""), text.words if text else "",
                text.version if text else 0, waits.get(text.pk, []) if text else [],
                is_going_on and own and (not decided or box is Box.NOTES),
            )
        )  # fmt: skip
    return found


def there_now(room: RoomShown) -> list[Seat]:
    """Those who are there and count."""
    return [
        each for each in room.seats
        if each.attendance == Attendance.PRESENT and Standing(each.standing).counts
    ]  # fmt: skip


def _chosen(lines: Sequence[Line], agenda_id: int | None) -> Line | None:
    if agenda_id is not None:
        return next((each for each in lines if each.line.pk == agenda_id), None)
    for state in (ItemState.OPEN, ItemState.WAITING):
        found = next((each for each in lines if each.line.state == state), None)
        if found is not None:
            return found
    return lines[0] if lines else None
