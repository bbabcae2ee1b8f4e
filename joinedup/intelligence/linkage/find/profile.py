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


Parts = Sequence[str]
"""The parts of a profile, each still one text: it is taken apart only where it is asked for."""


def read_profile(text: str) -> Profile:
    """Take a profile apart; raises UnreadableProfile."""
    names, births, homes, numbers = parts_of(text)
    return Profile(
        [read_one(Names, one) for one in ones_of(names)],
        [read_one(Born, one) for one in ones_of(births)],
        [read_one(Home, one) for one in ones_of(homes)],
        [read_one(Number, one) for one in ones_of(numbers)],
    )


def parts_of(text: str) -> Parts:
    """Names, births, homes and numbers; raises UnreadableProfile."""
    parts = text.split(BETWEEN_PARTS)
    if len(parts) != len(PARTS):
        raise UnreadableProfile(_UNREADABLE)
    return parts


def ones_of(part: str) -> Sequence[str]:
    """Each different thing that a part says, and who holds it."""
    return part.split(BETWEEN_ONES) if part else ()


def read_one[Said: (Names, Born, Home, Number)](kind: type[Said], one: str) -> Said:
    """Take one thing said apart; raises UnreadableProfile."""
    try:
        return kind(*one.split(BETWEEN_FIELDS))
    except TypeError:
        raise UnreadableProfile(_UNREADABLE) from None


def holders_of(one: str) -> str:
    """Who holds one thing said, read without the rest."""
    return one.rpartition(BETWEEN_FIELDS)[2]


def names_in(part: str) -> list[str]:
    """Every name in the first part of a profile, and who holds it; empty where a record says none."""
    return part.replace(BETWEEN_ONES, BETWEEN_FIELDS).split(BETWEEN_FIELDS)


_UNREADABLE = "The find index was written by another version: run `joinedup night --full`."
