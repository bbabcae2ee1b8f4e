"""Gives every request its viewer: the post that whoever signed in is working in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.defaults import permission_denied

from joinedup.identity.sharing.access import NotPermitted, Viewer, viewer_of
from joinedup.single_view.queries.posts import posts_of

POST = "post"
"""The session's key for the post; sign-in by persona sets it too."""


class SignedInPost:
    """Sets request.viewer, sends somebody with several posts to choose one, turns refusals to 403."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = _viewer(request)  # type: ignore[attr-defined]
        if request.viewer is None and request.user.is_authenticated:  # type: ignore[attr-defined]
            free = (reverse("your-post"), reverse("sign-out"))
            if request.path not in free:
                return redirect("your-post")
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            return permission_denied(request, exception)
        return None


def _viewer(request: HttpRequest) -> Viewer | None:
    if not request.user.is_authenticated:
        return None
    now = timezone.now()
    chosen = request.session.get(POST)
    viewer = viewer_of(chosen, request.user.pk, now) if chosen else None
    if viewer is not None:
        return viewer
    held = posts_of(request.user.pk, timezone.localdate(now))
    if len(held) != 1:
        return None
    request.session[POST] = str(held[0].pk)
    return viewer_of(held[0].pk, request.user.pk, now)
