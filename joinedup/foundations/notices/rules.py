"""How a notice goes out, when a digest goes, and when an e-mail is tried again."""

import datetime
from zoneinfo import ZoneInfo

from joinedup.foundations.notices.choices import How, NoticeKind

_HERE = ZoneInfo("Europe/London")
_DIGEST_AT = datetime.time(7)
_WAITS = tuple(datetime.timedelta(minutes=m) for m in (1, 5, 30, 2 * 60, 12 * 60))
"""Between one attempt and the next; after the last of them it is given up."""


def how_it_goes(kind: NoticeKind, chosen: How | None) -> How:
    """How a notice of that kind goes to a post that chose so, or chose nothing."""
    about = kind.about
    if about.only_at_once:
        return How.AT_ONCE
    if chosen is None or (chosen is How.NEVER and not about.may_be_silenced):
        return about.usual
    return chosen


def choices_for(kind: NoticeKind) -> tuple[How, ...]:
    """What a post may choose for that kind."""
    if kind.about.only_at_once:
        return (How.AT_ONCE,)
    return tuple(How) if kind.about.may_be_silenced else (How.AT_ONCE, How.DAILY)


def next_digest(at: datetime.datetime) -> datetime.datetime:
    """The next seven in the morning by the clock here, strictly after that time."""
    day = at.astimezone(_HERE).date()
    while True:
        when = datetime.datetime.combine(day, _DIGEST_AT, _HERE)
        if when > at:
            return when.astimezone(datetime.UTC)
        day += datetime.timedelta(days=1)


def next_try(attempts: int, at: datetime.datetime) -> datetime.datetime | None:
    """When to try again after so many failed attempts, or None to give up."""
    return at + _WAITS[attempts - 1] if attempts <= len(_WAITS) else None
