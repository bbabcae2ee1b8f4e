"""What agencies answered before a meeting, as far as it was opened to the viewer; what waits for their own."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.audit.operations import record_look, record_looks
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import Attendance, Standing
from joinedup.foundations.meetings.models import Interest, Meeting, Seat
from joinedup.identity.people.models import Holding, HouseholdMember, Record
from joinedup.identity.sharing.access import Viewer, acting, marks
from joinedup.identity.sharing.choices import Category, Telling
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.panels.choices import CheckState, Known, PanelItemState, PanelTemplate
from joinedup.support.panels.models import AgencyCheck, ItemPerson, PanelItem
from joinedup.support.panels.queries.parted import since_of_items
from joinedup.support.panels.rules.checks import how_told, suggested

TELLING = Viewer.system("telling which agencies have answered a panel")
OPEN_STATES = (PanelItemState.QUEUED, PanelItemState.ON_AGENDA)


class Shown(StrEnum):
    """How far an agency's check is shown to somebody."""

    ANSWER = "answer"
    KEPT = "kept"
    """Answered, and not opened to them."""
    WAITING = "waiting"


@dataclass(frozen=True)
class CheckTold:
    """What somebody is told of one agency's check; of an agency that is not to be told of, there is none."""

    agency: str
    agency_name: str
    shown: Shown
    told: Telling
    check: AgencyCheck | None = None
    answered_by: str = ""


@dataclass(frozen=True)
class ToAnswer:
    """One item on an agency's list: whom it is about, what was answered."""

    check: AgencyCheck
    people: tuple[ItemPerson, ...]
    own: "OwnRecords"

    @property
    def names(self) -> tuple[str, ...]:
        """Whom it is about."""
        return tuple(each.name for each in self.people)

    @property
    def waits(self) -> bool:
        """Whether nobody has answered yet."""
        return self.check.state != CheckState.ANSWERED


@dataclass(frozen=True)
class ListOfMeeting:
    """What an agency is asked before one meeting."""

    meeting: Meeting
    lines: tuple[ToAnswer, ...]


@dataclass(frozen=True)
class OwnLine:
    """Something in the agency's own records: what, since when, until when, from where."""

    text: str
    starts_on: datetime.date | None
    ends_on: datetime.date | None
    source: str
    sent_on: datetime.date


@dataclass(frozen=True)
class OwnRecords:
    """What the agency's own records hold of the people of an item, and of others at their address."""

    lines: tuple[OwnLine, ...] = ()
    registered: tuple[OwnLine, ...] = ()
    household: tuple[OwnLine, ...] = ()
    known: Known | None = None
    since_on: datetime.date | None = None

    @property
    def any(self) -> bool:
        """Whether they hold anything but who somebody is."""
        return bool(self.lines or self.household)

    def filled_from(self) -> list[dict[str, str]]:
        """Which boxes they begin, with source and date."""
        if self.known is None:
            return []
        last = max(self.lines, key=lambda line: line.sent_on)
        said = {"source": last.source, "on": last.sent_on.isoformat()}
        return [{"box": "known", **said}, {"box": "since_on", **said}]


@dataclass(frozen=True)
class OneCheck:
    """A check as whoever answers it meets it."""

    check: AgencyCheck
    item: PanelItem
    people: tuple[ItemPerson, ...]
    own: OwnRecords
    table: tuple[Seat, ...]
    opened_to: frozenset[uuid.UUID] = field(default_factory=frozenset)
    since: tuple[str, ...] = ()
    """What is to be said of them, where their records were joined or parted since."""

    @property
    def is_open(self) -> bool:
        """Whether an answer is still of use."""
        return self.item.state in OPEN_STATES


def for_item(viewer: Viewer, item_id: uuid.UUID) -> list[CheckTold]:
    """What each agency answered about an item, as far as the viewer may be told (P8).

    Its own answer and those opened to the viewer in full; else that it has answered or not, where its
    gateway lets that be told, and nothing of an agency of which nothing is told. Empty for whoever
    does not sit at the item.
    """
    return for_items(viewer, [item_id]).get(item_id, [])


def for_items(viewer: Viewer, items: Collection[uuid.UUID]) -> dict[uuid.UUID, list[CheckTold]]:
    """The same for several items at once, by item; of those the viewer does not sit at, nothing."""
    with acting(viewer):
        seen = set(PanelItem.objects.filter(pk__in=items).values_list("pk", flat=True))
        opened = {
            (each.item_id, each.agency_id): each
            for each in AgencyCheck.objects.filter(item__in=seen).select_related(
                "answered_by__user"
            )
        }
    with acting(TELLING):
        asked = list(
            AgencyCheck.objects.filter(item__in=seen)
            .order_by("agency__name")
            .values_list(
                "item", "agency", "agency__name", "agency__kind", "agency__name_reveals", "state",
                "item__panel__template",
            )
        )  # fmt: skip
    found: dict[uuid.UUID, list[CheckTold]] = {}
    for item, code, name, kind, reveals, state, template in asked:
        told = how_told(
            PanelTemplate(template), viewer.agency_kind, AgencyKind(kind), name_reveals=reveals
        )
        own = opened.get((item, code))
        if own is not None:
            found.setdefault(item, []).append(_in_full(own, name, told))
        elif told is not Telling.NEITHER:
            shown = Shown.KEPT if state == CheckState.ANSWERED else Shown.WAITING
            found.setdefault(item, []).append(CheckTold(code, name, shown, told))
    return found


def _in_full(check: AgencyCheck, name: str, told: Telling) -> CheckTold:
    if check.state != CheckState.ANSWERED:
        return CheckTold(check.agency_id, name, Shown.WAITING, told, check)
    by = check.answered_by.user.name if check.answered_by else ""
    return CheckTold(check.agency_id, name, Shown.ANSWER, told, check, by)


def to_answer(viewer: Viewer, *, at: datetime.datetime) -> list[ListOfMeeting]:
    """What the viewer's agency is asked before each meeting to come, the next meeting first."""
    with acting(viewer):
        checks = list(
            AgencyCheck.objects.filter(
                agency=viewer.agency, item__state=PanelItemState.ON_AGENDA,
                item__agenda__isnull=False,
            )
            .select_related("item__agenda__meeting", "answered_by__user")
            .order_by("item__agenda__meeting__starts_at", "item__agenda__place")
        )  # fmt: skip
        people = _people_of([each.item_id for each in checks])
        waiting = {each.item_id for each in checks if each.state != CheckState.ANSWERED}
        own = own_records_of(
            viewer, {item: found for item, found in people.items() if item in waiting}, at=at
        )
        meetings: dict[uuid.UUID, tuple[Meeting, list[ToAnswer]]] = {}
        for check in checks:
            of_item = people.get(check.item_id, [])
            if not of_item:
                continue  # The item itself is shut to them: so is whom it is about.
            meeting = check.item.agenda.meeting  # type: ignore[union-attr]
            line = ToAnswer(check, tuple(of_item), own.get(check.item_id, _NONE))
            meetings.setdefault(meeting.pk, (meeting, []))[1].append(line)
    return [ListOfMeeting(meeting, tuple(lines)) for meeting, lines in meetings.values()]


def leave_the_looks(viewer: Viewer, lists: Iterable[ListOfMeeting], at: datetime.datetime) -> None:
    """Write down a look at each person who stands on these lists, all in one statement; of nobody, at the page."""
    shown = {each.person_id for one in lists for line in one.lines for each in line.people}
    persons = sorted(str(each) for each in shown if each is not None)
    record_looks(
        at=at, post_id=viewer.post_id, subject_kind="person" if persons else "agency checks",
        subject_ids=persons or [""], purpose=viewer.purpose, detail={"page": "agency_checks"},
        **marks(viewer),
    )  # fmt: skip


def how_many_wait(viewer: Viewer) -> list[tuple[Meeting, int, datetime.datetime]]:
    """For each meeting to come, how many checks wait for the viewer's agency, and until when."""
    waiting = AgencyCheck.objects.filter(
        agency=viewer.agency, state=CheckState.ASKED, item__state=PanelItemState.ON_AGENDA
    ).select_related("item__agenda__meeting")
    found: dict[uuid.UUID, tuple[Meeting, int, datetime.datetime]] = {}
    for each in waiting.order_by("due_at"):
        meeting = each.item.agenda.meeting  # type: ignore[union-attr]
        _, count, due_at = found.get(meeting.pk, (meeting, 0, each.due_at))
        found[meeting.pk] = (meeting, count + 1, due_at)
    return list(found.values())


def one_check(viewer: Viewer, check_id: uuid.UUID, *, at: datetime.datetime) -> OneCheck:
    """One check of the viewer's own agency, the look at each of its people written down.

    Raises AgencyCheck.DoesNotExist.
    """
    with acting(viewer):
        check = AgencyCheck.objects.select_related("item__agenda__meeting", "agency").get(
            pk=check_id, agency=viewer.agency
        )
        people = _people_of([check.item_id]).get(check.item_id, [])
        if not people:
            raise AgencyCheck.DoesNotExist
        own = own_records(viewer, people, at=at)
        opened = frozenset(
            check.releases.filter(ended_at__isnull=True).values_list("post_id", flat=True)
        )
        for each in people:
            _leave_the_look(viewer, check.pk, each.person_id, at)
    since = tuple(since_of_items([check.item_id]).get(check.item_id, ()))
    return OneCheck(
        check, check.item, tuple(people), own, tuple(at_the_table(check)), opened, since
    )


def at_the_table(check: AgencyCheck) -> list[Seat]:
    """To whom an answer can be opened: who is to sit at the item, of other agencies, without an interest."""
    agenda = check.item.agenda
    if agenda is None:
        return []
    conflicted = Interest.objects.filter(item=agenda, lifted_at__isnull=True).values("post")
    seats = Seat.objects.filter(meeting=agenda.meeting_id).exclude(post__in=conflicted)
    seats = seats.exclude(agency=check.agency_id).exclude(standing=Standing.GUEST)
    seats = seats.exclude(attendance__in=[Attendance.APOLOGIES, Attendance.LEFT, Attendance.ABSENT])
    return list(
        seats.select_related("post__user", "agency").order_by("agency__name", "post__user__name")
    )


def holds_something(viewer: Viewer, item_id: uuid.UUID) -> bool:
    """Whether the viewer's agency's own records hold anything of these people but who they are."""
    with acting(viewer):
        people = _people_of([item_id]).get(item_id, [])
        held = Holding.objects.filter(holder=viewer.agency, person__in=_identifiers(people))
        return held.exists()


def own_records(
    viewer: Viewer, people: Sequence[ItemPerson], *, at: datetime.datetime
) -> OwnRecords:
    """What the viewer's own agency delivered of these people, as the wall lets the viewer see it."""
    return own_records_of(viewer, {uuid.UUID(int=0): people}, at=at)[uuid.UUID(int=0)]


def own_records_of(
    viewer: Viewer, people: Mapping[uuid.UUID, Sequence[ItemPerson]], *, at: datetime.datetime
) -> dict[uuid.UUID, OwnRecords]:
    """The same for several items at once, by item."""
    ids = {item: set(_identifiers(found)) for item, found in people.items()}
    everyone = set().union(*ids.values()) if ids else set()
    if not everyone:
        return dict.fromkeys(people, _NONE)
    with acting(viewer):
        near: dict[uuid.UUID, set[uuid.UUID]] = {}
        for one, other in HouseholdMember.objects.filter(
            person__in=everyone, ends_on__isnull=True, household__is_institution=False,
            household__members__ends_on__isnull=True,
        ).values_list("person_id", "household__members__person_id"):  # fmt: skip
            near.setdefault(one, set()).add(other)
        all_near = set().union(*near.values()) if near else set()
        held = list(
            Holding.objects.filter(holder=viewer.agency, person__in=everyone | all_near)
            .select_related("holder")
            .order_by("starts_on", "pk")
        )
        records = list(
            Record.objects.filter(agency=viewer.agency, person__in=everyone, gone_on=None)
            .select_related("agency")
            .order_by("pk")
        )
    today = day_of(at)
    return {
        item: _own(
            of, set().union(*(near.get(each, set()) for each in of)) - of, held, records, today
        )
        for item, of in ids.items()
    }


def _own(
    of: set[uuid.UUID],
    beside: set[uuid.UUID],
    held: Sequence[Holding],
    records: Sequence[Record],
    today: datetime.date,
) -> OwnRecords:
    theirs = [each for each in held if each.person_id in of]
    known, since_on = suggested([(each.starts_on, each.ends_on) for each in theirs], today)
    return OwnRecords(
        lines=tuple(map(_line, theirs)),
        registered=tuple(
            OwnLine("Name and address", None, None, each.agency.name, each.received_on)
            for each in records
            if each.person_id in of
        ),
        household=tuple(_line(each) for each in held if each.person_id in beside),
        known=known,
        since_on=since_on,
    )


def _line(held: Holding) -> OwnLine:
    return OwnLine(
        f"{Category(held.category).label}: {held.headline}", held.starts_on, held.ends_on,
        held.holder.name, day_of(held.recorded_at),
    )  # fmt: skip


def _people_of(items: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[ItemPerson]]:
    found: dict[uuid.UUID, list[ItemPerson]] = {}
    for each in ItemPerson.objects.filter(item__in=list(items)).order_by("item", "place"):
        found.setdefault(each.item_id, []).append(each)
    return found


def _identifiers(people: Iterable[ItemPerson]) -> list[uuid.UUID]:
    persons = {each.person_id for each in people if each.person_id is not None}
    return [one for person in persons for one in identifiers_of(person)]


def _leave_the_look(
    viewer: Viewer, check_id: uuid.UUID, person_id: uuid.UUID | None, at: datetime.datetime
) -> None:
    about = marks(viewer)
    about["person_id"] = person_id
    record_look(
        at=at, post_id=viewer.post_id, subject_kind="agency check", subject_id=str(check_id),
        purpose=viewer.purpose, detail={"page": "agency_check"}, **about,
    )  # fmt: skip


_NONE = OwnRecords()
