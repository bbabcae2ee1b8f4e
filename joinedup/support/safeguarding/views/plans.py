"""The pages of plans for living with a risk (S0-32)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of
from joinedup.support.safeguarding.forms.danger import key_of
from joinedup.support.safeguarding.forms.plans import EndPlanForm, PlanForm
from joinedup.support.safeguarding.models import RiskPlan
from joinedup.support.safeguarding.operations import (
    CannotPlan,
    end_plan,
    review_plan,
    write_plan,
)
from joinedup.support.safeguarding.presenters import plans as presenters
from joinedup.support.safeguarding.queries.plans import (
    managers_to_ask,
    one_plan,
    persons_of,
    plans_of,
    works_at,
)


@for_posts_that_may(Permission.SEE_RECORD)
@require_safe
def plans(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The plans of a matter, those that stand and those that have ended."""
    viewer, at = _must_work(request, matter_id), clock.now()
    with looking(viewer, at=at, subject_kind="risk plans", subject_id=str(matter_id)):
        found = plans_of(viewer, matter_id, ended=True)
        told_of(matters=[matter_id], categories=[Category.SAFEGUARDING])
    shown = {
        "matter_id": matter_id,
        "standing": presenters.standing(found, day_of(at)),
        "ended": presenters.ended(found),
    }
    return render(request, "safeguarding/plans.html", shown)


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks for a plan."""
    viewer = _must_work(request, matter_id)
    managers = managers_to_ask(viewer, clock.now())
    form = PlanForm(persons_of(viewer, matter_id), managers, request.POST or None)
    if form.is_valid():
        try:
            write_plan(
                by=viewer, matter_id=matter_id, said=form.said(), at=clock.now(),
                person_id=key_of(form.cleaned_data.get("person", "")) or _only(viewer, matter_id),
            )  # fmt: skip
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The plan stands, and its warning goes before every contact.")
            return redirect("risk-plans", matter_id)
    return _shown(request, form, matter_id, "A plan for living with a risk")


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, matter_id: uuid.UUID, plan_id: uuid.UUID) -> HttpResponse:
    """Asks for the plan anew; what it said before stands in the boxes, and was looked at so."""
    viewer = _must_work(request, matter_id)
    with looking(viewer, at=clock.now(), subject_kind="risk plan", subject_id=str(plan_id)):
        plan = _plan(viewer, plan_id)
        told_of(matters=[matter_id], categories=[Category.SAFEGUARDING])
    managers = managers_to_ask(viewer, clock.now())
    form = PlanForm([], managers, request.POST or None, initial=presenters.as_form(plan))
    if form.is_valid():
        try:
            review_plan(by=viewer, plan_id=plan_id, said=form.said(), at=clock.now())
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The plan has been reviewed. What it said before stays.")
            return redirect("risk-plans", matter_id)
    return _shown(request, form, matter_id, "Review the plan")


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, matter_id: uuid.UUID, plan_id: uuid.UUID) -> HttpResponse:
    """Asks why the warning is not needed any more."""
    viewer = _must_work(request, matter_id)
    _plan(viewer, plan_id)
    form = EndPlanForm(request.POST or None)
    if form.is_valid():
        try:
            end_plan(by=viewer, plan_id=plan_id, words=form.cleaned_data["words"], at=clock.now())
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The plan has ended, and its warning with it.")
            return redirect("risk-plans", matter_id)
    return _shown(request, form, matter_id, "End the plan")


def _shown(request: HttpRequest, form: object, matter_id: uuid.UUID, heading: str) -> HttpResponse:
    shown = {"form": form, "matter_id": matter_id, "heading": heading}
    return render(request, "safeguarding/plan_form.html", shown)


def _must_work(request: HttpRequest, matter_id: uuid.UUID) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not works_at(viewer, matter_id):
        raise Http404
    return viewer


def _plan(viewer: Viewer, plan_id: uuid.UUID) -> RiskPlan:
    try:
        return one_plan(viewer, plan_id)
    except RiskPlan.DoesNotExist as gone:
        raise Http404 from gone


def _only(viewer: Viewer, matter_id: uuid.UUID) -> uuid.UUID | None:
    persons = persons_of(viewer, matter_id)
    return persons[0][0] if len(persons) == 1 else None
