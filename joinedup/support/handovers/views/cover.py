"""Who stands in for whom while they are away."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.handovers import operations, presenters
from joinedup.support.handovers.forms import CoverForm
from joinedup.support.handovers.models import Cover
from joinedup.support.handovers.queries import seen


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom today and from later days on; asks for another, and sets it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    away, stand_ins = seen.may_be_away(viewer, at), seen.colleagues(viewer, at)
    form = CoverForm(
        presenters.posts(away),
        presenters.posts(stand_ins),
        request.POST or None,
        initial={"post": str(viewer.post_id)},
    )
    if form.is_valid():
        said = form.cleaned_data
        try:
            operations.set_cover(
                by=viewer,
                post_id=uuid.UUID(said["post"]),
                covered_by_id=uuid.UUID(said["covered_by"]),
                starts_on=said["starts_on"],
                ends_on=said["ends_on"],
                at=at,
            )
        except operations.CannotSetCover as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "That is set. Whoever stands in has been told.")
            return redirect("cover")
    lines = [presenters.cover_line(each, day_of(at)) for each in seen.covers_seen(viewer, at)]
    return render(request, "handovers/cover.html", {"form": form, "lines": lines})


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_POST
def end(request: HttpRequest, cover_id: int) -> HttpResponse:
    """Somebody is back before the day that was set."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        operations.end_cover(by=viewer, cover_id=cover_id, at=at)
    except Cover.DoesNotExist as gone:
        raise Http404 from gone
    except operations.CannotSetCover as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "That has ended. From today they answer for themselves.")
    return redirect("cover")
