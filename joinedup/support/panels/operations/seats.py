"""Ask an agency for a member, nominate one for one's own agency, give a seat up (S2-32)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Discipline, Permission
from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.models import Panel, PanelMember, PanelSeat
from joinedup.support.panels.operations.panel_members import CannotSeat, leave_a_line, take_a_seat
from joinedup.support.panels.queries.seats import seat_to_fill


def ask_for_member(
    *,
    by: Viewer,
    panel_id: int,
    agency: str,
    discipline: Discipline,
    at: datetime.datetime,
    as_what: str = "",
) -> PanelSeat:
    """Give an agency a seat; it is vacant until a manager of the agency nominates who sits there.

    Its managers are told. Raises CannotSeat, NotPermitted.
    """
    by.must(Permission.COORDINATE_PANELS)
    today = day_of(at)
    with transaction.atomic():
        panel = Panel.objects.select_for_update(of=("self",)).get(pk=panel_id)
        if panel.ends_on is not None and panel.ends_on <= today:
            raise CannotSeat("This panel has ended.")
        held = Post.objects.held_on(today).filter(user__is_active=True)
        managers = held.filter(team__agency=agency, role__in=MANAGERS).order_by("pk")
        posts = list(managers.values_list("pk", flat=True))
        if not posts:
            name = Agency.objects.values_list("name", flat=True).get(pk=agency)
            raise CannotSeat(
                f"Nobody manages at {name} today who could nominate. Seat them yourself."
            )
        seat = PanelSeat.objects.create(
            panel=panel, agency_id=agency, discipline=discipline, as_what=as_what.strip(),
            starts_on=today, asked_by_id=by.post_id,
        )  # fmt: skip
        tell(
            by=by.post_id, posts=posts, kind=NoticeKind.SEAT_VACANT, at=at,
            link=f"/panels/seats/{seat.pk}/",
        )  # fmt: skip
        leave_a_line(by, panel, "asked an agency for a member", at)
    return seat


def nominate_member(
    *, by: Viewer, seat_id: int, post_id: uuid.UUID, at: datetime.datetime
) -> PanelMember:
    """Nominate who sits on a vacant seat of one's own agency; they sit there from today on.

    Raises CannotSeat, NotPermitted, PanelSeat.DoesNotExist.
    """
    if by.role not in MANAGERS:
        raise NotPermitted("A manager of the agency nominates who sits for it.")
    today = day_of(at)
    with transaction.atomic():
        held = PanelSeat.objects.select_for_update(of=("self",)).get(pk=seat_id)
        if held.agency_id != by.agency:
            raise NotPermitted("Each agency nominates for its own seats.")
        try:
            seat = seat_to_fill(by, seat_id, today)
        except PanelSeat.DoesNotExist:
            raise CannotSeat("Somebody sits there already, or the seat was given up.") from None
        if not Post.objects.filter(pk=post_id, team__agency=by.agency).exists():
            raise CannotSeat("Nominate somebody of your own agency.")
        if PanelMember.objects.filter(panel=seat.panel, post=post_id, ends_on=None).exists():
            raise CannotSeat("They sit on this panel already. Nominate somebody else.")
        member = take_a_seat(
            panel=seat.panel, post_id=post_id, discipline=Discipline(seat.discipline), today=today
        )
        leave_a_line(by, seat.panel, "nominated a member", at)
    return member


def give_up_seat(*, by: Viewer, seat_id: int, at: datetime.datetime) -> PanelSeat:
    """An agency is asked for nobody any more; whoever sits there goes on. Raises CannotSeat, NotPermitted."""
    by.must(Permission.COORDINATE_PANELS)
    with transaction.atomic():
        seat = PanelSeat.objects.select_for_update(of=("self",)).get(pk=seat_id)
        if seat.ends_on is not None:
            raise CannotSeat("This seat was given up already.")
        seat.ends_on = max(day_of(at), seat.starts_on)
        seat.save(update_fields=["ends_on"])
        leave_a_line(by, Panel.objects.get(pk=seat.panel_id), "gave a seat up", at)
    return seat
