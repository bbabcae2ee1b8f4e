"""Say under which function of the law something is done in a case, and by whom (S0-33, S4-20, S4-21)."""

import datetime
import uuid

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.queries import may_do
from joinedup.support.cases.models import Case, FunctionUsed
from joinedup.support.handovers.operations.grounds import (
    fit,
    held,
    leave_a_line,
    locked,
    must_work_at,
)

WORKING = Viewer.system("keeping which functions of the law are used in a case")


class CannotUseFunction(Exception):
    """A function of the law cannot be carried out so; says why."""


def use_function(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    function: FunctionCode,
    post_id: uuid.UUID,
    because: str,
    at: datetime.datetime,
) -> FunctionUsed:
    """Allocate a function of the law in a case to a post that may carry it out today.

    Refused to whoever is not approved where the law asks for it, and to an approval that has lapsed.
    Raises CannotUseFunction, NoPart.
    """
    must_work_at(by, matter_id)
    if not because.strip():
        raise CannotUseFunction("Say why this function is used here.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        if Case.objects.get(pk=matter_id).closed_at is not None:
            raise CannotUseFunction("This case is closed. Open it again first.")
        post = held(post_id, at)
        if post is None or not fit([post], matter_id, at):
            raise CannotUseFunction("Nobody who holds this post today can do that here.")
        answer = may_do(post_id, function, at)
        if not answer:
            raise CannotUseFunction(answer.why)
        standing = FunctionUsed.objects.filter(
            case=matter_id, function=function, post=post, ends_at__isnull=True
        ).first()
        if standing is not None:
            return standing
        made = FunctionUsed.objects.create(
            case_id=matter_id, function=function, post=post, because=because.strip(), starts_at=at
        )
        leave_a_line(by, matter_id, "used a function of the law", at, {"function": str(function)})
    return made


def end_function_used(*, by: Viewer, used_id: uuid.UUID, at: datetime.datetime) -> FunctionUsed:
    """Say that a function is no longer used in a case. Raises FunctionUsed.DoesNotExist, NoPart."""
    with acting(by):
        matter_id = FunctionUsed.objects.values_list("case_id", flat=True).get(pk=used_id)
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        found = FunctionUsed.objects.select_for_update().get(pk=used_id)
        if found.ends_at is None:
            found.ends_at = max(at, found.starts_at)
            found.save(update_fields=["ends_at"])
            leave_a_line(by, matter_id, "ended a function of the law", at)
    return found
