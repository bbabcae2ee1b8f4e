"""Dates of birth as people type them into a box: whole, short, turned round or in part."""

import re
from datetime import date
from typing import NamedTuple

from joinedup.pipeline.standardise.dates import month_number

OLDEST = 120


class Birth(NamedTuple):
    """A date of birth or the parts of it that are known."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def is_full(self) -> bool:
        """Year, month and day are known."""
        return None not in self

    @property
    def digits(self) -> str:
        """As in 19840403; noughts for what is not known."""
        return f"{self.year or 0:04}{self.month or 0:02}{self.day or 0:02}"

    @property
    def turned(self) -> "Birth | None":
        """Day and month the other way round, where that is a date too."""
        if self.month and self.day and self.day <= 12 and self.day != self.month:
            return Birth(self.year, self.day, self.month)
        return None


_WORD = r"([a-z]{3,9})\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_BETWEEN = r"[ ./,-]+"
_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?<![\w/])(?:{shape})(?![\w/])", re.IGNORECASE), order)
    for shape, order in (
        (rf"(\d{{4}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{1,2}})", "ymd"),
        (rf"(\d{{1,2}}){_BETWEEN}(\d{{1,2}}){_BETWEEN}(\d{{4}}|\d{{2}})", "dmy"),
        (rf"{_DAY}[ ./-]*(?:of )?{_WORD}[ ./,-]*(\d{{4}}|\d{{2}})", "dmy"),
        (rf"{_WORD}{_BETWEEN}{_DAY}{_BETWEEN}(\d{{4}}|\d{{2}})", "mdy"),
        (rf"{_WORD}[ ./,-]*(\d{{4}})", "my"),
        (rf"{_DAY}[ ./-]*(?:of )?{_WORD}", "dm"),
        (r"(\d{1,2})[/.](\d{4})", "my"),
        (r"((?:18|19|20)\d{2})(\d{2})(\d{2})", "ymd"),
        (r"(\d{2})(\d{2})((?:18|19|20)\d{2})", "dmy"),
        (r"(\d{2})(\d{2})(\d{2})", "dmy"),
        (r"((?:18|19|20)\d{2})", "y"),
    )
)


def take_births(text: str, *, today: date) -> tuple[tuple[Birth, ...], str]:
    """Every way to read the first date in a text, and the text without it."""
    for shape, order in _SHAPES:
        for match in shape.finditer(text):
            births = _readings(dict(zip(order, match.groups(), strict=True)), today)
            if births:
                return births, f"{text[: match.start()]} {text[match.end() :]}"
    return (), text


def _readings(parts: dict[str, str], today: date) -> tuple[Birth, ...]:
    """The births that parts of a date can mean, the likeliest first; none where they make no sense."""
    month_word = parts.get("m", "")
    month = int(month_word) if month_word.isdigit() else month_number(month_word)
    if month_word and month is None:
        return ()
    day = int(parts["d"]) if "d" in parts else None
    if month and day and month > 12 >= day:
        month, day = day, month
    births = (Birth(year, month, day) for year in _years(parts.get("y"), today))
    return tuple(birth for birth in births if _possible(birth, today))


def _years(written: str | None, today: date) -> list[int | None]:
    if written is None:
        return [None]
    if len(written) == 4:
        return [int(written)]
    this_century = today.year // 100 * 100 + int(written)
    return [this_century, this_century - 100]


def _possible(birth: Birth, today: date) -> bool:
    """The day is in the calendar, not to come, and not too long ago for anybody to remember."""
    if birth.year and not today.year - OLDEST <= birth.year <= today.year:
        return False
    try:
        day = date(birth.year or 2000, birth.month or 1, birth.day or 1)
    except ValueError:
        return False
    return birth.year is None or day <= today
