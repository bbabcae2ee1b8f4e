"""Open a case where a referral is taken on by a team that works with people itself."""

import datetime
import uuid

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.operations import CannotOpenCase, open_case
from joinedup.support.cases.queries import open_cases_about
from joinedup.support.frontdoor.choices import Duty, ReferralState, RouteKind
from joinedup.support.frontdoor.models import CaseOpened, Referral, Route
from joinedup.support.frontdoor.operations.at_the_door import sure_of
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.queries.seen import duty_of, handovers_of

__all__ = ["CannotOpenCase", "open_case_late", "open_case_taken"]

OPENING = Viewer.system("opening a case for whom a referral is about")
_PROGRAMMES = {
    RouteKind.STATUTORY: Programme.SOCIAL_CARE,
    RouteKind.INTEGRATED_TEAM: Programme.INTEGRATED_CARE,
    RouteKind.SCHOOL_SOCIAL_WORK: Programme.FAMILY_HELP,
}


def open_case_taken(
    *, by: Viewer, taken: Handover, lead_post_id: uuid.UUID | None, at: datetime.datetime
) -> bool:
    """Open a case with a lead, where the team works with people itself and none of it is open there yet.

    A panel decides first, and nothing is opened for somebody whom nobody surely knows: that comes with
    `open_case_late`. Tells whether one was opened; raises CannotOpenCase.
    """
    route = Route.objects.filter(team=taken.to_team_id).order_by("pk").first()
    people = sure_of(taken.matter_id)
    leads = lead_post_id or taken.to_post_id
    lead = Post.objects.select_related("team").filter(pk=leads).first() if leads else None
    if route is None or RouteKind(route.kind) is RouteKind.PANEL or lead is None or not people:
        return False
    agencies = {each.agency for person in people for each in open_cases_about(person, at)}
    if lead.team.agency_id in agencies:
        return False
    referral = Referral.objects.get(pk=taken.matter_id)
    opened = open_case(
        by=by, person_ids=people, programme=_programme(route), lead_post_id=lead.pk, at=at,
        for_whom=ForWhom(referral.for_whom),
    )  # fmt: skip
    with acting(OPENING):
        CaseOpened.objects.create(case=opened, matter_id=taken.matter_id, at=at)
    return True


def open_case_late(*, matter_id: uuid.UUID, at: datetime.datetime) -> bool:
    """Open the case of a referral that was accepted before anybody knew whom it is about.

    Whoever answers for it leads. Tells whether one was opened; raises CannotOpenCase.
    """
    with acting(OPENING):
        if Referral.objects.get(pk=matter_id).state != ReferralState.ACCEPTED:
            return False
        taken = [
            each
            for each in handovers_of(OPENING, matter_id)
            if each.state_word is HandoverState.ACCEPTED
        ]
        duty = duty_of(OPENING, matter_id)
        if not taken or duty is None:
            return False
        return open_case_taken(by=OPENING, taken=taken[-1], lead_post_id=duty.post_id, at=at)


def _programme(route: Route) -> Programme:
    if route.duty == Duty.HOMELESSNESS:
        return Programme.HOUSING_SUPPORT
    if route.duty in {Duty.CHILD_IN_NEED, Duty.CHILD_PROTECTION}:
        return Programme.FAMILY_HELP
    return _PROGRAMMES.get(RouteKind(route.kind), Programme.WELLBEING)
