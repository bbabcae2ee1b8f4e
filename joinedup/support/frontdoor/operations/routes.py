"""Keep the routes of the place: open one, end one, say when it next has a place and how many."""

import datetime
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.choices import Duty, Need, RouteKind
from joinedup.support.frontdoor.models import Route


class CannotKeepRoute(Exception):
    """Why a route cannot be so, fit for the page."""


@dataclass(frozen=True)
class RouteWords:
    """A route as it is written down."""

    name: str
    sentence: str
    kind: RouteKind
    team_id: int | None = None
    needs: tuple[Need, ...] = ()
    localities: tuple[str, ...] = ()
    from_age: int | None = None
    to_age: int | None = None
    duty: Duty = Duty.NONE
    is_warm: bool = True
    reach: str = ""
    starts_on: datetime.date | None = field(default=None)


def open_route(*, by: Viewer, code: str, words: RouteWords, at: datetime.datetime) -> Route:
    """Open a route under a code of its own; raises CannotKeepRoute, NotPermitted."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    _fits(words)
    try:
        with transaction.atomic():
            made = Route.objects.create(
                code=code, **{**_columns(words), "starts_on": words.starts_on or day_of(at)}
            )
            _leave_a_line(by, made, "opened a route", at)
    except IntegrityError as why:
        raise CannotKeepRoute(f"There is a route {code!r} already.") from why
    return made


def change_route(*, by: Viewer, route_id: int, words: RouteWords, at: datetime.datetime) -> Route:
    """Write a route anew; what was sent by it stays as it was. Raises CannotKeepRoute, NotPermitted."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    _fits(words)
    with transaction.atomic():
        found = Route.objects.select_for_update().get(pk=route_id)
        for column, value in _columns(words).items():
            setattr(found, column, value)
        found.save()
        _leave_a_line(by, found, "changed a route", at)
    return found


def end_route(*, by: Viewer, route_id: int, ends_on: datetime.date, at: datetime.datetime) -> Route:
    """Let a route end before a day; raises CannotKeepRoute, NotPermitted.

    One with a duty in law ends only when another of the same duty goes on (P20).
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    with transaction.atomic():
        found = Route.objects.select_for_update().get(pk=route_id)
        if ends_on <= found.starts_on:
            raise CannotKeepRoute("It ends after it starts.")
        if found.duty and not _another_goes_on(found, ends_on):
            raise CannotKeepRoute(
                f"Nothing else would answer this duty then: {Duty(found.duty).label}. Open another first."
            )
        found.ends_on = ends_on
        found.save(update_fields=["ends_on"])
        _leave_a_line(by, found, "ended a route", at)
    return found


def set_next_date(
    *,
    by: Viewer,
    route_code: str,
    next_on: datetime.date | None,
    places: int | None,
    at: datetime.datetime,
) -> Route:
    """Say when a route next meets or has a place, and how many; no number where it does not count.

    By its own team, the front-door manager, or a room above that keeps its meetings. Raises
    CannotKeepRoute, NotPermitted.
    """
    with transaction.atomic():
        found = Route.objects.select_for_update().filter(code=route_code).first()
        if found is None:
            raise CannotKeepRoute(f"There is no route {route_code!r}.")
        if found.team_id is None or found.team_id != by.team_id:
            by.must(Permission.MANAGE_FRONT_DOOR)
        if next_on is not None and next_on < day_of(at):
            raise CannotKeepRoute("The next date lies ahead. Leave it empty if it is not known.")
        if places is not None and not 0 <= places <= 1000:
            raise CannotKeepRoute(
                "Places are a number from 0, or empty where they are not counted."
            )
        found.next_on, found.places, found.capacity_said_at = next_on, places, at
        found.save(update_fields=["next_on", "places", "capacity_said_at"])
        _leave_a_line(by, found, "said when a route has places", at)
    return found


def _columns(words: RouteWords) -> dict[str, object]:
    return {
        "name": words.name.strip(),
        "sentence": words.sentence.strip(),
        "kind": words.kind,
        "team_id": words.team_id,
        "needs": [need.value for need in words.needs],
        "localities": list(words.localities),
        "from_age": words.from_age,
        "to_age": words.to_age,
        "duty": words.duty,
        "is_warm": words.is_warm,
        "reach": words.reach.strip(),
    }


def _fits(words: RouteWords) -> None:
    if not words.name.strip() or not words.sentence.strip():
        raise CannotKeepRoute("Give it a name, and a sentence that says what it does.")
    if words.is_warm and words.team_id is None:
        raise CannotKeepRoute("A warm hand-over needs a team that takes it. Else it is a signpost.")
    if words.team_id is not None and not Team.objects.filter(pk=words.team_id).exists():
        raise CannotKeepRoute("There is no such team.")
    if not words.is_warm and not words.reach.strip():
        raise CannotKeepRoute("Say how somebody who is shown the way gets there.")
    if words.duty is not Duty.NONE and not words.is_warm:
        raise CannotKeepRoute("A duty in law is handed over to a team, never signposted (P20).")
    if words.from_age is not None and words.to_age is not None and words.to_age < words.from_age:
        raise CannotKeepRoute("The ages are in the wrong order.")


def _another_goes_on(found: Route, ends_on: datetime.date) -> bool:
    others = Route.objects.filter(duty=found.duty, starts_on__lte=ends_on).exclude(pk=found.pk)
    return any(each.ends_on is None or each.ends_on > ends_on for each in others)


def _leave_a_line(by: Viewer, route: Route, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="route", subject_id=route.code,
        purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
