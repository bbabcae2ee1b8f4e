"""The outcome measures of a case: the numbers with their chart, and taking one."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.forms.measure import TakingForm
from joinedup.support.cases.operations.assessing import CannotAssess
from joinedup.support.cases.operations.measuring import Taking, take_measure
from joinedup.support.cases.presenters import measures as in_words
from joinedup.support.cases.presenters.assessment import typed_day
from joinedup.support.cases.presenters.recovery import SOURCE, rated
from joinedup.support.cases.queries.carers import carers_of
from joinedup.support.cases.queries.goal_ratings import ratings_of, to_rate
from joinedup.support.cases.queries.measures import measures_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.questions.forms.asking import question_form
from joinedup.support.questions.queries.asking import version_for


@for_those_at_work
@require_safe
def measures(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """What was measured of whom, and what changed as far as it can be told."""
    frame = frame_or_404(request, matter_id, "measures")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = measures_of(viewer, frame)
    shown = {
        "found": in_words.measures(found),
        "to_take": in_words.to_take(frame, carers_of(viewer, frame, at), found),
        "rated": rated(ratings_of(viewer, frame), matter_id, is_open=frame.is_open),
        "to_rate": to_rate(viewer, frame) if frame.is_open else [],
        "rated_source": SOURCE,
    }
    return page_of(request, frame, "cases/measures.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def take(
    request: HttpRequest, matter_id: uuid.UUID, measure: str, whose: uuid.UUID
) -> HttpResponse:
    """Takes a measure of one person or carer of the case."""
    frame = frame_or_404(request, matter_id, "measure")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    names = {each.person_id: each.name for each in frame.persons}
    carers = {each.carer.pk: each.carer.name for each in carers_of(viewer, frame, at)}
    version = version_for(measure, day_of(at)) if measure in set(MeasureCode) else None
    if version is None or whose not in {*names, *carers}:
        raise Http404
    started = any(
        whose in (each.person_id, each.carer_id) and each.measure == measure
        for each in measures_of(viewer, frame)
    )
    first = {"point": "review" if started else "start", "taken_on": typed_day(day_of(at))}
    form = TakingForm(request.POST or None, initial=first)
    asked = question_form(version, request.POST or None)
    if form.is_valid() & asked.is_valid():
        taking = Taking(
            MeasureCode(measure), MeasurePoint(form.cleaned_data["point"]),
            form.cleaned_data["taken_on"], version.id, asked.values,
            person_id=whose if whose in names else None,
            carer_id=whose if whose in carers else None,
        )  # fmt: skip
        try:
            take_measure(by=viewer, case_id=matter_id, taking=taking, at=at)
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The measure is kept.")
            return redirect("case-measures", matter_id)
    shown = {
        "form": form, "asked": asked, "version": version,
        "whose": names.get(whose) or carers.get(whose),
    }  # fmt: skip
    return page_of(request, frame, "cases/measure_take.html", shown)
