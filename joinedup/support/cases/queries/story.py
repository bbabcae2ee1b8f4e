"""The story of a case: one chronology from all agencies, as far as the wall lets this viewer read it."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.models import StoryEntry, StoryPin
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.story_sources import SOURCES, contacts, entries, held
from joinedup.support.cases.queries.story_words import Words, lines_that_hold, words_of
from joinedup.support.cases.rules.story import (
    Asked,
    Drawn,
    Key,
    Line,
    Window,
    asked_lines,
    by_year,
    drawn,
    in_order,
    is_new,
    window,
)


@dataclass(frozen=True)
class Pinned:
    """A line that somebody pinned, why, who and when."""

    pk: uuid.UUID
    line: Line
    why: str
    by: str
    at: datetime.datetime


@dataclass(frozen=True)
class Story:
    """A page of a story, with what stands above it and how all that was asked for lies over the years."""

    window: Window
    pinned: tuple[Pinned, ...]
    words: Words
    drawn: tuple[Drawn, ...]
    counted: Mapping[str, Mapping[int, int]]
    agencies: Mapping[str, str]
    """The names of agencies by their code; those that have a line are the filter's."""
    present: tuple[str, ...]
    new: int
    new_since: datetime.datetime | None
    whose: Mapping[uuid.UUID, str]
    """The name of whom the case is about, by every identifier."""
    is_empty: bool
    """Whether there is nothing at all, whatever is asked for."""


def story_of(
    viewer: Viewer,
    frame: Frame,
    asked: Asked,
    at: datetime.datetime,
    new_since: datetime.datetime | None = None,
) -> Story:
    """What of the story is asked for; `new_since` is when this viewer read it before."""
    case_id, persons = frame.matter_id, persons_of_frame(frame)
    whose = {each: str(person) for person, ids in persons for each in ids}
    with reading(viewer):
        lines = lines_of(viewer, case_id, whose, at)
        pins = pins_of(case_id, lines)
        words = asked.words.strip()
        wanted = asked_lines(
            lines, asked, pinned={each.line.name for each in pins}, whose=whose, new_since=new_since,
            found=lines_that_hold(viewer, case_id, list(whose), words) if words else None,
        )  # fmt: skip
        page = window(wanted, asked)
        said = words_of(viewer, case_id, [*page.lines, *(pin.line for pin in pins)], persons, at)
        agencies = dict(Agency.objects.values_list("code", "name"))
    return Story(
        window=page,
        pinned=tuple(pins),
        words=said,
        drawn=tuple(drawn(wanted)),
        counted=by_year(wanted),
        agencies=agencies,
        present=tuple(sorted({line.agency for line in lines} - {""})),
        new=sum(is_new(line, new_since) for line in lines),
        new_since=new_since,
        whose={
            each: person.name
            for person, (_, ids) in zip(frame.persons, persons, strict=True)
            for each in ids
        },
        is_empty=not lines,
    )


def lines_of(
    viewer: Viewer, case_id: uuid.UUID, whose: Mapping[uuid.UUID, str], at: datetime.datetime
) -> list[Line]:
    """Every line of a story, light; what was placed with somebody whom the case is not about is left out."""
    written = [*entries(viewer, case_id), *contacts(viewer, case_id, at)]
    return [
        *(line for line in written if line.person is None or line.person in whose),
        *held(viewer, list(whose), day_of(at)),
        *(line for source in SOURCES for line in source(viewer, case_id)),
    ]


def one_entry(viewer: Viewer, case_id: uuid.UUID, entry_id: uuid.UUID) -> StoryEntry:
    """One entry of this case that the viewer reads; raises StoryEntry.DoesNotExist."""
    with reading(viewer):
        found = StoryEntry.objects.select_related("written_by__user")
        return found.get(pk=entry_id, case=case_id)


def agencies_to_name(viewer: Viewer) -> list[tuple[str, str]]:
    """Every agency that an entry can come from, by name, the viewer's own first."""
    found = list(Agency.objects.order_by("name").values_list("code", "name"))
    return sorted(found, key=lambda each: each[0] != viewer.agency)


def persons_of_frame(frame: Frame) -> list[tuple[uuid.UUID, Sequence[uuid.UUID]]]:
    """Whom the case is about, each with every identifier that stands for them."""
    return [(each.person_id, identifiers_of(each.person_id)) for each in frame.persons]


def pins_of(case_id: uuid.UUID, lines: Sequence[Line]) -> list[Pinned]:
    """What stands first, in the order of the story; a pin of what was corrected is of what stands instead."""
    there = {line.name: line for line in lines}
    rows = StoryPin.objects.filter(case=case_id).select_related("pinned_by__user")
    pins = [
        Pinned(row.pk, there[name], row.why, row.pinned_by.user.name, row.pinned_at)
        for row in rows
        if (name := key_of(row)) in there
    ]
    order = {line.name: place for place, line in enumerate(in_order(pin.line for pin in pins))}
    return sorted(pins, key=lambda pin: order[pin.line.name])


def key_of(pin: StoryPin) -> Key:
    """Which line a pin is of."""
    if pin.entry_id:
        return LineKind.ENTRY, str(pin.entry_id)
    if pin.contact_id:
        return LineKind.CONTACT, str(pin.contact_id)
    return LineKind.HELD, str(pin.holding_id)
