"""Declare that somebody may not sit at an item, and hold that they may after all (S4-53)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.meetings.choices import InterestKind
from joinedup.foundations.meetings.models import AgendaItem, Interest, Seat
from joinedup.foundations.meetings.operations.holding import (
    CannotHold,
    changed,
    held_for_this,
    leave_a_line,
)


def declare(
    *,
    by: AtWork,
    agenda_id: int,
    post_id: uuid.UUID,
    kind: InterestKind,
    at: datetime.datetime,
    is_found: bool = False,
) -> Interest:
    """Write down that this post has an interest in an item; one that stands stays as it is.

    Raises CannotHold where they have no seat.
    """
    with transaction.atomic():
        item = AgendaItem.objects.get(pk=agenda_id)
        held_for_this(item.meeting_id)
        if not Seat.objects.filter(meeting=item.meeting_id, post=post_id).exists():
            raise CannotHold("This post has no seat at the meeting.")
        made, new = Interest.objects.get_or_create(
            item=item, post_id=post_id, lifted_at=None,
            defaults={
                "kind": kind, "declared_at": at, "declared_by_id": None if is_found else by.post_id,
            },
        )  # fmt: skip
        if new:
            Seat.objects.filter(meeting=item.meeting_id, post=post_id, looks_at=item).update(
                looks_at=None, types_in=""
            )
            changed(item.meeting_id, item.pk)
            leave_a_line(by, item.meeting_id, "declared an interest", at, {"kind": kind})
    return made


def lift(*, by: AtWork, interest_id: int, because: str, at: datetime.datetime) -> Interest:
    """Hold that an interest does not bar them after all, with the reason. Raises CannotHold."""
    if not because.strip():
        raise CannotHold("Say why it does not bar them.")
    with transaction.atomic():
        held_for_this(Interest.objects.select_related("item").get(pk=interest_id).item.meeting_id)
        found = (
            Interest.objects.select_for_update(of=("self",))
            .select_related("item")
            .get(pk=interest_id)
        )
        if found.lifted_at is not None:
            raise CannotHold("This was lifted already.")
        if found.post_id == by.post_id:
            raise CannotHold("Nobody lifts an interest of their own.")
        found.lifted_at, found.lifted_because = at, because.strip()
        found.save(update_fields=["lifted_at", "lifted_because"])
        changed(found.item.meeting_id, found.item_id)
        leave_a_line(by, found.item.meeting_id, "lifted an interest", at)
    return found
