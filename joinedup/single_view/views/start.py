"""The start page: what waits for this post and, in an empty product, the first step."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.single_view.queries.waiting import what_waits


@for_anybody_signed_in
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this post may do here, and what waits for it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    waits = what_waits(viewer)
    return render(request, "single_view/start.html", {"waits": waits, "role": role(viewer.role)})
