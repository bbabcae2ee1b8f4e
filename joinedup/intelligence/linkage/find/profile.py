"""What the index knows of a person, as one text: a line for each different thing a record says."""

from collections.abc import Mapping
from typing import NamedTuple

BETWEEN_FIELDS = "|"
BETWEEN_LINES = ";"


class Line(NamedTuple):
    """What one record says of a person, in standard form; empty where it says nothing."""

    given: str
    known_as: str
    middle: str
    family: str
    earlier_family: str
    born: str
    """As in 19840403."""
    postcode: str
    earlier_postcode: str
    nhs: str
    house: str
    street: str


FIELDS = Line._fields


def read_profile(profile: str) -> list[Line]:
    """The lines of a profile."""
    return [Line._make(line.split(BETWEEN_FIELDS)) for line in profile.split(BETWEEN_LINES)]


def names_in(profile: str) -> list[str]:
    """Every name in a profile, read without the rest; empty where a record says none."""
    found: list[str] = []
    for line in profile.split(BETWEEN_LINES):
        found += line.split(BETWEEN_FIELDS, 5)[:5]
    return found


def write_line(said: Mapping[str, str | None]) -> str:
    """One line of a profile."""
    return BETWEEN_FIELDS.join(said.get(name) or "" for name in FIELDS)
