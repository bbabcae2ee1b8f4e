"""Write down whether a person could make one decision, and what was done in their interest (P12)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, canonical
from joinedup.identity.sharing.choices import CapacityOutcome, Purpose
from joinedup.identity.sharing.models import CapacityAssessment
from joinedup.identity.sharing.queries.consents import born_on
from joinedup.identity.sharing.queries.known import same_person
from joinedup.identity.sharing.rules.capacity import why_not_assessed

WRITING = Viewer.system("writing down an assessment of capacity")


class CannotAssess(Exception):
    """Why the assessment is not written down, fit for the page."""


def record_capacity(
    *,
    by: Viewer,
    person_id: uuid.UUID,
    decision: str,
    purpose: Purpose | None,
    outcome: CapacityOutcome,
    best_interests: str,
    assessed_on: datetime.date,
    at: datetime.datetime,
) -> CapacityAssessment:
    """Write down one assessment of one decision; with a purpose it is whether to share for that.

    Raises CannotAssess, Person.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.RECORD_CONSENT)
    if by.post_id is None:
        raise NotPermitted("An assessment is written down by a post, in its name.")
    with acting(by):
        person = canonical(by, person_id).pk
    with transaction.atomic(), acting(WRITING):
        refused = why_not_assessed(
            decision=decision,
            outcome=outcome,
            best_interests=best_interests,
            assessed_on=assessed_on,
            born_on=born_on(same_person(person)),
            day=day_of(at),
        )
        if refused:
            raise CannotAssess(refused)
        found = CapacityAssessment.objects.create(
            person_id=person,
            agency_id=by.agency,
            decision=decision.strip(),
            purpose=purpose.value if purpose else "",
            outcome=outcome.value,
            best_interests=best_interests.strip(),
            assessed_by_id=by.post_id,
            assessed_on=assessed_on,
        )
        record_change(
            at=at,
            post_id=by.post_id,
            act="recorded_capacity",
            subject_kind="capacity assessment",
            subject_id=str(found.pk),
            purpose=by.purpose,
            person_id=person,
            agency=by.agency,
            detail={"outcome": outcome, "for": purpose},
        )
    return found
