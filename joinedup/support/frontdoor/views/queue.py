"""The queue: narrow it, keep that under a name, give referrals to somebody."""

import datetime
import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.operations.saved_looks import CannotKeepLook
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.foundations.places.queries import parts_to_choose
from joinedup.identity.sharing.access import looking
from joinedup.support.frontdoor.forms.queue import NarrowForm
from joinedup.support.frontdoor.operations import queue as operations
from joinedup.support.frontdoor.presenters import queue as words
from joinedup.support.frontdoor.queries import queue as queries

ON_A_PAGE = 50


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits at the front door."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = clock.now()
    today = day_of(at)
    form = NarrowForm(queries.routes_to_choose(today), parts_to_choose(today), request.GET)
    with looking(viewer, at=at, subject_kind="queue of referrals") as about:
        page = Paginator(queries.queue(viewer, form.narrowed(), as_at=today), ON_A_PAGE).get_page(
            request.GET.get("page")
        )
        lines = queries.lines(viewer, page.object_list, at=at)
        about["no_involvement"] = False
    asked = form.as_query()
    shown = {
        "narrow": form,
        "asked": asked,
        "query": urlencode(asked),
        "count": page.paginator.count,
        "lines": [words.line(each, at) for each in lines],
        "colleagues": words.colleagues(operations.colleagues(viewer.team_id, at), viewer),
        "filters": queries.kept_filters(viewer),
        "pagination": pagination(page, **asked),
        "here": request.get_full_path(),
    }
    return render(request, "frontdoor/queue.html", shown)


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """Gives the chosen referrals to one worker."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        chosen = [uuid.UUID(each) for each in request.POST.getlist("referral")]
        to = uuid.UUID(request.POST.get("to", ""))
    except ValueError:
        messages.error(request, "Choose who is to work at them. Nothing was moved.")
        return _back(request)
    try:
        moved = operations.assign(by=viewer, matter_ids=chosen, post_id=to, at=clock.now())
    except operations.CannotAssign as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, words.moved(moved))
    return _back(request)


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_POST
def keep_filter(request: HttpRequest) -> HttpResponse:
    """Keeps the way the queue is narrowed now under a name."""
    try:
        kept = operations.keep_filter(
            by=request.viewer,  # type: ignore[attr-defined]
            title=request.POST.get("title", ""),
            query=request.POST.get("query", ""),
        )
    except CannotKeepLook as wrong:
        messages.error(request, str(wrong))
        return redirect(reverse("queue") + "?" + request.POST.get("query", ""))
    messages.success(request, f"Kept as “{kept.title}”.")
    return redirect(f"{reverse('queue')}?{kept.query}")


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_POST
def drop_filter(request: HttpRequest, filter_id: int) -> HttpResponse:
    """Forgets a filter of one’s own."""
    operations.drop_filter(by=request.viewer, filter_id=filter_id)  # type: ignore[attr-defined]
    messages.success(request, "The filter is forgotten.")
    return redirect("queue")


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_POST
def still_open(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Says that the referral is still open with this post; answers with who else has it open."""
    at: datetime.datetime = clock.now()
    other = operations.open_here(by=request.viewer, matter_id=matter_id, at=at)  # type: ignore[attr-defined]
    return render(request, "frontdoor/open_with.html", {"other": other})


def _back(request: HttpRequest) -> HttpResponse:
    here = request.POST.get("here", "")
    allowed = url_has_allowed_host_and_scheme(here, allowed_hosts=None)
    return redirect(here if allowed and here.startswith(reverse("queue")) else "queue")
