"""A post's own notices, how they come to it, and the e-mails that could not be delivered."""

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.foundations.notices import operations, presenters, queries
from joinedup.foundations.notices.forms import PreferencesForm

ON_A_PAGE = 25


@for_anybody_signed_in
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Everything the post was told, newest first."""
    viewer = request.viewer  # type: ignore[attr-defined]
    page = Paginator(queries.notices_of(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "lines": [presenters.line(notice) for notice in page.object_list],
        "wait": queries.how_many_wait(viewer),
        "pagination": pagination(page),
    }
    return render(request, "notices/notices.html", shown)


@for_anybody_signed_in
@require_safe
def notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Opens one notice: it is read, and leads to what it is about."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        link = operations.open_notice(by=viewer.post_id, notice_id=notice_id, at=clock.now())
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    return redirect(link)


@for_anybody_signed_in
@require_POST
def all_read(request: HttpRequest) -> HttpResponse:
    """Marks everything as read."""
    operations.read_all(by=request.viewer.post_id, at=clock.now())  # type: ignore[attr-defined]
    return redirect("notices")


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """How each kind of notice comes to this post."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = PreferencesForm(queries.preferences_of(viewer), request.POST or None)
    if form.is_valid():
        operations.choose(by=viewer.post_id, how=form.chosen())
        messages.success(request, "From now on you are told as you chose.")
        return redirect("notices")
    return render(request, "notices/preferences.html", {"form": form})


@for_posts_that_may(Permission.SEE_NOTICES_UNDELIVERED)
@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """The e-mails that were given up, with who was to have them and why it failed."""
    viewer = request.viewer  # type: ignore[attr-defined]
    page = Paginator(queries.undelivered(viewer), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "rows": presenters.undelivered(page.object_list),
        "being_tried": queries.being_tried(viewer),
        "pagination": pagination(page),
    }
    return render(request, "notices/undelivered.html", shown)


@for_posts_that_may(Permission.SEE_NOTICES_UNDELIVERED)
@require_POST
def send_again(request: HttpRequest, message_id: uuid.UUID) -> HttpResponse:
    """Lets an e-mail that was given up wait once more."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if operations.try_again(by=viewer.post_id, message_id=message_id, at=clock.now()):
        messages.success(request, "It goes out with the next e-mails.")
    return redirect("notices-undelivered")
