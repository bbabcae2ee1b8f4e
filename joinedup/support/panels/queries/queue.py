"""A panel's queue: who waits how long and for what, what is offered to it, and when it will burst (S0-92)."""

import datetime
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Min

from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.cases.models import CaseStep
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.models import Referral
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.rules.working_days import working_days_from
from joinedup.support.panels.choices import ItemSource, PanelItemState, Rhythm
from joinedup.support.panels.models import ItemPerson, ItemText, Panel, PanelItem
from joinedup.support.panels.queries.left_over import were_left
from joinedup.support.panels.queries.panel import line_of
from joinedup.support.panels.rules.capacity import (
    Intake,
    MeetingAhead,
    bursts_on,
    forecast,
    intake_of,
)
from joinedup.support.panels.rules.deciding import why_not_before_agreement
from joinedup.support.panels.rules.rhythm import meeting_days

COUNTING = Viewer.system("counting what comes to a panel and when its queue is full")
WEEKS_BACK = 8
MEETINGS_AHEAD = 8
_WEEK = datetime.timedelta(days=7)


@dataclass(frozen=True)
class QueueRow:
    """One item that waits, as whoever keeps the panel reads it."""

    item: PanelItem
    names: Sequence[str]
    about: str
    waits: int
    """Working days since it came into the queue."""
    why_not: str
    """Why it cannot open as it is; nothing where it can (P25)."""
    was_left: bool
    """Whether a meeting did not reach it, or put it off."""


@dataclass(frozen=True)
class Offered:
    """What waits for the panel's team to take it in: a referral, or a case that asks to step up."""

    key: uuid.UUID
    is_step: bool
    words: str
    since: datetime.datetime
    due_at: datetime.datetime | None
    is_urgent: bool


@dataclass(frozen=True)
class Forecast:
    """What comes, what is taken, and when more is left than the next meeting can take."""

    waiting: int
    capacity: int
    intake: Intake
    ahead: Sequence[MeetingAhead]
    bursts_on: datetime.date | None
    bursts_if_many: datetime.date | None


def queue_of(viewer: Viewer, panel: Panel, at: datetime.datetime) -> list[QueueRow]:
    """Who waits: urgent first, then what a meeting left, then the oldest; as far as the viewer sees them."""
    with reading(viewer):
        found = PanelItem.objects.filter(panel=panel, state=PanelItemState.QUEUED)
        items = list(found.select_related("panel"))
        names, about = names_and_asks([each.pk for each in items])
        left = were_left([each.pk for each in items])
    items.sort(key=lambda each: (not each.is_urgent, not _is_left(each, left), each.queued_at))
    today = day_of(at)
    return [
        QueueRow(
            each, names.get(each.pk, []), about.get(each.pk, ""),
            working_days_from(day_of(each.queued_at), today),
            why_not_before_agreement(
                Agreement(each.agreement), before_agreement=panel.before_agreement, basis=each.basis
            ),
            _is_left(each, left),
        )
        for each in items
    ]  # fmt: skip


def _is_left(item: PanelItem, left: frozenset[uuid.UUID]) -> bool:
    return item.deferred_at is not None or item.pk in left


def names_and_asks(
    items: Sequence[uuid.UUID],
) -> tuple[dict[uuid.UUID, list[str]], dict[uuid.UUID, str]]:
    """For each item the names, and what is asked or else what is going on, as whoever acts sees them."""
    told_of(matters=items)
    names: dict[uuid.UUID, list[str]] = {}
    for person in ItemPerson.objects.filter(item__in=items).order_by("item", "place"):
        names.setdefault(person.item_id, []).append(person.name)
    about: dict[uuid.UUID, str] = {}
    boxes = ItemText.objects.filter(item__in=items, box__in=["asked", "going_on"])
    # What is asked comes before what is going on, by its name.
    for text in boxes.order_by("box"):
        if text.words:
            about.setdefault(text.item_id, text.words)
    return names, about


def offered_to(viewer: Viewer, panel: Panel) -> list[Offered]:
    """What waits for the panel's team to take it in, as far as the viewer works at it; the oldest first."""
    with reading(viewer):
        waits = Handover.objects.waiting().filter(to_team=panel.team_id)
        found = {each.matter_id: each for each in waits.order_by("offered_at")}
        referrals = Referral.objects.filter(pk__in=found)
        steps = CaseStep.objects.filter(handover__in=[each.pk for each in found.values()])
        taken = set(PanelItem.objects.filter(step__in=steps).values_list("step_id", flat=True))
        told_of(matters=[each.pk for each in referrals])
        told_of(matters=[each.case_id for each in steps if each.pk not in taken])
        offers = [
            Offered(
                each.pk, False, each.going_on, found[each.pk].offered_at, found[each.pk].due_at,
                each.is_urgent,
            )
            for each in referrals
        ]  # fmt: skip
        offers += [
            Offered(each.pk, True, each.reason, each.sent_at, found[each.case_id].due_at, False)
            for each in steps
            if each.pk not in taken
        ]
    return sorted(offers, key=lambda each: (not each.is_urgent, each.since))


def forecast_of(viewer: Viewer, panel: Panel, at: datetime.datetime) -> Forecast:
    """When the queue bursts, from what came in the last whole weeks and what a meeting has time for."""
    today = day_of(at)
    with acting(COUNTING):
        waiting = PanelItem.objects.filter(panel=panel, state=PanelItemState.QUEUED).count()
        weeks = _weeks(panel, today)
    intake = intake_of(weeks)
    days = next_meetings(panel, today, MEETINGS_AHEAD)
    ahead = forecast(
        waiting=waiting, weekly=intake.usual, capacity=panel.capacity, today=today, meetings=days
    )
    many = forecast(
        waiting=waiting, weekly=intake.highest, capacity=panel.capacity, today=today, meetings=days
    )
    return Forecast(
        waiting, panel.capacity, intake, ahead, bursts_on(ahead, panel.capacity),
        bursts_on(many, panel.capacity),
    )  # fmt: skip


def next_meetings(panel: Panel, today: datetime.date, many: int) -> list[datetime.date]:
    """The next days on which the panel meets, bank holidays moved; none past its end."""
    days = meeting_days(
        starts_on=panel.starts_on, weekday=panel.weekday, rhythm=Rhythm(panel.rhythm), after=today,
        many=many,
    )  # fmt: skip
    return [day for day in days if panel.ends_on is None or day < panel.ends_on]


def _weeks(panel: Panel, today: datetime.date) -> list[int]:
    """How many came in each of the last whole weeks since its first item, the oldest first."""
    monday = today - datetime.timedelta(days=today.weekday())
    found = PanelItem.objects.filter(panel__in=line_of(panel)).exclude(source=ItemSource.NOMINATION)
    since = start_of(monday - WEEKS_BACK * _WEEK)
    queued = found.filter(queued_at__gte=since, queued_at__lt=start_of(monday))
    came = Counter(
        -(-(monday - day_of(when)).days // 7) for when in queued.values_list("queued_at", flat=True)
    )
    first = found.aggregate(first=Min("queued_at"))["first"]
    if first is None:
        return []
    back = min(WEEKS_BACK, (monday - day_of(first)).days // 7)
    return [came[week] for week in range(back, 0, -1)]
