"""Teams are named, and serve parts of the place from a day until another."""

import datetime

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency, Team, TeamArea
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.places.models import Area, Locality, Lsoa, Practice

PURPOSE = "keeping agencies, teams and posts"
Place = Locality | Practice | Lsoa | Area


class CannotName(Exception):
    """There is no such agency; says which."""


class CannotServe(Exception):
    """A team cannot serve a place then; says why."""


def team_called(*, by: AtWork, agency: str, name: str, at: datetime.datetime) -> Team:
    """Return an agency's team of that name, made where there was none; raises CannotName.

    Of agencies only the partnership's own is made with it, for its first administrator comes before all.
    """
    by.must(Permission.MANAGE_POSTS)
    with transaction.atomic():
        if agency == AgencyKind.PARTNERSHIP:
            Agency.objects.get_or_create(
                code=agency, defaults={"name": "The partnership", "kind": AgencyKind.PARTNERSHIP}
            )
        found = Agency.objects.filter(code=agency).first()
        if found is None:
            raise CannotName(f"There is no agency {agency!r}.")
        team, new = Team.objects.get_or_create(agency=found, name=name)
        if new:
            _record(by, "team named", team, at)
    return team


def serve(
    *, by: AtWork, team: Team, place: Place | None, starts_on: datetime.date, at: datetime.datetime
) -> TeamArea:
    """Let a team serve a place from a day on; None is the whole of it. Raises CannotServe.

    It may serve several at once, of different kinds (S0-67, S3-34).
    """
    by.must(Permission.MANAGE_POSTS)
    where = _where(place)
    with transaction.atomic():
        standing = TeamArea.objects.filter(team=team, **where)
        if standing.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).exists():
            raise CannotServe("The team serves it then already.")
        area = TeamArea.objects.create(team=team, starts_on=starts_on, **where)
        _record(by, "team serves", team, at)
    return area


def stop_serving(
    *, by: AtWork, area: TeamArea, ends_on: datetime.date, at: datetime.datetime
) -> None:
    """Let a team no longer serve a place from a day on; that it did stays known. Raises CannotServe."""
    by.must(Permission.MANAGE_POSTS)
    if ends_on <= area.starts_on:
        raise CannotServe("It would end before it starts.")
    with transaction.atomic():
        serving = TeamArea.objects.filter(pk=area.pk, ends_on__isnull=True)
        if not serving.update(ends_on=ends_on):
            raise CannotServe("It has ended already.")
        _record(by, "team stops serving", area.team, at)


def _where(place: Place | None) -> dict[str, Place | bool]:
    if place is None:
        return {"whole_place": True}
    kinds = {Locality: "locality", Practice: "practice", Lsoa: "lsoa", Area: "area"}
    return {kinds[type(place)]: place}


def _record(by: AtWork, act: str, team: Team, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="team",
        subject_id=str(team.pk),
        purpose=PURPOSE,
    )
