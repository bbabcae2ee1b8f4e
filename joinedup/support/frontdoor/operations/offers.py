"""Send a referral on by a route: handed over warm, or shown the way and recorded as that."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.matters import leave_the_change
from joinedup.support.cases.queries import already_open, open_cases_about
from joinedup.support.frontdoor.choices import Duty, ReferralState, RouteKind
from joinedup.support.frontdoor.models import Override, Referral, Route, Subject, Triage
from joinedup.support.frontdoor.operations.at_the_door import front_door_viewer, sure_of, works_at
from joinedup.support.frontdoor.operations.fatigue import raise_alert_if_over
from joinedup.support.frontdoor.operations.progress import move_to, tell_progress, work_page
from joinedup.support.frontdoor.queries.routes import manager_of_school
from joinedup.support.handovers.choices import Force, StepKind
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations import (
    CannotOffer,
    CannotWithdraw,
    NoPart,
    finish_step,
    offer,
    signpost,
    withdraw,
)
from joinedup.support.handovers.queries.seen import open_handover

SENDING = Viewer.system("sending a referral by a route")
MAY_GO_ON = frozenset(
    {ReferralState.SUBMITTED, ReferralState.WITH_FRONT_DOOR, ReferralState.SIGNPOSTED}
)
"""Where a referral can be sent on from; a signpost that led nowhere is followed by something better."""


TO_THE_LEAD = "A team has been asked to take it on, and answers within one working day."
"""Said alike to all: whether somebody's case is open is not for every sender (P17)."""


class CannotSend(Exception):
    """Why a referral cannot go that way, fit for the page."""


@dataclass(frozen=True)
class _Way:
    """The route, and of it the very person where it names one."""

    route: Route
    post_id: uuid.UUID | None = None
    team_id: int | None = None


def offer_route(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    route_id: int,
    at: datetime.datetime,
    reason: str = "",
    words: str = "",
) -> Handover:
    """Send a referral by a route: its team is asked to take it, or the person is shown the way.

    Another route than the rule's own needs a reason, which stands in the report of overrides. Until
    the other side accepts the front door answers for it (P21). Raises CannotSend, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    with transaction.atomic(), acting(SENDING):
        works_at(by, matter_id, CannotSend)
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        way = _way(referral, route_id, at)
        triage = Triage.objects.filter(matter_id=matter_id).order_by("-at", "pk").first()
        _override(by, triage, way.route, reason, at)
        try:
            made = _send(by, referral, way, words.strip() or referral.going_on, at)
        except (CannotOffer, NoPart) as why:
            raise CannotSend(str(why)) from why
        warm = made.state_word.waits
        told = _told(way.route, made, warm=warm)
        _follow(by, referral, way.route.code, told, at, warm=warm)
    return made


def offer_to_lead(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> Handover | None:
    """Offer a referral to the lead who has the person's case open, where the front door may know of one.

    The default for somebody who is open already, once the exit's rules have run: the system does it as
    soon as it is triaged. It stays the front door's until the lead or their cover accepts (P21).
    None where nobody has it open. Raises CannotSend, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    with acting(SENDING):
        works_at(by, matter_id, CannotSend)
        people = sure_of(matter_id)
        found = [each for person in people for each in open_cases_about(person, at)]
        worker = front_door_viewer(matter_id, at) if found else None
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        if worker is None or referral.state not in MAY_GO_ON:
            return None
        known = {each.agency for each in already_open(worker, people, at)}
        lead = next((each for each in found if each.agency in known), None)
        from_team = by.team_id or worker.team_id
        if lead is None or from_team is None:
            return None
        try:
            made = offer(
                by=by, matter_id=matter_id, from_team_id=from_team, to_team_id=lead.lead_team_id,
                to_post_id=lead.lead_post_id, words=referral.going_on, link=work_page(matter_id),
                at=at,
            )  # fmt: skip
        except (CannotOffer, NoPart) as why:
            if by.is_system:
                return None
            raise CannotSend(str(why)) from why
        _follow(by, referral, "lead", TO_THE_LEAD, at, warm=True)
    return made


def withdraw_offer(
    *, by: Viewer, matter_id: uuid.UUID, reason: str, at: datetime.datetime
) -> Handover:
    """Take an offer back that nobody has answered: the referral is the front door's to send again.

    Raises CannotSend, NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    with transaction.atomic(), acting(SENDING):
        works_at(by, matter_id, CannotSend)
        waiting = open_handover(SENDING, matter_id)
        if waiting is None:
            raise CannotSend("Nothing is offered that waits for an answer.")
        try:
            taken_back = withdraw(by=by, handover_id=waiting.pk, reason=reason, at=at)
        except (CannotWithdraw, NoPart) as why:
            raise CannotSend(str(why)) from why
        move_to(matter_id, ReferralState.WITH_FRONT_DOOR, at)
        tell_progress(by=by, matter_id=matter_id, words="It is with the front door again.", at=at)
    return taken_back


def _way(referral: Referral, route_id: int, at: datetime.datetime) -> _Way:
    if referral.state not in MAY_GO_ON:
        raise CannotSend(
            "This referral is not with the front door now. If it is offered, withdraw that first."
        )
    route = Route.objects.select_related("team__agency").filter(pk=route_id).first()
    today = day_of(at)
    if route is None or route.starts_on > today or (route.ends_on and route.ends_on <= today):
        raise CannotSend("This route cannot be taken today. Choose another.")
    if route.kind != RouteKind.SCHOOL_SOCIAL_WORK:
        return _Way(route, team_id=route.team_id)
    school = Subject.objects.filter(matter=referral.pk).exclude(school="").order_by("place").first()
    link = manager_of_school(school.school, today) if school else None
    if link is None:
        raise CannotSend("No school is named that has a social work manager. Choose another route.")
    manages = link.manager
    if (
        link.covered_by is not None
        and not Post.objects.held_on(today).filter(pk=manages.pk).exists()
    ):
        manages = link.covered_by
    return _Way(route, post_id=manages.pk, team_id=manages.team_id)


def _override(
    by: Viewer, triage: Triage | None, route: Route, reason: str, at: datetime.datetime
) -> None:
    best = next((each for each in triage.routes if each["fits"]), None) if triage else None
    if triage is None or best is None or best["code"] == route.code:
        return
    if not reason.strip():
        raise CannotSend("Say why this route and not the one the rule found: it is on record.")
    if by.post_id is None:
        raise CannotSend("Another route than the rule’s is chosen by a post, which says why.")
    Override.objects.create(
        matter_id=triage.matter_id, triage=triage, from_route=triage.route, to_route=route,
        reason=reason.strip(), by_post_id=by.post_id, at=at,
    )  # fmt: skip


def _send(by: Viewer, referral: Referral, way: _Way, words: str, at: datetime.datetime) -> Handover:
    from_team = by.team_id
    if from_team is None:
        raise CannotSend("A post of the front door sends a referral on.")
    route = way.route
    if not route.is_warm or way.team_id is None:
        place = f"{route.name}: {route.reach}" if route.reach else route.name
        return signpost(
            by=by, matter_id=referral.pk, from_team_id=from_team, to_place=place[:200],
            words=words, at=at, to_team_id=route.team_id,
        )  # fmt: skip
    force = Force.STATUTORY if Duty(route.duty) is not Duty.NONE else Force.ORDINARY
    return offer(
        by=by, matter_id=referral.pk, from_team_id=from_team, to_team_id=way.team_id,
        to_post_id=way.post_id, words=words, force=force, link=work_page(referral.pk), at=at,
    )  # fmt: skip


def _follow(
    by: Viewer, referral: Referral, code: str, told: str, at: datetime.datetime, *, warm: bool
) -> None:
    """The state, the clock, the words to the sender, the measure of hand-offs, the line."""
    move_to(referral.pk, ReferralState.OFFERED if warm else ReferralState.SIGNPOSTED, at)
    for step in (StepKind.ACKNOWLEDGE, StepKind.TRIAGE):
        finish_step(by=SENDING, matter_id=referral.pk, kind=step, at=at)
    tell_progress(by=by, matter_id=referral.pk, words=told, at=at)
    raise_alert_if_over(by=by, matter_id=referral.pk, at=at)
    leave_the_change(
        by=by, matter_ids=[referral.pk], act="sent a referral on", at=at, kind="referral",
        detail={"route": code, "warm": warm},
    )  # fmt: skip


def _told(route: Route, made: Handover, *, warm: bool) -> str:
    """Where it went, unless an agency's very name would tell more than the sender may hear (P17)."""
    where = "another team" if made.is_quiet else route.name
    if warm:
        return f"Offered to {where}, which answers within one working day."
    return f"The person was shown the way to {where}. Nobody was asked to take them on."
