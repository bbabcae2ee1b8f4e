"""Give somebody an action at an item, or take it back before the meeting ends."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Max

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.models import Action, AgendaItem, Interest, Seat
from joinedup.foundations.meetings.operations.holding import changed, held_for_this
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.models import ActionWords, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.room import CannotRun, is_going_on, must_run


def give_action(
    *,
    by: Viewer,
    agenda_id: int,
    owner_id: uuid.UUID,
    words: str,
    due_on: datetime.date,
    at: datetime.datetime,
) -> Action:
    """Write down who does what by when; it goes out when the meeting ends (P29). Raises CannotRun."""
    if not words.strip():
        raise CannotRun("Say what is to be done.")
    if due_on < day_of(at):
        raise CannotRun("Give a day that lies ahead.")
    with transaction.atomic():
        line = AgendaItem.objects.get(pk=agenda_id)
        must_run(by, line.meeting_id)
        meeting = held_for_this(line.meeting_id)
        if not is_going_on(meeting):
            raise CannotRun("The meeting is over.")
        _may_have_it(line, owner_id)
        last = meeting.actions.aggregate(last=Max("number"))["last"] or 0
        with acting(WORKING):
            item = PanelItem.objects.filter(agenda=line).first()
            made = Action.objects.create(
                meeting=meeting, item=line, number=last + 1, owner_id=owner_id, due_on=due_on,
                words="" if item else words.strip(), given_at=at,
            )  # fmt: skip
            if item is not None:
                ActionWords.objects.create(action=made, item=item, words=words.strip())
                leave_a_line(by, item.pk, "gave an action", at)
        changed(meeting.pk, line.pk)
    return made


def drop_action(*, by: Viewer, action_id: uuid.UUID, at: datetime.datetime) -> None:
    """Strike an action out again that has not gone out yet. Raises CannotRun."""
    with transaction.atomic():
        held_for_this(Action.objects.get(pk=action_id).meeting_id)
        found = Action.objects.select_for_update(of=("self",)).get(pk=action_id)
        must_run(by, found.meeting_id)
        if found.out_at is not None:
            raise CannotRun("This has gone out. Its owner says what became of it.")
        with acting(WORKING):
            words = ActionWords.objects.filter(action=found).first()
            if words is not None:
                leave_a_line(by, words.item_id, "struck an action out", at)
                words.delete()
        line, meeting = found.item_id, found.meeting_id
        found.delete()
        changed(meeting, *([line] if line else []))


def _may_have_it(line: AgendaItem, owner_id: uuid.UUID) -> None:
    if not Seat.objects.filter(meeting=line.meeting_id, post=owner_id).exists():
        raise CannotRun("Give the action to somebody who sits at the meeting.")
    if Interest.objects.filter(item=line, post=owner_id, lifted_at__isnull=True).exists():
        raise CannotRun("This member has an interest in the item. Give the action to another.")
