"""How well a person fits a question, over all names, births and homes known of them, and why."""

from collections.abc import Mapping
from math import inf
from typing import NamedTuple

from rapidfuzz.distance import OSA

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.name_fit import NOTHING, Fit, NameFit, NamesFit, total
from joinedup.intelligence.linkage.find.near_names import NearNames
from joinedup.intelligence.linkage.find.profile import (
    BETWEEN_FIELDS,
    BETWEEN_HOLDERS,
    Home,
    Names,
    Number,
    Parts,
    holders_of,
    names_in,
    ones_of,
    parts_of,
    read_one,
)
from joinedup.intelligence.linkage.find.weights import Weights

STRONG = 4.0
LIKELY = -3.0
FLOOR = -12.0
"""Log2 odds, prior and all: at least STRONG is a strong match, below FLOOR nobody is shown."""


class Fitted(NamedTuple):
    """What speaks for a person, in log2 odds and in words."""

    odds: float
    why: tuple[str, ...]
    wholly: bool
    """Everything asked for is just so: nobody could fit better."""

    @property
    def is_enough(self) -> bool:
        """Nobody better need be looked for."""
        return self.wholly or self.odds >= STRONG

    @property
    def strength(self) -> str:
        """strong, likely or possible."""
        if self.odds >= STRONG:
            return "strong"
        return "likely" if self.odds >= LIKELY else "possible"


class _Heard(dict[str, bool]):
    """Whether any of some agencies is heard, by their codes as a profile has them."""

    def __init__(self, heard: frozenset[str] | None) -> None:
        self._heard = heard

    def __missing__(self, holders: str) -> bool:
        codes = holders.split(BETWEEN_HOLDERS)
        heard = self[holders] = self._heard is None or not self._heard.isdisjoint(codes)
        return heard


class Fitting:
    """A question, ready to be held against one person after another.

    Only what `holders` say of a person is looked at; what anybody says, where it is None. Each thing said
    is read and weighed once, and not at all where the question does not ask for it.
    """

    def __init__(
        self, asked: Asked, weights: Weights, holders: frozenset[str] | None = None
    ) -> None:
        self._asked = asked
        self._weights = weights
        self._hears = _Heard(holders)
        self._names = NameFit(asked.names, asked.family_first, weights)
        self._near = NearNames(asked.names)
        self._said: dict[str, NamesFit | None] = {}
        self._births: dict[str, Fit] = {}
        self._homes: dict[str, Fit | None] = {}
        self._asks_home = bool(asked.postcode or asked.part_of_postcode or asked.home)

    def rank[Who](self, profiles: Mapping[Who, str]) -> dict[Who, Fitted]:
        """Hold the question against those people of whom it can be true at all, and keep who may be shown."""
        known = {person: parts_of(text) for person, text in profiles.items()}
        names = {person: names_in(parts[0]) for person, parts in known.items()}
        near = self._near.of(set().union(*names.values()))
        found: dict[Who, Fitted] = {}
        for person, parts in known.items():
            if near.isdisjoint(names[person]) and not self._may_have_any_name(parts):
                continue
            if fitted := self._fit(parts, FLOOR):
                found[person] = fitted
        return found

    def fit(self, text: str) -> Fitted | None:
        """Hold the question against what the index knows of a person; None where nothing is seen of them."""
        return self._fit(parts_of(text))

    def _fit(self, parts: Parts, least: float = -inf) -> Fitted | None:
        asked = self._asked
        odds = self._weights.prior
        fits: list[Fit] = []
        if asked.names and (names := self._names_of(parts[0])):
            odds -= total(names.fits) - names.weight
            fits.extend(names.fits)
        named = bool(fits) or not asked.names
        others = [self._birth(parts[1])] if asked.births else []
        if self._asks_home:
            others.append(self._home(parts[2]))
        if not (fits or any(others) or self._sees_any(parts)):
            return None
        fits.extend([fit or NOTHING for fit in others])
        if asked.nhs:
            fits.append(self._nhs(parts[3]))
        odds += total(fits)
        if odds < least:
            return None
        why = tuple(dict.fromkeys([fit.because for fit in fits if fit.because]))
        return Fitted(odds, why, named and all([fit.wholly for fit in fits]))

    def _names_of(self, part: str) -> NamesFit | None:
        """The best of the names that are seen; None where there are none."""
        best: NamesFit | None = None
        for said in ones_of(part):
            if said not in self._said:
                names = read_one(Names, said)
                self._said[said] = self._names.fit(names) if self._hears[names.holders] else None
            fit = self._said[said]
            if fit and (best is None or fit.weight > best.weight):
                best = fit
        return best

    def _birth(self, part: str) -> Fit | None:
        """The best of the births that are seen; None where there is none."""
        best: Fit | None = None
        for said in ones_of(part):
            born, _, holders = said.partition(BETWEEN_FIELDS)
            if not self._hears[holders]:
                continue
            fit = self._births.get(born)
            if fit is None:
                fit = self._births[born] = self._birth_fit(born)
            if best is None or fit > best:
                best = fit
        return best

    def _birth_fit(self, born: str) -> Fit:
        birth = Birth(int(born[:4]), int(born[4:6]), int(born[6:]))
        fits = [birth_fit(asked, birth, self._weights) for asked in self._asked.births]
        return max(fits) if len(fits) > 1 else fits[0]

    def _home(self, part: str) -> Fit | None:
        """The best of the homes that are seen; None where there is none."""
        best: Fit | None = None
        for said in ones_of(part):
            if said not in self._homes:
                self._homes[said] = self._home_said(read_one(Home, said))
            fit = self._homes[said]
            if fit and (best is None or fit > best):
                best = fit
        return best

    def _home_said(self, said: Home) -> Fit | None:
        return home_fit(self._asked, said, self._weights) if self._hears[said.holders] else None

    def _nhs(self, part: str) -> Fit:
        numbers = [read_one(Number, said) for said in ones_of(part)]
        seen = [number.nhs for number in numbers if self._hears[number.holders]]
        if not seen:
            return NOTHING
        if self._asked.nhs in seen:
            return Fit(self._weights.of("nhs", "same"), "same NHS number", wholly=True)
        return Fit(self._weights.of("nhs", "differs"), "")

    def _sees_any(self, parts: Parts) -> bool:
        """Whether anything at all is seen of somebody."""
        return any(self._hears[holders_of(said)] for part in parts for said in ones_of(part))

    def _may_have_any_name(self, parts: Parts) -> bool:
        """Whoever fits by home and birth, or by a number, may have another name altogether."""
        asked = self._asked
        if not asked.names or (asked.nhs and asked.nhs in parts[3]):
            return True
        if not (asked.births and self._asks_home):
            return False
        birth = self._birth(parts[1])
        if birth is None or birth.weight <= 0:
            return False
        home = self._home(parts[2])
        return home is not None and home.weight > 0


def birth_fit(asked: Birth, said: Birth, weights: Weights) -> Fit:
    """How a date of birth as asked, whole or in part, fits a recorded one."""
    says = weights.fields["born_on"]
    year, month, day = asked
    if year is None or month is None or day is None:
        return _part_of_birth(asked, said, says["same"])
    if asked == said:
        return Fit(says["same"], "same date of birth", wholly=True)
    if asked.turned == said:
        return Fit(says["swapped"], "date of birth with day and month exchanged")
    parts = (year == said.year) + (month == said.month) + (day == said.day)
    if parts == 2:
        slip = 1.5 if _slips(asked, said) == 1 else 0.0
        return Fit(says["two_parts"] + slip, "date of birth nearly the same")
    near = (parts == 1 and year == said.year) or _slips(asked, said) <= 2
    return Fit(says["differs"] / 2 if near else says["differs"], "")


def _slips(asked: Birth, said: Birth) -> int:
    """How many keys were struck wrong, or exchanged; three or more are three."""
    return int(OSA.distance(asked.digits, said.digits, score_cutoff=2))


def _part_of_birth(asked: Birth, said: Birth, same: float) -> Fit:
    """A year, a month or a day alone say their share of what a whole date says."""
    weight = 0.0
    agreed = []
    for what, part, known in zip(_SHARES, asked, said, strict=True):
        if part is None:
            continue
        share = same * _SHARES[what]
        next_to_it = what == "year" and known is not None and abs(part - known) == 1
        if part == known:
            agreed.append(what)
        weight += share if part == known else -share * (0.4 if next_to_it else 1.0)
    because = f"same {' and '.join(agreed)} of birth" if agreed else ""
    return Fit(weight, because, wholly=len(agreed) == sum(part is not None for part in asked))


_SHARES = {"year": 0.45, "month": 0.25, "day": 0.3}


def home_fit(asked: Asked, said: Home, weights: Weights) -> Fit:
    """How a postcode, its beginning, or a house and street fit the home of a said."""
    fits = []
    if asked.home and said.house:
        fits.append(_house_fit(asked.home, said, weights))
    if asked.postcode:
        fits.append(_postcode_fit(asked.postcode, said, weights))
    if asked.part_of_postcode:
        fits.append(_part_of_postcode_fit(asked.part_of_postcode, said, weights))
    return max(fits, default=NOTHING)


def _house_fit(asked: tuple[str, str], said: Home, weights: Weights) -> Fit:
    house, street = asked
    if house == said.house and OSA.distance(street, said.street, score_cutoff=2) <= 1:
        return Fit(weights.of("home", "same"), "same address", wholly=True)
    return Fit(weights.of("home", "differs"), "")


def _postcode_fit(asked: str, said: Home, weights: Weights) -> Fit:
    if not (said.postcode or said.earlier_postcode):
        return NOTHING
    same = weights.of("home", "postcode")
    if asked == said.postcode:
        return Fit(same, "same postcode", wholly=True)
    if asked == said.earlier_postcode:
        return Fit(weights.of("home", "moved"), "earlier postcode")
    if any([one and OSA.distance(asked, one, score_cutoff=1) == 1 for one in said[:2]]):
        return Fit(same - 3.0, "postcode nearly the same")
    if asked[:-2] == said.postcode[:-2]:
        return Fit(weights.of("home", "sector"), "same part of town")
    return Fit(weights.of("home", "differs"), "")


def _part_of_postcode_fit(asked: str, said: Home, weights: Weights) -> Fit:
    says = weights.of("home", "postcode") * (0.6 if " " in asked else 0.4)
    whole = asked if " " in asked else f"{asked} "
    if said.postcode.startswith(whole):
        return Fit(says, "postcode begins so", wholly=True)
    if said.earlier_postcode.startswith(whole):
        return Fit(says - 0.5, "earlier postcode begins so")
    return Fit(weights.of("home", "differs"), "") if said.postcode else NOTHING
