"""The carers of a case: who they are, what they were offered, what is owed to them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.carer import CarerAnswer
from joinedup.support.cases.forms.carer import CarerForm, OfferForm
from joinedup.support.cases.models import Carer
from joinedup.support.cases.operations.assessing import CannotAssess
from joinedup.support.cases.operations.carers import (
    end_caring,
    identify_carer,
    offer_carer_assessment,
)
from joinedup.support.cases.presenters.assessment import typed_day
from joinedup.support.cases.queries.carers import carers_of, may_care
from joinedup.support.cases.views.assessment import people_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of


@for_those_at_work
@require_http_methods(["GET", "POST"])
def carers(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Every carer of the case, and one more."""
    frame = frame_or_404(request, matter_id, "carers")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    ties = [(t.relationship_id, t.person_id, t.name) for t in may_care(viewer, frame, at)]
    form = CarerForm(
        people_of(frame), ties, request.POST or None,
        initial={"identified_on": typed_day(day_of(at))},
    )  # fmt: skip
    if form.is_valid():
        try:
            identify_carer(by=viewer, case_id=matter_id, said=form.said(), at=at)
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "They are among the carers. Offer them an assessment of their own.")  # fmt: skip
            return redirect("case-carers", matter_id)
    shown = {"carers": carers_of(viewer, frame, at), "form": form}
    return page_of(request, frame, "cases/carers.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def offer(request: HttpRequest, matter_id: uuid.UUID, carer_id: uuid.UUID) -> HttpResponse:
    """Writes down that an assessment was offered, and what they said."""
    frame = frame_or_404(request, matter_id, "carers")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = next((c for c in carers_of(viewer, frame, at) if c.carer.pk == carer_id), None)
    if found is None:
        raise Http404
    form = OfferForm(request.POST or None, initial={"offered_on": typed_day(day_of(at))})
    if form.is_valid():
        said = form.cleaned_data
        try:
            offer_carer_assessment(
                by=viewer, carer_id=carer_id, offered_on=said["offered_on"],
                answer=CarerAnswer(said["answer"]), because=said["because"], at=at,
            )  # fmt: skip
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The offer is written down.")
            return redirect("case-carers", matter_id)
    return page_of(request, frame, "cases/carer_offer.html", {"form": form, "found": found})


@for_those_at_work
@require_POST
def over(request: HttpRequest, matter_id: uuid.UUID, carer_id: uuid.UUID) -> HttpResponse:
    """Says that somebody cares no longer."""
    frame_or_404(request, matter_id, "carers")
    at = clock.now()
    try:
        end_caring(by=request.viewer, carer_id=carer_id, ends_on=day_of(at), at=at)  # type: ignore[attr-defined]
    except Carer.DoesNotExist as missing:
        raise Http404 from missing
    except CannotAssess as why:
        messages.error(request, str(why))
    return redirect("case-carers", matter_id)
