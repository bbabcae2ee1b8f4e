"""How dates, ages, numbers and lists read on a page."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

THIN = "\u202f"
"""Narrow, and never broken at a line's end."""

MINUS = "\u2212"

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def day(value: date | None) -> str:
    """3 March 1984; nothing for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: datetime | None) -> str:
    """3 March 1984 at 2:05pm, by the clock here."""
    if value is None:
        return ""
    return f"{day(value)} at {hour(value)}"


def from_to(began: datetime, ended: datetime | None) -> str:
    """3 March 1984 at 2:05pm to 2:40pm: the day is said again only where it is another."""
    if ended is None:
        return moment(began)
    end = hour(ended) if day(began) == day(ended) else moment(ended)
    return f"{moment(began)} to {end}"


def hour(value: datetime) -> str:
    """2:05pm, by the clock here."""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def number(value: float | None, places: int = 0) -> str:
    """12 345 with thin separators and a true minus; nothing for no number."""
    if value is None:
        return ""
    text = f"{value:,.{places}f}".replace(",", THIN)
    return text.replace("-", MINUS)


def signed(value: float | None, places: int = 0) -> str:
    """+12, 0, or less with a true minus: a difference."""
    if value is None:
        return ""
    return f"+{number(value, places)}" if value > 0 else number(value, places)


def share(value: float | None, places: int = 1) -> str:
    """98.7% of a part of one."""
    return "" if value is None else f"{value * 100:.{places}f}%"


def age(born_on: date | None, on: date) -> int | None:
    """Whole years lived on a day; none for no birth date."""
    if born_on is None:
        return None
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def years_on(born_on: date | None, on: date) -> str:
    """aged 42; in months under two years."""
    years = age(born_on, on)
    if years is None or born_on is None or born_on > on:
        return ""
    if years >= 2:
        return f"aged {years}"
    months = (on.year - born_on.year) * 12 + on.month - born_on.month - (on.day < born_on.day)
    return f"aged {count(months, 'month')}"


def spaced(nhs_number: str) -> str:
    """999 012 3456: an NHS number as it is read out."""
    if len(nhs_number) != 10:
        return nhs_number
    return f"{nhs_number[:3]}\u00a0{nhs_number[3:6]}\u00a0{nhs_number[6:]}"


_SEX = {"F": "female", "M": "male", "X": "other sex", "U": ""}


def sex(code: str) -> str:
    """female, for F."""
    return _SEX.get(code.upper(), code)


def listed(words: Iterable[str], last: str = "and") -> str:
    """one, two and three."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(quantity: int, one: str, many: str | None = None) -> str:
    """1 record, 2 records."""
    return f"{number(quantity)} {one if quantity == 1 else many or one + 's'}"


def name_case(text: str | None) -> str:
    """A name sent in capitals, as people write it; one sent in mixed case is left alone."""
    if not text or not text.isupper():
        return text or ""
    return re.sub(r"[^\s\-]+", lambda part: _capitalised(part.group()), text)


def _capitalised(part: str) -> str:
    if len(part) > 3 and part.startswith("MC"):
        return "Mc" + part[2:].capitalize()
    if len(part) > 3 and part[1] in "'\u2019":
        return part[:2] + part[2:].capitalize()
    return part.capitalize()
