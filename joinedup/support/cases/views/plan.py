"""The plan of a case on one page, its versions, what each person says to it, and what matters to them."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.forms.plan import AnswerForm, PlanForm
from joinedup.support.cases.models import Plan, PlanVersion
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.planning import put_down_version, record_answer, write_plan
from joinedup.support.cases.presenters import plan as words
from joinedup.support.cases.presenters.plan_version import version_shown
from joinedup.support.cases.queries import plan as queries
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked, changed

_BLANK = {"kind": "support", "what_matters": "", "signs": "", "what_to_do": "", "whom_to_ring": ""}


@for_those_at_work
@require_safe
def plan(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The whole plan, as a practitioner and the person read it together."""
    frame = frame_or_404(request, matter_id, "plan_page")
    at = clock.now()
    found = queries.plan_of(request.viewer, frame, at)  # type: ignore[attr-defined]
    today = day_of(at)
    shown = {
        "found": found,
        "kind": words.kind_of(found),
        "goals": words.goals(found.goals, frame, today),
        "actions": words.actions(found.actions, frame, today),
        "elsewhere": words.actions(found.elsewhere, frame, today),
        "helps": words.helps(found.interventions, frame),
        "twice": [(each.kind.label, " and ".join(each.by)) for each in found.twice],
        "last": found.versions[0] if found.versions else None,
        "answers": words.answers(found.answers, frame) if found.versions else [],
    }
    return page_of(request, frame, "cases/plan.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def matters(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """What matters to the person, and what to do when it gets worse."""
    frame = frame_or_404(request, matter_id, "plan_writing")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    saved = queries.plan_row(viewer, matter_id)
    family = len(frame.persons) > 1

    def values(row: Plan) -> dict[str, str]:
        return {name: getattr(row, name) for name in PlanForm.names}

    return changed(
        request,
        frame,
        PlanForm,
        values(saved) if saved else _BLANK | {"kind": "family" if family else "support"},
        saved.edited if saved else 0,
        lambda form: write_plan(
            by=viewer, matter_id=matter_id, values=form.written, edited=form.edited, at=at
        ),
        values,
        heading="What matters, and when it gets worse",
        done="It is saved.",
    )


@for_those_at_work
@require_POST
def put_down(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Puts a version down."""
    frame_or_404(request, matter_id, "plan_writing")
    try:
        made = put_down_version(by=request.viewer, matter_id=matter_id, at=clock.now())  # type: ignore[attr-defined]
    except CannotPlan as why:
        messages.warning(request, str(why))
    else:
        messages.success(
            request, f"Version {made.number} is put down. Write down what each person says to it."
        )
    return redirect("case-plan", matter_id)


@for_those_at_work
@require_safe
def version(request: HttpRequest, matter_id: uuid.UUID, number: int) -> HttpResponse:
    """A version as it was put down, with every answer to it."""
    frame = frame_or_404(request, matter_id, "plan_version")
    found = _version_or_404(request, frame, number)
    rows = queries.answers_to(request.viewer, found)  # type: ignore[attr-defined]
    shown = {
        "version": found,
        "said": version_shown(found.said, {each.person_id: each.name for each in frame.persons}),
        "answers": words.all_answers(rows, frame),
    }
    return page_of(request, frame, "cases/plan_version.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def answer(
    request: HttpRequest, matter_id: uuid.UUID, number: int, person_id: uuid.UUID
) -> HttpResponse:
    """Writes down what one person says to a version."""
    frame = frame_or_404(request, matter_id, "plan_answer")
    found = _version_or_404(request, frame, number)
    name = next((each.name for each in frame.persons if each.person_id == person_id), None)
    if name is None:
        raise Http404
    form = AnswerForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: record_answer(
            by=request.viewer,  # type: ignore[attr-defined]
            version_id=found.pk,
            person_id=person_id,
            answer=form.said(),
            at=clock.now(),
        ),
        heading=f"What {name} says to version {number}",
        button="Write it down",
        done="It is written down.",
    )


def _version_or_404(request: HttpRequest, frame: Frame, number: int) -> PlanVersion:
    try:
        return queries.one_version(request.viewer, frame.matter_id, number)  # type: ignore[attr-defined]
    except PlanVersion.DoesNotExist:
        raise Http404 from None
