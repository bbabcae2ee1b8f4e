"""How well a person fits a question, over all names, births and homes known of them, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter

from rapidfuzz.distance import OSA

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.name_fit import NOTHING, Fit, NameFit, total
from joinedup.intelligence.linkage.find.near_names import near_names
from joinedup.intelligence.linkage.find.profile import (
    BETWEEN_HOLDERS,
    Born,
    Home,
    Number,
    Profile,
    names_in,
    read_profile,
)
from joinedup.intelligence.linkage.find.weights import Weights

_weight = attrgetter("weight")

STRONG = 4.0
LIKELY = -3.0
FLOOR = -12.0
"""Log2 odds, prior and all: at least STRONG is a strong match, below FLOOR nobody is shown."""


@dataclass(frozen=True)
class Fitted:
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


class Fitting:
    """A question, ready to be held against one person after another.

    Only what `holders` say of a person is looked at; what anybody says, where it is None.
    """

    def __init__(
        self, asked: Asked, weights: Weights, holders: frozenset[str] | None = None
    ) -> None:
        self._asked = asked
        self._weights = weights
        self._holders = holders
        self._seen: dict[str, bool] = {}
        self._names = NameFit(asked.names, asked.family_first, weights)
        self._births: dict[str, Fit] = {}
        self._homes: dict[Home, Fit] = {}
        self._asks_home = bool(asked.postcode or asked.part_of_postcode or asked.home)

    def rank[Who](self, profiles: Mapping[Who, str]) -> dict[Who, Fitted]:
        """Hold the question against those people of whom it can be true at all."""
        names = {person: names_in(text) for person, text in profiles.items()}
        said = list(set().union(*names.values()) - {""})
        near = near_names(self._asked.names, said)
        fitted = {
            person: self.fit(text)
            for person, text in profiles.items()
            if not near.isdisjoint(names[person]) or self._may_have_any_name(text)
        }
        return {person: fit for person, fit in fitted.items() if fit}

    def fit(self, text: str) -> Fitted | None:
        """Hold the question against what the index knows of a person; None where nothing is seen of them."""
        profile = self._read(text)
        if not any(profile):
            return None
        odds = self._weights.prior
        fits: list[Fit] = []
        if self._asked.names and profile.names:
            names = max(map(self._names.fit, profile.names), key=_weight)
            odds -= total(names.fits) - names.weight
            fits.extend(names.fits)
        if self._asked.births:
            fits.append(self._birth(profile.births))
        if self._asks_home:
            fits.append(self._home(profile.homes))
        if self._asked.nhs:
            fits.append(self._nhs(profile.numbers))
        why = tuple(dict.fromkeys([fit.because for fit in fits if fit.because]))
        wholly = all(fit.wholly for fit in fits) and bool(profile.names or not self._asked.names)
        return Fitted(odds + total(fits), why, wholly)

    def _read(self, text: str) -> Profile:
        """What is seen of a profile."""
        profile = read_profile(text)
        if self._holders is None:
            return profile
        return Profile(
            [one for one in profile.names if self._sees(one.holders)],
            [one for one in profile.births if self._sees(one.holders)],
            [one for one in profile.homes if self._sees(one.holders)],
            [one for one in profile.numbers if self._sees(one.holders)],
        )

    def _sees(self, holders: str) -> bool:
        if holders not in self._seen:
            assert self._holders is not None
            self._seen[holders] = not self._holders.isdisjoint(holders.split(BETWEEN_HOLDERS))
        return self._seen[holders]

    def _may_have_any_name(self, text: str) -> bool:
        """Whoever fits by home and birth, or by a number, may have another name altogether."""
        asked = self._asked
        if not asked.names or (asked.nhs and asked.nhs in text):
            return True
        if not (asked.births and self._asks_home):
            return False
        profile = self._read(text)
        return self._birth(profile.births).weight > 0 and self._home(profile.homes).weight > 0

    def _birth(self, said: Sequence[Born]) -> Fit:
        for born, _ in said:
            if born not in self._births:
                birth = Birth(int(born[:4]), int(born[4:6]), int(born[6:]))
                self._births[born] = max(
                    birth_fit(asked, birth, self._weights) for asked in self._asked.births
                )
        return max([self._births[born] for born, _ in said], default=NOTHING)

    def _home(self, said: Sequence[Home]) -> Fit:
        for home in said:
            if home not in self._homes:
                self._homes[home] = home_fit(self._asked, home, self._weights)
        return max([self._homes[home] for home in said], default=NOTHING)

    def _nhs(self, numbers: Sequence[Number]) -> Fit:
        if not numbers:
            return NOTHING
        if any(number.nhs == self._asked.nhs for number in numbers):
            return Fit(self._weights.of("nhs", "same"), "same NHS number", wholly=True)
        return Fit(self._weights.of("nhs", "differs"), "")


def birth_fit(asked: Birth, said: Birth, weights: Weights) -> Fit:
    """How a date of birth as asked, whole or in part, fits a recorded one."""
    same = weights.of("born_on", "same")
    if not asked.is_full:
        return _part_of_birth(asked, said, same)
    if asked == said:
        return Fit(same, "same date of birth", wholly=True)
    if asked.turned == said:
        return Fit(weights.of("born_on", "swapped"), "date of birth with day and month exchanged")
    parts = sum(a == b for a, b in zip(asked, said, strict=True))
    if parts == 2:
        slip = 1.5 if _slips(asked, said) == 1 else 0.0
        return Fit(weights.of("born_on", "two_parts") + slip, "date of birth nearly the same")
    differs = weights.of("born_on", "differs")
    near = _slips(asked, said) <= 2 or (parts == 1 and asked.year == said.year)
    return Fit(differs / 2 if near else differs, "")


def _slips(asked: Birth, said: Birth) -> int:
    """How many keys were struck wrong, or exchanged."""
    return int(OSA.distance(asked.digits, said.digits))


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
    slips = min(
        OSA.distance(asked, one, score_cutoff=2)
        for one in (said.postcode, said.earlier_postcode)
        if one
    )
    if slips == 1:
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
