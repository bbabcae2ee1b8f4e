"""Set how long a step of the clock may take, from a day on (P33)."""

import datetime

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import ClockLimit

LONGEST = 260
"""A year of working days."""


class CannotSetLimit(Exception):
    """Why a limit cannot be so, fit for the page."""


def set_limit(
    *,
    by: Viewer,
    kind: StepKind,
    days: int,
    urgent: int,
    source: str,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> ClockLimit:
    """Set how many working days a step has from a day on, and whose word that is.

    What runs keeps the time it was given. One that was set for the same day and has not begun gives
    way. Raises CannotSetLimit, NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    if not 1 <= urgent <= days <= LONGEST:
        raise CannotSetLimit(
            f"Give 1 to {LONGEST} working days, and as many or fewer where it is urgent."
        )
    if not source.strip():
        raise CannotSetLimit("Name the source of the limit: who says so, and where.")
    if starts_on <= day_of(at):
        raise CannotSetLimit("A limit starts tomorrow or later: what began today keeps its time.")
    with transaction.atomic():
        ClockLimit.objects.filter(kind=kind, starts_on=starts_on).delete()
        made = ClockLimit.objects.create(
            kind=kind, days=days, urgent=urgent, source=source.strip(), starts_on=starts_on,
            set_by_id=by.post_id, set_at=at,
        )  # fmt: skip
        record_change(
            at=at, post_id=by.post_id, act="set a limit of the clock",
            subject_kind="front door rule", subject_id=f"limit-{kind}", purpose=by.purpose,
            agency=by.agency, role=by.role, detail={"days": days, "urgent": urgent},
        )  # fmt: skip
    return made
