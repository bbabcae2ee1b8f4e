"""The story of a case: one chronology from all agencies, as far as the wall lets this viewer read it."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.core.database.prepared import prepared
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.models import StoryEntry, StoryPin
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.story_counts import Recording, counts_of
from joinedup.support.cases.queries.story_kept import (
    Kept,
    kept_of,
    narrowed,
)
from joinedup.support.cases.queries.story_sources import work_lines
from joinedup.support.cases.queries.story_words import Words, words_of
from joinedup.support.cases.rules.story import (
    Asked,
    Drawn,
    Key,
    Limits,
    Line,
    Window,
    asked_lines,
    by_year,
    drawn,
    in_order,
    is_new,
    span_of,
    tally,
    together,
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
    recording: Recording | None
    """How contact is recorded."""
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
    case_id, persons = frame.matter_id, frame.same
    whose = {each: str(person) for person, ids in persons for each in ids}
    with reading(viewer), prepared():
        tables = kept_of(case_id, list(whose), at)
        work = work_lines(viewer, case_id, list(whose))
        pins = pins_of(case_id, tables)
        limits = Limits(pinned={each.line.name for each in pins}, whose=whose, new_since=new_since)
        counts = counts_of(case_id, list(whose), at, new_since)
        held, held_new = tables[-1].counted(new_since)
        everything = together([tally(work), counts.tally, held])
        wanted: Sequence[Kept] = tables
        counted, few = everything, work
        if asked.narrows:
            wanted = [narrowed(each, asked, limits) for each in tables]
            few = asked_lines(work, asked, limits)
            counted = together([tally(few), *(each.counted()[0] for each in wanted)])
        span = span_of(counted, asked)
        lines = [line for each in wanted for line in each.within(span.first, span.after)]
        lines += [line for line in few if span.first <= line.first < span.after]
        page = window(lines, span, oldest_first=asked.oldest_first)
        shown = [*page.lines, *(pin.line for pin in pins)]
        said = words_of(viewer, case_id, shown, persons, at)
        agencies = dict(Agency.objects.values_list("code", "name"))
        present = {agency for agency, _ in everything}
        new = sum(is_new(line, new_since) for line in work) + counts.new + held_new
    return Story(
        window=page,
        pinned=tuple(pins),
        words=said,
        drawn=tuple(drawn(counted)),
        counted=by_year(counted),
        agencies=agencies,
        present=tuple(sorted(present - {""}, key=lambda code: agencies[code])),
        new=new,
        new_since=new_since,
        whose=names_of_frame(frame),
        recording=counts.recording,
        is_empty=not everything,
    )


def one_entry(viewer: Viewer, case_id: uuid.UUID, entry_id: uuid.UUID) -> StoryEntry:
    """One entry of this case that the viewer reads; raises StoryEntry.DoesNotExist."""
    with reading(viewer):
        found = StoryEntry.objects.select_related("written_by__user")
        return found.get(pk=entry_id, case=case_id)


def agencies_to_name(viewer: Viewer) -> list[tuple[str, str]]:
    """Every agency that an entry can come from, by name, the viewer's own first."""
    found = list(Agency.objects.order_by("name").values_list("code", "name"))
    return sorted(found, key=lambda each: each[0] != viewer.agency)


def names_of_frame(frame: Frame) -> dict[uuid.UUID, str]:
    """The name of whom the case is about, by every identifier."""
    pairs = zip(frame.persons, frame.same, strict=True)
    return {each: person.name for person, (_, ids) in pairs for each in ids}


def pins_of(case_id: uuid.UUID, tables: Iterable[Kept]) -> list[Pinned]:
    """What stands first, in the order of the story, the newest first."""
    rows = list(StoryPin.objects.filter(case=case_id).select_related("pinned_by__user"))
    names = [key_of(row) for row in rows]
    there = {line.name: line for each in tables for line in each.named(names)}
    pins = {
        name: Pinned(row.pk, there[name], row.why, row.pinned_by.user.name, row.pinned_at)
        for row, name in zip(rows, names, strict=True)
        if name in there
    }
    return [pins[line.name] for line in in_order(pin.line for pin in pins.values())]


def key_of(pin: StoryPin) -> Key:
    """Which line a pin is of."""
    if pin.entry_id:
        return LineKind.ENTRY, str(pin.entry_id)
    if pin.contact_id:
        return LineKind.CONTACT, str(pin.contact_id)
    return LineKind.HELD, str(pin.holding_id)
