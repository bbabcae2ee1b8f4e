"""When something happened, as people write it: a day, a month, a year, a span, a guess; and back in words."""

import datetime
import re
from dataclasses import dataclass

Day = datetime.date

LONGEST = 80
OLDEST_YEAR = 1900
STILL_TO_COME = "This is still to come. Write here what has happened; for what is planned, record an appointment."
HOW_TO = "Write when it was like 12 3 2024, March 2024, about 2015, or 12 to 14 March 2024."

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SEASONS = {"spring": (3, 3), "summer": (6, 3), "autumn": (9, 3), "winter": (12, 3)}
_PARTS = {"early": (1, 4), "mid": (5, 4), "late": (9, 4), "start of": (1, 3), "end of": (10, 3)}

_ABOUT = re.compile(
    r"^(?:about|around|approx(?:imately)?\.?|circa|c\.|roughly|maybe|perhaps|~)\s*|\s*\?+$"
)
_SINCE = re.compile(r"^(?:since|from|starting|ever since)\s+|\s+(?:onwards?|and on)$")
_TO_NOW = re.compile(r"\s+(?:to|until|till|-)\s+(?:now|date|today|the present|present)$")
_RANGE = re.compile(
    r"^(?:(?:between|from)\s+)?(.+?)(?:\s+(?:to|until|till|and|-)\s+|(?<=\d)-(?=\d{1,2}\s+[a-z])|(?<=\d{4})-(?=\d{4}$))(.+)$"
)
_NUMBERS = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})$")
_ISO = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_DAY_MONTH = re.compile(r"^(\d{1,2})(?:\s+of)?\s+([a-z]+)\.?(?:\s+(\d{4}|\d{2}))?$")
_MONTH_DAY = re.compile(r"^([a-z]+)\.?\s+(\d{1,2})\s+(\d{4})$")
_MONTH_YEAR = re.compile(r"^([a-z]+)\.?\s+(\d{4})$|^(\d{1,2})[/. ](\d{4})$")
_MONTH = re.compile(r"^([a-z]+)\.?$")
_YEAR = re.compile(r"^(\d{4})$")
_DECADE = re.compile(r"^(?:the )?(?:(early|mid|late) )?(\d{3}0)'?s$")
_PART_OF_YEAR = re.compile(rf"^(?:the )?({'|'.join(_PARTS)})[ -](\d{{4}})$")
_SEASON = re.compile(rf"^(?:the )?({'|'.join(_SEASONS)})(?: of)? (\d{{4}})$")


@dataclass(frozen=True)
class When:
    """From a day until another, which is the first that is no longer in it; open where it goes on."""

    starts_on: Day
    ends_on: Day | None
    is_about: bool = False

    @property
    def last_on(self) -> Day | None:
        """Its last day; none where it goes on."""
        return self.ends_on - datetime.timedelta(days=1) if self.ends_on else None


class _NotADay(ValueError):
    """These words are no day; the whole may still be a span."""


def read_when(text: str, today: Day) -> When:
    """Read when something happened; raises ValueError with what to write instead, also for days to come."""
    written = _tidy(text)
    if not written:
        raise ValueError("Say when it happened: a day, a month or a guess will do.")
    if len(written) > LONGEST:
        raise ValueError(HOW_TO)
    is_about = bool(_ABOUT.search(written))
    plain = _ABOUT.sub("", written).strip()
    open_ = bool(_TO_NOW.search(plain))
    plain = _TO_NOW.sub("", plain)
    try:
        found = _one(plain, today)
    except _NotADay:
        if _SINCE.search(plain) or open_:
            open_, found = True, _one_or_why(_SINCE.sub("", plain), today)
        else:
            found, guessed = _span(plain, today)
            is_about = is_about or guessed
    first, after = found
    if first > today:
        raise ValueError(STILL_TO_COME)
    if first.year < OLDEST_YEAR:
        raise ValueError("That is more than a lifetime ago. Check the year.")
    tomorrow = today + datetime.timedelta(days=1)
    return When(first, None if open_ else min(after, tomorrow), is_about)


def _tidy(text: str) -> str:
    plain = text.strip().lower().replace("–", "-").replace("—", "-").replace("’", "'")
    plain = plain.replace(",", " ").rstrip(".")
    plain = re.sub(r"(\d)(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"^(?:on|in)\s", "", plain)
    plain = re.sub(r"\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*(?=\s+\d)", "", plain)
    return " ".join(plain.split())


def _span(plain: str, today: Day) -> tuple[tuple[Day, Day], bool]:
    """Two of them, the first taking over from the second what it leaves out."""
    parts = _RANGE.fullmatch(plain)
    if parts is None:
        raise ValueError(HOW_TO)
    left, right = (_ABOUT.sub("", part).strip() for part in parts.groups())
    guessed = any(_ABOUT.search(part) for part in parts.groups())
    second = _one_or_why(right, today)
    if second[0] > today or second[1] > today + datetime.timedelta(days=31):
        raise ValueError(STILL_TO_COME)
    first = _one_or_why(_filled(left, right), today)
    if first[0] > second[0]:
        raise ValueError("It ends before it starts. Check both.")
    return (first[0], second[1]), guessed


def _filled(left: str, right: str) -> str:
    """12, before 14 March 2024, is 12 March 2024; March, before June 2019, is March 2019."""
    words = right.split()
    if re.fullmatch(r"\d{1,2}", left):
        return " ".join([left, *words[1:]])
    if re.fullmatch(r"(?:\d{1,2} )?[a-z]+", left) and re.fullmatch(r"\d{4}", words[-1]):
        return f"{left} {words[-1]}"
    return left


def _one_or_why(plain: str, today: Day) -> tuple[Day, Day]:
    try:
        return _one(plain, today)
    except _NotADay:
        raise ValueError(HOW_TO) from None


def _one(plain: str, today: Day) -> tuple[Day, Day]:
    """One day, month, year or season: its first day, and the first after it."""
    for reads in (_near, _whole_day, _month_long, _longer):
        found = reads(plain, today)
        if found is not None:
            return found
    raise _NotADay


def _near(plain: str, today: Day) -> tuple[Day, Day] | None:
    if plain in {"today", "this morning", "now"}:
        return _of_day(today)
    if plain in {"yesterday", "last night"}:
        return _of_day(today - datetime.timedelta(days=1))
    name = plain.removeprefix("last ")
    if name in _WEEKDAYS:
        back = (today.weekday() - _WEEKDAYS.index(name)) % 7
        return _of_day(today - datetime.timedelta(days=back or 7))
    if plain == "last year":
        return Day(today.year - 1, 1, 1), Day(today.year, 1, 1)
    if plain == "last month":
        return _months(*_back_one(today), 1)
    return None


def _back_one(today: Day) -> tuple[int, int]:
    return (today.year - 1, 12) if today.month == 1 else (today.year, today.month - 1)


def _whole_day(plain: str, today: Day) -> tuple[Day, Day] | None:
    if found := _NUMBERS.fullmatch(plain):
        return _of_day(_day(_year(found[3], today), int(found[2]), int(found[1])))
    if found := _ISO.fullmatch(plain):
        return _of_day(_day(int(found[1]), int(found[2]), int(found[3])))
    if (found := _MONTH_DAY.fullmatch(plain)) and (month := _month(found[1])):
        return _of_day(_day(int(found[3]), month, int(found[2])))
    if (found := _DAY_MONTH.fullmatch(plain)) and (month := _month(found[2])):
        if found[3]:
            return _of_day(_day(_year(found[3], today), month, int(found[1])))
        this_year = _day(today.year, month, int(found[1]))
        return _of_day(this_year if this_year <= today else _last_time(this_year))
    if found := re.fullmatch(r"christmas (\d{4})", plain):
        return Day(int(found[1]), 12, 24), Day(int(found[1]), 12, 27)
    return None


def _month_long(plain: str, today: Day) -> tuple[Day, Day] | None:
    if found := _MONTH_YEAR.fullmatch(plain):
        month = _month(found[1]) if found[1] else int(found[3])
        if month and 1 <= month <= 12:
            return _months(int(found[2] or found[4]), month, 1)
        if not found[1]:
            raise ValueError(f"There is no month {found[3]}. {HOW_TO}")
    if (found := _MONTH.fullmatch(plain)) and (month := _month(found[1])):
        year = today.year if month <= today.month else today.year - 1
        return _months(year, month, 1)
    return None


def _longer(plain: str, today: Day) -> tuple[Day, Day] | None:
    if found := _YEAR.fullmatch(plain):
        return _months(_sane(int(found[1])), 1, 12)
    if found := _SEASON.fullmatch(plain):
        return _months(_sane(int(found[2])), *_SEASONS[found[1]])
    if found := _PART_OF_YEAR.fullmatch(plain):
        return _months(_sane(int(found[2])), *_PARTS[found[1]])
    if found := _DECADE.fullmatch(plain):
        first, years = int(found[2]), 10
        if found[1]:
            first, years = first + {"early": 0, "mid": 3, "late": 7}[found[1]], 3
        return Day(_sane(first), 1, 1), Day(first + years, 1, 1)
    return None


def _of_day(day: Day) -> tuple[Day, Day]:
    return day, day + datetime.timedelta(days=1)


def _months(year: int, month: int, many: int) -> tuple[Day, Day]:
    after = month - 1 + many
    return Day(_sane(year), month, 1), Day(year + after // 12, after % 12 + 1, 1)


def _month(word: str) -> int | None:
    if len(word) < 3:
        return None
    return next((i for i, name in enumerate(_MONTHS, 1) if name.startswith(word)), None) or (
        9 if word == "sept" else None
    )


def _day(year: int, month: int, day: int) -> Day:
    try:
        return Day(_sane(year), month, day)
    except ValueError:
        raise ValueError(f"There is no such day. {HOW_TO}") from None


def _last_time(day: Day) -> Day:
    return _day(day.year - 1, day.month, day.day)


def _year(text: str, today: Day) -> int:
    """Two digits are of this century, unless that is still to come."""
    if len(text) == 4:
        return int(text)
    year = today.year // 100 * 100 + int(text)
    return year if year <= today.year else year - 100


def _sane(year: int) -> int:
    if not 1 <= year <= 9000:
        raise ValueError(f"There is no such year. {HOW_TO}")
    return year


def in_words(when: When) -> str:
    """12 March 2024, March 2024, about 2015, since June 2019, 12 to 14 March 2024."""
    about = "about " if when.is_about else ""
    first, last = when.starts_on, when.last_on
    if last is None:
        return f"{about}since {_day_words(first)}"
    if first == last:
        return about + _day_words(first)
    whole = _whole(first, last)
    if whole:
        return about + whole
    return f"{about}{_first_words(first, last)} to {_day_words(last)}"


def _whole(first: Day, last: Day) -> str:
    """The words of whole months and years; nothing for other spans."""
    after = last + datetime.timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return ""
    if first.month == 1 and after.month == 1:
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    end = f"{_MONTHS[last.month - 1].capitalize()} {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return end
    start = _MONTHS[first.month - 1].capitalize()
    return f"{start} to {end}" if first.year == last.year else f"{start} {first.year} to {end}"


def _first_words(first: Day, last: Day) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return str(first.day)
    if first.year == last.year:
        return f"{first.day} {_MONTHS[first.month - 1].capitalize()}"
    return _day_words(first)


def _day_words(day: Day) -> str:
    return f"{day.day} {_MONTHS[day.month - 1].capitalize()} {day.year}"
