"""Hashed keys under which people are found: made by one function for the index and for a question."""

from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from joinedup.intelligence.linkage.find.sounds import initial, sound
from joinedup.pipeline.standardise.nicknames import roots_in_order

Codes = NDArray[np.uint64]
Keys = NDArray[np.int64]


class Kind(IntEnum):
    """What a key is made of; how they go together, see `hashed`."""

    BORN = 1
    BORN_INITIALS = 2
    YEAR_MONTH_INITIALS = 3
    MONTH_DAY_INITIALS = 4
    YEAR_DAY_INITIALS = 5
    YEAR_GIVEN = 6
    YEAR_FAMILY = 7
    POSTCODE = 8
    OUTWARD_GIVEN = 9
    OUTWARD_FAMILY = 10
    NAMES = 11
    NHS_NUMBER = 12
    HOME = 13


class GivenForm(NamedTuple):
    """A given name as keys use it: the name it may be a form of, and a first letter."""

    root: int
    initial: int


class FamilyForm(NamedTuple):
    """A family name as keys use it: how it sounds, and its first letter."""

    sound: int
    initial: int


_GOLD = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_LETTERS = np.uint64(32)


def hashed(kind: Kind | Codes, first: Codes, name: Codes, letter: Codes) -> Keys:
    """One key for each row, spread over all of bigint (the finaliser of splitmix64).

    `first` is a date, a place or a number; `name` and `letter` a name whole and the first letter of the
    other, or two first letters, the smaller before the larger; noughts where a key has none.
    """
    mixed = np.asarray(kind, dtype=np.uint64) * _GOLD
    for part in (first, name * _LETTERS + letter):
        mixed = (mixed ^ part) * _FIRST
        mixed ^= mixed >> np.uint64(29)
        mixed *= _SECOND
        mixed ^= mixed >> np.uint64(32)
    return mixed.view(np.int64)


_WHOLE = (1 << 64) - 1
_GOLD_ONE, _FIRST_ONE, _SECOND_ONE, _LETTERS_ONE = map(int, (_GOLD, _FIRST, _SECOND, _LETTERS))


def hashed_one(kind: int, first: int, name: int, letter: int) -> int:
    """One key as `hashed` makes it: a question has few, and to lay them out in arrays costs more than they do."""
    mixed = kind * _GOLD_ONE & _WHOLE
    for part in (first, name * _LETTERS_ONE + letter & _WHOLE):
        mixed = (mixed ^ part) * _FIRST_ONE & _WHOLE
        mixed ^= mixed >> 29
        mixed = mixed * _SECOND_ONE & _WHOLE
        mixed ^= mixed >> 32
    return mixed - (1 << 64) if mixed >> 63 else mixed


@lru_cache(maxsize=65_536)
def code(text: str) -> int:
    """A whole number that stands for a text, the same on every machine."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


@lru_cache(maxsize=65_536)
def given_forms(name: str) -> tuple[GivenForm, ...]:
    """Every form of a given name: how each root sounds, by the root's first letter and its own."""
    own = initial(name)
    return tuple(
        dict.fromkeys(
            GivenForm(code(sound(root)), letter)
            for root in roots_in_order(name)
            for letter in (initial(root), own)
        )
    )


@lru_cache(maxsize=65_536)
def family_forms(name: str) -> tuple[FamilyForm, ...]:
    """Every form of a family name: whole, and each part of a name of several parts."""
    parts = [part for part in name.split(" ") if len(part) > 2]
    return tuple(
        dict.fromkeys(FamilyForm(code(sound(part)), initial(part)) for part in (name, *parts))
    )
