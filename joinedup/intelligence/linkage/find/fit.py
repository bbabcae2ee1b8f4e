"""How well a person fits a question, over all names, births and homes known of them, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from rapidfuzz.distance import OSA

from joinedup.intelligence.linkage.find.births import Birth
from joinedup.intelligence.linkage.find.box import Asked
from joinedup.intelligence.linkage.find.name_fit import NOTHING, Fit, NameFit, total
from joinedup.intelligence.linkage.find.near_names import near_names
from joinedup.intelligence.linkage.find.profile import Line, names_in, read_profile
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

    @property
    def strength(self) -> str:
        """strong, likely or possible."""
        if self.odds >= STRONG:
            return "strong"
        return "likely" if self.odds >= LIKELY else "possible"


class Fitting:
    """A question, ready to be held against one person after another."""

    def __init__(self, asked: Asked, weights: Weights) -> None:
        self._asked = asked
        self._weights = weights
        self._names = NameFit(asked.names, asked.family_first, weights)
        self._births: dict[str, Fit] = {}
        self._homes: dict[tuple[str, ...], Fit] = {}
        self._asks_home = bool(asked.postcode or asked.part_of_postcode or asked.home)

    def rank(self, profiles: Mapping[UUID, str]) -> dict[UUID, Fitted]:
        """Hold the question against those people of whom it can be true at all."""
        names = {person: names_in(profile) for person, profile in profiles.items()}
        said = list(set().union(*names.values()) - {""})
        near = near_names(self._asked.names, said)
        return {
            person: self.fit(profile)
            for person, profile in profiles.items()
            if not near.isdisjoint(names[person]) or self._may_have_any_name(profile)
        }

    def fit(self, profile: str) -> Fitted:
        """Hold the question against what the index knows of a person."""
        return self._fit(read_profile(profile))

    def _fit(self, lines: list[Line]) -> Fitted:
        odds = self._weights.prior
        fits: list[Fit] = []
        if self._asked.names:
            names = max([self._names.fit(line) for line in lines], key=_weight)
            odds -= total(names.fits) - names.weight
            fits.extend(names.fits)
        if self._asked.births:
            fits.append(self._best_birth(lines))
        if self._asks_home:
            fits.append(max([self._home(line) for line in lines]))
        if self._asked.nhs:
            fits.append(self._nhs(lines))
        why = tuple(dict.fromkeys([fit.because for fit in fits if fit.because]))
        return Fitted(odds + total(fits), why)

    def _may_have_any_name(self, profile: str) -> bool:
        """Whoever fits by home and birth, or by a number, may have another name altogether."""
        asked = self._asked
        if not asked.names or (asked.nhs and asked.nhs in profile):
            return True
        if not (asked.births and self._asks_home):
            return False
        lines = read_profile(profile)
        return self._best_birth(lines).weight > 0 and max(map(self._home, lines)).weight > 0

    def _best_birth(self, lines: list[Line]) -> Fit:
        return max([self._birth(line.born) for line in lines if line.born], default=NOTHING)

    def _birth(self, born: str) -> Fit:
        if born not in self._births:
            said = Birth(int(born[:4]), int(born[4:6]), int(born[6:]))
            self._births[born] = max(
                birth_fit(asked, said, self._weights) for asked in self._asked.births
            )
        return self._births[born]

    def _home(self, line: Line) -> Fit:
        said = (line.postcode, line.earlier_postcode, line.house, line.street)
        if said not in self._homes:
            self._homes[said] = home_fit(self._asked, line, self._weights)
        return self._homes[said]

    def _nhs(self, lines: list[Line]) -> Fit:
        numbers = {line.nhs for line in lines if line.nhs}
        if not numbers:
            return NOTHING
        if self._asked.nhs in numbers:
            return Fit(self._weights.of("nhs", "same"), "same NHS number")
        return Fit(self._weights.of("nhs", "differs"), "")


def birth_fit(asked: Birth, said: Birth, weights: Weights) -> Fit:
    """How a date of birth as asked, whole or in part, fits a recorded one."""
    same = weights.of("born_on", "same")
    if not asked.is_full:
        return _part_of_birth(asked, said, same)
    if asked == said:
        return Fit(same, "same date of birth")
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
    return Fit(weight, f"same {' and '.join(agreed)} of birth" if agreed else "")


_SHARES = {"year": 0.45, "month": 0.25, "day": 0.3}


def home_fit(asked: Asked, line: Line, weights: Weights) -> Fit:
    """How a postcode, its beginning, or a house and street fit the home of a line."""
    fits = []
    if asked.home and line.house:
        fits.append(_house_fit(asked.home, line, weights))
    if asked.postcode:
        fits.append(_postcode_fit(asked.postcode, line, weights))
    if asked.part_of_postcode:
        fits.append(_part_of_postcode_fit(asked.part_of_postcode, line, weights))
    return max(fits, default=NOTHING)


def _house_fit(asked: tuple[str, str], line: Line, weights: Weights) -> Fit:
    house, street = asked
    if house == line.house and OSA.distance(street, line.street, score_cutoff=2) <= 1:
        return Fit(weights.of("home", "same"), "same address")
    return Fit(weights.of("home", "differs"), "")


def _postcode_fit(asked: str, line: Line, weights: Weights) -> Fit:
    if not (line.postcode or line.earlier_postcode):
        return NOTHING
    same = weights.of("home", "postcode")
    if asked == line.postcode:
        return Fit(same, "same postcode")
    if asked == line.earlier_postcode:
        return Fit(weights.of("home", "moved"), "earlier postcode")
    slips = min(
        OSA.distance(asked, said, score_cutoff=2)
        for said in (line.postcode, line.earlier_postcode)
        if said
    )
    if slips == 1:
        return Fit(same - 3.0, "postcode nearly the same")
    if asked[:-2] == line.postcode[:-2]:
        return Fit(weights.of("home", "sector"), "same part of town")
    return Fit(weights.of("home", "differs"), "")


def _part_of_postcode_fit(asked: str, line: Line, weights: Weights) -> Fit:
    says = weights.of("home", "postcode") * (0.6 if " " in asked else 0.4)
    whole = asked if " " in asked else f"{asked} "
    if line.postcode.startswith(whole):
        return Fit(says, "postcode begins so")
    if line.earlier_postcode.startswith(whole):
        return Fit(says - 0.5, "earlier postcode begins so")
    return Fit(weights.of("home", "differs"), "") if line.postcode else NOTHING
