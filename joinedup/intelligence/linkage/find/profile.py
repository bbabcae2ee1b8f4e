"""What the index knows of a person, as one text: their names, births, homes and numbers, and who holds each."""

from collections.abc import Sequence
from typing import NamedTuple

BETWEEN_FIELDS = "|"
BETWEEN_ONES = ";"
BETWEEN_PARTS = "~"
BETWEEN_HOLDERS = ","
"""Marks that no standard name, postcode, address or agency's code holds."""


class Names(NamedTuple):
    """The names of one record, in standard form; empty where it says none."""

    given: str
    known_as: str
    middle: str
    family: str
    earlier_family: str
    holders: str
    """The codes of the agencies that say so."""


class Born(NamedTuple):
    """A date of birth, as in 19840403."""

    born: str
    holders: str


class Home(NamedTuple):
    """Where one record says that somebody lives and lived."""

    postcode: str
    earlier_postcode: str
    house: str
    street: str
    holders: str


class Number(NamedTuple):
    """An NHS number."""

    nhs: str
    holders: str


class Profile(NamedTuple):
    """Everything different that records say of a person."""

    names: Sequence[Names]
    births: Sequence[Born]
    homes: Sequence[Home]
    numbers: Sequence[Number]


PARTS: tuple[tuple[str, ...], ...] = tuple(
    part._fields[:-1] for part in (Names, Born, Home, Number)
)
FIELDS = (*(field for part in PARTS for field in part), "holder")


class UnreadableProfile(ValueError):
    """The index was written by another version; nothing of the profile is in the message."""


def read_profile(text: str) -> Profile:
    """Take a profile apart; raises UnreadableProfile."""
    try:
        names, births, homes, numbers = text.split(BETWEEN_PARTS)
        return Profile(
            [Names(*one.split(BETWEEN_FIELDS)) for one in _ones(names)],
            [Born(*one.split(BETWEEN_FIELDS)) for one in _ones(births)],
            [Home(*one.split(BETWEEN_FIELDS)) for one in _ones(homes)],
            [Number(*one.split(BETWEEN_FIELDS)) for one in _ones(numbers)],
        )
    except (TypeError, ValueError):
        raise UnreadableProfile(
            "The find index was written by another version: run `joinedup night --full`."
        ) from None


def names_in(text: str) -> list[str]:
    """Every name in a profile, read without the rest, and who holds it; empty where a record says none."""
    names = text.partition(BETWEEN_PARTS)[0]
    return names.replace(BETWEEN_ONES, BETWEEN_FIELDS).split(BETWEEN_FIELDS)


def _ones(part: str) -> list[str]:
    return part.split(BETWEEN_ONES) if part else []
