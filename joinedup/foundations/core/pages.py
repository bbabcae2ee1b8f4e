"""Page marks: every page says which permission it is for; an unmarked page does not open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode

View = Callable[..., HttpResponseBase]


class Viewing(Protocol):
    """Whoever looks at a page: a post with a purpose. Sharing makes them; core only asks."""

    def may(self, permission: Any, /) -> bool: ...


@dataclass(frozen=True)
class Mark:
    """Who a page is for: anybody, anybody signed in, or posts that hold one of some permissions."""

    signed_in: bool = True
    permissions: tuple[Any, ...] = ()

    def admits(self, viewer: Viewing | None) -> bool:
        """Whether the page opens for them."""
        if not self.signed_in:
            return True
        if viewer is None:
            return False
        return not self.permissions or any(viewer.may(p) for p in self.permissions)


def _marked(view: View, mark: Mark) -> View:
    view.page_mark = mark  # type: ignore[attr-defined]
    return view


def for_posts_that_may(*permissions: Any) -> Callable[[View], View]:
    """Marks a view as a page for posts that hold any of these permissions."""
    return lambda view: _marked(view, Mark(permissions=permissions))


def for_anybody_signed_in(view: View) -> View:
    """Marks a view as a page for every post."""
    return _marked(view, Mark())


def for_anybody(view: View) -> View:
    """Marks a view as a page that opens without signing in."""
    return _marked(view, Mark(signed_in=False))


def mark_of(view: View) -> Mark | None:
    """The mark a view carries, or None."""
    return getattr(view, "page_mark", None)


class PageMarks:
    """Middleware that opens a page only to those it is marked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Shared desks: nothing a signed-in post has seen may come back out of the browser's cache.
        if getattr(request, "viewer", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: View, args: object, kwargs: object
    ) -> HttpResponse | None:
        mark = mark_of(view)
        if mark is None:
            raise PermissionDenied("This page does not say who it is for, so it opens to nobody.")
        viewer: Viewing | None = getattr(request, "viewer", None)
        if mark.admits(viewer):
            return None
        if viewer is None:
            return _to_sign_in(request)
        raise PermissionDenied("Your post does not open this page.")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    address = resolve_url(settings.LOGIN_URL)
    if request.method == "GET" and request.path != "/":
        address += "?" + urlencode({"next": request.path})
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)
