"""What waits on a post from panels: allocations, first approaches, checks, and actions that meetings gave them."""

import datetime
from collections.abc import Iterable

from django.urls import reverse

from joinedup.foundations.agencies.choices import Discipline, Permission
from joinedup.foundations.core.wording import count, day, listed, moment
from joinedup.foundations.meetings.queries.mine import meetings_of_post, minutes_to_approve
from joinedup.identity.sharing.access import Viewer
from joinedup.single_view.queries.sections import SHOWN, Section, Waits, section
from joinedup.support.panels.queries.allocating import allocations_waiting
from joinedup.support.panels.queries.approach import approaches_of_post
from joinedup.support.panels.queries.approving import approvals_waiting
from joinedup.support.panels.queries.checks import how_many_wait
from joinedup.support.panels.queries.meeting_actions import of_post
from joinedup.support.panels.queries.seats import seats_to_fill


def meetings(viewer: Viewer) -> Iterable[Section]:
    """Meetings to come, and minutes that wait for whoever chaired."""
    if viewer.post_id is None or not viewer.may(Permission.SIT_ON_PANELS):
        return
    mine = meetings_of_post(viewer.post_id)
    yield section(
        "Meetings I sit at",
        [
            Waits(
                each.meeting.body,
                reverse("meeting-room", args=[each.meeting.pk]),
                f"{each.standing.label}, {moment(each.meeting.starts_at)}",
                tag="Going on" if each.is_going_on else "",
            )
            for each in mine[:SHOWN]
        ],
        reverse("panels"),
        len(mine),
    )
    drafts = minutes_to_approve(viewer.post_id)
    yield section(
        "Minutes to approve",
        [
            Waits(
                f"{each.meeting.body}, {each.number}",
                reverse("meeting-minutes", args=[each.pk]),
                f"Agencies can ask for corrections until {day(each.correct_by)}",
            )
            for each in drafts[:SHOWN]
        ],
        count=len(drafts),
    )


def approaches(viewer: Viewer) -> Iterable[Section]:
    """First approaches, the first due first."""
    if viewer.post_id is None or not viewer.may(Permission.TAKE_HANDOVERS):
        return
    mine = approaches_of_post(viewer)
    yield section(
        "First approaches to make",
        [
            Waits(
                each.name,
                reverse("panel-approach", args=[each.pk]),
                _tried(each.tries),
                due_at=each.due_at,
            )
            for each in mine[:SHOWN]
        ],
        count=len(mine),
    )


def allocations(viewer: Viewer) -> Iterable[Section]:
    """What panels allocated to the viewer's team and waits for its manager, the first due first (P27)."""
    if viewer.post_id is None:
        return
    waiting = allocations_waiting(viewer)
    yield section(
        "Allocations: name who leads",
        [
            Waits(
                "Somebody whom a panel allocated to your team",
                reverse("panel-allocation", args=[each.pk]),
                f"allocated {moment(each.offered_at)}",
                due_at=each.handover.due_at if each.handover else None,
            )
            for each in waiting[:SHOWN]
        ],
        count=len(waiting),
    )


def approvals(viewer: Viewer) -> Iterable[Section]:
    """Decisions of panels that wait for the approval of the viewer's agency, the first due first (S0-30)."""
    if viewer.post_id is None:
        return
    waiting = approvals_waiting(viewer)
    yield section(
        "Decisions to approve for your agency",
        [
            Waits(
                each.item.panel.name, reverse("panel-approval", args=[each.pk]),
                f"decided {moment(each.decision.at)}", due_at=each.due_at,
            )
            for each in waiting[:SHOWN]
        ],
        count=len(waiting),
    )  # fmt: skip


def seats(viewer: Viewer, today: datetime.date) -> Iterable[Section]:
    """Seats on panels that the viewer's agency has and nobody sits on (S2-32)."""
    vacant = seats_to_fill(viewer, today)
    yield section(
        "Seats on panels to fill",
        [
            Waits(
                each.panel.name, reverse("panel-nominate-member", args=[each.pk]),
                Discipline(each.discipline).label,
            )
            for each in vacant[:SHOWN]
        ],
        count=len(vacant),
    )  # fmt: skip


def checks(viewer: Viewer) -> Iterable[Section]:
    """Checks that panels ask of the viewer's agency, the first due first."""
    if viewer.post_id is None or not viewer.may(Permission.SIT_ON_PANELS):
        return
    waiting = how_many_wait(viewer)
    yield section(
        "Agency checks before a meeting",
        [
            Waits(
                f"{meeting.body}, {moment(meeting.starts_at)}", reverse("panel-checks"),
                f"{count(many, 'item')} not answered", due_at=due_at,
            )
            for meeting, many, due_at in waiting
        ],
        reverse("panel-checks"),
        sum(many for _, many, _ in waiting),
    )  # fmt: skip


def meeting_actions(viewer: Viewer, at: datetime.datetime) -> Iterable[Section]:
    """What meetings gave this post to do, the first due first."""
    mine = of_post(viewer, at=at) if viewer.post_id is not None else []
    yield section(
        "Actions from meetings",
        [
            Waits(
                each.words, reverse("meeting-action", args=[each.action.pk]), listed(each.names),
                due_on=each.action.due_on,
                tag=f"{count(each.days_late, 'day')} late" if each.days_late else "",
            )
            for each in mine[:SHOWN]
        ],
        count=len(mine),
    )  # fmt: skip


def _tried(times: int) -> str:
    if not times:
        return "Not tried yet"
    return "Tried once" if times == 1 else f"Tried {times} times"
