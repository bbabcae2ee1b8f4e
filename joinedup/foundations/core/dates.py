"""Days as the law counts them: from midnight to midnight in London, summer and winter."""

import calendar
import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def start_of(day: datetime.date) -> datetime.datetime:
    """The moment that day begins."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=LONDON)


def day_of(at: datetime.datetime) -> datetime.date:
    """The day in London that moment falls on."""
    return at.astimezone(LONDON).date()


def months_on(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months on, or the last day of a shorter month: 31 January gives 28 February.

    Back where `months` is negative. Raises ValueError before the year 1 and after 9999.
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if not datetime.MINYEAR <= year <= datetime.MAXYEAR:
        raise ValueError(f"The calendar has no year {year}.")
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
