"""What the index knows of a person, as one text: their names, births, homes and numbers."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

BETWEEN_FIELDS = "|"
BETWEEN_ONES = ";"
BETWEEN_PARTS = "~"
"""Marks that no standard name, postcode or address holds."""


class Names(NamedTuple):
    """The names of one record, in standard form; empty where it says none."""

    given: str
    known_as: str
    middle: str
    family: str
    earlier_family: str


class Home(NamedTuple):
    """Where one record says that somebody lives and lived."""

    postcode: str
    earlier_postcode: str
    house: str
    street: str


class Profile(NamedTuple):
    """Everything different that records say of a person."""

    names: Sequence[Names]
    births: Sequence[str]
    """As in 19840403."""
    homes: Sequence[Home]
    numbers: Sequence[str]
    """NHS numbers."""


PARTS: tuple[tuple[str, ...], ...] = (Names._fields, ("born",), Home._fields, ("nhs",))
FIELDS = tuple(field for part in PARTS for field in part)


class UnreadableProfile(ValueError):
    """The index was written by another version; nothing of the profile is in the message."""


def read_profile(text: str) -> Profile:
    """Take a profile apart; raises UnreadableProfile."""
    try:
        names, births, homes, numbers = text.split(BETWEEN_PARTS)
        return Profile(
            [Names._make(one.split(BETWEEN_FIELDS)) for one in _ones(names)],
            _ones(births),
            [Home._make(one.split(BETWEEN_FIELDS)) for one in _ones(homes)],
            _ones(numbers),
        )
    except (TypeError, ValueError):
        raise UnreadableProfile(
            "The find index was written by another version: run `joinedup night --full`."
        ) from None


def names_in(text: str) -> list[str]:
    """Every name in a profile, read without the rest; empty where a record says none."""
    names = text.partition(BETWEEN_PARTS)[0]
    return names.replace(BETWEEN_ONES, BETWEEN_FIELDS).split(BETWEEN_FIELDS)


def rows_of(text: str) -> Iterator[tuple[str | None, ...]]:
    """Rows of `FIELDS` that say no more and no less than the profile."""
    profile = read_profile(text)
    nothing = tuple(("",) * len(part) for part in PARTS)
    births, numbers = ([(one,) for one in part] for part in (profile.births, profile.numbers))
    for parts in zip_longest(profile.names, births, profile.homes, numbers):
        said = (part or empty for part, empty in zip(parts, nothing, strict=True))
        yield tuple(field or None for part in said for field in part)


def _ones(part: str) -> list[str]:
    return part.split(BETWEEN_ONES) if part else []
