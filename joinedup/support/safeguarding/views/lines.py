"""The pages of whoever keeps the numbers of the doors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.safeguarding.forms.lines import LineForm
from joinedup.support.safeguarding.operations import CannotSetLine, set_line
from joinedup.support.safeguarding.presenters import numbers
from joinedup.support.safeguarding.queries.lines import (
    as_form,
    lines_kept,
    teams_that_answer,
)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_safe
def lines(request: HttpRequest) -> HttpResponse:
    """Every line of today and of days to come, and the doors that have none."""
    at = clock.now()
    found = lines_kept(at)
    shown = {"table": numbers.kept(found, day_of(at)), "missing": numbers.missing(found)}
    return render(request, "safeguarding/lines.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def set_one(request: HttpRequest) -> HttpResponse:
    """Asks for a line, from which day; what stood before ends then."""
    at = clock.now()
    form = LineForm(
        teams_that_answer(at), day_of(at), request.POST or None,
        initial=as_form(request.GET.get("line", "")),
    )  # fmt: skip
    if form.is_valid():
        try:
            set_line(
                by=request.viewer,  # type: ignore[attr-defined]
                said=form.said(),
                starts_on=form.cleaned_data["starts_on"],
                at=at,
            )
        except CannotSetLine as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The line is set.")
            return redirect("door-lines")
    return render(request, "safeguarding/line_form.html", {"form": form})
