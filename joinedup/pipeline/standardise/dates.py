"""Dates as agencies write them, read day first; what could be read two ways is refused."""

import re
from datetime import date

MONTHS = (
    "january february march april may june july august september october november december"
).split()

_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([/.\- ])(\d{{1,2}})\2(\d{{4}}){_TIME}")
_YEAR_FIRST = re.compile(rf"(\d{{4}})([/.-])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})")
_IN_WORDS = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[ -/.]*([a-z]{{3,9}})\.?[ -/.,]*(\d{{4}}){_TIME}", re.I
)
_SHORT_YEAR = re.compile(r"\d{1,2}[/.\- ](?:\d{1,2}|[a-z]{3,9})[/.\- ]\d{2}", re.I)


def month_number(word: str) -> int | None:
    """1 to 12 for a month's name or its beginning of three letters or more; None otherwise."""
    start = word.casefold().rstrip(".")
    if len(start) < 3:
        return None
    if start == "sept":
        return 9
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(start)), None)


def read_date(text: str) -> date:
    """Read 3/4/1984, 03.04.1984, 1984-04-03, 3 Apr 1984 or 19840403, with or without a time.

    Raises ValueError with a sentence that says what is wrong.
    """
    written = text.strip()
    parts = _parts(written)
    if parts is None:
        if _SHORT_YEAR.fullmatch(written):
            raise ValueError("The year has two digits; write all four, as in 03/04/1984.")
        raise ValueError("This is not a date we can read; write it as 03/04/1984 or 1984-04-03.")
    year, month, day = parts
    if month > 12 and day <= 12:
        raise ValueError(f"There is no month {month}; write the day first, as in 03/04/1984.")
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError("There is no such day in the calendar.") from None


def _parts(written: str) -> tuple[int, int, int] | None:
    """Year, month and day as numbers, unchecked."""
    if m := _YEAR_FIRST.fullmatch(written):
        return int(m[1]), int(m[3]), int(m[4])
    if m := _DAY_FIRST.fullmatch(written):
        return int(m[4]), int(m[3]), int(m[1])
    if m := _COMPACT.fullmatch(written):
        return int(m[1]), int(m[2]), int(m[3])
    if (m := _IN_WORDS.fullmatch(written)) and (month := month_number(m[2])):
        return int(m[3]), month, int(m[1])
    return None
