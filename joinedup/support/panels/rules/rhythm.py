"""When a panel next meets: its weekday and rhythm, moved on where that day is a bank holiday."""

import datetime

from joinedup.foundations.core.dates import LONDON
from joinedup.support.handovers.rules.working_days import is_working_day
from joinedup.support.panels.choices import Rhythm

_DAY = datetime.timedelta(days=1)


def meeting_days(
    *, starts_on: datetime.date, weekday: int, rhythm: Rhythm, after: datetime.date, many: int
) -> list[datetime.date]:
    """The next so many days after that day on which the panel meets.

    Counted in its rhythm from the first such weekday since it started. A day that is a bank holiday
    is moved on to the next working day, and the rhythm goes on as if it had not been.
    """
    first = starts_on + _DAY * ((weekday - starts_on.weekday()) % 7)
    step = 7 * rhythm.weeks
    # Back by one, for a meeting that was due before and is moved on to after that day.
    turn = max(0, (after - first).days // step)
    found: list[datetime.date] = []
    while len(found) < many:
        day = moved_on(first + _DAY * step * turn)
        if day > after and day not in found:
            found.append(day)
        turn += 1
    return found


def moved_on(day: datetime.date) -> datetime.date:
    """That day, or the next working day where it is none."""
    while not is_working_day(day):
        day += _DAY
    return day


def begins_at(day: datetime.date, at_time: datetime.time) -> datetime.datetime:
    """The moment a meeting of that day begins, by the clock in London."""
    return datetime.datetime.combine(day, at_time, tzinfo=LONDON)
