"""An administrator gives somebody a way back into their account; its holder is told (journey of a lost key)."""

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from joinedup.foundations.accounts.views.proving import recently_proved
from joinedup.foundations.agencies import queries
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.single_view.operations.accounts import clear_second_factors, new_way_in


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_POST
@recently_proved
def new_code(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Makes a one-time code for a lost password, to hand over; a second factor stays."""
    one = _post(request, post_id)
    by = request.viewer.post_id  # type: ignore[attr-defined]
    code = new_way_in(by=by, user=one.user, at=clock.now())
    return render(request, "agencies/hand_over.html", {"post": one, "code": code})


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_POST
@recently_proved
def clear(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Takes the second factors of somebody who lost them, and signs them out everywhere."""
    one = _post(request, post_id)
    by = request.viewer.post_id  # type: ignore[attr-defined]
    clear_second_factors(by=by, user=one.user, at=clock.now())
    messages.success(request, "They set up a second factor when they next sign in.")
    return redirect("post", one.pk)


def _post(request: HttpRequest, post_id: uuid.UUID) -> Post:
    try:
        return queries.post(request.viewer, post_id)  # type: ignore[attr-defined]
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
