"""Goals and milestones: set, changed by two people at once without loss, and what became of each."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.support.cases.choices.plan import GoalOutcome
from joinedup.support.cases.forms.plan import EndGoalForm, GoalForm, MilestoneForm
from joinedup.support.cases.forms.row import RowForm
from joinedup.support.cases.models import Goal, Milestone
from joinedup.support.cases.operations import goals as operations
from joinedup.support.cases.queries import plan as queries
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404
from joinedup.support.cases.views.plan_rows import asked, changed

PAGE = "plan_goals"


def persons_of(frame: Frame) -> list[tuple[str, str]]:
    """The people of the case as a form offers them."""
    return [(str(each.person_id), each.name) for each in frame.persons]


@for_those_at_work
@require_http_methods(["GET", "POST"])
def new_goal(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Writes down a goal."""
    frame = frame_or_404(request, matter_id, PAGE)
    first = {"whose": "person", "aim": "other"}
    if len(frame.persons) == 1:
        first["person"] = str(frame.persons[0].person_id)
    form = GoalForm(persons_of(frame), request.POST or None, initial=first)
    return asked(
        request,
        frame,
        form,
        lambda: operations.set_goal(
            by=request.viewer,  # type: ignore[attr-defined]
            matter_id=matter_id,
            values=form.said(),
            at=clock.now(),
        ),
        heading="A goal",
        button="Add it to the plan",
        done="The goal stands in the plan.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def goal(request: HttpRequest, matter_id: uuid.UUID, goal_id: uuid.UUID) -> HttpResponse:
    """Changes a goal."""
    frame = frame_or_404(request, matter_id, PAGE)
    saved = _goal_or_404(request, matter_id, goal_id)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]

    class Form(GoalForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(persons_of(frame), *args, **kwargs)

    def save(form: RowForm) -> object:
        assert isinstance(form, GoalForm)
        return operations.edit_goal(
            by=viewer, goal_id=goal_id, values=form.said(), edited=form.edited, at=at
        )

    return changed(
        request,
        frame,
        Form,
        GoalForm.of(saved),
        saved.edited,
        save,
        GoalForm.of,
        heading="A goal",
        done="The goal is saved.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def end_goal(request: HttpRequest, matter_id: uuid.UUID, goal_id: uuid.UUID) -> HttpResponse:
    """Says what became of a goal."""
    frame = frame_or_404(request, matter_id, PAGE)
    saved = _goal_or_404(request, matter_id, goal_id)
    form = EndGoalForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: operations.end_goal(
            by=request.viewer,  # type: ignore[attr-defined]
            goal_id=goal_id,
            outcome=GoalOutcome(form.cleaned_data["outcome"]),
            words=form.cleaned_data["words"],
            at=clock.now(),
        ),
        heading="What became of this goal",
        intro=saved.words,
        button="Write it down",
        done="It is written down what became of the goal.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def new_milestone(request: HttpRequest, matter_id: uuid.UUID, goal_id: uuid.UUID) -> HttpResponse:
    """Sets a step towards a goal."""
    frame = frame_or_404(request, matter_id, PAGE)
    saved = _goal_or_404(request, matter_id, goal_id)
    form = MilestoneForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: operations.set_milestone(
            by=request.viewer,  # type: ignore[attr-defined]
            goal_id=goal_id,
            values=form.written,
            at=clock.now(),
        ),
        heading="A step towards a goal",
        intro=saved.words,
        button="Add the step",
        done="The step stands in the plan.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def milestone(request: HttpRequest, matter_id: uuid.UUID, milestone_id: uuid.UUID) -> HttpResponse:
    """Changes a step, or says it is met."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        saved = queries.one_milestone(viewer, matter_id, milestone_id)
    except Milestone.DoesNotExist:
        raise Http404 from None

    def values(row: Milestone) -> dict[str, Any]:
        return {name: getattr(row, name) for name in MilestoneForm.names}

    return changed(
        request,
        frame,
        MilestoneForm,
        values(saved),
        saved.edited,
        lambda form: operations.edit_milestone(
            by=viewer, milestone_id=milestone_id, values=form.written, edited=form.edited, at=at
        ),
        values,
        heading="A step towards a goal",
        done="The step is saved.",
    )


def _goal_or_404(request: HttpRequest, matter_id: uuid.UUID, goal_id: uuid.UUID) -> Goal:
    try:
        return queries.one_goal(request.viewer, matter_id, goal_id)  # type: ignore[attr-defined]
    except Goal.DoesNotExist:
        raise Http404 from None
