"""When each item of an agenda begins, and whether one runs over."""

import datetime
from collections.abc import Iterable


def beginnings(starts_at: datetime.datetime, minutes: Iterable[int]) -> list[datetime.datetime]:
    """When each item begins, one after the other."""
    found, at = [], starts_at
    for long in minutes:
        found.append(at)
        at += datetime.timedelta(minutes=long)
    return found


def minutes_over(opened_at: datetime.datetime, minutes: int, at: datetime.datetime) -> int:
    """How many whole minutes an open item is past its time; none while it is within it."""
    used = (at - opened_at).total_seconds() / 60
    return max(0, int(used - minutes))
