"""Make a copy of a plan for one person, and write down how it was given to them (P35)."""

import datetime
import uuid

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.plan import CopyLayout, GivenHow
from joinedup.support.cases.models import PlanCopy, PlanVersion
from joinedup.support.cases.operations.editing import (
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
)
from joinedup.support.handovers.operations.grounds import leave_a_line


def make_copy(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    person_id: uuid.UUID,
    layout: CopyLayout,
    at: datetime.datetime,
) -> PlanCopy:
    """Set a version for one person; what stands in it is decided when it is read.

    Raises CannotPlan, NoPart, PlanVersion.DoesNotExist.
    """
    matter_id = case_of(by, PlanVersion, version_id)
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, person_id)
        made = PlanCopy.objects.create(
            case=case, version_id=version_id, person_id=person_id, layout=layout, made_at=at,
            made_by_id=by.post_id,
        )  # fmt: skip
        leave_a_line(by, matter_id, "made a copy of a plan", at, {"layout": layout})
    return made


def give_copy(
    *, by: Viewer, copy_id: uuid.UUID, how: GivenHow, on: datetime.date, at: datetime.datetime
) -> PlanCopy:
    """Write down that a copy was given, how and when. Raises CannotPlan, NoPart, PlanCopy.DoesNotExist."""
    matter_id = case_of(by, PlanCopy, copy_id)
    with at_work_on(by, matter_id, closed_too=True):
        found = PlanCopy.objects.get(pk=copy_id)
        if found.given_on is not None:
            raise CannotPlan("It is written down already that this copy was given.")
        if not day_of(found.made_at) <= on <= day_of(at):
            raise CannotPlan("It was given after it was made, and not in days to come.")
        found.given_how, found.given_on, found.given_by_id = how, on, by.post_id
        found.save(update_fields=["given_how", "given_on", "given_by"])
        leave_a_line(by, matter_id, "gave a copy of a plan", at, {"how": how})
    return found
