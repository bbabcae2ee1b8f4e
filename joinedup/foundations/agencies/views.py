"""Posts: who works where, as what, until when; appointing, moving, managing, ending. And localities."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.accounts.operations.sessions import end_sessions
from joinedup.foundations.accounts.operations.staff import protect_staff
from joinedup.foundations.accounts.views.proving import recently_proved
from joinedup.foundations.agencies import forms, operations, presenters, queries
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.foundations.core.paging import pagination

ON_A_PAGE = 25
FORBIDDEN = (
    operations.CannotAppoint,
    operations.CannotEndPost,
    operations.CannotMoveTeam,
    operations.CannotSetManagers,
)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """Everybody's posts, by name, narrowed by a search."""
    viewer = request.viewer  # type: ignore[attr-defined]
    today = timezone.localdate(clock.now())
    form = forms.SearchForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {"q": "", "ended": False}
    found = queries.posts(viewer, today, search=asked["q"], ended=asked["ended"])
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "search": form,
        "asked": asked,
        "count": page.paginator.count,
        "table": presenters.posts_table(page.object_list, today) if page.object_list else None,
        "pagination": pagination(page, q=asked["q"], ended="on" if asked["ended"] else ""),
    }
    return render(request, "agencies/posts.html", shown)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
@recently_proved
def appoint(request: HttpRequest) -> HttpResponse:
    """Gives somebody a post; for a new account shows, once, the code to hand over."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = clock.now()
    form = forms.AppointForm(
        queries.teams(viewer),
        queries.agencies(viewer),
        request.POST or None,
        initial=forms.today_or_later(timezone.localdate(at)) | {"ends_on": None},
    )
    if form.is_valid():
        try:
            done = operations.appoint(by=viewer, at=at, **form.cleaned_data)
        except operations.CannotAppoint as wrong:
            form.add_error(None, str(wrong))
        else:
            if done.code:
                return _hand_over(request, done.post, done.code)
            messages.success(request, f"{done.post.user.name} holds the post.")
            return redirect("post", done.post.pk)
    return render(request, "agencies/appoint.html", {"form": form})


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_safe
def post(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """One post, and what can be done with it."""
    one = _post(request, post_id)
    today = timezone.localdate(clock.now())
    shown = {
        "post": one,
        "rows": presenters.about(one, today),
        "held": one.ends_on is None or one.ends_on > today,
    }
    return render(request, "agencies/post.html", shown)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Ends a post; today signs its holder out at once."""
    one, at, by = _post(request, post_id), clock.now(), request.viewer  # type: ignore[attr-defined]
    form = forms.EndForm(request.POST or None, initial=forms.today_or_later(timezone.localdate(at)))
    return _done(
        request, one, form, "End the post",
        lambda: operations.end_post(by=by, post_id=one.pk, at=at, **form.cleaned_data),
    )  # fmt: skip


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Moves somebody to another team."""
    one, at, by = _post(request, post_id), clock.now(), request.viewer  # type: ignore[attr-defined]
    day = timezone.localdate(at)
    form = forms.MoveForm(
        queries.teams(by), request.POST or None, initial=forms.today_or_later(day)
    )
    return _done(
        request, one, form, "Move to another team",
        lambda: operations.move_team(by=by, post_id=one.pk, at=at, **form.cleaned_data),
    )  # fmt: skip


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def managers(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Says who manages and who supervises a post."""
    one, at, by = _post(request, post_id), clock.now(), request.viewer  # type: ignore[attr-defined]
    day = timezone.localdate(at)
    standing = {
        link: manager.user.email if (manager := getattr(one, link)) else ""
        for link in ("operational_manager", "professional_supervisor")
    }
    form = forms.ManagersForm(
        lambda email: queries.posts_of_email(by, email, day), one, request.POST or None,
        initial=standing,
    )  # fmt: skip
    return _done(
        request, one, form, "Say who manages and supervises",
        lambda: operations.set_managers(by=by, post_id=one.pk, at=at, **form.cleaned_data),
    )  # fmt: skip


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_POST
def protect(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Leaves somebody's looks out of what people are told of looks, or tells of them again (P14)."""
    one, protected = _post(request, post_id), request.POST.get("protected") == "yes"
    by = request.viewer.post_id  # type: ignore[attr-defined]
    protect_staff(by=by, user=one.user, protected=protected, at=clock.now())
    messages.success(
        request,
        "People are not told of their looks." if protected else "People are told of their looks.",
    )
    return redirect("post", one.pk)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_POST
def sign_out_everywhere(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Ends every session of the post's holder."""
    one = _post(request, post_id)
    by = request.viewer.post_id  # type: ignore[attr-defined]
    ended = end_sessions(by=by, user_id=one.user_id, at=clock.now())
    messages.success(request, "Signed out everywhere." if ended else "They were signed in nowhere.")
    return redirect("post", one.pk)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_POST
def close_account(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """Closes the account of somebody who has left; whoever still holds a post keeps it."""
    one = _post(request, post_id)
    try:
        operations.close_account_of(by=request.viewer, post_id=one.pk, at=clock.now())  # type: ignore[attr-defined]
    except operations.CannotEndPost as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, "Their account is closed. Appoint them again, and it opens with a new code."
        )
    return redirect("post", one.pk)


def _post(request: HttpRequest, post_id: uuid.UUID) -> Post:
    try:
        return queries.post(request.viewer, post_id)  # type: ignore[attr-defined]
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _done(
    request: HttpRequest, one: Post, form: forms.forms.Form, title: str, do: Callable[[], object]
) -> HttpResponse:
    if form.is_valid():
        try:
            do()
        except FORBIDDEN as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "It is entered.")
            return redirect("post", one.pk)
    return render(request, "agencies/change.html", {"post": one, "form": form, "title": title})


def _hand_over(request: HttpRequest, one: Post, code: str) -> HttpResponse:
    return render(request, "agencies/hand_over.html", {"post": one, "code": code})


@for_anybody_signed_in
@require_safe
def localities(request: HttpRequest) -> HttpResponse:
    """The localities of the place, with their practices and teams (S0-1)."""
    today = timezone.localdate(clock.now())
    found = queries.localities(request.viewer, today)  # type: ignore[attr-defined]
    shown = {"table": presenters.localities(found, today) if found else None}
    return render(request, "agencies/localities.html", shown)


@for_anybody_signed_in
@require_safe
def locality(request: HttpRequest, code: str) -> HttpResponse:
    """One locality: its practices, and which teams serve it today."""
    today = timezone.localdate(clock.now())
    found = queries.localities(request.viewer, today)  # type: ignore[attr-defined]
    one = next((each for each in found if each.locality.code == code), None)
    if one is None:
        raise Http404
    teams = presenters.locality_teams(one) if one.teams else None
    shown = {"one": one, "stands": one.stands(today), "teams": teams}
    return render(request, "agencies/locality.html", shown)
