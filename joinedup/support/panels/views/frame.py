"""The way into every page of a panel: for whoever sits on it, chairs it or keeps it."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.panels.choices import PanelTemplate
from joinedup.support.panels.models import Panel
from joinedup.support.panels.presenters.tabs import CARE_TEAM_TABS, TABS
from joinedup.support.panels.queries.panel import Standing, panel_of

for_panels = for_posts_that_may(Permission.SIT_ON_PANELS)
for_coordinators = for_posts_that_may(Permission.COORDINATE_PANELS)


@dataclass(frozen=True)
class Frame:
    """The panel whose page it is, what the viewer has to do with it, and when."""

    panel: Panel
    standing: Standing
    at: datetime.datetime

    @property
    def today(self) -> datetime.date:
        """The day in London."""
        return day_of(self.at)


def frame_or_404(request: HttpRequest, code: str, *, to_keep: bool = False) -> Frame:
    """The panel of a page; to whoever has nothing to do with it, it is not there.

    `to_keep`: only for those who bring items before it and build its agendas.
    """
    at = clock.now()
    try:
        panel, standing = panel_of(request.viewer, code, day_of(at))  # type: ignore[attr-defined]
    except Panel.DoesNotExist:
        raise Http404 from None
    if not standing.any and not request.viewer.may(Permission.COORDINATE_PANELS):  # type: ignore[attr-defined]
        raise Http404
    if to_keep and not standing.keeps:
        raise Http404
    return Frame(panel, standing, at)


def page_of(
    request: HttpRequest,
    frame: Frame,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A page of a panel: its head, its tabs with the one that is open, and what the page shows.

    Templates extend "panels/frame.html" and fill the block `panel`.
    """
    shown = {"panel": frame.panel, "standing": frame.standing, "tabs": _tabs(request, frame)}
    return render(request, template, shown | context, status=status)


def _tabs(request: HttpRequest, frame: Frame) -> list[dict[str, Any]]:
    all_tabs = TABS
    if frame.panel.template == PanelTemplate.CARE_TEAM:
        all_tabs = (*TABS[:1], *CARE_TEAM_TABS, *TABS[1:])
    mine = [each for each in all_tabs if frame.standing.keeps or not each[2]]
    tabs = [(text, reverse(name, args=[frame.panel.code])) for text, name, _ in mine]
    inside = [href for _, href in tabs[1:] if request.path.startswith(href)]
    current = inside[0] if inside else (tabs[0][1] if request.path == tabs[0][1] else "")
    return [{"text": text, "href": href, "current": href == current} for text, href in tabs]
