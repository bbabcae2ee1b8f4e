"""Days as the law counts them: from midnight to midnight in London, summer and winter."""

import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def start_of(day: datetime.date) -> datetime.datetime:
    """The moment that day begins."""
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=LONDON)


def day_of(at: datetime.datetime) -> datetime.date:
    """The day in London that moment falls on."""
    return at.astimezone(LONDON).date()
