"""Addresses in one form, and the two things that find a home again: the house and the street."""

import re
from functools import lru_cache
from typing import NamedTuple

from joinedup.pipeline.standardise.scripts import in_latin_capitals

LONGEST = 200

_SHORT = {
    "STREET": "ST", "STR": "ST", "SAINT": "ST", "ROAD": "RD", "AVENUE": "AVE", "AV": "AVE",
    "LANE": "LN", "DRIVE": "DR", "DRV": "DR", "CLOSE": "CL", "CLS": "CL", "COURT": "CT",
    "CRESCENT": "CRES", "CRESENT": "CRES", "CRS": "CRES", "GARDENS": "GDNS", "GARDEN": "GDNS",
    "GROVE": "GR", "GRV": "GR", "GRO": "GR", "PLACE": "PL", "SQUARE": "SQ", "TERRACE": "TER",
    "TERR": "TER", "TCE": "TER", "VIEW": "VW", "WALK": "WK", "WLK": "WK", "PARK": "PK",
    "PARADE": "PDE", "BOULEVARD": "BVD", "BLVD": "BVD", "CIRCUS": "CIR", "MOUNT": "MT",
    "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "HOUSE": "HSE", "COTTAGE": "COTT",
    "BUILDINGS": "BLDGS", "BUILDING": "BLDG", "APARTMENT": "FLAT", "APT": "FLAT", "FLT": "FLAT",
    "UNIT": "FLAT", "ROOM": "FLAT", "AND": "", "THE": "",
}  # fmt: skip
"""Every long form to its short one, so that Saint and Street need not be told apart."""

_STREETS = frozenset(
    "ST RD AVE LN DR CL CT CRES GDNS GR PL SQ TER VW WK PK PDE BVD CIR MT WAY HILL RISE MEWS ROW "
    "GREEN YARD FOLD CROFT VALE WHARF QUAY PATH BANK END GATE PASSAGE APPROACH CHASE DENE NOOK "
    "MEADOW MEADOWS ESPLANADE PROMENADE WYND BRAE LOAN RIDGE COMMON BROADWAY DRIFT HEIGHTS".split()
)
_NO_HOME = re.compile(
    r"\b(?:NFA|N F A|NO FIXED (?:ABODE|ADDRESS)|HOMELESS|ROUGH SLEEP\w*|SOFA SURF\w*)\b"
)
_NOT_KNOWN = frozenset(
    "UNKNOWN|NOT KNOWN|NK|N K|NONE|NULL|NA|N A|NOT GIVEN|NOT STATED|REFUSED|WITHHELD|TBC"
    "|ADDRESS UNKNOWN|ADDRESS NOT KNOWN".split("|")
)
_MARKS = {ord(c): None for c in "'’‘`´."} | {ord(c): "," for c in "\r\n;|"} | {
    n: " " for n in range(128) if not chr(n).isalnum() and chr(n) not in ",/'`.\r\n;|"
}  # fmt: skip
_NUMBER = re.compile(r"(\d{1,4})([A-Z]?)")
_FLAT_AND_NUMBER = re.compile(r"(\d{1,4}|[A-Z])/(\d{1,4}[A-Z]?)")


class Home(NamedTuple):
    """An address taken apart: `house` is 12, 12A, 12/3 (flat 3 of 12) or a name."""

    address: str | None
    house: str | None
    street: str | None


NO_HOME = Home(None, None, None)


def home(text: str | None) -> Home:
    """Take an address apart; nothing where it says that there is none or it is not known."""
    if not text:
        return NO_HOME
    if m := _USUAL.fullmatch(text):
        number = m["number"].upper()
        usual = _usual_home(m["flat"] is not None, number[-1].isalpha(), m["rest"])
        if usual is not None:
            house = f"{number}/{m['flat']}" if m["flat"] else number
            flat = f"FLAT {m['flat']} " if m["flat"] else ""
            return Home(f"{flat}{number} {usual[0]}", house, usual[1])
    return _any_home(text)


_USUAL = re.compile(
    r"(?:(?i:flat) (?P<flat>\d{1,4}),? )?(?P<number>\d{1,4}[A-Za-z]?) (?P<rest>[^\W\d_][^\d/]*)"
)


@lru_cache(maxsize=200_000)
def _usual_home(flat: bool, letter: bool, rest: str) -> tuple[str, str | None] | None:
    """What stands after the house number, and the street: taken apart once for all its houses."""
    number = "1A" if letter else "1"
    before = "FLAT 2 " if flat else ""
    found = _any_home(f"{before}{number} {rest}"[:LONGEST])
    if found.address is None or found.house != (f"{number}/2" if flat else number):
        return None
    return found.address.removeprefix(f"{before}{number} "), found.street


def _any_home(text: str) -> Home:
    parts = _parts(text)
    address = " ".join([word for part in parts for word in part])
    if not address or address in _NOT_KNOWN or _NO_HOME.search(address):
        return NO_HOME
    flat = _take_flat(parts)
    number, street = _number_and_street(parts)
    if number is None and flat is None:
        return Home(address, *_named_house(parts))
    return Home(address, _house(number, flat), street)


def standard_address(text: str | None) -> str | None:
    """Write an address in capitals with short forms (RD, ST, FLAT); None where there is none."""
    return home(text).address


def house_number(text: str | None) -> str | None:
    """The house an address names: 12, 12A, 12/3 for flat 3 of 12, or ROSE COTT."""
    return home(text).house


def street_key(text: str | None) -> str | None:
    """The street an address names, in its short form: OAK RD."""
    return home(text).street


def is_no_fixed_address(text: str | None) -> bool:
    """The address says that the person has none: NFA, no fixed abode, sleeping rough."""
    return bool(text and _NO_HOME.search(" ".join(word for part in _parts(text) for word in part)))


def _parts(text: str) -> list[list[str]]:
    """The words of each part between commas, in short forms; "care of" somebody is left out."""
    capitals = in_latin_capitals(text[:LONGEST]).translate(_MARKS)
    parts = []
    for part in capitals.split(","):
        words = [short for word in part.split() if (short := _SHORT.get(word, word))]
        if words and words[0] != "C/O":
            parts.append(words)
    return parts


def _take_flat(parts: list[list[str]]) -> str | None:
    """The flat's number or letter, taken out of the words."""
    for part in parts[:2]:
        for at, word in enumerate(part):
            if word == "FLAT" and at + 1 < len(part):
                flat = part[at + 1]
                del part[at : at + 2]
                return flat
            if m := _FLAT_AND_NUMBER.fullmatch(word):
                part[at] = m[2]
                return m[1]
    return None


def _number_and_street(parts: list[list[str]]) -> tuple[str | None, str | None]:
    """The first number that is a house's, and the street that follows it."""
    for index, part in enumerate(parts):
        for at, word in enumerate(part):
            if m := _NUMBER.fullmatch(word):
                rest = part[at + 1 :]
                number = word
                if not m[2] and len(rest) > 1 and len(rest[0]) == 1 and rest[0] not in "NSEW":
                    number += rest[0] if rest[0].isalpha() else ""
                    rest = rest[1:]
                while rest and rest[0].isdigit():
                    rest = rest[1:]
                if not rest and index + 1 < len(parts):
                    rest = parts[index + 1]
                return number, _street(rest)
    return None, next((_street(part) for part in parts if part), None)


def _named_house(parts: list[list[str]]) -> tuple[str | None, str | None]:
    """Rose Cottage, Mill Lane: the part before the street names the house."""
    if len(parts) > 1 and parts[1][-1] in _STREETS and parts[0][-1] not in _STREETS - {"CT"}:
        return " ".join(parts[0]), _street(parts[1])
    return None, _street(parts[0])


def _street(words: list[str]) -> str | None:
    """The words up to the last that is a kind of street; all of them where none is."""
    ends = [at for at, word in enumerate(words) if at and word in _STREETS]
    return " ".join(words[: ends[-1] + 1] if ends else words[:4]) or None


def _house(number: str | None, flat: str | None) -> str | None:
    if number is None or flat is None:
        return number or flat
    if flat.isalpha() and len(flat) == 1 and number.isdigit():
        return number + flat
    return f"{number}/{flat}"
