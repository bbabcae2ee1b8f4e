"""What each agency is doing: begun and stopped."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.forms.plan import HelpForm, StopForm
from joinedup.support.cases.models import Intervention
from joinedup.support.cases.operations import plan_actions as operations
from joinedup.support.cases.presenters.alongside import given_twice
from joinedup.support.cases.queries import plan as queries
from joinedup.support.cases.queries.alongside import same_help_elsewhere
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404
from joinedup.support.cases.views.plan_goals import persons_of
from joinedup.support.cases.views.plan_rows import asked

PAGE = "plan_help"


@for_those_at_work
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Says that help began."""
    frame = frame_or_404(request, matter_id, PAGE)
    first = {"person": str(frame.persons[0].person_id)} if len(frame.persons) == 1 else {}
    form = HelpForm(
        queries.agencies_that_help(), persons_of(frame), request.POST or None, initial=first
    )
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]

    def begun() -> None:
        made = operations.start_intervention(by=viewer, matter_id=matter_id, at=at, **form.said())
        kind = InterventionKind(made.kind)
        for each in same_help_elsewhere(viewer, matter_id, kind, at=at):
            messages.warning(request, given_twice(each, kind))

    return asked(
        request,
        frame,
        form,
        begun,
        heading="Help that is given",
        button="Write it down",
        done="It stands among what each agency does.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def stop(request: HttpRequest, matter_id: uuid.UUID, help_id: uuid.UUID) -> HttpResponse:
    """Says that help stopped."""
    frame = frame_or_404(request, matter_id, PAGE)
    try:
        found = queries.one_intervention(request.viewer, matter_id, help_id)  # type: ignore[attr-defined]
    except Intervention.DoesNotExist:
        raise Http404 from None
    form = StopForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: operations.stop_intervention(
            by=request.viewer,  # type: ignore[attr-defined]
            intervention_id=found.pk,
            ends_on=form.cleaned_data["ends_on"],
            why=form.cleaned_data["why"],
            at=clock.now(),
        ),
        heading="This help stopped",
        intro=found.words or found.provider,
        button="Write it down",
        done="It is written down that it stopped.",
    )
