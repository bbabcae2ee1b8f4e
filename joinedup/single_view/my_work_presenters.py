"""The words of my work: how many of a kind, since when, until when."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import day, moment
from joinedup.single_view.queries.sections import Section, Waits


@dataclass(frozen=True)
class LineShown:
    """One thing that waits, in words."""

    text: str
    href: str
    note: str
    tag: str
    tag_colour: str


@dataclass(frozen=True)
class SectionShown:
    """Things of one kind that wait, in words."""

    title: str
    count: int
    lines: tuple[LineShown, ...]
    all_href: str


def section(waiting: Section, at: datetime.datetime) -> SectionShown:
    """One kind of thing that waits."""
    return SectionShown(
        title=waiting.title,
        count=waiting.count,
        lines=tuple(_line(each, at) for each in waiting.lines),
        all_href=waiting.all_href,
    )


def _line(waits: Waits, at: datetime.datetime) -> LineShown:
    when, late = _when(waits, at)
    tag = waits.tag or ("Late" if late else "")
    return LineShown(
        text=waits.text,
        href=waits.href,
        note=", ".join(filter(None, (waits.note, when))),
        tag=tag,
        tag_colour="govuk-tag--red" if tag else "",
    )


def _when(waits: Waits, at: datetime.datetime) -> tuple[str, bool]:
    """Until when or since when, and whether that is past; the hour only where it tells something."""
    if waits.due_on is not None:
        late = waits.due_on < day_of(at)
        return f"{'was due' if late else 'due'} {day(waits.due_on)}", late
    if waits.due_at is not None:
        late = waits.due_at <= at
        return f"{'was due' if late else 'due'} {moment(waits.due_at)}", late
    if waits.at is None:
        return "", False
    since = moment(waits.at) if day_of(waits.at) == day_of(at) else day(waits.at)
    return f"since {since}", False
