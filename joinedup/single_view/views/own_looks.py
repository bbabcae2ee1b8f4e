"""Asking who it was that looked, from one's own page (P14)."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody
from joinedup.identity.sharing.access import Viewer
from joinedup.single_view.queries.own_looks import look_of_mine, who_looked_at_me
from joinedup.single_view.views.own_page import opened


@for_anybody
@require_http_methods(["GET", "POST"])
@opened
def who_looked(request: HttpRequest, viewer: Viewer, entry_id: uuid.UUID) -> HttpResponse:
    """One look, and on request the name of whoever took it; that it was asked is on record."""
    look = look_of_mine(viewer, entry_id)
    if look is None:
        raise Http404
    name = ""
    if request.method == "POST":
        name = who_looked_at_me(viewer, entry_id, at=clock.now())
    return render(request, "single_view/own_look.html", {"look": look, "name": name})
