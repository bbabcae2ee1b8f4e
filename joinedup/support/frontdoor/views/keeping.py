"""What a front-door manager keeps: routes, openings of sources, thresholds, schools, the overrides."""

import datetime
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.operations.schools import CannotNameForSchool, name_for_school
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.wording import day
from joinedup.support.frontdoor.choices import ContactReason, EmergencyService, Source
from joinedup.support.frontdoor.forms import keeping as asked
from joinedup.support.frontdoor.operations import openings as opening_acts
from joinedup.support.frontdoor.operations import routes as route_acts
from joinedup.support.frontdoor.presenters import keeping as words
from joinedup.support.frontdoor.queries import keeping as queries

REPORT_DAYS = 90
REFUSED = (
    route_acts.CannotKeepRoute,
    opening_acts.CannotOpenSource,
    opening_acts.CannotSetThreshold,
    CannotNameForSchool,
)


@for_posts_that_may(*queries.MAY_SEE_ROUTES)
@require_safe
def routes(request: HttpRequest) -> HttpResponse:
    """Where a referral can go."""
    viewer, today = request.viewer, day_of(clock.now())  # type: ignore[attr-defined]
    may_change = viewer.may(Permission.MANAGE_FRONT_DOOR)
    found = queries.routes_kept(today)
    shown = {
        "found": words.routes(found, today, may_change=may_change, own_agency=viewer.agency)
        if found
        else None,
        "own": [each for each in found if each.team and each.team.agency_id == viewer.agency],
        "may_change": may_change,
    }
    return render(request, "frontdoor/routes.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def new_route(request: HttpRequest) -> HttpResponse:
    """Opens a route."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = _route_form(at, request.POST or None, initial={"is_warm": True})

    def act() -> str:
        route_acts.open_route(
            by=viewer, code=form.cleaned_data["code"], words=form.written(), at=at
        )
        return "The route is open."

    if _done(request, form, act):
        return redirect("routes")
    return _asked(request, form, "Open a route", "Open it", "routes", "Routes")


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def route(request: HttpRequest, route_id: int) -> HttpResponse:
    """One route: when it has a place, what it is, its end."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.route(route_id)
    except ObjectDoesNotExist as why:
        raise Http404 from why
    data = request.POST or None
    capacity = asked.CapacityForm(
        data if "capacity" in request.POST else None,
        initial={"next_on": day(found.next_on), "places": found.places},
    )
    writing = _route_form(at, data if "write" in request.POST else None, found=found)
    ending = asked.EndForm(data if "end" in request.POST else None)

    def say_capacity() -> str:
        said = capacity.cleaned_data
        route_acts.set_next_date(
            by=viewer, route_code=found.code, next_on=said["next_on"], places=said["places"], at=at
        )
        return "It is kept, and routing goes by it from now on."

    def write() -> str:
        route_acts.change_route(by=viewer, route_id=found.pk, words=writing.written(), at=at)
        return "The route is changed."

    def end() -> str:
        route_acts.end_route(
            by=viewer, route_id=found.pk, ends_on=ending.cleaned_data["ends_on"], at=at
        )
        return "The route ends before that day."

    for form, act in ((capacity, say_capacity), (writing, write), (ending, end)):
        if _done(request, form, act):
            return redirect("route", route_id=route_id)
    wrong = next((each for each in (capacity, writing, ending) if each.errors), None)
    shown = {
        "route": found, "capacity": capacity, "writing": writing, "ending": ending, "form": wrong,
        "now": words.capacity(found, day_of(at)),
    }  # fmt: skip
    return render(request, "frontdoor/route.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def openings(request: HttpRequest) -> HttpResponse:
    """Which sources may refer to the programme; open another."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = asked.OpeningForm(request.POST or None)

    def act() -> str:
        said = form.cleaned_data
        opening_acts.open_source(
            by=viewer, source=Source(said["source"]), phase=said["phase"],
            test_result=said["test_result"], opens_on=said["opens_on"], at=at,
        )  # fmt: skip
        return "The source is open from that day."

    if _done(request, form, act):
        return redirect("openings")
    today, found = day_of(at), queries.openings_kept()
    shown = {
        "form": form,
        "found": words.openings(found, today) if found else None,
        "shut": words.shut_sources(found, today),
    }
    return render(request, "frontdoor/openings.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def opening(request: HttpRequest, opening_id: int) -> HttpResponse:
    """Shuts the programme to a source."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.opening(opening_id)
    except ObjectDoesNotExist as why:
        raise Http404 from why
    form = asked.EndForm(request.POST or None)

    def act() -> str:
        opening_acts.shut_source(
            by=viewer, opening_id=opening_id, closes_on=form.cleaned_data["ends_on"], at=at
        )
        return "The programme is shut to this source from that day. The front door is not."

    if _done(request, form, act):
        return redirect("openings")
    title = f"Shut the programme to: {Source(found.source).label}"
    return _asked(request, form, title, "Shut it", "openings", "Openings")


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def thresholds(request: HttpRequest) -> HttpResponse:
    """From how many contacts on use counts; set another."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = asked.ThresholdForm(request.POST or None)

    def act() -> str:
        opening_acts.set_threshold(by=viewer, at=at, **_threshold(form))
        return "The threshold is set from that day."

    if _done(request, form, act):
        return redirect("thresholds")
    today = day_of(at)
    found = queries.thresholds_kept(today)
    shown = {"form": form, "found": words.thresholds(found, today) if found else None}
    return render(request, "frontdoor/thresholds.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def threshold(request: HttpRequest, threshold_id: int) -> HttpResponse:
    """Sets a threshold in the place of one."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.threshold(threshold_id)
    except ObjectDoesNotExist as why:
        raise Http404 from why
    initial = {
        "service": found.service, "reason": found.reason, "contacts": found.contacts,
        "days": found.days, "source": found.source, "starts_on": day(day_of(at)),
    }  # fmt: skip
    form = asked.ThresholdForm(request.POST or None, initial=initial)

    def act() -> str:
        opening_acts.set_threshold(by=viewer, at=at, instead_of=found.pk, **_threshold(form))
        return "The threshold is changed from that day; what was judged before stays judged."

    if _done(request, form, act):
        return redirect("thresholds")
    return _asked(request, form, "Change a threshold", "Change it", "thresholds", "Thresholds")


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def schools(request: HttpRequest) -> HttpResponse:
    """Who answers for each school; name another (S0-68)."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    form = asked.SchoolForm(queries.social_workers(today), request.POST or None)

    def act() -> str:
        said = form.cleaned_data
        name_for_school(
            by=viewer.post_id, purpose=viewer.purpose, school=said["school"],
            manager_id=said["manager"], covered_by_id=said["covered_by"] or None,
            because=said["because"], starts_on=said["starts_on"], at=at,
        )  # fmt: skip
        return "It is kept; a referral that names the school is sent there from that day."

    if _done(request, form, act):
        return redirect("schools")
    found = queries.schools_kept()
    shown = {"form": form, "found": words.schools(found, today) if found else None}
    return render(request, "frontdoor/schools.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    """Where practitioners chose another route than the rule’s, and why."""
    at = clock.now()
    since = at - datetime.timedelta(days=REPORT_DAYS)
    found = queries.overrides_of(request.viewer, since)  # type: ignore[attr-defined]
    shown = {
        "found": words.overrides(found) if found else None,
        "often": words.by_route(found) if found else None,
        "since": words.since_words(at, REPORT_DAYS),
    }
    return render(request, "frontdoor/overrides.html", shown)


def _route_form(
    at: datetime.datetime,
    data: object,
    *,
    found: object = None,
    initial: dict[str, object] | None = None,
) -> asked.RouteForm:
    today = day_of(at)
    start = words.route_values(found) if found else initial  # type: ignore[arg-type]
    form = asked.RouteForm(
        queries.teams_that_take(today), queries.localities(), data, initial=start
    )
    if found:
        form.fields["code"].disabled = True
    return form


def _threshold(form: asked.ThresholdForm) -> dict[str, Any]:
    said = form.cleaned_data
    return {
        **said,
        "service": EmergencyService(said["service"]),
        "reason": ContactReason(said["reason"]),
    }


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> bool:
    """Whether a form was sent, right, and acted upon; a refusal stands at its first field."""
    if not form.is_valid():
        return False
    try:
        messages.success(request, act())
    except REFUSED as why:
        form.add_error(next(iter(form.fields)), str(why))
        return False
    return True


def _asked(
    request: HttpRequest, form: forms.Form, title: str, button: str, back: str, back_text: str
) -> HttpResponse:
    shown = {"form": form, "title": title, "button": button, "back": back, "back_text": back_text}
    return render(request, "frontdoor/asked.html", shown)
