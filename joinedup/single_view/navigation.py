"""What the masthead shows: the pages a post may open, and which post it is."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.notices.queries import how_many_wait
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.queries.exits import how_many_ring
from joinedup.support.safeguarding.queries.lines import MAY_ANSWER

PAGES: tuple[tuple[str, str, Permission], ...] = (
    ("Refer somebody", "refer", Permission.REFER),
    ("Sent", "sent", Permission.REFER),
    ("Queue", "queue", Permission.WORK_FRONT_DOOR),
    ("Hand-overs", "handovers", Permission.TAKE_HANDOVERS),
    ("Cases", "caseload", Permission.TAKE_HANDOVERS),
    ("Panels", "panels", Permission.COORDINATE_PANELS),
    ("Find a person", "find", Permission.FIND_PEOPLE),
    ("Review links", "review", Permission.REVIEW_LINKS),
    ("Deliveries", "deliveries", Permission.SEE_DELIVERIES),
    ("Quality", "quality", Permission.SEE_QUALITY),
    ("Front door", "front-door", Permission.SEE_ACCESS_FIGURES),
    ("Question sets", "question-sets", Permission.WRITE_QUESTIONS),
    ("Agreements", "agreements", Permission.SEE_SHARING),
    ("Funds", "funds", Permission.KEEP_FUNDS),
    ("Record of looks", "audit", Permission.READ_AUDIT),
    ("Looks not told", "kept-looks", Permission.TELL_LOOKS),
    ("Emergency access", "emergency-queue", Permission.REVIEW_EMERGENCY),
    ("Requests", "address-releases", Permission.RELEASE_RESTRICTED),
    ("Asked for", "subject-requests", Permission.RELEASE_RESTRICTED),
    ("Breaches", "data-breaches", Permission.MANAGE_AGREEMENTS),
    ("Posts", "posts", Permission.MANAGE_POSTS),
    ("Agencies", "agencies", Permission.MANAGE_POSTS),
    ("Agencies", "agencies", Permission.MANAGE_AGREEMENTS),
    ("Approvals", "approvals", Permission.MANAGE_POSTS),
    ("Undelivered", "notices-undelivered", Permission.SEE_NOTICES_UNDELIVERED),
)


MOST = 6
"""More pages than these would break the line at the usual width of a desk."""
_WITHIN = {"sent": "refer", "question-sets": "front-door"}
"""Pages that another leads to: where there are many they stand there alone."""


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: navigation and the title of the post."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        return {"navigation": [], "post_title": "", "danger": _danger(request)}
    # Where only a part of a page is sent the masthead is not drawn, and nothing of it is asked for.
    return {
        "navigation": SimpleLazyObject(lambda: _entries(request, viewer)),
        "danger": _danger(request),
        "post_title": f"{role(viewer.role).name}, {viewer.agency_kind.label}",
    }


def _entries(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    start = {"text": "Start", "href": reverse("start"), "current": request.path == reverse("start")}
    work = reverse("my-work")
    mine = {"text": "My work", "href": work, "current": request.path == work}
    pages = [_entry(request, *page) for page in _pages(viewer)]
    return [start, mine, *_rings(request, viewer), *pages, _notices(request, viewer)]


def _pages(viewer: Viewer) -> list[tuple[str, str, Permission]]:
    """The pages that this post may open, as many as fit; the others are led to from one of these."""
    mine = [page for page in PAGES if viewer.may(page[2])]
    if len(mine) <= MOST:
        return mine
    names = {name for _, name, _ in mine}
    return [page for page in mine if _WITHIN.get(page[1]) not in names]


def _entry(request: HttpRequest, text: str, name: str, _: Permission) -> dict[str, Any]:
    href = reverse(name)
    people = name == "find" and request.path.startswith("/people/")
    return {
        "text": text,
        "href": href,
        "current": request.path == href,
        "active": people or request.path.startswith(href),
    }


def _danger(request: HttpRequest) -> str:
    """The way out of every screen, with the matter or the person that the screen is about (P19)."""
    about = request.resolver_match.kwargs if request.resolver_match else {}
    whom = {name: about[f"{name}_id"] for name in ("matter", "person") if f"{name}_id" in about}
    return reverse("danger") + (f"?{urlencode(whom)}" if whom else "")


def _rings(request: HttpRequest, viewer: Viewer) -> list[dict[str, Any]]:
    """What rings, for those who answer, before all their other pages."""
    if not any(viewer.may(permission) for permission in MAY_ANSWER):
        return []
    ring, href = how_many_ring(viewer), reverse("exits")
    return [
        {
            "text": f"In danger ({ring})" if ring else "In danger",
            "href": href,
            "current": request.path == href,
            "active": request.path.startswith(href),
        }
    ]


def _notices(request: HttpRequest, viewer: Viewer) -> dict[str, Any]:
    wait = how_many_wait(viewer)
    href = reverse("notices")
    return {
        "text": f"My notices ({wait})" if wait else "My notices",
        "href": href,
        "current": request.path == href,
        "active": request.path == reverse("notices-how"),
    }
