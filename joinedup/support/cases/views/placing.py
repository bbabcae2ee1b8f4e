"""After a split: each thing that was written before, and to whom of the two it belongs."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.support.cases.forms.placing import PlacingForm
from joinedup.support.cases.operations.placing import CannotPlace, place
from joinedup.support.cases.queries.placing import may_place, splits_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of


@for_those_at_work
@require_http_methods(["GET", "POST"])
def placing(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """What waits to be placed, and what was placed with whom."""
    frame = frame_or_404(request, matter_id, "what is to be placed")
    viewer = request.viewer  # type: ignore[attr-defined]
    splits = splits_of(viewer, matter_id)
    form = PlacingForm(splits, request.POST or None)
    if form.is_valid():
        try:
            placed = place(by=viewer, case_id=matter_id, decisions=form.decisions(), at=clock.now())
        except CannotPlace as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Placed: {placed}.")
            return redirect("case-story-placing", matter_id)
    shown = {"splits": form.beside(splits), "form": form, "may_place": may_place(viewer, matter_id)}
    return page_of(request, frame, "cases/placing.html", shown)
