"""Plan a service's sessions at a practice or site; move one or call it off; end them (S0-57, S2-27)."""

import datetime
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.agencies.models import Team
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.support.panels.choices import Rhythm
from joinedup.support.panels.models import ClinicChange, InReachClinic
from joinedup.support.panels.queries.in_reach import keeps, one_clinic, services_of
from joinedup.support.panels.rules.in_reach import why_not_changed

FARTHEST = datetime.timedelta(days=3652)
"""How far away a first day may lie: a year that was mistyped is told."""


class CannotPlanSessions(Exception):
    """Sessions cannot be planned, changed or ended so; says why."""


@dataclass(frozen=True)
class Planned:
    """A service's sessions as they are planned."""

    team: Team
    practice: Practice | None
    site: str
    phase: int
    is_pilot: bool
    words: str
    rhythm: Rhythm
    weekday: int
    at_time: datetime.time
    minutes: int
    places: int
    starts_on: datetime.date
    ends_on: datetime.date | None


def plan_sessions(*, by: Viewer, planned: Planned, at: datetime.datetime) -> InReachClinic:
    """Plan that a service comes in to a host from a day on. Raises CannotPlanSessions, NotPermitted."""
    if planned.team.pk not in {each.pk for each in services_of(by)}:
        raise NotPermitted("A manager of the service plans its sessions, or a panel’s coordinator.")
    if (planned.practice is None) == (not planned.site.strip()):
        raise CannotPlanSessions("Say where: one practice, or one other site.")
    if planned.is_pilot and not planned.words.strip():
        raise CannotPlanSessions("Say what the pilot is to show.")
    if abs(planned.starts_on - day_of(at)) > FARTHEST:
        raise CannotPlanSessions("Give a first day within ten years of today.")
    if planned.ends_on is not None and planned.ends_on <= planned.starts_on:
        raise CannotPlanSessions("The last day comes after the first.")
    with transaction.atomic():
        made = InReachClinic.objects.create(
            team=planned.team, practice=planned.practice, site=planned.site.strip(),
            phase=planned.phase, is_pilot=planned.is_pilot, words=planned.words.strip(),
            rhythm=planned.rhythm, weekday=planned.weekday, at_time=planned.at_time,
            minutes=planned.minutes, places=planned.places, starts_on=planned.starts_on,
            ends_on=planned.ends_on, set_by_id=by.post_id,
        )  # fmt: skip
        _leave_a_line(by, made, "planned sessions at a host", at)
    return made


def change_session(
    *,
    by: Viewer,
    clinic_id: int,
    on: datetime.date,
    moved_to: datetime.date | None,
    because: str,
    at: datetime.datetime,
) -> ClinicChange:
    """Move one session to another day, or call it off. Raises CannotPlanSessions, NotPermitted."""
    with transaction.atomic():
        clinic = _kept(by, clinic_id)
        today = day_of(at)
        held = list(one_clinic(by, clinic_id, today).next)
        why_not = why_not_changed(on, moved_to, because, held=held, today=today)
        if why_not:
            raise CannotPlanSessions(why_not)
        made, _ = ClinicChange.objects.update_or_create(
            clinic=clinic, on=_due(clinic, on),
            defaults={"moved_to": moved_to, "because": because.strip(), "set_by_id": by.post_id},
        )  # fmt: skip
        _leave_a_line(by, clinic, "changed a session at a host", at)
    return made


def end_sessions(
    *, by: Viewer, clinic_id: int, ends_on: datetime.date, at: datetime.datetime
) -> InReachClinic:
    """Say from which day on a service comes in no longer. Raises CannotPlanSessions, NotPermitted."""
    with transaction.atomic():
        clinic = _kept(by, clinic_id)
        if ends_on < max(clinic.starts_on, day_of(at)):
            raise CannotPlanSessions("Give today, or a day to come after the first session.")
        clinic.ends_on = ends_on
        clinic.save(update_fields=["ends_on"])
        _leave_a_line(by, clinic, "ended sessions at a host", at)
    return clinic


def _due(clinic: InReachClinic, on: datetime.date) -> datetime.date:
    """The day it was due in the rhythm: one that was moved already is moved again from there."""
    moved = clinic.changes.filter(moved_to=on).first()
    return moved.on if moved is not None else on


def _kept(by: Viewer, clinic_id: int) -> InReachClinic:
    clinic = InReachClinic.objects.select_for_update(of=("self",)).get(pk=clinic_id)
    if not keeps(by, clinic):
        raise NotPermitted("A manager of the service plans its sessions, or a panel’s coordinator.")
    return clinic


def _leave_a_line(by: Viewer, clinic: InReachClinic, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="in_reach_clinic",
        subject_id=str(clinic.pk), purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
