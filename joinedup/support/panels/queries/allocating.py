"""An allocation as its lead agency and its panel read it, and whom the agency's manager can name; viewer first."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.models import Subject
from joinedup.support.handovers.models import HandoverMessage
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES
from joinedup.support.panels.choices import AllocationState
from joinedup.support.panels.models import Allocation, ItemPerson, PanelItem
from joinedup.support.panels.queries.kept_from import LOOKING, kept_from
from joinedup.support.panels.queries.leading import asked_of, workers
from joinedup.support.panels.queries.register import away_within
from joinedup.support.panels.rules.allocating import (
    Asked,
    Worker,
    is_able,
    what_is_not_entered,
    why_cannot,
)


@dataclass(frozen=True)
class Candidate:
    """A post of the agency that was asked, and why it cannot lead, where it cannot."""

    worker: Worker
    able: bool
    why_not: str = ""
    not_entered: str = ""
    away_soon: bool = False


@dataclass(frozen=True)
class AllocationShown:
    """What is read of one allocation."""

    allocation: Allocation
    item: PanelItem
    names: tuple[str, ...]
    asked: Asked
    words: str
    answers: bool
    """Whether the viewer is the manager who answers it now."""
    of_panel: bool
    """Whether the viewer keeps the panel."""


def allocation_shown(viewer: Viewer, allocation_id: uuid.UUID) -> AllocationShown:
    """One allocation; raises Allocation.DoesNotExist where the wall does not show it. Inside `acting(viewer)`."""
    found = Allocation.objects.select_related(
        "agency", "lead_post__user", "proposed_post__user", "handover__to_team"
    ).get(pk=allocation_id)
    said = HandoverMessage.objects.filter(handover=found.handover_id).order_by("at", "pk").first()
    names = list(
        ItemPerson.objects.filter(item=found.item_id)
        .order_by("place")
        .values_list("name", flat=True)
    )
    with reading(LOOKING):
        item = PanelItem.objects.select_related("panel", "referral").get(pk=found.item_id)
        asked = asked_of(item)
    told_of(matters=[item.pk])
    if not names and item.referral_id is not None:
        typed = Subject.objects.filter(matter=item.referral_id).order_by("place")
        names = [f"{each.given_name} {each.family_name}".strip() for each in typed]
    mine = viewer.agency == found.agency_id and viewer.role in MANAGERS
    panel = item.panel
    return AllocationShown(
        allocation=found,
        item=item,
        names=tuple(name for name in names if name) or (item.reference,),
        asked=asked,
        words=said.words if said else "",
        answers=mine and viewer.team_id != panel.team_id and found.state == AllocationState.OFFERED,
        of_panel=viewer.team_id == panel.team_id
        or viewer.post_id in (panel.chair_id, panel.chair_cover_id),
    )


def candidates(viewer: Viewer, shown: AllocationShown, at: datetime.datetime) -> list[Candidate]:
    """Each post of the team that was asked, those who can lead first and of them the least laden.

    For the manager who answers; nobody for anybody else. What keeps a post from the person is not said.
    """
    if not shown.answers:
        return []
    asked, made = shown.asked, shown.allocation
    team = made.handover.to_team_id if made.handover else None
    with reading(LOOKING):
        functions = [asked.function] if asked.function else ()
        there = workers(at, agencies=[made.agency_id], functions=functions)
        there = [each for each in there if each.team == team]
        kept = kept_from(shown.item, [each.post for each in there], at)
    soon = away_within([each.post for each in there], at)
    found = [
        Candidate(
            worker=each,
            able=is_able(asked, each, kept_from=each.post in kept),
            why_not=why_cannot(asked, each, kept_from=each.post in kept) or "",
            not_entered=what_is_not_entered(asked, each) or "",
            away_soon=each.post in soon,
        )
        for each in there
    ]
    return sorted(
        found,
        key=lambda each: (
            bool(each.why_not), not each.able, each.worker.post != made.proposed_post_id,
            each.worker.weight, each.worker.name,
        ),
    )  # fmt: skip


def other_teams(viewer: Viewer, shown: AllocationShown, at: datetime.datetime) -> list[Team]:
    """The other teams of the agency that have anybody who takes work on."""
    made = shown.allocation
    posts = Post.objects.held_on(day_of(at)).filter(
        team__agency=made.agency_id, user__is_active=True, role__in=TAKES
    )
    team = made.handover.to_team_id if made.handover else None
    teams = Team.objects.filter(pk__in=posts.values("team"))
    not_to = {team, shown.item.panel.team_id}
    return [each for each in teams.order_by("name") if each.pk not in not_to]


def allocations_waiting(viewer: Viewer) -> list[Allocation]:
    """What waits for the viewer's agency, where the viewer answers for a team of it; due first."""
    if viewer.role not in MANAGERS:
        return []
    found = Allocation.objects.filter(
        agency=viewer.agency, state=AllocationState.OFFERED, handover__to_team=viewer.team_id
    )
    return list(
        found.select_related("handover", "proposed_post__user").order_by("handover__due_at")
    )
