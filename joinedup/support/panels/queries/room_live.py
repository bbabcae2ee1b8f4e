"""What a screen in the room needs anew where the table stands: the words of its item, and where others look."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.meetings.choices import ItemState
from joinedup.foundations.meetings.models import AgendaItem, Seat
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations.room import InTheRoom
from joinedup.support.panels.queries.room import BoxShown, boxes_of, seen_of


@dataclass(frozen=True)
class WordsShown:
    """What is written at an item, and its version."""

    version: int
    boxes: Sequence[BoxShown]


@dataclass(frozen=True)
class Moves:
    """Where everybody looks and types now, and how often that became another."""

    count: int
    seats: Sequence[Seat]
    seen: frozenset[int]
    numbers: dict[int, int]
    """The number on the agenda of each line that the viewer may know of."""


def words_of(viewer: Viewer, room: InTheRoom, agenda_id: int) -> WordsShown | None:
    """What is written at an item that the viewer may see; None where it is not theirs to see."""
    with reading(viewer):
        found = PanelItem.objects.filter(agenda=agenda_id, agenda__meeting=room.meeting)
        item = found.select_related("agenda").first()
        if item is None or item.agenda is None:
            return None
        return WordsShown(item.agenda.version, boxes_of(viewer, room, item))


def moves_of(viewer: Viewer, room: InTheRoom, at: datetime.datetime) -> Moves:
    """Where everybody looks: at what is not the viewer's to see, only that they are in the room."""
    seats = list(Seat.objects.filter(meeting=room.meeting))
    lines = AgendaItem.objects.filter(meeting=room.meeting).exclude(state=ItemState.TAKEN_OFF)
    with reading(viewer):
        about = PanelItem.objects.filter(agenda__meeting=room.meeting)
        known = set(about.values_list("agenda_id", flat=True))
    numbers = {
        pk: number
        for number, (pk, title) in enumerate(
            lines.order_by("place").values_list("pk", "title"), start=1
        )
        if title or pk in known
    }
    return Moves(sum(each.moves for each in seats), seats, seen_of(seats, at), numbers)
