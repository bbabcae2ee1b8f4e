"""The meetings of a panel and of those before it: the next one, and those that were. About no person."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import MeetingState
from joinedup.foundations.meetings.models import Meeting
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.models import Panel
from joinedup.support.panels.queries.panel import line_of
from joinedup.support.panels.queries.queue import next_meetings

_MANY = 30


@dataclass(frozen=True)
class MeetingsOf:
    """The meetings of a panel, as its page shows them."""

    ahead: list[Meeting]
    before: list[Meeting]
    next_on: datetime.date | None
    """The day of the next meeting that is not called yet."""


def meetings_of(viewer: Viewer, panel: Panel, at: datetime.datetime) -> MeetingsOf:
    """The meetings that are called or going on, those that were, and when the next would be."""
    of_line = Meeting.objects.filter(of_panel__panel__in=line_of(panel))
    if not viewer.is_system:
        # With a seat at it, or for whoever keeps the panel: the page itself is open to those alone.
        of_line = of_line.filter(
            Q(seats__post=viewer.post_id) | Q(of_panel__panel__team=viewer.team_id)
            | Q(of_panel__panel__chair=viewer.post_id)
        ).distinct()  # fmt: skip
    counted = of_line.annotate(
        many=Count("items", filter=Q(items__panel_item__isnull=False), distinct=True)
    )
    ahead = counted.filter(state__in=[MeetingState.PLANNED, MeetingState.OPEN])
    before = counted.exclude(state__in=[MeetingState.PLANNED, MeetingState.OPEN])
    there = {day_of(each.starts_at) for each in ahead}
    days = next_meetings(panel, day_of(at), 4)
    return MeetingsOf(
        list(ahead.order_by("starts_at")), list(before.order_by("-starts_at")[:_MANY]),
        next((day for day in days if day not in there), None),
    )  # fmt: skip
