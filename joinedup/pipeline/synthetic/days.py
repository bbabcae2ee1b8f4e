"""Days as numbers since 1970, and as the texts agencies write."""

from datetime import date
from functools import cache

import numpy as np

from joinedup.pipeline.synthetic.randomness import Numbers, Words

_FIRST, _LAST = date(1890, 1, 1), date(2045, 12, 31)
_EPOCH = date(1970, 1, 1).toordinal()
_LOW = _FIRST.toordinal() - _EPOCH
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class _OfDay:
    """A part of the date of each day number."""

    def __init__(self, part: str) -> None:
        days = range(_FIRST.toordinal(), _LAST.toordinal() + 1)
        self._parts = np.array([getattr(date.fromordinal(d), part) for d in days], dtype=np.int64)

    def __getitem__(self, days: Numbers) -> Numbers:
        return np.asarray(self._parts[days - _LOW])


YEAR_OF, MONTH_OF, DAY_OF = _OfDay("year"), _OfDay("month"), _OfDay("day")


def number_of(day: date) -> int:
    """Days since 1970."""
    return day.toordinal() - _EPOCH


def day_of(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(number + _EPOCH)


def day_number(year: Numbers, month: Numbers, day: Numbers) -> Numbers:
    """Day numbers of these dates; a day past the month's end becomes its last."""
    months = (year - 1970) * 12 + month - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    after = (months + 1).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return np.asarray(np.minimum(first + day - 1, after - 1))


@cache
def _texts(form: str) -> Words:
    days = [date.fromordinal(d) for d in range(_FIRST.toordinal(), _LAST.toordinal() + 1)]
    if form == "iso":
        texts = [f"{d.year:04d}-{d.month:02d}-{d.day:02d}" for d in days]
    elif form == "dashed":
        texts = [f"{d.day:02d}-{_MONTHS[d.month - 1]}-{d.year:04d}" for d in days]
    else:
        texts = [f"{d.day:02d}/{d.month:02d}/{d.year:04d}" for d in days]
    return np.array(texts, dtype=object)


def as_text(days: Numbers, form: str) -> Words:
    """Days written as iso (2026-11-20), dashed (20-Nov-2026) or slashed (20/11/2026)."""
    return np.asarray(_texts(form)[days - _LOW], dtype=object)
