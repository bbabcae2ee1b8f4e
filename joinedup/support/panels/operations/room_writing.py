"""Write in a box of an item: two who write at once lose nothing, and what meets stands side by side."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.meetings.models import Interest
from joinedup.foundations.meetings.operations.holding import changed, held_for_this
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.choices import Box, PanelItemState
from joinedup.support.panels.models import ItemText, ItemTextVersion, PanelItem
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.operations.queue import begin_box
from joinedup.support.panels.operations.room import CannotRun, in_the_room, is_going_on
from joinedup.support.panels.rules.joining import joined

LONGEST = 20_000
_A_SITTING = datetime.timedelta(minutes=10)
"""Within so long one who goes on writing in the same box leaves one line in the audit, not hundreds."""


@dataclass(frozen=True)
class Written:
    """A box after somebody wrote in it."""

    words: str
    version: int
    beside: int | None = None
    """The version that stands beside, where what was written met another's words."""


def write_box(
    *,
    by: Viewer,
    item_id: uuid.UUID,
    box: Box,
    base: str,
    words: str,
    at: datetime.datetime,
    agency: str | None = None,
) -> Written:
    """Write `words` in a box over `base`, which is what the writer saw; what came meanwhile is joined in.

    Where both changed the same place the box stays as it is, and what was written is kept beside it.
    Raises CannotRun, PanelItem.DoesNotExist.
    """
    if len(words) > LONGEST:
        raise CannotRun(
            f"Write at most {LONGEST:,} letters here. Nothing of it is lost on your screen."
        )
    with transaction.atomic():
        item = _to_write(by, item_id, box, agency)
        with acting(WORKING):
            if item.agenda is not None:
                held_for_this(item.agenda.meeting_id)
            # The matter's row is the turn of whoever writes, also where the box has no row yet.
            Matter.objects.select_for_update().get(pk=item.pk)
            text = ItemText.objects.filter(item=item, box=box, agency=agency).first()
            if text is None:
                if not words.strip():
                    return Written("", 0)
                text = begin_box(item, box, words, by, at, agency)
                was = ""
                leave_a_line(by, item.pk, "wrote in a box of an item", at, {"box": box})
                written = Written(words, 1)
            else:
                was = text.words
                written = _join_in(by, item, text, base, words, at)
            _seen_in_the_room(item, text, was)
    return written


def settle_beside(*, by: Viewer, version_id: int, put_in: bool, at: datetime.datetime) -> Written:
    """Put what stands beside a box into it, or leave it out; either way it stays in its history.

    Raises CannotRun, ItemTextVersion.DoesNotExist.
    """
    with transaction.atomic():
        with acting(by):
            found = ItemTextVersion.objects.select_related("text").get(
                pk=version_id, is_beside=True
            )
        item = _to_write(by, found.item_id, Box(found.text.box), found.text.agency_id)
        with acting(WORKING):
            if item.agenda is not None:
                held_for_this(item.agenda.meeting_id)
            Matter.objects.select_for_update().get(pk=item.pk)
            found.refresh_from_db()
            text = ItemText.objects.get(pk=found.text_id)
            was = text.words
            if found.settled_at is None:
                found.settled_at = at
                found.save(update_fields=["settled_at"])
                if put_in:
                    _next(by, text, f"{text.words}\n{found.words}".strip(), at)
                _seen_in_the_room(item, text, was)
                leave_a_line(by, item.pk, "settled what stood beside", at, {"put_in": put_in})
    return Written(text.words, text.version)


def _to_write(by: Viewer, item_id: uuid.UUID, box: Box, agency: str | None) -> PanelItem:
    with acting(by):
        item = PanelItem.objects.select_related("agenda__meeting", "panel").get(pk=item_id)
        works = part_of(by, item_id) >= PartLevel.WORK
    if box.is_for_each_agency != bool(agency):
        raise CannotRun("Say whose box it is.")
    if agency and agency != by.agency and not works:
        raise CannotRun("What an agency thinks is written by whoever sits for it.")
    line = item.agenda
    if line is None:
        if not works:
            raise CannotRun("This stands on no agenda. Whoever coordinates the panel writes in it.")
        return item
    room = in_the_room(by, line.meeting_id)
    if not room.is_in or not is_going_on(line.meeting):
        raise CannotRun("The meeting is over. What the minutes say is corrected there.")
    if Interest.objects.filter(item=line, post=by.post_id, lifted_at__isnull=True).exists():
        raise PanelItem.DoesNotExist
    if item.state == PanelItemState.DECIDED and box is not Box.NOTES:
        raise CannotRun("This is decided. A decision is corrected by a new entry.")
    return item


def _join_in(
    by: Viewer, item: PanelItem, text: ItemText, base: str, words: str, at: datetime.datetime
) -> Written:
    together = joined(base, words, text.words)
    if together == text.words:
        return Written(text.words, text.version)
    if together is not None and len(together) <= LONGEST:
        goes_on = text.by_post_id == by.post_id and at - text.at < _A_SITTING
        _next(by, text, together, at)
        if not goes_on:
            leave_a_line(by, item.pk, "wrote in a box of an item", at, {"box": text.box})
        return Written(text.words, text.version)
    # Of one writer the latest stands beside: what they wrote before is the beginning of it.
    ItemTextVersion.objects.filter(
        text=text, is_beside=True, settled_at__isnull=True, by_post=by.post_id
    ).update(settled_at=at)
    beside = ItemTextVersion.objects.create(
        item=item, text=text, version=text.version, words=words, is_beside=True,
        by_post_id=by.post_id, at=at,
    )  # fmt: skip
    leave_a_line(by, item.pk, "wrote beside a box of an item", at, {"box": text.box})
    return Written(text.words, text.version, beside.pk)


def _next(by: Viewer, text: ItemText, words: str, at: datetime.datetime) -> None:
    text.words, text.version, text.by_post_id, text.at = words, text.version + 1, by.post_id, at
    text.save()
    ItemTextVersion.objects.create(
        item_id=text.item_id, text=text, version=text.version, words=words, by_post_id=by.post_id,
        at=at,
    )  # fmt: skip


def _seen_in_the_room(item: PanelItem, text: ItemText, was: str) -> None:
    if item.agenda is None:
        return
    # With the person's own words in it, the form of the decision no longer asks why there are none.
    asks_another = text.box == Box.OWN_WORDS and bool(was.strip()) != bool(text.words.strip())
    changed(item.agenda.meeting_id, item.agenda.pk, in_words_alone=not asks_another)
