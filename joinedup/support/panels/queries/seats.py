"""The seats that agencies have on panels, who sits on each, and which are vacant. About no person."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Discipline
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.identity.sharing.access import Viewer
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.models import Panel, PanelMember, PanelSeat
from joinedup.support.panels.queries.panel import members_on, who_can_sit
from joinedup.support.panels.rules.seats import SeatOf, vacant


@dataclass(frozen=True)
class SeatShown:
    """A seat, and whether somebody sits on it."""

    seat: PanelSeat
    is_vacant: bool


def seats_of(panel: Panel, today: datetime.date) -> list[SeatShown]:
    """The seats that agencies have on a panel, by agency."""
    seats = list(
        _on(today).filter(panel=panel).select_related("agency").order_by("agency__name", "pk")
    )
    empty = set(_vacant(seats, members_on(panel, today), today))
    return [SeatShown(each, each.pk in empty) for each in seats]


def seats_to_fill(viewer: Viewer, today: datetime.date) -> list[PanelSeat]:
    """Vacant seats of the viewer's agency, where the viewer answers for a team of it."""
    if viewer.role not in MANAGERS:
        return []
    seats = list(_on(today).filter(agency=viewer.agency).select_related("panel").order_by("pk"))
    found: list[PanelSeat] = []
    for panel in dict.fromkeys(each.panel for each in seats):
        of_panel = [each for each in seats if each.panel_id == panel.pk]
        empty = set(_vacant(of_panel, members_on(panel, today), today))
        found += [each for each in of_panel if each.pk in empty]
    return found


def seat_to_fill(viewer: Viewer, seat_id: int, today: datetime.date) -> PanelSeat:
    """One vacant seat of the viewer's agency; raises PanelSeat.DoesNotExist for anybody else."""
    found = next((each for each in seats_to_fill(viewer, today) if each.pk == seat_id), None)
    if found is None:
        raise PanelSeat.DoesNotExist
    return found


def can_be_nominated(viewer: Viewer, seat: PanelSeat, today: datetime.date) -> list[Post]:
    """Posts of the viewer's agency that may sit on a panel and do not sit on this one."""
    sits = {each.post_id for each in members_on(seat.panel, today)}
    return [
        post
        for post in who_can_sit(viewer, today)
        if post.team.agency_id == viewer.agency and post.pk not in sits
    ]


def agencies_to_ask(viewer: Viewer) -> list[tuple[str, str]]:
    """Agencies that can be asked for a member, by name."""
    return list(Agency.objects.order_by("name").values_list("code", "name"))


def _on(today: datetime.date) -> QuerySet[PanelSeat]:
    seats = PanelSeat.objects.filter(starts_on__lte=today)
    return seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today))


def _vacant(
    seats: Sequence[PanelSeat], members: Sequence[PanelMember], today: datetime.date
) -> list[int]:
    """A member whose post has ended fills no seat."""
    held = Post.objects.held_on(today).filter(
        pk__in=[each.post_id for each in members], user__is_active=True
    )
    there = set(held.values_list("pk", flat=True))
    return vacant(
        [SeatOf(each.pk, each.agency_id, Discipline(each.discipline)) for each in seats],
        [
            (each.agency_id, Discipline(each.discipline))
            for each in members
            if each.post_id in there
        ],
    )
