"""What a meeting wrote, as far as one viewer may read it: who came, each item, what agencies ask to have put right."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import MinutesState, Standing
from joinedup.foundations.meetings.models import AgendaItem, Interest, Meeting, Minutes, Seat
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.choices import DecisionKind
from joinedup.support.panels.models import (
    ActionWords,
    AgencyCheck,
    Decision,
    DecisionStance,
    ItemPerson,
    ItemText,
    KeptApart,
    MinutesCopy,
    MinutesCorrection,
    MinutesPage,
    Panel,
    PanelItem,
    PanelMeeting,
)
from joinedup.support.panels.queries.checks import CheckTold, for_items
from joinedup.support.panels.queries.panel import standing
from joinedup.support.panels.queries.parted import since_of, since_of_items
from joinedup.support.panels.rules.minutes import Drafted, volumes

TELLING = Viewer.system("finding which items of a meeting must be minuted apart")


@dataclass(frozen=True)
class Sitting:
    """A meeting, its panel, its minutes where it has ended, and what the viewer has to do with it."""

    meeting: Meeting
    panel: Panel
    minutes: Minutes | None
    seats: tuple[Seat, ...]
    keeps: bool
    chairs: bool

    @property
    def number(self) -> str:
        """The number of its minutes; nothing before it has ended."""
        return self.minutes.number if self.minutes else ""

    @property
    def is_draft(self) -> bool:
        """Whether its minutes can still be corrected."""
        return self.minutes is not None and self.minutes.state == MinutesState.DRAFT


@dataclass(frozen=True)
class ItemMinuted:
    """One item as the viewer may read what was written of it."""

    item: PanelItem
    place: int
    state: str
    people: tuple[ItemPerson, ...]
    texts: tuple[ItemText, ...]
    checks: tuple[CheckTold, ...]
    decisions: tuple[tuple[Decision, tuple[DecisionStance, ...]], ...]
    actions: tuple[ActionWords, ...]
    away: tuple[str, ...]
    """Who did not sit at it, because of an interest."""
    corrections: tuple[MinutesCorrection, ...]
    since: tuple[str, ...] = ()
    """What is to be said of its people, where their records were joined or parted since."""


def sitting_of(viewer: Viewer, meeting_id: uuid.UUID, *, at: datetime.datetime) -> Sitting:
    """A meeting for whoever sat at it or keeps its panel; raises Meeting.DoesNotExist for anybody else."""
    of = PanelMeeting.objects.select_related(
        "meeting__minutes__approved_by__user", "panel__chair__user", "panel__coordinator__user"
    )
    found = of.filter(meeting=meeting_id).first()
    if found is None:
        raise Meeting.DoesNotExist
    seats = tuple(
        Seat.objects.filter(meeting=meeting_id)
        .select_related("post__user", "post__team__agency", "agency", "instead_of__user")
        .order_by("standing", "agency__name", "post__user__name")
    )
    stands = standing(viewer, found.panel, day_of(at))
    mine = [seat for seat in seats if seat.post_id == viewer.post_id]
    if not mine and not stands.keeps:
        raise Meeting.DoesNotExist
    chairs = stands.chairs or any(seat.standing == Standing.CHAIR for seat in mine)
    minutes = getattr(found.meeting, "minutes", None)
    return Sitting(found.meeting, found.panel, minutes, seats, stands.keeps or chairs, chairs)


def items_minuted(viewer: Viewer, meeting_id: uuid.UUID) -> list[ItemMinuted]:
    """The items of a meeting that the viewer may read, in their order, each as far as they may."""
    places = {
        each.pk: each for each in AgendaItem.objects.filter(meeting=meeting_id).order_by("place")
    }
    with acting(viewer):
        items = list(PanelItem.objects.filter(agenda__in=places).order_by("agenda__place"))
        keys = [each.pk for each in items]
        told_of(matters=keys)
        people = _by_item(ItemPerson.objects.filter(item__in=keys).order_by("place"))
        texts = _by_item(
            ItemText.objects.filter(item__in=keys)
            .exclude(words="")
            .select_related("agency")
            .order_by("agency__name")
        )
        decisions = _by_item(
            Decision.objects.filter(item__in=keys)
            .select_related("lead_agency", "by_post__user")
            .prefetch_related("approvals__agency", "approvals__answered_by__user")
            .order_by("at", "pk")
        )
        stances: dict[uuid.UUID, list[DecisionStance]] = {}
        for stance in DecisionStance.objects.filter(item__in=keys).select_related("agency"):
            stances.setdefault(stance.decision_id, []).append(stance)
        actions = _by_item(
            ActionWords.objects.filter(item__in=keys, action__meeting=meeting_id)
            .select_related("action__owner__user", "action__owner__team__agency")
            .order_by("action__number")
        )
        corrections = _by_item(
            MinutesCorrection.objects.filter(item__in=keys, minutes=meeting_id)
            .select_related("agency", "by_post__user")
            .order_by("at", "pk")
        )
    checks = for_items(viewer, keys)
    away, since = _away(places), since_of(keys)
    return [
        ItemMinuted(
            item=item,
            place=places[item.agenda_id].place,  # type: ignore[index]
            state=places[item.agenda_id].state,  # type: ignore[index]
            people=tuple(people.get(item.pk, ())),
            texts=tuple(texts.get(item.pk, ())),
            checks=tuple(checks.get(item.pk, ())),
            decisions=tuple(
                (each, tuple(stances.get(each.pk, ()))) for each in decisions.get(item.pk, ())
            ),
            actions=tuple(actions.get(item.pk, ())),
            away=tuple(away.get(item.agenda_id, ())),  # type: ignore[arg-type]
            corrections=tuple(corrections.get(item.pk, ())),
            since=tuple(since[who.pk] for who in people.get(item.pk, ()) if who.pk in since),
        )
        for item in items
    ]


def opened_checks(viewer: Viewer, items: Iterable[uuid.UUID]) -> dict[uuid.UUID, frozenset[str]]:
    """Of which agencies the viewer reads the answer, by item that they may read."""
    with acting(viewer):
        seen = set(PanelItem.objects.filter(pk__in=list(items)).values_list("pk", flat=True))
        found = AgencyCheck.objects.filter(item__in=seen).values_list("item", "agency")
        pairs = list(found)
    return {item: frozenset(agency for of, agency in pairs if of == item) for item in seen}


def kept_apart(items: Iterable[uuid.UUID]) -> list[tuple[uuid.UUID, uuid.UUID]]:
    """Which of these items must not stand in the same minutes (P28)."""
    keys = list(items)
    with acting(TELLING):
        found = KeptApart.objects.filter(item__in=keys, other__in=keys)
        return list(found.values_list("item_id", "other_id"))


def volume_of(items: Sequence[uuid.UUID]) -> dict[uuid.UUID, int]:
    """In which part of the minutes each of these items stands: more than one where some are kept apart."""
    parted = volumes(items, kept_apart(items))
    return {item: number for number, volume in enumerate(parted, start=1) for item in volume}


def general_items(meeting_id: uuid.UUID) -> list[AgendaItem]:
    """The items of a meeting that are about nobody, in their order."""
    return list(AgendaItem.objects.filter(meeting=meeting_id).exclude(title="").order_by("place"))


def pages_of(viewer: Viewer, meeting_id: uuid.UUID) -> list[MinutesPage]:
    """What approved minutes say to the viewer's agency of the items that the viewer sat at.

    As it stood; but for what became of the records of its people since, which is told as it is today.
    """
    with acting(viewer):
        found = MinutesPage.objects.filter(minutes=meeting_id, agency=viewer.agency)
        pages = list(found.order_by("volume", "place"))
    told_of(matters=[page.item_id for page in pages])
    since = since_of_items([page.item_id for page in pages])
    for page in pages:
        page.said["since"] = since.get(page.item_id, [])
    return pages


def drafted(viewer: Viewer, sitting: Sitting) -> Drafted:
    """What correcting and approving hang on."""
    if sitting.minutes is None:
        raise Meeting.DoesNotExist
    with acting(viewer):
        waiting = MinutesCorrection.objects.filter(
            minutes=sitting.meeting.pk, answered_at__isnull=True
        ).count()
    return Drafted(MinutesState(sitting.minutes.state), sitting.minutes.correct_by, waiting)


def one_correction(viewer: Viewer, correction_id: int) -> MinutesCorrection:
    """One correction that is asked for; raises MinutesCorrection.DoesNotExist."""
    with acting(viewer):
        return MinutesCorrection.objects.select_related("agency", "by_post__user", "item").get(
            pk=correction_id
        )


def minutes_of_panel(viewer: Viewer, panel: Panel) -> list[Minutes]:
    """The minutes of a panel’s meetings, the latest first."""
    return list(
        Minutes.objects.filter(meeting__of_panel__panel=panel)
        .select_related("meeting", "approved_by__user")
        .order_by("-meeting__starts_at")
    )


def copies_of(viewer: Viewer, meeting_id: uuid.UUID) -> list[MinutesCopy]:
    """Each copy that left the product, the latest first; of one's own agency, or all for who keeps the panel."""
    found = MinutesCopy.objects.filter(minutes=meeting_id)
    return list(found.select_related("agency", "by_post__user").order_by("-at"))


def decided_at(meeting_id: uuid.UUID) -> dict[uuid.UUID, DecisionKind]:
    """What a meeting decided of each item, the last word of it; as the system."""
    found = Decision.objects.filter(meeting=meeting_id).order_by("at", "pk")
    return {item: DecisionKind(kind) for item, kind in found.values_list("item_id", "kind")}


def _away(places: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    interests = Interest.objects.filter(item__in=list(places), lifted_at__isnull=True)
    for each in interests.select_related("post__user").order_by("post__user__name"):
        found.setdefault(each.item_id, []).append(each.post.user.name)
    return found


def _by_item[Row](rows: Iterable[Row]) -> dict[uuid.UUID, list[Row]]:
    found: dict[uuid.UUID, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)  # type: ignore[attr-defined]
    return found
