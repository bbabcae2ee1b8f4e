"""Professional advice: ask a lead, read what one asked, answer what one is asked (S4-18)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.identity.sharing.access import NotPermitted
from joinedup.partnership.workforce.forms.advice import AdviseForm, AskLeadForm
from joinedup.partnership.workforce.models import ProfessionalAdvice
from joinedup.partnership.workforce.operations.advice import (
    CannotAskLead,
    answer_as_lead,
    ask_lead,
)
from joinedup.partnership.workforce.presenters import advice as words
from joinedup.partnership.workforce.queries import advice as queries


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def asked(request: HttpRequest) -> HttpResponse:
    """What one asked and what one is asked; a form to ask."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    leads = queries.leads(viewer, day_of(at))
    form = AskLeadForm(leads, request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            ask_lead(
                by=viewer, to_post_id=uuid.UUID(said["to_post"]), question=said["question"], at=at
            )
        except (CannotAskLead, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "They are asked.")
            return redirect("professional-advice")
    shown = {
        "table": words.log(queries.asked(viewer), viewer.post_id),
        "form": form if leads else None,
    }
    return render(request, "workforce/advice.html", shown)


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, advice_id: uuid.UUID) -> HttpResponse:
    """One question; whoever is asked answers."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        found = queries.one_asked(viewer, advice_id)
    except ProfessionalAdvice.DoesNotExist:
        raise Http404 from None
    waits = found.to_post_id == viewer.post_id and found.answered_at is None
    form = AdviseForm(request.POST or None) if waits else None
    if form is not None and form.is_valid():
        try:
            answer_as_lead(
                by=viewer, advice_id=advice_id, advice=form.cleaned_data["advice"], at=clock.now()
            )
        except (CannotAskLead, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Your advice has gone to whoever asked.")
            return redirect("professional-advice")
    shown = {"one": found, "facts": words.facts(found), "form": form}
    return render(request, "workforce/advice_one.html", shown)
