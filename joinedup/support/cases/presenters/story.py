"""How the lines of a story read on a page: when, what, whose word, what is to be known of each."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby

from django.utils import timezone

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Column, Table, table
from joinedup.support.cases.choices import Hidden, IncidentRole, LineKind, Significance, Topic
from joinedup.support.cases.models import StoryEntry
from joinedup.support.cases.presenters.story_timeline import OF_THE_CASE
from joinedup.support.cases.queries.story import Pinned, Story
from joinedup.support.cases.queries.story_told import Glance, WarningStands
from joinedup.support.cases.rules.story import Key, Line, is_new, lateness
from joinedup.support.cases.rules.when import When, in_words
from joinedup.support.contacts.choices import How, Seen
from joinedup.support.contacts.models import Contact

WRITTEN_HERE = "It was written into this case, and you work at it."


@dataclass(frozen=True)
class LineShown:
    """A line in words."""

    kind: LineKind
    key: str
    when: str
    what: str
    topic: str
    source: str
    serious: bool = False
    tags: tuple[str, ...] = ()
    about: str = ""
    """Whom it is about, where the case is about several."""
    texts: tuple[tuple[str, str], ...] = ()
    """What else it says, each under a heading or none."""
    marks: tuple[str, ...] = ()
    """What is to be known of the entry itself: written late, corrected, kept from the person."""
    why: str = ""
    corrected: bool = False
    is_new: bool = False
    can_be_corrected: bool = False
    pin: uuid.UUID | None = None


@dataclass(frozen=True)
class PinShown:
    """What matters: a line, why, and who pinned it."""

    line: LineShown
    why: str
    by: str
    at: datetime.datetime


@dataclass
class Reader:
    """What the words of every line need to know."""

    story: Story
    names: Mapping[uuid.UUID, str]
    """Of whom the case is about, by every identifier; nothing where it is about one person."""
    pins: Mapping[Key, uuid.UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pins = {pin.line.name: pin.pk for pin in self.story.pinned}

    def years(self) -> list[tuple[int, list[LineShown]]]:
        """The lines of the page under their years."""
        found = [each for line in self.story.window.lines for each in [self.line(line)] if each]
        return [
            (year, [shown for _, shown in of])
            for year, of in groupby(found, key=lambda each: each[0])
        ]

    def pinned(self) -> list[PinShown]:
        """What matters, in the order of the story."""
        return [
            self._pin(pin, each[1]) for pin in self.story.pinned if (each := self.line(pin.line))
        ]

    def _pin(self, pin: Pinned, shown: LineShown) -> PinShown:
        return PinShown(shown, pin.why, pin.by, pin.at)

    def line(self, line: Line) -> tuple[int, LineShown] | None:
        """A line with its year; nothing where its words are no longer there to be read."""
        shown = _BY_KIND.get(line.kind, _work)(self, line)
        return (line.first.year, shown) if shown else None

    def agency(self, code: str) -> str:
        """The agency's name."""
        return self.story.agencies.get(code, "")

    def new(self, line: Line) -> bool:
        """Whether it came since the viewer last read the story."""
        return is_new(line, self.story.new_since)

    def whom(self, line: Line) -> str:
        """Whom it is about, where that must be said."""
        return self.names.get(line.person, "") if line.person and len(set(self.names.values())) > 1 else ""  # fmt: skip


def _of_entry(reader: Reader, line: Line) -> LineShown | None:
    entry = reader.story.words.entries.get(line.key)
    if entry is None:
        return None
    role = IncidentRole(entry.role)
    told = (("", entry.words), ("What it meant", entry.meant))
    return LineShown(
        kind=line.kind,
        key=line.key,
        when=in_words(When(entry.starts_on, entry.ends_on, entry.is_about)),
        what=entry.what,
        topic=line.topic.label,
        source=", ".join(filter(None, [entry.told_by, reader.agency(entry.source_id or "")])),
        serious=line.significance is Significance.SERIOUS,
        tags=tuple(filter(None, [_weight(line), role.tag])),
        about=reader.whom(line),
        texts=tuple((name, text) for name, text in told if text),
        marks=tuple(_of_writing(entry, line, line.key in reader.story.words.to_place)),
        why=WRITTEN_HERE,
        corrected=line.corrected,
        is_new=reader.new(line),
        can_be_corrected=not line.corrected,
        pin=reader.pins.get(line.name),
    )


def _of_writing(entry: StoryEntry, line: Line, to_place: bool) -> list[str]:
    by = entry.written_by
    late = lateness(When(entry.starts_on, entry.ends_on).last_on, day_of(entry.written_at))
    written = f"on {wording.day(entry.written_at)} by {by.user.name}, {by.team.agency.name}"
    marks = [f"{late}, {written}" if late else f"Written {written}"]
    if line.corrected:
        marks.append("Corrected: another entry stands instead of this one")
    if entry.instead_of_id:
        marks.append("Stands instead of an earlier entry, which is still here")
    if entry.hidden:
        marks.append(f"The person is not shown it. {Hidden(entry.hidden).label}: {entry.hidden_because}")  # fmt: skip
    if to_place:
        marks.append("To be placed: it may belong to somebody else")
    return marks


def _of_held(reader: Reader, line: Line) -> LineShown | None:
    held = reader.story.words.held.get(line.key)
    if held is None:
        return None
    code = f", handling code {held.handling_code}" if held.handling_code else ""
    return LineShown(
        kind=line.kind,
        key=line.key,
        when=in_words(When(line.first, line.after)),
        what=held.headline,
        topic=line.topic.label,
        source=held.holder_name,
        serious=line.significance is Significance.SERIOUS,
        tags=tuple(filter(None, [_weight(line)])),
        about=reader.whom(line),
        texts=tuple(("", text) for text in (held.summary, held.detail) if text),
        marks=(f"Held by {held.holder_name} as {held.category.label.lower()}{code}",),
        why=held.why,
        is_new=reader.new(line),
        pin=reader.pins.get(line.name),
    )


def _of_contact(reader: Reader, line: Line) -> LineShown | None:
    contact = reader.story.words.contacts.get(line.key)
    if contact is None:
        return None
    how, seen = How(contact.how), Seen(contact.seen)
    here = timezone.localtime(contact.at)
    told = (
        ("", contact.words),
        ("In their own words", contact.their_words),
        ("Done though it is not a safe way", contact.despite),
        ("How their needs were met", contact.needs_met),
    )
    return LineShown(
        kind=line.kind,
        key=line.key,
        when=f"{wording.day(here)}, {here:%H:%M}",
        what=f"{how.label}{f' with {contact.with_whom}' if contact.with_whom else ''}",
        topic=line.topic.label,
        source=f"{contact.by.user.name}, {contact.by.team.agency.name}",
        tags=() if seen is Seen.NOT_APPLICABLE else (_SEEN[seen],),
        about=reader.whom(line),
        texts=tuple((name, text) for name, text in told if text),
        marks=tuple(_of_recording(contact, line, line.key in reader.story.words.to_place)),
        why=WRITTEN_HERE,
        corrected=line.corrected,
        is_new=reader.new(line),
        pin=reader.pins.get(line.name),
    )


def _of_recording(contact: Contact, line: Line, to_place: bool) -> list[str]:
    late = lateness(day_of(contact.at), day_of(contact.recorded_at))
    marks = [f"{late}, on {wording.day(contact.recorded_at)}"] if late else []
    if line.corrected:
        marks.append("Corrected: another contact stands instead of this one")
    if to_place:
        marks.append("To be placed: it may be with somebody else")
    return marks


def _work(reader: Reader, line: Line) -> LineShown:
    """How the work went: the line has its words with it."""
    return LineShown(
        kind=line.kind,
        key=line.key,
        when=in_words(When(line.first, line.after)),
        what=line.text,
        topic=line.topic.label,
        source=reader.agency(line.agency),
        serious=line.significance is Significance.SERIOUS,
        tags=tuple(filter(None, [_weight(line)])),
        about=reader.whom(line),
        texts=(("", line.more),) if line.more else (),
        is_new=reader.new(line),
    )


def _weight(line: Line) -> str:
    return "" if line.significance is Significance.ORDINARY else line.significance.label


_SEEN = {Seen.SEEN: "Seen", Seen.SEEN_ALONE: "Seen alone", Seen.NOT_SEEN: "Not seen"}
_BY_KIND = {
    LineKind.ENTRY: _of_entry, LineKind.HELD: _of_held, LineKind.CONTACT: _of_contact
}  # fmt: skip


@dataclass(frozen=True)
class GlanceShown:
    """The story at a glance, in words."""

    latest: tuple[LineShown, ...]
    pinned: tuple[PinShown, ...]
    warnings: tuple[WarningStands, ...]


def glance(found: Glance) -> GlanceShown:
    """What the overview of a case shows of its story."""
    reader = Reader(found.story, found.story.whose)
    latest = [line for _, lines in reader.years() for line in lines]
    return GlanceShown(tuple(latest), tuple(reader.pinned()), found.warnings)


def counted(story: Story) -> Table | None:
    """How many lines each agency has in each year: what the picture shows, as a table."""
    years = sorted({year for of in story.counted.values() for year in of}, reverse=True)
    if not years:
        return None
    rows = [
        [story.agencies.get(code, OF_THE_CASE), *(str(of.get(year, "")) for year in years)]
        for code, of in sorted(story.counted.items(), key=lambda each: -sum(each[1].values()))
    ]
    return table(
        "Lines by agency and year",
        ["Agency", *(Column(str(year), numeric=True) for year in years)],
        rows,
        caption_size="s",
        scrolls=True,
    )


def as_form(entry: StoryEntry) -> dict[str, object]:
    """What an entry says, for the form that corrects it."""
    return {
        "when": in_words(When(entry.starts_on, entry.ends_on, entry.is_about)),
        "person": str(entry.person_id or ""),
        "source": entry.source_id or "",
        **{
            name: getattr(entry, name)
            for name in (
                "what", "topic", "told_by", "significance", "words", "meant", "role", "hidden",
                "hidden_because",
            )
        },
    }  # fmt: skip


def differences(entry: StoryEntry) -> list[tuple[str, str]]:
    """What stands now, beside what somebody else was about to write."""
    said = (
        ("When", in_words(When(entry.starts_on, entry.ends_on, entry.is_about))),
        ("What happened", entry.what),
        ("About", Topic(entry.topic).label),
        ("How much it matters", Significance(entry.significance).label),
        ("Whose word", entry.told_by),
        ("More", entry.words),
        ("What it meant", entry.meant),
        ("Written", f"{wording.moment(entry.written_at)} by {entry.written_by.user.name}"),
    )
    return [(name, text) for name, text in said if text]
