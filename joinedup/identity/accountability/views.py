"""Breaches of personal data: told by any post, dealt with by whoever answers for the data (P15)."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import LONDON, day_of
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.identity.accountability import presenters, queries
from joinedup.identity.accountability.choices import BreachKind, PeopleTold, Risk
from joinedup.identity.accountability.forms import (
    AssessForm,
    BreachForm,
    CloseForm,
    CommissionerForm,
    PeopleToldForm,
)
from joinedup.identity.accountability.models import DataBreach
from joinedup.identity.accountability.operations.breaches import (
    Assessed,
    CannotDealWithBreach,
    CannotTellOfBreach,
    assess_breach,
    close_breach,
    commissioner_told,
    people_told,
    tell_of_breach,
)
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Category


@for_anybody_signed_in
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    """The register for those who deal with breaches; for others those they told of."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = list(queries.breaches(viewer))
    shown = {"found": presenters.register(viewer, found, at) if found else None}
    return render(request, "accountability/breaches.html", shown)


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks what happened; whoever answers is told at once."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    now = at.astimezone(LONDON)
    first = {"agency": viewer.agency, "known_on": now.date(), "known_time": now.time()}
    form = BreachForm(queries.controllers(), request.POST or None, initial=first)
    if form.is_valid():
        try:
            tell_of_breach(
                by=viewer,
                controller=form.chosen,
                kinds=[BreachKind(each) for each in form.cleaned_data["kinds"]],
                what=form.cleaned_data["what"],
                aware_at=form.moment("known_on", "known_time", at),
                happened_on=form.cleaned_data["happened_on"],
                is_law_enforcement=form.cleaned_data["is_law_enforcement"],
                at=at,
            )
        except CannotTellOfBreach as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Thank you. Those who answer for the data are told now.")
            return redirect("data-breaches")
    return render(request, "accountability/breach_new.html", {"form": form})


@for_anybody_signed_in
@require_safe
def breach(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """One breach: its clock, what is known, what was done, what is to be done next."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = _dealt_with(viewer, breach_id)
    done = list(found.steps.select_related("by_post__user", "by_post__team__agency").order_by("pk"))
    shown = {
        "breach": found,
        "clock": presenters.clock(found, at),
        "state": presenters.state(found),
        "facts": presenters.facts(found),
        "steps": presenters.steps(done),
        "offers": [] if found.closed_at else _offers(found),
    }
    return render(request, "accountability/breach.html", shown)


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, breach_id: uuid.UUID, code: str) -> HttpResponse:
    """One step of dealing with it, on a page of its own."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = _dealt_with(viewer, breach_id)
    if code not in _STEPS:
        raise Http404
    title, make, take = _STEPS[code]
    form = make(request.POST or None, initial=_first(found, at))
    if form.is_valid():
        try:
            take(viewer, breach_id, form, at)
        except CannotDealWithBreach as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down.")
            return redirect("data-breach", breach_id=breach_id)
    shown = {"breach": found, "title": title, "form": form, "clock": presenters.clock(found, at)}
    return render(request, "accountability/breach_step.html", shown)


def _dealt_with(viewer: Viewer, breach_id: uuid.UUID) -> DataBreach:
    found = queries.breaches(viewer).filter(pk=breach_id).first()
    if found is None or not queries.deals_with(viewer, found):
        raise Http404
    return found


def _first(breach: DataBreach, at: datetime.datetime) -> dict[str, Any]:
    """What stands already, so that an assessment is mended and not typed anew."""
    now = at.astimezone(LONDON)
    return {
        "risk": breach.risk,
        "people_about": breach.people_about,
        "categories": breach.categories,
        "consequences": breach.consequences,
        "measures": breach.measures,
        "told_on": now.date(),
        "told_time": now.time(),
        "told_people_on": day_of(at),
    }


def _offers(breach: DataBreach) -> list[tuple[str, str]]:
    """The steps that can be taken now, the next one first."""
    offers = [("assess", "Assess it again" if breach.risk else "Assess it")]
    if breach.risk != Risk.UNLIKELY and breach.commissioner_told_at is None:
        offers.append(("commissioner", "The Commissioner was told"))
    if breach.risk == Risk.HIGH and not breach.people_told:
        offers.append(("people", "Those whom it is about"))
    offers.append(("close", "Close it"))
    return offers


def _assess(viewer: Viewer, breach_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> None:
    given = form.cleaned_data
    said = Assessed(
        risk=Risk(given["risk"]), because=given["because"], consequences=given["consequences"],
        measures=given["measures"], people_about=given["people_about"],
        categories=tuple(Category(each) for each in given["categories"]),
    )  # fmt: skip
    assess_breach(by=viewer, breach_id=breach_id, said=said, at=at)


def _commissioner(
    viewer: Viewer, breach_id: uuid.UUID, form: forms.Form, at: datetime.datetime
) -> None:
    assert isinstance(form, CommissionerForm)
    commissioner_told(
        by=viewer, breach_id=breach_id, told_at=form.moment("told_on", "told_time", at),
        reference=form.cleaned_data["reference"], late_because=form.cleaned_data["late_because"], at=at,
    )  # fmt: skip


def _people(viewer: Viewer, breach_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> None:
    given = form.cleaned_data
    people_told(
        by=viewer, breach_id=breach_id, how=PeopleTold(given["how"]), words=given["told_words"],
        on=given["told_people_on"], at=at,
    )  # fmt: skip


def _close(viewer: Viewer, breach_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> None:
    close_breach(by=viewer, breach_id=breach_id, learned=form.cleaned_data["learned"], at=at)


_Take = Callable[[Viewer, uuid.UUID, Any, datetime.datetime], None]
_STEPS: dict[str, tuple[str, type[forms.Form], _Take]] = {
    "assess": ("Assess the breach", AssessForm, _assess),
    "commissioner": ("The Commissioner was told", CommissionerForm, _commissioner),
    "people": ("Those whom it is about", PeopleToldForm, _people),
    "close": ("Close the breach", CloseForm, _close),
}
