"""What makes looks unusual: how many there were against what is usual, and at what hour."""

import datetime
from collections.abc import Sequence
from statistics import fmean, median
from zoneinfo import ZoneInfo

PLACE = ZoneInfo("Europe/London")
OPENS, CLOSES = datetime.time(7), datetime.time(19)
"""Working hours, Monday to Friday (propose: local configuration)."""

FAR = 3.5
"""A modified z-score above this is far from usual (Iglewicz and Hoaglin)."""

FEWEST = 10
"""Fewer looks a day than this are never unusual for their number alone (propose)."""

ENOUGH_DAYS = 5
"""Against fewer days than this nothing is usual yet."""


def out_of_hours(at: datetime.datetime) -> bool:
    """Whether a moment lies outside working hours, by the clock of the place."""
    here = at.astimezone(PLACE)
    return here.weekday() >= 5 or not OPENS <= here.time() < CLOSES


def modified_z(value: float, usual: Sequence[float]) -> float | None:
    """How far a count is from what is usual, by median and median deviation; None without enough days.

    Outliers do not move it, as they would a mean. Where most days are alike the mean deviation
    stands in; where all are, one more look is one unit.
    """
    if len(usual) < ENOUGH_DAYS:
        return None
    middle = median(usual)
    away = [abs(one - middle) for one in usual]
    spread = 1.4826 * median(away) or 1.2533 * fmean(away) or 1.0
    return (value - middle) / spread


def is_far(looks: int, z: float | None) -> bool:
    """Whether so many looks in a day are far from usual."""
    return looks >= FEWEST and z is not None and z > FAR
