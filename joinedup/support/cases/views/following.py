"""The pathways of a case: actual against pathway, beginning one, saying what became of a step, ending one."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.pathway import Became
from joinedup.support.cases.forms.pathways import BeginForm, EndForm, MarkForm, from_day
from joinedup.support.cases.operations import following
from joinedup.support.cases.presenters.pathways import on_page
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.pathways import OnPathway, pathways_of, to_begin
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked

BACK = "case-pathways"


@for_those_at_work
@require_safe
def on_pathways(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Each pathway of the case, step by step against its limits."""
    frame = frame_or_404(request, matter_id, "pathways")
    at = clock.now()
    found = pathways_of(request.viewer, matter_id, at)  # type: ignore[attr-defined]
    shown = {
        "found": [on_page(each, is_open=frame.is_open) for each in found],
        "may_begin": frame.is_open and bool(to_begin(found, frame.programme, day_of(at))),
    }
    return page_of(request, frame, "cases/on_pathways.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Lets the case go along a pathway."""
    frame = frame_or_404(request, matter_id, "pathways")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = pathways_of(viewer, matter_id, at)
    offered = to_begin(found, frame.programme, day_of(at))
    form = BeginForm(offered, request.POST or None, initial=from_day(day_of(at)))
    return asked(
        request, frame, form,
        lambda: following.begin_pathway(
            by=viewer, matter_id=matter_id, pathway_id=form.cleaned_data["pathway"],
            starts_on=form.cleaned_data["starts_on"], at=at,
        ),
        heading="Begin a pathway", button="Begin it", done="The pathway has begun.", back=BACK,
        intro="" if offered else "No pathway is in force that this case is not on already.",
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def mark(
    request: HttpRequest, matter_id: uuid.UUID, followed_id: uuid.UUID, step_id: int
) -> HttpResponse:
    """Says what became of one step."""
    frame = frame_or_404(request, matter_id, "pathways")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = _followed_or_404(request, frame, followed_id)
    step = next((each for each in found.steps if each.step.id == step_id), None)
    if step is None:
        raise Http404
    form = MarkForm(request.POST or None, initial={"became": "done", **from_day(day_of(at))})
    return asked(
        request, frame, form,
        lambda: following.mark_step(
            by=viewer, followed_id=followed_id, step_id=step_id,
            became=Became(form.cleaned_data["became"]), on=form.cleaned_data["on"],
            words=form.cleaned_data["words"], at=at,
        ),
        heading=f"Step {step.step.place}: {step.step.what}", button="Write it down",
        done="It is written down.", back=BACK, intro=f"{step.step.who}. Now: {step.state.label}.",
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, matter_id: uuid.UUID, followed_id: uuid.UUID) -> HttpResponse:
    """Ends a pathway before its end, with the reason."""
    frame = frame_or_404(request, matter_id, "pathways")
    found = _followed_or_404(request, frame, followed_id)
    form = EndForm(request.POST or None)
    return asked(
        request, frame, form,
        lambda: following.end_pathway(
            by=request.viewer, followed_id=followed_id,  # type: ignore[attr-defined]
            because=form.cleaned_data["because"], at=clock.now(),
        ),
        heading=f"End the pathway “{found.followed.pathway.title}”", button="End it",
        done="The pathway has ended here.", back=BACK,
        intro="What was done stays readable. Its limits run no more.",
    )  # fmt: skip


def _followed_or_404(request: HttpRequest, frame: Frame, followed_id: uuid.UUID) -> OnPathway:
    found = pathways_of(request.viewer, frame.matter_id, clock.now())  # type: ignore[attr-defined]
    one = next((each for each in found if each.followed.pk == followed_id), None)
    if one is None or one.followed.ends_on is not None:
        raise Http404
    return one
