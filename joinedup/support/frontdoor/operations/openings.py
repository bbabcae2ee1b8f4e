"""Open and shut the programme to sources, by phase; keep the thresholds of use, dated."""

import datetime

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.choices import ContactReason, EmergencyService, Source
from joinedup.support.frontdoor.models import SourceOpening, Threshold
from joinedup.support.frontdoor.rules.thresholds import STANDARD


class CannotOpenSource(Exception):
    """Why a source cannot be opened or shut so, fit for the page."""


class CannotSetThreshold(Exception):
    """Why a threshold cannot be so, fit for the page."""


def open_source(
    *,
    by: Viewer,
    source: Source,
    phase: str,
    test_result: str,
    opens_on: datetime.date,
    at: datetime.datetime,
) -> SourceOpening:
    """Let a source refer to the programme from a day on, on a recorded test result (P22).

    Raises CannotOpenSource, NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    if not test_result.strip():
        raise CannotOpenSource("Write what the test showed: a source opens on a recorded result.")
    if not phase.strip():
        raise CannotOpenSource("Name the phase of the programme.")
    with transaction.atomic():
        not_over = Q(closes_on__isnull=True) | Q(closes_on__gt=opens_on)
        if SourceOpening.objects.select_for_update().filter(not_over, source=source).exists():
            raise CannotOpenSource(
                "This source is open then already, or opens later. Shut that first."
            )
        made = SourceOpening.objects.create(
            source=source, phase=phase.strip(), test_result=test_result.strip(), opens_on=opens_on
        )
        _leave_a_line(by, "opened a source", source.value, at)
    return made


def shut_source(
    *, by: Viewer, opening_id: int, closes_on: datetime.date, at: datetime.datetime
) -> SourceOpening:
    """Shut the programme to a source from a day on; the front door and the exit stay open to it.

    Raises CannotOpenSource, NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    with transaction.atomic():
        found = SourceOpening.objects.select_for_update().get(pk=opening_id)
        if found.closes_on is not None and found.closes_on <= day_of(at):
            raise CannotOpenSource("It is shut already.")
        if closes_on <= found.opens_on:
            raise CannotOpenSource("It shuts after it opens.")
        found.closes_on = closes_on
        found.save(update_fields=["closes_on"])
        _leave_a_line(by, "shut a source", found.source, at)
    return found


def set_threshold(
    *,
    by: Viewer,
    service: EmergencyService,
    reason: ContactReason,
    contacts: int,
    days: int,
    source: str,
    starts_on: datetime.date,
    at: datetime.datetime,
    instead_of: int | None = None,
) -> Threshold:
    """Set from how many contacts in how many days use counts, from a day on, and whose rule that is.

    `instead_of` names the one that ends that day: what was triaged under it stays as it was judged.
    Raises CannotSetThreshold, NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    if contacts < 1 or not 1 <= days <= 3660:
        raise CannotSetThreshold("Count at least one contact, within 1 to 3,660 days.")
    if not source.strip():
        raise CannotSetThreshold("Name the source of the threshold: who says so, and where.")
    if starts_on < day_of(at):
        raise CannotSetThreshold("A threshold starts today or later: what was judged stays judged.")
    with transaction.atomic():
        if instead_of is not None:
            _end(instead_of, starts_on, service, reason)
        made = Threshold.objects.create(
            service=service, reason=reason, contacts=contacts, days=days, source=source.strip(),
            starts_on=starts_on,
        )  # fmt: skip
        _leave_a_line(by, "set a threshold", f"{service}-{reason}", at)
    return made


def ensure_standard_thresholds(
    *, by: Viewer, starts_on: datetime.date, at: datetime.datetime
) -> int:
    """Set the standard thresholds where there are none yet; return how many were set."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    with transaction.atomic():
        if Threshold.objects.exists():
            return 0
        made = Threshold.objects.bulk_create(
            Threshold(
                service=line.service, reason=line.reason, contacts=line.contacts, days=line.days,
                source=line.source, starts_on=starts_on,
            )
            for line in STANDARD
        )  # fmt: skip
        _leave_a_line(by, "set the standard thresholds", "standard", at)
    return len(made)


def _end(
    threshold_id: int, on: datetime.date, service: EmergencyService, reason: ContactReason
) -> None:
    old = Threshold.objects.select_for_update().filter(pk=threshold_id).first()
    if old is None or (old.service, old.reason) != (service, reason):
        raise CannotSetThreshold("The one it replaces is of another service or sort.")
    if old.ends_on is not None:
        raise CannotSetThreshold("The one it replaces has ended already.")
    if on <= old.starts_on:
        # Set by mistake and never judged by: it ends before it counts.
        old.delete()
        return
    old.ends_on = on
    old.save(update_fields=["ends_on"])


def _leave_a_line(by: Viewer, act: str, subject_id: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="front door rule", subject_id=subject_id,
        purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
