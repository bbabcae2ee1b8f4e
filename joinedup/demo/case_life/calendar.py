"""On which days things happen in the invented lives: when anybody is at work, and when school is open."""

import datetime

from joinedup.support.handovers.rules.working_days import is_working_day

_DAY = datetime.timedelta(days=1)
_CLOSED = (
    ((1, 1), (1, 5)), ((2, 13), (2, 22)), ((3, 28), (4, 13)), ((5, 23), (5, 31)), ((7, 21), (9, 4)),
    ((10, 23), (11, 1)), ((12, 19), (12, 31)),
)  # fmt: skip
"""From which day until which schools are shut, year by year about the same."""
_OWN_TIME = ("weekend", "Sunday", "Saturday", "at night", "cemetery", "by the sea")


def working(day: datetime.date) -> datetime.date:
    """That day, or the next on which anybody is at work."""
    while not is_working_day(day):
        day += _DAY
    return day


def worked(day: datetime.date) -> datetime.date:
    """That day, or the last before it on which anybody was at work."""
    while not is_working_day(day):
        day -= _DAY
    return day


def in_term(day: datetime.date) -> datetime.date:
    """That day, or the first on which school is open again."""
    while not is_working_day(day) or any(
        since <= (day.month, day.day) <= until for since, until in _CLOSED
    ):
        day += _DAY
    return day


def in_term_before(day: datetime.date) -> datetime.date:
    """That day, or the last before it on which school was open."""
    while in_term(day) != day:
        day -= _DAY
    return day


def saturday(day: datetime.date) -> datetime.date:
    """The Saturday of that week."""
    return day + datetime.timedelta(days=5 - day.weekday() if day.weekday() < 6 else -1)


def is_own_time(words: str) -> bool:
    """Whether what happened is told of a time at which nobody is at work."""
    return any(each in words for each in _OWN_TIME)
