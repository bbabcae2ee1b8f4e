"""Which keys a question looks under: first the sharp ones, then, if the best is weak, the wide ones."""

from collections.abc import Iterable, Iterator
from itertools import product
from typing import TypeGuard

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.keys import (
    FamilyForm,
    GivenForm,
    Kind,
    code,
    family_forms,
    given_forms,
    hashed_one,
)
from joinedup.pipeline.standardise.postcodes import outward

_Row = tuple[int, int, int, int]
_Pair = tuple[GivenForm, FamilyForm]
MOST_PAIRS = 48


def sharp_keys(asked: Asked) -> list[int]:
    """Keys that few people share: the birth date with two first letters, else the next best there is."""
    pairs = _pairs(asked.names)
    rows: list[_Row] = []
    if asked.nhs:
        rows.append((Kind.NHS_NUMBER, int(asked.nhs), 0, 0))
    for birth in asked.births:
        rows.extend(_born(birth, pairs) if birth.is_full else _born_in_part(birth, pairs))
    if not (asked.births and pairs):
        rows.extend(_at_home(asked))
    if asked.part_of_postcode:
        rows.extend(_in_outward(asked.part_of_postcode, pairs))
    return _keys(rows)


def wide_keys(asked: Asked) -> list[int]:
    """Keys that forgive more: the date or the home alone, two parts of the date, the names alone."""
    pairs = _pairs(asked.names)
    rows: list[_Row] = list(_at_home(asked))
    for birth in asked.births:
        for reading in filter(_is_full, (birth, birth.turned)):
            rows.append((Kind.BORN, int(reading.digits), 0, 0))
            rows.extend(_in_two_parts(reading, pairs))
        if birth.year:
            rows.extend(_in_year(birth.year, pairs))
    if asked.postcode:
        rows.extend(_in_outward(asked.postcode, pairs))
    rows.extend((Kind.NAMES, given.root, family.sound, 0) for given, family in pairs)
    return _keys(rows)


def _is_full(birth: Birth | None) -> TypeGuard[Birth]:
    return birth is not None and birth.is_full


def _at_home(asked: Asked) -> Iterator[_Row]:
    """Everybody who lives or lived at the postcode, or at the very house."""
    if asked.postcode:
        yield Kind.POSTCODE, code(asked.postcode), 0, 0
    if asked.home:
        yield Kind.HOME, code("|".join(asked.home)), 0, 0


def _pairs(names: tuple[str, ...]) -> list[_Pair]:
    """Every two of the names, either of them the given one."""
    found: dict[_Pair, None] = {}
    for given in names:
        for family in names:
            if given is not family:
                found.update(dict.fromkeys(product(given_forms(given), family_forms(family))))
    return list(found)[:MOST_PAIRS]


def _born(birth: Birth, pairs: list[_Pair]) -> Iterator[_Row]:
    """A whole birth date, as it is and turned round, with the first letters of two names."""
    for reading in filter(_is_full, (birth, birth.turned)):
        if pairs:
            yield from _with_initials(Kind.BORN_INITIALS, int(reading.digits), pairs)
        else:
            yield Kind.BORN, int(reading.digits), 0, 0


def _born_in_part(birth: Birth, pairs: list[_Pair]) -> Iterator[_Row]:
    """What is known of a birth date that is not whole."""
    year, month, day = birth
    if year and month:
        yield from _with_initials(Kind.YEAR_MONTH_INITIALS, year * 100 + month, pairs)
    elif month and day:
        yield from _with_initials(Kind.MONTH_DAY_INITIALS, month * 100 + day, pairs)
    if year:
        yield from _in_year(year, pairs)


def _in_two_parts(birth: Birth, pairs: list[_Pair]) -> Iterator[_Row]:
    year, month, day = birth.year or 0, birth.month or 0, birth.day or 0
    yield from _with_initials(Kind.YEAR_MONTH_INITIALS, year * 100 + month, pairs)
    yield from _with_initials(Kind.MONTH_DAY_INITIALS, month * 100 + day, pairs)
    yield from _with_initials(Kind.YEAR_DAY_INITIALS, year * 100 + day, pairs)


def _in_year(year: int, pairs: list[_Pair]) -> Iterator[_Row]:
    yield from _with_one_name(Kind.YEAR_GIVEN, Kind.YEAR_FAMILY, year, pairs)


def _in_outward(postcode: str, pairs: list[_Pair]) -> Iterator[_Row]:
    area = code(outward(postcode))
    yield from _with_one_name(Kind.OUTWARD_GIVEN, Kind.OUTWARD_FAMILY, area, pairs)


def _with_initials(kind: Kind, number: int, pairs: list[_Pair]) -> Iterator[_Row]:
    for given, family in pairs:
        small, large = sorted((given.initial, family.initial))
        yield kind, number, small, large


def _with_one_name(
    with_given: Kind, with_family: Kind, number: int, pairs: list[_Pair]
) -> Iterator[_Row]:
    for given, family in pairs:
        yield with_given, number, given.root, family.initial
        yield with_family, number, family.sound, given.initial


def _keys(rows: Iterable[_Row]) -> list[int]:
    """The key of each row, each once."""
    return [hashed_one(*row) for row in dict.fromkeys(rows)]
