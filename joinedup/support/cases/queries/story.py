"""The story of a case: one chronology from all agencies, as far as the wall lets this viewer read it."""

import datetime
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.models import StoryEntry, StoryPin
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.story_kept import (
    Kept,
    Recording,
    kept_of,
    narrowed,
    recording_of,
)
from joinedup.support.cases.queries.story_sources import SOURCES
from joinedup.support.cases.queries.story_words import Words, lines_that_hold, words_of
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

Persons = Sequence[tuple[uuid.UUID, Sequence[uuid.UUID]]]


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
    case_id, persons = frame.matter_id, persons_of_frame(frame)
    whose = {each: str(person) for person, ids in persons for each in ids}
    with reading(viewer):
        tables = kept_of(case_id, list(whose), at)
        work = [line for source in SOURCES for line in source(viewer, case_id)]
        pins = pins_of(case_id, tables)
        text = asked.words.strip()
        limits = Limits(
            pinned={each.line.name for each in pins}, whose=whose, new_since=new_since,
            found=lines_that_hold(case_id, list(whose), text) if text else None,
        )  # fmt: skip
        wanted = [narrowed(each, asked, limits) for each in tables] if asked.narrows else tables
        few = asked_lines(work, asked, limits)
        counted = together([tally(few), *(each.counted() for each in wanted)])
        span = span_of(counted, asked)
        lines = [line for each in wanted for line in each.within(span.first, span.after)]
        lines += [line for line in few if span.first <= line.first < span.after]
        page = window(lines, span, oldest_first=asked.oldest_first)
        shown = [*page.lines, *(pin.line for pin in pins)]
        said = words_of(viewer, case_id, shown, persons, at)
        recording = recording_of(case_id, at)
        agencies = dict(Agency.objects.values_list("code", "name"))
        present = {agency for agency, _ in counted} | {line.agency for line in work}
        if asked.narrows:
            present |= {agency for each in tables for agency in each.agencies()}
        new = sum(is_new(line, new_since) for line in work)
        if new_since is not None:
            new += sum(each.how_many_since(new_since) for each in tables)
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
        whose=names_of_frame(frame, persons),
        recording=recording,
        is_empty=not present and not work,
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


def persons_of_frame(frame: Frame) -> Persons:
    """Whom the case is about, each with every identifier that stands for them."""
    return [(each.person_id, identifiers_of(each.person_id)) for each in frame.persons]


def names_of_frame(frame: Frame, persons: Persons) -> dict[uuid.UUID, str]:
    """The name of whom the case is about, by every identifier."""
    pairs = zip(frame.persons, persons, strict=True)
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
