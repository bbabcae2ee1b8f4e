"""After a split: what the viewer's agency wrote of either of the two, and saying whose it is."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.forms.held_placing import HeldPlacingForm
from joinedup.identity.sharing.operations.held_placing import CannotPlaceHeld, place_held
from joinedup.identity.sharing.queries.held_placing import placing_page


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def placing(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Each thing that waits, and a choice between the two."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        waiting = placing_page(viewer, person_id, at=at)
    except Person.DoesNotExist as hidden:
        raise Http404 from hidden
    form = HeldPlacingForm(waiting, request.POST or None)
    if form.is_valid():
        try:
            placed = place_held(by=viewer, person_id=person_id, decisions=form.decisions(), at=at)
        except CannotPlaceHeld as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Placed: {placed}.")
            return redirect("held-placing", person_id)
    shown = {"form": form, "waiting": waiting, "person_id": person_id}
    return render(request, "sharing/held_placing.html", shown)
