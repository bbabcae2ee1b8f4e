"""How long each step of the clock may take: what holds, what comes, what was; set the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.handovers import presenters
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.forms import LimitForm
from joinedup.support.handovers.operations.limits import CannotSetLimit, set_limit
from joinedup.support.handovers.queries.limits import every_limit


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def limits(request: HttpRequest) -> HttpResponse:
    """The limits of the clock (P33)."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = LimitForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            set_limit(by=viewer, at=at, **{**said, "kind": StepKind(said["kind"])})
        except CannotSetLimit as why:
            form.add_error("kind", str(why))
        else:
            messages.success(request, "The limit is set from that day; what runs keeps its time.")
            return redirect("clock-limits")
    found, other = presenters.limits(every_limit(), day_of(at))
    return render(request, "handovers/limits.html", {"form": form, "found": found, "other": other})
