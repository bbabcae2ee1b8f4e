"""How a row of a plan is written: asked, saved, or shown beside what somebody else saved first."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from joinedup.support.cases.forms.row import RowForm
from joinedup.support.cases.operations.editing import CannotPlan, ChangedMeanwhile
from joinedup.support.cases.presenters.plan import differences
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import page_of

TEMPLATE = "cases/plan_form.html"


def asked(
    request: HttpRequest,
    frame: Frame,
    form: forms.Form,
    does: Callable[[], object],
    *,
    heading: str,
    button: str,
    done: str,
    back: str = "case-plan",
    template: str = TEMPLATE,
    **more: Any,
) -> HttpResponse:
    """A form of something new: done and back to its page, or shown again with what was typed."""
    if form.is_valid():
        try:
            does()
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return redirect(back, frame.matter_id)
    shown = {"form": form, "heading": heading, "button": button, "back": back, **more}
    return page_of(request, frame, template, shown)


def changed(
    request: HttpRequest,
    frame: Frame,
    make: Callable[..., RowForm],
    now: Mapping[str, Any],
    edited: int,
    save: Callable[[RowForm], object],
    values_of: Callable[[Any], Mapping[str, Any]],
    *,
    heading: str,
    done: str,
    **more: Any,
) -> HttpResponse:
    """A form of a saved row; where somebody else saved first, both stand side by side."""
    form = make(request.POST or None, initial=make.opened(now, now, edited))  # type: ignore[attr-defined]
    found, status = None, 200
    if form.is_valid():
        try:
            save(form)
        except CannotPlan as why:
            form.add_error(None, str(why))
        except ChangedMeanwhile as meanwhile:
            saved = values_of(meanwhile.saved)
            offered, differ = form.beside(saved)
            found, status = differences(differ, form) or (), 409
            form = make(initial=make.opened(offered, saved, meanwhile.saved.edited))  # type: ignore[attr-defined]
        else:
            messages.success(request, done)
            return redirect("case-plan", frame.matter_id)
    shown = {
        "form": form, "heading": heading, "button": "Save", "back": "case-plan",
        "differences": found, **more,
    }  # fmt: skip
    return page_of(request, frame, TEMPLATE, shown, status=status)
