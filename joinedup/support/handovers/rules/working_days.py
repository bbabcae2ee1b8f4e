"""Working days of England: Monday to Friday without its bank holidays; a day ends at midnight in London."""

import datetime

import holidays

from joinedup.foundations.core.dates import day_of, start_of

_DAY = datetime.timedelta(days=1)
_INSTANT = datetime.timedelta(microseconds=1)
_BANK_HOLIDAYS = holidays.country_holidays("GB", subdiv="ENG")
"""Grows by itself, year by year, as it is asked (decision 18)."""


def bank_holiday(day: datetime.date) -> str:
    """The name of the bank holiday that day is in England; nothing for any other day."""
    return _BANK_HOLIDAYS.get(day) or ""


def is_working_day(day: datetime.date) -> bool:
    """Whether that day counts."""
    return day.weekday() < 5 and day not in _BANK_HOLIDAYS


def end_of_working_day(days: int, after: datetime.datetime) -> datetime.datetime:
    """The end of so many working days after the day of that moment: the midnight that closes the last.

    What comes in on a Friday, a Saturday or a Sunday and has one working day has it until Monday's
    midnight.
    """
    if days < 1:
        raise ValueError("A clock runs for one working day at least.")
    day = day_of(after)
    while days:
        day += _DAY
        days -= is_working_day(day)
    return start_of(day + _DAY)


def last_day(due_at: datetime.datetime) -> datetime.date:
    """The day by whose end it is due."""
    return day_of(due_at - _INSTANT)


def working_days_from(first: datetime.date, last: datetime.date) -> int:
    """How many working days lie after the first day, up to the last and with it."""
    day, found = first, 0
    while day < last:
        day += _DAY
        found += is_working_day(day)
    return found


def working_days_left(at: datetime.datetime, due_at: datetime.datetime) -> int:
    """Working days left after today; none on the last day, and less than none once it is late."""
    today, last = day_of(at), last_day(due_at)
    if at < due_at:
        return working_days_from(today, last)
    return -working_days_from(last, today)
