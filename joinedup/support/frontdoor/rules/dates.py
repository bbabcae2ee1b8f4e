"""Birth dates and ages as people write them; what cannot be is refused with what to do instead."""

import datetime
import re

from joinedup.pipeline.standardise.dates import read_date

OLDEST = 120
LONGEST = 60

_SHORT_YEAR = re.compile(r"(\d{1,2}[/.\- ]+(?:\d{1,2}|[A-Za-z]{3,9})[/.\- ]+)(\d{2})")
_EIGHT_DIGITS = re.compile(r"\d{8}", re.ASCII)
_SPACES = re.compile(r"\s+")
_YEARS = re.compile(
    r"(?:(?:about|approx(?:imately)?|around|circa|ca|c|age|aged|maybe|roughly)\.?\s*|~\s*)*"
    r"(\d{1,4})\s*(?:ish|\?|\+)?\s*(?:years?|yrs?|y\.?o\.?|y)?\.?\s*(?:old)?\s*(?:or so)?\??",
    re.I,
)
_YOUNGER = re.compile(
    r"(?:about|~)?\s*(\d{1,2})\s*(months?|mths?|weeks?|wks?|days?)\s*(?:old)?", re.I
)
_DECADE = re.compile(r"(?:in (?:his|her|their) )?(early |mid |late )?(\d)0['’]?s", re.I)
_IN_DECADE = {"early ": 2, "mid ": 5, "late ": 8}


def birth_date(text: str, today: datetime.date) -> datetime.date:
    """Read a birth date in any usual form; raises ValueError with what to do.

    A year of two digits is read where only one century can be meant.
    """
    written = _SPACES.sub(" ", text.strip())
    if len(written) > LONGEST:
        raise ValueError("Write the date of birth alone, like 31 3 1980.")
    if _EIGHT_DIGITS.fullmatch(written) and not written.startswith(("18", "19", "20")):
        written = f"{written[:2]}/{written[2:4]}/{written[4:]}"
    if short := _SHORT_YEAR.fullmatch(written):
        written = short[1] + _whole_year(int(short[2]), today)
    try:
        born = read_date(written)
    except ValueError as why:
        raise ValueError(f"{why} If you do not know it, leave it empty and give an age.") from why
    if born > today:
        raise ValueError(
            "This date of birth is in the future. Check the year; for a baby not yet born leave it "
            "empty, and write the due date in what is going on."
        )
    if born < today.replace(year=today.year - OLDEST - 1, day=min(today.day, 28)):
        raise ValueError(f"That would be an age over {OLDEST}. Check the year.")
    return born


def _whole_year(short: int, today: datetime.date) -> str:
    possible = [year for year in range(today.year - OLDEST, today.year + 1) if year % 100 == short]
    if len(possible) != 1:
        raise ValueError(
            "The year could be " + " or ".join(map(str, possible)) + ": write all four digits."
        )
    return str(possible[0])


def age_in_years(text: str) -> int:
    """Read an age or a guess at one (42, about 40, 40s, 6 months); raises ValueError with what to do."""
    written = _SPACES.sub(" ", text.strip())
    if younger := _YOUNGER.fullmatch(written):
        return int(younger[1]) // 12 if younger[2].lower().startswith("m") else 0
    if decade := _DECADE.fullmatch(written):
        return int(decade[2]) * 10 + _IN_DECADE[(decade[1] or "mid ").lower()]
    years = _YEARS.fullmatch(written)
    if years is None:
        raise ValueError("Write the age in years, like 42, or a guess, like about 40.")
    if int(years[1]) > OLDEST:
        raise ValueError(f"That is an age over {OLDEST}. Write the age in years, like 42.")
    return int(years[1])
