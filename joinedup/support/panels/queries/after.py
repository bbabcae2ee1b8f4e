"""What became of a panel's decisions, and the figures of its work."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.meetings.models import Action
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.looked import told_of
from joinedup.support.panels.choices import DecisionKind, Stance
from joinedup.support.panels.models import Decision, FollowUp, ItemPerson, Panel
from joinedup.support.panels.queries.panel import line_of
from joinedup.support.panels.rules.after import Decided, Done, Figures, figures

COUNTING = Viewer.system("counting what a panel decided and what became of it")
YEAR = datetime.timedelta(weeks=52)


@dataclass(frozen=True)
class FollowedUp:
    """One follow-up, and whom the decision was about."""

    row: FollowUp
    names: tuple[str, ...]
    lead: str = ""
    """The agency that led on the day."""


def figures_of(viewer: Viewer, panel: Panel, *, exact: bool, at: datetime.datetime) -> Figures:
    """The figures of the last year, with those of the panels before it; exact for who keeps it alone."""
    line = [each.pk for each in line_of(panel)]
    with acting(COUNTING):
        found = list(
            Decision.objects.filter(item__panel__in=line, at__gt=at - YEAR, at__lte=at)
            .select_related("item", "corrected_by")
            .prefetch_related("stances")
            .order_by("at", "pk")
        )
    decided = [
        Decided(
            kind=DecisionKind(each.kind),
            waited=max(0, (day_of(each.at) - day_of(each.item.queued_at)).days),
            dissent=any(stance.stance == Stance.DISSENTS for stance in each.stances.all()),
            reversed=_is_reversed(each),
        )
        for each in found
        if each.corrects_id is None
    ]
    today = day_of(at)
    actions = Action.objects.filter(
        meeting__of_panel__panel__in=line, out_at__gt=at - YEAR, out_at__lte=at
    )
    done = [
        Done(
            is_open=each.state == ActionState.OPEN,
            is_done=each.state == ActionState.DONE,
            in_time=each.settled_at is not None and day_of(each.settled_at) <= each.due_on,
            late=each.state == ActionState.OPEN and each.due_on < today,
        )
        for each in actions.exclude(state=ActionState.NOT_NEEDED)
    ]
    return figures(decided, done, exact=exact)


def _is_reversed(decision: Decision) -> bool:
    """Whether a later entry decides otherwise; one that puts words right alone reverses nothing."""
    later = getattr(decision, "corrected_by", None)
    return later is not None and (later.kind, later.lead_agency_id) != (
        decision.kind, decision.lead_agency_id,
    )  # fmt: skip


def follow_ups(viewer: Viewer, panel: Panel) -> list[FollowedUp]:
    """What had become of each decision, as far as the viewer works at the item: unread ones first."""
    with acting(viewer):
        rows = list(
            FollowUp.objects.filter(item__panel__in=[each.pk for each in line_of(panel)])
            .select_related("decision__lead_agency", "item", "by_post__user")
            .order_by("-due_on", "pk")
        )
        names = _names({row.item_id for row in rows})
    rows.sort(key=lambda row: row.seen_at is not None)
    return [FollowedUp(row, tuple(names.get(row.item_id, ()))) for row in rows]


def one_follow_up(viewer: Viewer, follow_up_id: int) -> FollowedUp:
    """One follow-up; raises FollowUp.DoesNotExist for whoever does not work at the item."""
    with acting(viewer):
        row = FollowUp.objects.select_related(
            "decision__lead_agency", "item__panel", "by_post__user"
        ).get(pk=follow_up_id)
        names = tuple(_names({row.item_id}).get(row.item_id, ()))
    lead = Agency.objects.filter(pk=row.found.get("lead_agency", "")).first()
    return FollowedUp(row, names, lead.name if lead else "")


def _names(items: set[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    told_of(matters=items)
    found: dict[uuid.UUID, list[str]] = {}
    for each in ItemPerson.objects.filter(item__in=items).order_by("item", "place"):
        found.setdefault(each.item_id, []).append(each.name)
    return found
