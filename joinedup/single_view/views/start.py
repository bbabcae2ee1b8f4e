"""The start page: what waits for this post and, in an empty product, the first step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.identity.sharing.access import looking
from joinedup.single_view.queries.my_work import my_work
from joinedup.single_view.queries.waiting import what_waits


@for_anybody_signed_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this post may do here, and what waits for it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=(at := clock.now()), subject_kind="my work"):
        work = my_work(viewer, at=at)
    shown = {"waits": what_waits(viewer), "work": work, "role": role(viewer.role)}
    return render(request, "single_view/start.html", shown)
