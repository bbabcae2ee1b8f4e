"""How what a referrer typed of somebody stands to what is held of a person: the same, or not, and where."""

import datetime
from dataclasses import dataclass

from joinedup.pipeline.standardise.names import name_tokens
from joinedup.pipeline.standardise.postcodes import standard_postcode
from joinedup.support.frontdoor.choices import Likeness

YEARS_OFF = 2
"""A guessed age this far out is not a difference."""


@dataclass(frozen=True)
class Told:
    """Somebody as far as one side tells of them."""

    name: str = ""
    born_on: datetime.date | None = None
    age: int | None = None
    """Where no birth date is known, as it was guessed."""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True)
class Likenesses:
    """Each thing that two sides may tell, held against each other."""

    name: Likeness
    born: Likeness
    address: Likeness
    postcode: Likeness

    @property
    def differ(self) -> int:
        """How many of them differ."""
        each = (self.name, self.born, self.address, self.postcode)
        return sum(one is Likeness.DIFFERS for one in each)


def likenesses(typed: Told, held: Told, today: datetime.date) -> Likenesses:
    """What was typed against what is held, thing by thing; writing and order of names make no difference."""
    return Likenesses(
        name=_against(_names(typed.name), _names(held.name)),
        born=_born(typed, held, today),
        address=_against(_words(typed.address), _words(held.address)),
        postcode=_against(standard_postcode(typed.postcode), standard_postcode(held.postcode)),
    )


def _names(name: str) -> tuple[str, ...]:
    return tuple(sorted(name_tokens(name)))


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())


def _born(typed: Told, held: Told, today: datetime.date) -> Likeness:
    if typed.born_on is not None or typed.age is None or held.born_on is None:
        return _against(typed.born_on or typed.age, held.born_on)
    years = today.year - held.born_on.year
    years -= (today.month, today.day) < (held.born_on.month, held.born_on.day)
    return Likeness.SAME if abs(years - typed.age) <= YEARS_OFF else Likeness.DIFFERS


def _against(typed: object, held: object) -> Likeness:
    if not typed:
        return Likeness.NOT_TYPED
    if not held:
        return Likeness.NOT_HELD
    return Likeness.SAME if typed == held else Likeness.DIFFERS
