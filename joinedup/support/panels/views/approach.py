"""First approaches: the page of whoever makes one, a try, the end; and what the panel hears of them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.contacts.operations.recording import CannotRecordContact, NotSafe
from joinedup.support.panels.choices import ApproachOutcome
from joinedup.support.panels.forms.approach import EndForm, TryForm, begins_with
from joinedup.support.panels.models import Approach
from joinedup.support.panels.operations.approach import CannotApproach, end_approach, record_try
from joinedup.support.panels.presenters import approach as presenters
from joinedup.support.panels.queries.approach import (
    ApproachShown,
    approach_of,
    approaches_heard,
)
from joinedup.support.panels.views.frame import for_panels, frame_or_404, page_of

for_those_who_approach = for_posts_that_may(Permission.TAKE_HANDOVERS)


@for_those_who_approach
@require_safe
def approach(request: HttpRequest, approach_id: uuid.UUID) -> HttpResponse:
    """One first approach: whom, how safely, what to say, what was tried."""
    shown = _shown(request, approach_id)
    context = {
        "shown": shown,
        "matter_id": approach_id,
        "reach": shown.reach,
        "people": [presenters.whom(each) for each in shown.people],
        "script": presenters.script(shown),
        "tries": presenters.tries(shown),
        "ended": presenters.ended(shown),
        "outcomes": list(ApproachOutcome),
    }
    return render(request, "panels/approach.html", context)


@for_those_who_approach
@require_http_methods(["GET", "POST"])
def tried(request: HttpRequest, approach_id: uuid.UUID) -> HttpResponse:
    """Records a try."""
    shown = _running(request, approach_id)
    form = TryForm([], request.POST or None)
    if form.is_valid():
        try:
            viewer = request.viewer  # type: ignore[attr-defined]
            record_try(by=viewer, approach_id=approach_id, said=form.try_said(), at=clock.now())
        except NotSafe as why:
            form.add_error("despite", str(why))
        except (CannotRecordContact, CannotApproach) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The try is on record.")
            return redirect("panel-approach", approach_id)
    return _form(request, shown, form, "Record a try")


@for_those_who_approach
@require_http_methods(["GET", "POST"])
def ended(request: HttpRequest, approach_id: uuid.UUID) -> HttpResponse:
    """Says how it ended."""
    shown = _running(request, approach_id)
    form = EndForm(request.POST or None, initial=begins_with(request.GET.get("outcome", "")))
    if form.is_valid():
        try:
            done = end_approach(
                by=request.viewer, approach_id=approach_id, ending=form.ending(),  # type: ignore[attr-defined]
                method=form.how(), at=clock.now(),
            )  # fmt: skip
        except CannotApproach as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, _told(done))
            return redirect("panel-approach", approach_id)
    return _form(request, shown, form, "How it ended")


@for_panels
@require_safe
def heard(request: HttpRequest, code: str) -> HttpResponse:
    """What whoever keeps a panel hears of its first approaches."""
    frame = frame_or_404(request, code, to_keep=True)
    found = approaches_heard(request.viewer, frame.panel)  # type: ignore[attr-defined]
    return page_of(request, frame, "panels/approaches.html", {"table": presenters.heard(found)})


def _told(done: Approach) -> str:
    return {
        ApproachOutcome.AGREED: "They agree, and you lead their case from now. Write down what they said to sharing.",
        ApproachOutcome.WANTS_ELSE: "It is with the panel’s coordinator, who reads what they want.",
        ApproachOutcome.DECLINED: "Their no is on record. What the panel had opened is shut, from this minute.",
        ApproachOutcome.NOT_FOUND: "It is with the panel’s coordinator again.",
    }[ApproachOutcome(done.outcome)]  # fmt: skip


def _shown(request: HttpRequest, approach_id: uuid.UUID) -> ApproachShown:
    try:
        return approach_of(request.viewer, approach_id, at=clock.now())  # type: ignore[attr-defined]
    except Approach.DoesNotExist:
        raise Http404 from None


def _running(request: HttpRequest, approach_id: uuid.UUID) -> ApproachShown:
    shown = _shown(request, approach_id)
    if not shown.is_running:
        raise Http404
    return shown


def _form(
    request: HttpRequest, shown: ApproachShown, form: TryForm | EndForm, heading: str
) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "matter_id": shown.approach.pk, "reach": shown.reach,
        "people": [presenters.whom(each) for each in shown.people],
    }  # fmt: skip
    return render(request, "panels/approach_form.html", context)
