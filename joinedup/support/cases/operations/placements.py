"""Keep sites and their places, begin a stay and end it; never more stays than places (S0-47)."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.choices.level import StepDirection
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.models import BedPlaces, BedSite, Case, Placement
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at
from joinedup.support.handovers.rules.roles import MANAGERS

WORKING = Viewer.system("keeping stays in community beds")


class CannotKeepPlaces(Exception):
    """A site cannot have its places so; says why."""


class CannotPlace(Exception):
    """A stay cannot begin or end so; says why."""


@dataclass(frozen=True)
class Stay:
    """Where somebody is to stay, why, and how long it is planned for."""

    person_id: uuid.UUID
    site_id: int
    direction: StepDirection
    because: str
    starts_on: datetime.date
    planned_end_on: datetime.date


def keep_places(
    *,
    by: Viewer,
    name: str,
    kind: BedKind,
    places: int,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> BedPlaces:
    """Say how many places one's own agency has at a site from a day on. Raises CannotKeepPlaces."""
    if not by.is_system and by.role not in MANAGERS:
        raise CannotKeepPlaces(
            "A manager of the agency that runs the site says how many places it has."
        )
    if not name.strip():
        raise CannotKeepPlaces("Name the site.")
    with transaction.atomic(), acting(WORKING):
        site, _ = BedSite.objects.get_or_create(
            agency_id=by.agency, name=" ".join(name.split()), kind=kind
        )
        BedSite.objects.select_for_update().get(pk=site.pk)
        taken = Placement.objects.filter(site=site, ends_on__isnull=True).count()
        if places < taken:
            raise CannotKeepPlaces("More people stay there than that. End stays first.")
        before = BedPlaces.objects.filter(site=site, ends_on__isnull=True).first()
        if before is not None:
            if starts_on < before.starts_on:
                raise CannotKeepPlaces("It changes no earlier than the last change.")
            before.ends_on = starts_on
            before.save(update_fields=["ends_on"])
        made = BedPlaces.objects.create(
            site=site, places=places, starts_on=starts_on, set_by_id=by.post_id
        )
        record_change(
            at=at, post_id=by.post_id, act="kept places", subject_kind="bed site",
            subject_id=str(site.pk), purpose=by.purpose, detail={"places": places},
            agency=by.agency, role=by.role,
        )  # fmt: skip
    return made


def place(*, by: Viewer, matter_id: uuid.UUID, stay: Stay, at: datetime.datetime) -> Placement:
    """Begin somebody's stay, where a place is free; it moves neither lead nor level.

    Raises CannotPlace, NoPart.
    """
    must_work_at(by, matter_id)
    _check(stay, at)
    try:
        with transaction.atomic(), acting(WORKING):
            locked(matter_id)
            if Case.objects.get(pk=matter_id).closed_at is not None:
                raise CannotPlace("This case is closed. Open it again first.")
            if not MatterPerson.objects.filter(matter=matter_id, person=stay.person_id).exists():
                raise CannotPlace("Choose one of the people of this case.")
            if Placement.objects.filter(person=stay.person_id, ends_on__isnull=True).exists():
                raise CannotPlace("They stay somewhere already. End that first.")
            made = Placement.objects.create(
                case_id=matter_id, person_id=stay.person_id, site_id=stay.site_id,
                direction=stay.direction, because=stay.because.strip(), starts_on=stay.starts_on,
                planned_end_on=stay.planned_end_on, by_post_id=by.post_id, recorded_at=at,
            )  # fmt: skip
            leave_a_line(by, matter_id, "began a stay", at, {"direction": stay.direction})
    except IntegrityError as refused:
        if "placement_has_a_place" in str(refused) or "no place is free" in str(refused):
            raise CannotPlace("No place is free there. Choose another site, or wait.") from refused
        raise
    return made


def _check(stay: Stay, at: datetime.datetime) -> None:
    if stay.direction is StepDirection.ACROSS:
        raise CannotPlace("Say whether it is a step up from home or down from hospital.")
    if not stay.because.strip():
        raise CannotPlace("Say what the stay is for.")
    if stay.planned_end_on < stay.starts_on:
        raise CannotPlace("It is planned to end after it starts.")
    if stay.starts_on > day_of(at):
        raise CannotPlace("Enter a stay on the day it begins: a place is taken from then on.")


def end_stay(
    *,
    by: Viewer,
    placement_id: uuid.UUID,
    ends_on: datetime.date,
    outcome: StayOutcome,
    words: str,
    at: datetime.datetime,
) -> Placement:
    """End a stay, with where the person went. Raises CannotPlace, NoPart, Placement.DoesNotExist."""
    with acting(by):
        matter_id = Placement.objects.values_list("case_id", flat=True).get(pk=placement_id)
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        found = Placement.objects.select_for_update().get(pk=placement_id)
        if found.ends_on is not None:
            raise CannotPlace("This stay has ended already.")
        if not found.starts_on <= ends_on <= day_of(at):
            raise CannotPlace("It ends between its first day and today.")
        found.ends_on, found.outcome, found.words = ends_on, outcome, words.strip()
        found.save(update_fields=["ends_on", "outcome", "words"])
        leave_a_line(by, matter_id, "ended a stay", at, {"outcome": outcome})
    return found
