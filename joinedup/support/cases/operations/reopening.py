"""Open a closed case again: the same matter, a new period, with a lead from the same instant."""

import datetime
import uuid

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.operations.involve import CannotInvolve
from joinedup.identity.sharing.operations.matters import end_part, of_team
from joinedup.support.cases.choices.plan import PlanKind
from joinedup.support.cases.models import Case, Closing, Lead, Plan
from joinedup.support.cases.operations.keeping import (
    LEADS_IT,
    LED_IT,
    WORKING,
    CannotOpenCase,
    leads_from,
    may_lead,
)
from joinedup.support.cases.operations.reviews import book_first
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at


def reopen_case(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    because: str,
    lead_post_id: uuid.UUID,
    at: datetime.datetime,
) -> Case:
    """Open a case again with a post of its agency that leads it and answers for it from this instant.

    What was written stays; a review is booked anew where there is a plan.
    Raises CannotOpenCase, NoPart.
    """
    if not because.strip():
        raise CannotOpenCase("Say why it is opened again.")
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.select_for_update().get(pk=matter_id)
        if case.closed_at is None:
            raise CannotOpenCase("This case is open already.")
        lead = may_lead(by, lead_post_id, at, CannotOpenCase)
        if lead.team.agency_id != case.agency_id:
            raise CannotOpenCase("A case is opened again by the agency that closed it.")
        last = Lead.objects.filter(case=case).select_related("post").order_by("-ends_at").first()
        at = max(at, case.closed_at)
        Matter.objects.filter(pk=matter_id).update(closed_at=None)
        case.closed_at = None
        case.save(update_fields=["closed_at"])
        Closing.objects.filter(case=case, reopened_at__isnull=True).update(
            reopened_at=at, reopened_by=by.post_id, reopened_because=because.strip()
        )
        try:
            handovers.take_duty(
                by=WORKING, matter_id=matter_id, post_id=lead.pk, because=LEADS_IT, at=at
            )
            leads_from(by, case, lead, at)
        except (CannotInvolve, handovers.CannotTakeDuty) as why:
            raise CannotOpenCase(str(why)) from why
        if last is not None:
            end_part(
                by=by, matter_id=matter_id, recipient=of_team(last.post.team_id), at=at,
                because=LED_IT,
            )  # fmt: skip
        plan = Plan.objects.filter(case=case).first()
        if plan is not None:
            book_first(case, PlanKind(plan.kind), at)
        leave_a_line(by, matter_id, "opened a case again", at)
    return case
