"""Actions of a plan: promised, changed, done; and what is asked of services for them."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.core import clock
from joinedup.support.cases.forms.plan import ActionForm, AskForm, ResultForm
from joinedup.support.cases.forms.row import RowForm
from joinedup.support.cases.models import PlanAction, ReferredOut
from joinedup.support.cases.operations import plan_actions as operations
from joinedup.support.cases.operations import referring_out
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.presenters.alongside import asked_twice
from joinedup.support.cases.queries import owning
from joinedup.support.cases.queries import plan as queries
from joinedup.support.cases.queries.alongside import same_service_elsewhere
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404
from joinedup.support.cases.views.plan_goals import persons_of
from joinedup.support.cases.views.plan_rows import asked, changed

PAGE = "plan_actions"


def _said(form: ActionForm) -> dict[str, Any]:
    said = form.said()
    return said | owning.owner_named(str(said["owner"]))


@for_those_at_work
@require_http_methods(["GET", "POST"])
def new_action(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Writes down what somebody has promised."""
    frame = frame_or_404(request, matter_id, PAGE)
    first = {"state": "to_do", "goal": request.GET.get("goal", "")}
    if len(frame.persons) == 1:
        first["person"] = str(frame.persons[0].person_id)
    form = ActionForm(*_choices(request, frame), request.POST or None, initial=first)
    return asked(
        request,
        frame,
        form,
        lambda: operations.promise_action(
            by=request.viewer,  # type: ignore[attr-defined]
            matter_id=matter_id,
            values=_said(form),
            at=clock.now(),
        ),
        heading="An action",
        button="Add it to the plan",
        done="The action stands in the plan.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, matter_id: uuid.UUID, action_id: uuid.UUID) -> HttpResponse:
    """Changes an action, or says what became of it."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    saved = _action_or_404(request, matter_id, action_id)
    owners, goals, persons = _choices(request, frame)
    now = ActionForm.of(saved)
    if now["owner"] not in dict(owners):
        owners = [(now["owner"], "Whoever has it now"), *owners]

    class Form(ActionForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(owners, goals, persons, *args, **kwargs)

    def save(form: RowForm) -> object:
        assert isinstance(form, ActionForm)
        return operations.edit_action(
            by=viewer, action_id=action_id, values=_said(form), edited=form.edited, at=at
        )

    return changed(
        request,
        frame,
        Form,
        now,
        saved.edited,
        save,
        ActionForm.of,
        heading="An action",
        done="The action is saved.",
    )


@for_those_at_work
@require_POST
def done(request: HttpRequest, matter_id: uuid.UUID, action_id: uuid.UUID) -> HttpResponse:
    """Says that an action is done."""
    frame_or_404(request, matter_id, PAGE)
    _action_or_404(request, matter_id, action_id)
    try:
        operations.tick(
            by=request.viewer,  # type: ignore[attr-defined]
            action_id=action_id,
            became=request.POST.get("became", ""),
            at=clock.now(),
        )
    except CannotPlan as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, "The action is done.")
    return redirect("case-plan", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, matter_id: uuid.UUID, action_id: uuid.UUID) -> HttpResponse:
    """Asks a service for what an action needs."""
    frame = frame_or_404(request, matter_id, PAGE)
    saved = _action_or_404(request, matter_id, action_id)
    form = AskForm(queries.teams_to_ask(frame), persons_of(frame), request.POST or None)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]

    def refer() -> None:
        made = referring_out.refer_out(by=viewer, action_id=action_id, asking=form.said(), at=at)
        for each in same_service_elsewhere(viewer, made, at=at):
            messages.warning(request, asked_twice(each, made))

    return asked(
        request,
        frame,
        form,
        refer,
        heading="Ask a service",
        intro=saved.words,
        button="Ask them",
        done="It is asked. Their answer stands beside the action.",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, matter_id: uuid.UUID, referred_id: uuid.UUID) -> HttpResponse:
    """Writes down what became of it where the way was shown."""
    frame = frame_or_404(request, matter_id, PAGE)
    try:
        found = queries.one_referred(request.viewer, matter_id, referred_id)  # type: ignore[attr-defined]
    except ReferredOut.DoesNotExist:
        raise Http404 from None
    form = ResultForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: referring_out.hear_result(
            by=request.viewer,  # type: ignore[attr-defined]
            referred_id=found.pk,
            words=form.cleaned_data["words"],
            at=clock.now(),
        ),
        heading=f"What became of it: {found.service}",
        intro=found.words,
        button="Write it down",
        done="It is written down.",
    )


def _choices(request: HttpRequest, frame: Frame) -> tuple[list[Any], list[Any], list[Any]]:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    return (
        owning.owners_of(viewer, frame, at),
        queries.goals_to_serve(viewer, frame.matter_id),
        persons_of(frame),
    )


def _action_or_404(request: HttpRequest, matter_id: uuid.UUID, action_id: uuid.UUID) -> PlanAction:
    try:
        return queries.one_action(request.viewer, matter_id, action_id)  # type: ignore[attr-defined]
    except PlanAction.DoesNotExist:
        raise Http404 from None
