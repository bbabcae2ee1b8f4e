"""An interest is declared, and at once the item is not there for whoever has it; the chair can lift it (S4-53)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import InterestKind
from joinedup.foundations.meetings.models import AgendaItem, Interest
from joinedup.foundations.meetings.operations import interests
from joinedup.foundations.meetings.operations.holding import CannotHold
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.operations.matters import end_part, of_post, of_team
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations.agenda import open_to_the_seats
from joinedup.support.panels.operations.checks import shut_checks_to
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.queue import BRINGS_IT, give_to_keepers
from joinedup.support.panels.operations.room import CannotRun, in_the_room


def declare_interest(
    *,
    by: Viewer,
    agenda_id: int,
    post_id: uuid.UUID,
    kind: InterestKind,
    at: datetime.datetime,
) -> Interest:
    """Write down an interest, one's own or as the chair another's; from this moment the item is shut to them.

    By every way: no page shows it, no address opens it, and the database gives no row. Raises CannotRun.
    """
    with transaction.atomic():
        line = AgendaItem.objects.get(pk=agenda_id)
        room = in_the_room(by, line.meeting_id)
        if not room.runs and by.post_id != post_id:
            raise CannotRun("Declare an interest of your own. Another’s the chair writes down.")
        try:
            made = interests.declare(by=by, agenda_id=agenda_id, post_id=post_id, kind=kind, at=at)
        except CannotHold as why:
            raise CannotRun(str(why)) from why
        with acting(WORKING):
            item = PanelItem.objects.select_related("panel").filter(agenda=line).first()
            if item is not None:
                _shut_to(by, item, post_id, at)
    return made


def lift_interest(*, by: Viewer, interest_id: int, because: str, at: datetime.datetime) -> Interest:
    """Hold that an interest does not bar somebody after all: the chair, of another, with a reason.

    Raises CannotRun.
    """
    with transaction.atomic():
        found = Interest.objects.select_related("item").get(pk=interest_id)
        room = in_the_room(by, found.item.meeting_id)
        if not room.chairs:
            raise CannotRun("Whoever holds the chair decides whether an interest bars somebody.")
        try:
            lifted = interests.lift(by=by, interest_id=interest_id, because=because, at=at)
        except CannotHold as why:
            raise CannotRun(str(why)) from why
        with acting(WORKING):
            item = PanelItem.objects.select_related("panel").filter(agenda=found.item_id).first()
            if item is not None:
                seats = room.meeting.seats.filter(post=found.post_id)
                _back_to_keepers(by, item, at)
                open_to_the_seats(
                    by=by, item=item, at=at,
                    seats=list(seats.select_related("post__team__agency")),
                )  # fmt: skip
    return lifted


def keep_from_the_barred(*, by: Viewer, item: PanelItem, at: datetime.datetime) -> None:
    """Shut an item to everybody of whom an interest stands; the caller acts as the system."""
    for post_id in _barred(item):
        _shut_to(by, item, post_id, at)


def _shut_to(by: Viewer, item: PanelItem, post_id: uuid.UUID, at: datetime.datetime) -> None:
    end_part(by=by, matter_id=item.pk, recipient=of_post(post_id), at=at)
    if Post.objects.filter(pk=post_id, team=item.panel.team_id).exists():
        end_part(
            by=by, matter_id=item.pk, recipient=of_team(item.panel.team_id), at=at,
            because=BRINGS_IT,
        )  # fmt: skip
    _back_to_keepers(by, item, at)
    shut_checks_to(by=by, item_id=item.pk, post_id=post_id, at=at)
    leave_a_line(by, item.pk, "shut an item to an interest", at)


def _back_to_keepers(by: Viewer, item: PanelItem, at: datetime.datetime) -> None:
    give_to_keepers(by=by, item=item, panel=item.panel, at=at, but=frozenset(_barred(item)))


def _barred(item: PanelItem) -> set[uuid.UUID]:
    found = Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True)
    return set(found.values_list("post_id", flat=True))
