"""The words of my work: how many of a kind, since when, until when."""

import datetime
from dataclasses import dataclass

from joinedup.foundations.core.wording import moment
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
    late = waits.due_at is not None and waits.due_at <= at
    when = ""
    if waits.due_at is not None:
        when = f"was due {moment(waits.due_at)}" if late else f"due {moment(waits.due_at)}"
    elif waits.at is not None:
        when = f"since {moment(waits.at)}"
    tag = waits.tag or ("Late" if late else "")
    return LineShown(
        text=waits.text,
        href=waits.href,
        note=", ".join(filter(None, (waits.note, when))),
        tag=tag,
        tag_colour="govuk-tag--red" if tag else "",
    )
