"""How well the names somebody typed fit the names on a record, whichever stands first."""

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from rapidfuzz.distance import OSA, JaroWinkler

from joinedup.intelligence.linkage.find.profile import Names
from joinedup.intelligence.linkage.find.weights import Weights
from joinedup.pipeline.standardise.nicknames import name_roots

ALIKE = 0.85
"""Jaro-Winkler likeness below which two names are different names."""


class Fit(NamedTuple):
    """How much it says, and what it is, in words; no words where it says little."""

    weight: float
    because: str
    wholly: bool = False
    """Nothing could fit better."""


class NamesFit(NamedTuple):
    """How much the names say together, and each part of them."""

    weight: float
    fits: Sequence[Fit]


NOTHING = Fit(0.0, "")
_SWAP_COSTS = 1.0


class Reading(NamedTuple):
    """One way to read the typed names."""

    given: str
    family: str
    middle: str
    cost: float


def readings(names: tuple[str, ...], family_first: int = 0) -> tuple[Reading, ...]:
    """Every way to read names as given, middle and family: in order first, then turned round."""
    if not names:
        return ()
    if len(names) == 1:
        return (Reading(names[0], "", "", 0.0), Reading("", names[0], "", 0.0))
    if family_first:
        given, family = names[family_first:], names[:family_first]
        return _of(given, family, 0.0) + _of(family, given, _SWAP_COSTS)
    found: list[Reading] = []
    for at in range(1, len(names)):
        found.extend(_of(names[:at], names[at:], 0.0))
        found.extend(_of(names[at:], names[:at], _SWAP_COSTS))
    return tuple(dict.fromkeys(found))


def _of(given: tuple[str, ...], family: tuple[str, ...], cost: float) -> tuple[Reading, ...]:
    return (Reading(given[0], " ".join(family), " ".join(given[1:]), cost),)


class NameFit:
    """The typed names, ready to be compared with one record after another."""

    def __init__(self, names: tuple[str, ...], family_first: int, weights: Weights) -> None:
        self._readings = readings(names, family_first)
        self._weights = weights
        self._given: dict[tuple[str, str], Fit] = {}
        self._family: dict[tuple[str, str], Fit] = {}
        self._all: dict[Names, NamesFit] = {}

    def fit(self, said: Names) -> NamesFit:
        """The best reading of the names against those of a record."""
        if said not in self._all:
            best = NamesFit(-inf, ())
            for reading in self._readings:
                fits = self._fit_reading(reading, said)
                weight = total(fits) - reading.cost
                if weight > best.weight:
                    best = NamesFit(weight, fits)
            self._all[said] = best
        return self._all[said]

    def _fit_reading(self, reading: Reading, names: Names) -> list[Fit]:
        fits = []
        if reading.given:
            fits.append(self._best_given(reading.given, names))
        if reading.family:
            fits.append(self._best_family(reading.family, names))
        if reading.middle and names.middle:
            fits.append(self._middle(reading.middle, names.middle))
        return fits

    def _best_given(self, asked: str, names: Names) -> Fit:
        best = self._given_fit(asked, names.given) if names.given else NOTHING
        if names.known_as and best.weight < self._weights.of("given", "known_as"):
            known = self._given_fit(asked, names.known_as)
            if known.because and known.weight > best.weight:
                best = Fit(known.weight - 0.5, "known by that name")
        if names.middle and best.weight < self._weights.of("given", "middle"):
            middles = names.middle.split(" ")
            if asked in middles:
                best = Fit(self._weights.of("given", "middle"), "middle name the same")
        return best

    def _given_fit(self, asked: str, said: str) -> Fit:
        pair = (asked, said)
        if pair not in self._given:
            self._given[pair] = given_fit(asked, said, self._weights)
        return self._given[pair]

    def _best_family(self, asked: str, names: Names) -> Fit:
        best = self._family_fit(asked, names.family) if names.family else NOTHING
        if names.earlier_family and best.weight < self._weights.of("family", "earlier"):
            earlier = self._family_fit(asked, names.earlier_family)
            if earlier.because and earlier.weight > best.weight:
                best = Fit(earlier.weight - 0.5, "earlier family name")
        return best

    def _family_fit(self, asked: str, said: str) -> Fit:
        pair = (asked, said)
        if pair not in self._family:
            self._family[pair] = family_fit(asked, said, self._weights)
        return self._family[pair]

    def _middle(self, asked: str, said: str) -> Fit:
        if asked == said or set(asked.split(" ")) & set(said.split(" ")):
            return Fit(self._weights.of("middle", "same"), "same middle name", wholly=True)
        if asked[0] == said[0] and 1 in (len(asked), len(said)):
            return Fit(self._weights.of("middle", "initial"), "")
        return Fit(self._weights.of("middle", "differs") / 2, "")


def total(fits: Iterable[Fit]) -> float:
    """What several fits say together."""
    return sum([fit.weight for fit in fits])


def given_fit(asked: str, said: str, weights: Weights) -> Fit:
    """How a typed given name fits a recorded one."""
    if asked == said:
        return Fit(weights.same_given(asked), "same given name", wholly=True)
    if not name_roots(asked).isdisjoint(name_roots(said)):
        return Fit(weights.of("given", "nickname"), "a form of the given name")
    if 1 in (len(asked), len(said)):
        level = "initial" if asked[0] == said[0] else "differs"
        return Fit(weights.of("given", level), "same initial" if level == "initial" else "")
    return _nearly(asked, said, "given", "given name", weights)


def family_fit(asked: str, said: str, weights: Weights) -> Fit:
    """How a typed family name fits a recorded one."""
    if asked == said or asked.replace(" ", "") == said.replace(" ", ""):
        return Fit(weights.same_family(said), "same family name", wholly=True)
    if said in asked.split(" ") or asked in said.split(" "):
        return Fit(weights.of("family", "part"), "part of the family name")
    return _nearly(asked, said, "family", "family name", weights)


def _nearly(asked: str, said: str, field: str, what: str, weights: Weights) -> Fit:
    """A slip of the pen, a name half typed, or another name."""
    typo = weights.of(field, "typo")
    differs = weights.of(field, "differs")
    likeness = JaroWinkler.similarity(asked, said)
    slips = OSA.distance(asked, said, score_cutoff=3)
    if len(asked) >= 3 and said.startswith(asked):
        return Fit(typo + 0.5, f"{what} begins so")
    if slips == 1 and min(len(asked), len(said)) > 2:
        return Fit(typo + 1.0 + (likeness - 0.9) * 5, f"{what} nearly the same")
    if likeness >= ALIKE or (slips == 2 and min(len(asked), len(said)) > 4):
        return Fit(typo - 1.5 + (likeness - 0.9) * 15, f"{what} nearly the same")
    return Fit(differs + max(0.0, likeness - 0.5) * 4, "")
