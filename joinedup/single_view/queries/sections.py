"""Things that wait on a post, in sections: the shape that every part of "my work" is given in."""

import datetime
from dataclasses import dataclass

SHOWN = 20
"""Lines of one kind on the page; the rest stand behind the link to all."""


@dataclass(frozen=True)
class Waits:
    """One thing that waits: what it is, since or until when, and where it is done."""

    text: str
    href: str
    note: str = ""
    at: datetime.datetime | None = None
    due_at: datetime.datetime | None = None
    due_on: datetime.date | None = None
    """The last day on which it is in time, where no hour of it was agreed."""
    tag: str = ""


@dataclass(frozen=True)
class Section:
    """Things of one kind that wait, and where all of them stand."""

    title: str
    lines: tuple[Waits, ...]
    count: int
    all_href: str = ""


def section(
    title: str, lines: list[Waits], all_href: str = "", count: int | None = None
) -> Section:
    """The first of these lines under a title; `count` where there are more than are given."""
    return Section(title, tuple(lines[:SHOWN]), len(lines) if count is None else count, all_href)
