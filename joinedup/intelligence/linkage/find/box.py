"""What somebody typed into the one box, taken apart: names, births, postcodes, numbers."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from joinedup.intelligence.linkage.find.births import Birth, take_births
from joinedup.pipeline.standardise.addresses import home
from joinedup.pipeline.standardise.names import standard_name
from joinedup.pipeline.standardise.nhs_numbers import standard_nhs_number
from joinedup.pipeline.standardise.postcodes import standard_postcode

LONGEST = 200
"""Letters read of what was typed; the rest is not looked at."""

MOST_NAMES = 5


@dataclass(frozen=True)
class Asked:
    """What a question says of a person; nothing where it says nothing."""

    names: tuple[str, ...] = ()
    family_first: int = 0
    """How many of the names stood before a comma, as in Smith, John."""
    births: tuple[Birth, ...] = ()
    """Each way in which the date of birth can be read."""
    postcode: str | None = None
    part_of_postcode: str | None = None
    """A postcode's beginning: AB1, or AB1 2."""
    home: tuple[str, str] | None = None
    """House and street, as in 12, OAK RD."""
    nhs: str | None = None
    numbers: tuple[str, ...] = ()
    """What may be an agency's own number."""
    remarks: tuple[str, ...] = ()
    """What could not be used, in sentences."""

    @property
    def full_birth(self) -> bool:
        """Day, month and year were given."""
        return any(birth.is_full for birth in self.births)


@dataclass
class _Reading:
    """The text that is still to be read, and what was found so far."""

    text: str
    remarks: list[str] = field(default_factory=list)

    def take(self, match: re.Match[str]) -> None:
        """Strike out what has been read."""
        self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}"


def read_box(text: str, *, today: date) -> Asked:
    """Read a line of names, dates, postcodes and numbers in any order.

    Dates are read day first; two digits of a year mean the last hundred years before `today`.
    """
    reading = _Reading(_CLUTTER.sub(" ", text[:LONGEST]))
    if len(text) > LONGEST:
        reading.remarks.append(f"Only the first {LONGEST} letters were read.")
    nhs = _take_nhs_number(reading)
    postcode = _take_postcode(reading)
    address = _take_home(reading)
    dates_or_numbers = tuple(_DATE_OR_NUMBER.findall(reading.text))
    births, reading.text = take_births(reading.text, today=today)
    part = None if postcode else _take_part_of_postcode(reading)
    numbers = tuple(dict.fromkeys((*_take_numbers(reading), *dates_or_numbers)))
    names = _names(reading.text)
    return Asked(
        *names, births, postcode, part, address, nhs, numbers, tuple(reading.remarks)
    )  # fmt: skip


_CLUTTER = re.compile(r"[\x00-\x1f\x7f%_*?\\\"<>;:=|]+")
_TEN_DIGITS = re.compile(r"(?<![\w-])\d{3}([ -]?)\d{3}\1\d{4}(?![\w-])")
_POSTCODE = re.compile(r"(?<!\w)([A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9OI][A-Z]{2})(?!\w)", re.I)
_PART_OF_POSTCODE = re.compile(r"(?<!\w)([A-Z]{1,2}[0-9][A-Z0-9]?)(?: ([0-9]))?(?!\w)", re.I)
_NUMBER = re.compile(r"(?<!\w)(?=[\w/-]*\d)[A-Z0-9][A-Z0-9/-]{2,29}(?!\w)", re.I)
_DATE_OR_NUMBER = re.compile(r"(?<![\w/-])\d{6,8}(?![\w/-])")
_ADDRESS = re.compile(
    r"(?<!\w)(?:flat \w{1,4},? )?\d{1,4}[a-z]? [a-z][a-z' .]*? "
    r"(?:street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|cl|court|crescent|cres|gardens|gdns"
    r"|grove|place|pl|square|sq|terrace|way|hill|rise|mews|row|walk|view|park)(?!\w)",
    re.I,
)
_LABELS = re.compile(
    r"(?<!\w)(?:d\.?o\.?b\.?|date of birth|born(?: on)?|nhs(?: (?:no|number))?|post ?code|name|address"
    r"|ref(?:erence)?|number|aged?|lives at|formerly|maiden name|n[ée]e)(?!\w)[.:]?",
    re.I,
)


def _take_nhs_number(reading: _Reading) -> str | None:
    for match in _TEN_DIGITS.finditer(reading.text):
        if number := standard_nhs_number(match[0]):
            reading.take(match)
            return number
        if match[1]:
            reading.take(match)
            reading.remarks.append(
                "The ten digits are not a valid NHS number; one of them may be mistyped."
            )
            return None
    return None


def _take_postcode(reading: _Reading) -> str | None:
    for match in _POSTCODE.finditer(reading.text):
        if postcode := standard_postcode(match[1] + match[2]):
            reading.take(match)
            return postcode
    return None


def _take_part_of_postcode(reading: _Reading) -> str | None:
    match = _PART_OF_POSTCODE.search(reading.text)
    if match is None:
        return None
    reading.take(match)
    return f"{match[1]} {match[2]}".upper() if match[2] else match[1].upper()


def _take_home(reading: _Reading) -> tuple[str, str] | None:
    match = _ADDRESS.search(reading.text)
    found = home(match[0]) if match else None
    if match is None or found is None or not (found.house and found.street):
        return None
    reading.take(match)
    return found.house, found.street


def _take_numbers(reading: _Reading) -> tuple[str, ...]:
    numbers: list[str] = []
    while (match := _NUMBER.search(reading.text)) and len(numbers) < 3:
        numbers.append(match[0].upper())
        reading.take(match)
    return tuple(numbers)


class _Names(NamedTuple):
    names: tuple[str, ...]
    family_first: int


def _names(text: str) -> _Names:
    """The words that are left, in standard form; those before a comma are the family's."""
    before, comma, after = _LABELS.sub(" ", text).partition(",")
    first = _words(before)
    second = _words(after.replace(",", " "))
    names = (first + second)[:MOST_NAMES]
    return _Names(names, len(first) if comma and first and second else 0)


def _words(text: str) -> tuple[str, ...]:
    name = standard_name(text.replace("-", " "))
    return tuple(name.split(" ")) if name else ()
