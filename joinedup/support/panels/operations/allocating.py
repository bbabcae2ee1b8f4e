"""Allocate an item to exactly one lead agency: a statutory lead is lead by rule, its manager is asked (P27)."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post, Team, TeamArea
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import NeedLevel, Telling
from joinedup.support.cases.models import CaseStep, StepTelling
from joinedup.support.cases.operations.stepping import (
    CannotStep,
    FamilyTold,
    Stepping,
    step,
    withdraw_step,
)
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import WAITING
from joinedup.support.handovers.models import Duty, Handover
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.handovers.operations.silence import managers_of
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES
from joinedup.support.panels.choices import (
    AllocationState,
    DecisionKind,
    WhyLead,
)
from joinedup.support.panels.models import (
    AbleToLead,
    Allocation,
    Decision,
    Panel,
    PanelItem,
    ProposedLead,
)
from joinedup.support.panels.queries.by_rule import ByRule, leads_by_rule
from joinedup.support.panels.queries.kept_from import kept_from
from joinedup.support.panels.queries.leading import (
    asked_of,
    place_of,
    workers,
)
from joinedup.support.panels.rules.allocating import TeamFacts, Worker, is_able, team_to_ask

ALLOCATING = Viewer.system("allocating what a panel decided to a lead agency")
LONGEST_WAIT = (AllocationState.OFFERED, AllocationState.ACCEPTED)


class CannotAllocate(Exception):
    """An item cannot be allocated so; says why."""


def allocate(
    *,
    by: Viewer,
    decision_id: uuid.UUID,
    at: datetime.datetime,
    proposed_post_id: uuid.UUID | None = None,
) -> Allocation:
    """Ask the agency that is to lead after a decision; its manager answers within one working day.

    Where somebody leads by law already that agency is asked, whatever was chosen, and others coordinate
    with it (P27). Until it accepts, whoever answered for the matter goes on doing so (P33). The same
    decision allocates once; one that corrects another takes back what waits. Raises CannotAllocate.
    """
    with transaction.atomic(), acting(ALLOCATING):
        decision = Decision.objects.select_related("item__panel", "lead_agency").get(pk=decision_id)
        item = PanelItem.objects.select_for_update().get(pk=decision.item_id)
        there = Allocation.objects.filter(decision=decision).first()
        if there is not None:
            return there
        if not DecisionKind(decision.kind).has_a_lead or decision.lead_agency_id is None:
            raise CannotAllocate("This decision names no agency to lead.")
        take_back_what_waits(by, item, at)
        _remember_how_many_can(item, at)
        rule = leads_by_rule(item, at)
        agency = rule.agency if rule else decision.lead_agency_id
        proposed = _proposed(item, agency, proposed_post_id)
        try:
            team = rule.team if rule else _team_of(item, agency, at, proposed)
            made = Allocation.objects.create(
                item=item,
                decision=decision,
                agency_id=agency,
                why=_why(item, agency, rule),
                why_words=_why_words(decision, rule),
                proposed_post_id=rule.post if rule else proposed,
                offered_at=at,
            )
            made.handover = send_to(by, made, team, _words(decision, made), at)
        except (handovers.CannotOffer, CannotStep) as why:
            raise CannotAllocate(str(why)) from why
        made.save(update_fields=["handover"])
        tell_managers(by, made, at)
        leave_a_line(by, item.pk, "allocated an item", at, {"agency": agency, "why": str(made.why)})
    return made


def send_to(
    by: Viewer, made: Allocation, team_id: int, words: str, at: datetime.datetime
) -> Handover:
    """Offer the matter to that team: the referral's, the case's where it steps up, else the item's own."""
    item = made.item
    link = link_of(made)
    if item.step_id is not None:
        return _case_goes(by, item, team_id, words, link, at)
    return handovers.offer(
        by=ALLOCATING,
        matter_id=item.referral_id or item.pk,
        from_team_id=item.panel.team_id,
        to_team_id=team_id,
        words=words,
        at=at,
        link=link,
    )


def take_back_what_waits(by: Viewer, item: PanelItem, at: datetime.datetime) -> None:
    """Take back an allocation that was not accepted yet; one that was is not undone by a decision."""
    current = Allocation.objects.filter(item=item, state__in=LONGEST_WAIT)
    for before in current.select_related("agency", "handover"):
        if before.state == AllocationState.ACCEPTED:
            raise CannotAllocate(
                f"{before.agency.name} has accepted this already. It hands the case over itself, or "
                "sends it back with a reason."
            )
        withdraw_offer(before, "The panel has decided otherwise.", at)
        before.state, before.answered_at = AllocationState.WITHDRAWN, at
        before.save(update_fields=["state", "answered_at"])


def withdraw_offer(made: Allocation, words: str, at: datetime.datetime) -> None:
    """Take back the hand-over of an allocation where it still waits; a step waits for whom it is sent next."""
    waiting = made.handover
    if waiting is None or not waiting.state_word.waits:
        return
    step_of = CaseStep.objects.filter(handover=waiting).first()
    if step_of is not None:
        return  # the case's own step is sent again in one piece, by `_case_goes`
    handovers.withdraw(by=ALLOCATING, handover_id=waiting.pk, reason=words, at=at)


def link_of(made: Allocation) -> str:
    """Where the agency's manager reads it and answers."""
    return f"/panels/allocations/{made.pk}/"


def tell_managers(by: Viewer, made: Allocation, at: datetime.datetime) -> None:
    """Tell whoever answers for the team that was asked."""
    team = made.handover.to_team if made.handover else None
    posts = [post for post in managers_of(team, at) if post != by.post_id]
    tell(by=by.post_id, posts=posts, kind=NoticeKind.ALLOCATION_WAITS, link=link_of(made), at=at)


def tell_panel(
    by: Viewer, made: Allocation, kind: NoticeKind, at: datetime.datetime, once: str = ""
) -> None:
    """Tell chair and coordinator; whoever is away is told too, and so is their cover."""
    panel = Panel.objects.get(pk=made.item.panel_id)
    posts = [panel.chair_id, panel.chair_cover_id, panel.coordinator_id]
    to = [post for post in posts if post is not None and post != by.post_id]
    tell(by=by.post_id, posts=to, kind=kind, link=link_of(made), at=at, once=once)


def _proposed(item: PanelItem, agency: str, post_id: uuid.UUID | None) -> uuid.UUID | None:
    if post_id is None:
        found = ProposedLead.objects.filter(item=item, agency=agency).first()
        post_id = found.post_id if found else None
    if post_id is None:
        return None
    of_agency = Post.objects.filter(pk=post_id, team__agency=agency)
    return post_id if of_agency.exists() else None


def _why(item: PanelItem, agency: str, rule: ByRule | None) -> WhyLead:
    if rule is not None:
        return WhyLead.BY_RULE
    proposed = ProposedLead.objects.filter(item=item, agency=agency, is_changed=False)
    return WhyLead.PROPOSED if proposed.exists() else WhyLead.CHOSEN


def _why_words(decision: Decision, rule: ByRule | None) -> str:
    if rule is None:
        return ""
    words = f"It leads by rule: {rule.because}."
    if rule.agency != decision.lead_agency_id and decision.lead_agency is not None:
        words += f" {decision.lead_agency.name}, which the panel chose, coordinates with it."
    return words


def _words(decision: Decision, made: Allocation) -> str:
    return f"{decision.reasons}\n\n{made.why_words}".strip()


def _team_of(
    item: PanelItem, agency: str, at: datetime.datetime, proposed: uuid.UUID | None
) -> int:
    """The team of the agency that is asked: the proposed worker's, else by the rule."""
    if proposed is not None:
        return Post.objects.values_list("team_id", flat=True).get(pk=proposed)
    asked = asked_of(item)
    there = workers(at, agencies=[agency], functions=[asked.function] if asked.function else ())
    kept = kept_from(item, [worker.post for worker in there], at)
    able = [each for each in there if is_able(asked, each, kept_from=each.post in kept)]
    team = team_to_ask(_teams(item, agency, there, able, at))
    if team is None:
        raise CannotAllocate("No team of this agency can take it on today. Choose another agency.")
    return team


def _remember_how_many_can(item: PanelItem, at: datetime.datetime) -> None:
    """Keep how many agencies and posts could lead it, for the report of gaps (S0-95)."""
    asked = asked_of(item)
    every = workers(at, functions=[asked.function] if asked.function else ())
    kept = kept_from(item, [worker.post for worker in every], at)
    able = [each for each in every if is_able(asked, each, kept_from=each.post in kept)]
    keep_how_many_can(item, able, at)


def keep_how_many_can(item: PanelItem, able: list[Worker], at: datetime.datetime) -> None:
    """Write down how many could lead an item; asked again the later word holds."""
    AbleToLead.objects.update_or_create(
        item=item,
        defaults={
            "kind": asked_of(item).kind,
            "agencies": len({each.agency for each in able}),
            "posts": len(able),
            "on": day_of(at),
        },
    )


def _teams(
    item: PanelItem, agency: str, there: list[Worker], able: list[Worker], at: datetime.datetime
) -> list[TeamFacts]:
    lsoa, locality = place_of(item)
    serving = TeamArea.objects.on(day_of(at)).filter(team__agency=agency)
    here = Q(locality=locality) | Q(lsoa=lsoa) | Q(area__lsoas__lsoa=lsoa)
    near = set(serving.filter(here).values_list("team_id", flat=True)) if lsoa else set()
    everywhere = set(serving.filter(whole_place=True).values_list("team_id", flat=True))
    managed = set(
        Post.objects.held_on(day_of(at))
        .filter(team__agency=agency, role__in=MANAGERS & TAKES, user__is_active=True)
        .values_list("team_id", flat=True)
    )
    teams = Team.objects.filter(agency=agency, pk__in={each.team for each in there})
    return [
        TeamFacts(
            team=team.pk,
            able=sum(each.team == team.pk for each in able),
            takers=sum(each.team == team.pk for each in there),
            serves=team.pk in near,
            serves_all=team.pk in everywhere,
            is_sensitive=team.is_sensitive,
            has_manager=team.pk in managed,
        )
        for team in teams.exclude(pk=item.panel.team_id)
    ]


def _case_goes(
    by: Viewer, item: PanelItem, team_id: int, words: str, link: str, at: datetime.datetime
) -> Handover:
    """Send a case that asked to step up to the agency that is to lead; who led leads until it accepts.

    One transaction: the panel's team is asked no longer and the agency is, and the case has its lead
    throughout (P33, P34).
    """
    asked = CaseStep.objects.select_related("handover").get(panel_item=item)
    told = asked.tellings.order_by("-pk").first()
    release = getattr(asked, "release", None)
    if asked.handover.state in WAITING:
        withdraw_step(
            by=ALLOCATING, step_id=asked.pk, words="The panel has decided who is to lead.", at=at
        )
    sent = step(
        by=ALLOCATING,
        matter_id=asked.case_id,
        stepping=Stepping(
            to_team_id=team_id,
            to_programme=Programme(asked.to_programme),
            to_level=NeedLevel(asked.to_level),
            reason=f"{asked.reason}\n\n{words}",
            evidence=asked.evidence,
            told=_told(told),
            stays_beside=asked.stays_beside,
            beside_does=asked.beside_does,
            release=release.words if release else "",
            release_for=release.for_purpose if release else "",
        ),
        at=at,
    )
    Handover.objects.filter(pk=sent.handover_id).update(link=link)
    item.step = sent
    item.save(update_fields=["step"])
    _still_led(asked.case_id)
    sent.handover.refresh_from_db()
    return sent.handover


def _told(last: StepTelling | None) -> FamilyTold:
    if last is None:
        return FamilyTold(Telling.NOT_YET, "They are told when it is accepted.")
    return FamilyTold(Telling(last.telling), last.words, last.whom, last.told_on)


def _still_led(case_id: uuid.UUID) -> None:
    if not Duty.objects.current().filter(matter=case_id).exists():
        raise CannotAllocate("Nobody would answer for the case meanwhile. Nothing was changed.")
