"""A mark of 64 bits for each person: it tells, without reading any further, who has much in common with a question.

Half of the bits stand for pairs of letters in names, the rest for parts of births and homes. Slips of the
pen, names in another order and a day and month exchanged leave most of them as they are.
"""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.keys import code
from joinedup.pipeline.standardise.postcodes import outward

_PAIRS, _YEARS, _DAYS, _AREAS = 32, 10, 16, 3
_BEGINS = "^"


@lru_cache(maxsize=65_536)
def mark_of_name(name: str) -> int:
    """A bit for each two letters that stand together, and for the first letter of each part."""
    letters = name.replace(" ", "")
    pairs = [a + b for a, b in pairwise(letters)] + [_BEGINS + part[0] for part in name.split()]
    return _bits(code(pair) % _PAIRS for pair in pairs)


def mark_of_birth(year: int | None, month: int | None, day: int | None) -> int:
    """A bit for the year, and one each for day and month, whichever is which."""
    years = [year % _YEARS] if year else []
    days = [_YEARS + part % _DAYS for part in (month, day) if part]
    return _bits(_PAIRS + at for at in years + days)


@lru_cache(maxsize=65_536)
def mark_of_postcode(postcode: str) -> int:
    """A bit for the postcode's area and one for the whole of it."""
    start = _PAIRS + _YEARS + _DAYS
    return _bits(
        (start + code(outward(postcode)) % _AREAS, start + _AREAS + code(postcode) % _AREAS)
    )


def mark_of_question(asked: Asked) -> int:
    """The bits of all that was asked for, as PostgreSQL's bigint."""
    mark = 0
    for name in asked.names:
        mark |= mark_of_name(name)
    for birth in asked.births:
        mark |= mark_of_birth(*birth)
    if postcode := asked.postcode or asked.part_of_postcode:
        mark |= mark_of_postcode(postcode)
    return signed(mark)


def signed(mark: int) -> int:
    """The same 64 bits as a number that may be negative."""
    return mark - (1 << 64) if mark >> 63 else mark


def _bits(places: Iterable[int]) -> int:
    mark = 0
    for place in places:
        mark |= 1 << place
    return mark
