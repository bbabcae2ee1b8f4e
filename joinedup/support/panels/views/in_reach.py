"""The pages of services that come in: each service's plan by phase, and its sessions at one host."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted
from joinedup.support.panels.forms import in_reach as forms
from joinedup.support.panels.models import InReachClinic
from joinedup.support.panels.operations import in_reach as operations
from joinedup.support.panels.presenters import in_reach as words
from joinedup.support.panels.queries import in_reach as queries
from joinedup.support.panels.views.frame import for_panels


@for_panels
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every service that comes in somewhere, with its phases."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.clinics(viewer, day_of(clock.now()))
    shown = {"plans": words.plans(found), "may_plan": bool(queries.services_of(viewer))}
    return render(request, "panels/in_reach.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Plans a service's sessions at a host."""
    viewer = request.viewer  # type: ignore[attr-defined]
    teams = queries.services_of(viewer)
    if not teams:
        raise Http404
    form = forms.SessionsForm(teams, queries.hosts(viewer), request.POST or None)

    def act() -> None:
        operations.plan_sessions(by=viewer, planned=form.said(), at=clock.now())

    if form.is_valid() and _did(form, act):
        messages.success(request, "The sessions are planned.")
        return redirect("in-reach")
    return render(request, "panels/in_reach_new.html", {"form": form})


@for_panels
@require_http_methods(["GET", "POST"])
def clinic(request: HttpRequest, clinic_id: int) -> HttpResponse:
    """One service at one host: its next sessions; whoever plans them moves one or calls it off."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        shown = queries.one_clinic(viewer, clinic_id, day_of(at))
    except InReachClinic.DoesNotExist:
        raise Http404 from None
    keeps = queries.keeps(viewer, shown.clinic)
    ends = "ends_on" in request.POST
    sent = request.POST if keeps and request.POST else None
    form = forms.SessionForm(shown.next, None if ends else sent)
    ending = forms.EndForm(sent if ends else None)

    def change() -> None:
        operations.change_session(by=viewer, clinic_id=clinic_id, at=at, **form.said())

    def end() -> None:
        operations.end_sessions(by=viewer, clinic_id=clinic_id, at=at, **ending.cleaned_data)

    if not ends and form.is_valid() and _did(form, change):
        messages.success(request, "The session is changed.")
        return redirect("in-reach-clinic", clinic_id)
    if ends and ending.is_valid() and _did(ending, end):
        messages.success(request, "It is written down.")
        return redirect("in-reach-clinic", clinic_id)
    context = {
        "shown": shown, "facts": words.facts(shown), "changes": words.changes(shown),
        "form": form if keeps and shown.next else None, "ending": ending if keeps else None,
    }  # fmt: skip
    return render(request, "panels/in_reach_clinic.html", context)


def _did(form: django_forms.Form, do: Callable[[], None]) -> bool:
    try:
        do()
    except (operations.CannotPlanSessions, NotPermitted) as why:
        form.add_error(None, str(why))
        return False
    return True
