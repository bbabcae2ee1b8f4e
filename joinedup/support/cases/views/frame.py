"""The way into every page of a case: only for those who work at it, and the look is written down."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.cases.models import Case
from joinedup.support.cases.presenters.tabs import TABS
from joinedup.support.cases.queries.frame import Frame, frame_of
from joinedup.support.cases.queries.generations import generations_are_let

for_those_at_work = for_posts_that_may(Permission.SEE_RECORD)


def frame_or_404(request: HttpRequest, matter_id: uuid.UUID, page: str) -> Frame:
    """The head of a case's page; to whoever does not work at the case it is not there."""
    try:
        return frame_of(request.viewer, matter_id, at=clock.now(), page=page)  # type: ignore[attr-defined]
    except Case.DoesNotExist:
        raise Http404 from None


def page_of(
    request: HttpRequest,
    frame: Frame,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of a case: its head, its tabs with the one that is open, and what the page shows.

    Templates extend "cases/frame.html" and fill the block `case`.
    """
    shown = {"frame": frame, "matter_id": frame.matter_id, "reach": frame.reach}
    shown["tabs"] = _tabs(request, frame)
    shown["generations_are_let"] = generations_are_let(clock.now())
    return render(request, template, shown | context, status=status)


def sought(request: HttpRequest) -> tuple[str, QueryDict | None, dict[str, Any]]:
    """Who is looked for, what is sent to be done, and what was typed so far where it is only looked for.

    Looking for another is a press within the form: so nothing typed is lost, and none of it stands in an address.
    """
    who = request.POST.get("who", request.GET.get("who", ""))
    if "find" in request.POST:
        return who, None, request.POST.dict()
    return who, request.POST or None, {}


def _tabs(request: HttpRequest, frame: Frame) -> list[dict[str, Any]]:
    tabs = [(text, reverse(name, args=[frame.matter_id])) for text, name in TABS]
    inside = [href for _, href in tabs[1:] if request.path.startswith(href)]
    current = inside[0] if inside else (tabs[0][1] if request.path == tabs[0][1] else "")
    return [{"text": text, "href": href, "current": href == current} for text, href in tabs]
