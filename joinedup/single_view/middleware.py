"""Gives every request its one transaction and its viewer: the post that whoever signed in is working in."""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.defaults import permission_denied

from joinedup.foundations.audit.choices import Outcome
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.audit.operations.record import Look
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import (
    NotPermitted,
    Viewer,
    acting,
    marks,
    reading,
    viewer_of,
)
from joinedup.identity.sharing.looked import Whom, leave_the_look, noting, told_of
from joinedup.single_view.queries.posts import posts_of

POST = "post"
"""The session's key for the post; sign-in by persona sets it too."""

PURPOSE = "purpose"
"""The session's key for the purpose chosen; without one it is the usual one of the post's role."""

FREE = ("your-post", "sign-out", "danger", "danger-sent", "danger-leave")
"""What opens before a post is chosen; somebody in danger waits for no choice (P19)."""
_OF_A_MATTER = ("matter_id", "exit_id", "item_id")
"""What an address calls a matter: an exit and a panel's item are one each."""
_SHOWN, _ERROR = 200, 500


class OneTransaction:
    """Keeps all of a request in one transaction and at one time; an answer of 500 or more undoes it.

    A streaming answer would be read after it has ended, with nobody entered; none is sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with clock.at_one_moment(), acting(None):
            response = self.get_response(request)
            if response.streaming:
                raise TypeError("A streaming answer outlives its transaction: send it whole.")
            if response.status_code >= _ERROR:
                transaction.set_rollback(True)
        return response


class SignedInPost:
    """Lets the request act as its viewer, and sends somebody with several posts to choose one.

    What a role does not carry is turned to 403; each refusal leaves its line as a look does, after
    what the view had begun was taken back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        viewer = _viewer(request)
        request.viewer = viewer  # type: ignore[attr-defined]
        free = request.path in map(reverse, FREE)
        if viewer is None and request.user.is_authenticated and not free:
            return redirect("your-post")
        if viewer is None:
            return self.get_response(request)
        # No way back of its own: what a view had begun is taken back by the view's.
        with reading(viewer), noting() as whom:
            response = self.get_response(request)
            _tell_refusal(request, viewer, response)
            if response.status_code == _SHOWN:
                _leave_the_rest(request, viewer, whom)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            return permission_denied(request, exception)
        return None


def _viewer(request: HttpRequest) -> Viewer | None:
    if not request.user.is_authenticated:
        return None
    now, user = clock.now(), request.user.pk
    chosen, purpose = request.session.get(POST), request.session.get(PURPOSE, "")
    viewer = viewer_of(chosen, user, now, purpose) if chosen else None
    if viewer is not None:
        return viewer
    held = posts_of(user, day_of(now))
    if len(held) != 1:
        return None
    request.session[POST] = str(held[0].pk)
    return viewer_of(held[0].pk, user, now, purpose)


def _leave_the_rest(request: HttpRequest, viewer: Viewer, whom: Whom) -> None:
    """Leave the lines of those of whom the page told, or its address, and no look within it wrote down."""
    match = request.resolver_match
    asked = match.kwargs if match else {}
    told_of(people=[asked.get("person_id")], matters=[asked.get(name) for name in _OF_A_MATTER])
    if not whom.waits:
        return
    page = Look(
        at=clock.now(), post_id=viewer.post_id, subject_kind="page",
        subject_id=str(match.url_name if match else ""), purpose=viewer.purpose, detail=None,
    )  # fmt: skip
    leave_the_look(whom, page, **marks(viewer))


def _tell_refusal(request: HttpRequest, viewer: Viewer, response: HttpResponse) -> None:
    """Leave a line of a page refused, and of a person who is not there or not for this viewer."""
    match = request.resolver_match
    person = match.kwargs.get("person_id") if match else None
    if response.status_code != 403 and not (response.status_code == 404 and person):
        return
    record_look(
        at=clock.now(),
        post_id=viewer.post_id,
        subject_kind="person" if person else "page",
        subject_id=str(person or (match.url_name if match else "")),
        purpose=viewer.purpose,
        **marks(viewer, Outcome.REFUSED),
    )
