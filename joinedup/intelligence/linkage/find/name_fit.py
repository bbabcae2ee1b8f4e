"""How well the names somebody typed fit the names on a record, whichever stands first."""

from collections.abc import Iterable, Mapping, Sequence
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
_BEST_SLIP = 1.5
"""What one slip says above the level of slips, at most."""


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


class _Given(dict[str, Fit]):
    """How one typed given name fits each name on a record, worked out when first looked up."""

    def __init__(self, asked: str, weights: Weights) -> None:
        self.asked = asked
        self._weights = weights

    def __missing__(self, said: str) -> Fit:
        both = said and self.asked
        fit = self[said] = self._fit(said) if both else NOTHING
        return fit

    def _fit(self, said: str) -> Fit:
        return given_fit(self.asked, said, self._weights)


class _Family(_Given):
    """The same of a family name."""

    def __init__(self, asked: str, weights: Weights) -> None:
        super().__init__(asked, weights)
        slip = weights.of("family", "typo") + _BEST_SLIP
        self.most = max(weights.same_family(asked), slip) if " " not in asked else inf
        """What it says at most of a name of one part."""

    def _fit(self, said: str) -> Fit:
        return family_fit(self.asked, said, self._weights)


class NameFit:
    """The typed names, ready to be compared with one record after another."""

    def __init__(self, names: tuple[str, ...], family_first: int, weights: Weights) -> None:
        self._weights = weights
        ways = readings(names, family_first)
        given = {way.given: _Given(way.given, weights) for way in ways}
        family = {way.family: _Family(way.family, weights) for way in ways}
        self._ways = [(given[way.given], family[way.family], way) for way in ways]
        self._known_as = weights.of("given", "known_as")
        self._is_middle = Fit(weights.of("given", "middle"), "middle name the same")
        self._earlier = weights.of("family", "earlier")

    def fit(self, said: Names) -> NamesFit:
        """The best reading of the names against those of a record."""
        given, known_as, middle, family, earlier_family, _ = said
        best, weight = NamesFit(-inf, ()), -inf
        plain = not earlier_family and " " not in family
        for given_fits, family_fits, way in self._ways:
            one = given_fits[given]
            if known_as or middle:
                one = self._other_given(one, given_fits, known_as, middle)
            if plain and not way.middle and one.weight + family_fits.most - way.cost <= weight:
                continue
            other = family_fits[family]
            if earlier_family and other.weight < self._earlier:
                other = self._earlier_family(other, family_fits[earlier_family])
            fits: tuple[Fit, ...] = (one, other)
            says = one.weight + other.weight - way.cost
            if middle and way.middle:
                fits = (one, other, self._middle(way.middle, middle))
                says = total(fits) - way.cost
            if says > weight:
                asked = fits if way.given and way.family else (one if way.given else other,)
                best, weight = NamesFit(says, asked), says
        return best

    def _other_given(self, best: Fit, fits: _Given, known_as: str, middle: str) -> Fit:
        """By which of their other given names somebody may have been asked for, where it fits better."""
        if known_as and best.weight < self._known_as:
            known = fits[known_as]
            if known.because and known.weight > best.weight:
                best = Fit(known.weight - 0.5, "known by that name")
        if middle and best.weight < self._is_middle.weight and fits.asked in middle.split(" "):
            best = self._is_middle
        return best

    def _earlier_family(self, best: Fit, earlier: Fit) -> Fit:
        if earlier.because and earlier.weight > best.weight:
            return Fit(earlier.weight - 0.5, "earlier family name")
        return best

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
    if len(asked) == 1 or len(said) == 1:
        level = "initial" if asked[0] == said[0] else "differs"
        return Fit(weights.of("given", level), "same initial" if level == "initial" else "")
    return _nearly(asked, said, weights.fields["given"], "given name")


def family_fit(asked: str, said: str, weights: Weights) -> Fit:
    """How a typed family name fits a recorded one."""
    if asked == said:
        return Fit(weights.same_family(said), "same family name", wholly=True)
    if " " in asked or " " in said:
        if asked.replace(" ", "") == said.replace(" ", ""):
            return Fit(weights.same_family(said), "same family name", wholly=True)
        if said in asked.split(" ") or asked in said.split(" "):
            return Fit(weights.of("family", "part"), "part of the family name")
    return _nearly(asked, said, weights.fields["family"], "family name")


def _nearly(asked: str, said: str, says: Mapping[str, float], what: str) -> Fit:
    """A slip of the pen, a name half typed, or another name."""
    likeness = JaroWinkler.similarity(asked, said)
    slips = OSA.distance(asked, said, score_cutoff=2)
    if slips > 2 and likeness < ALIKE and not said.startswith(asked):
        return Fit(says["differs"] + max(0.0, likeness - 0.5) * 4, "")
    if len(asked) >= 3 and said.startswith(asked):
        return Fit(says["typo"] + 0.5, f"{what} begins so")
    shorter = min(len(asked), len(said))
    if slips == 1 and shorter > 2:
        return Fit(says["typo"] + 1.0 + (likeness - 0.9) * 5, f"{what} nearly the same")
    if likeness >= ALIKE or (slips == 2 and shorter > 4):
        return Fit(says["typo"] - 1.5 + (likeness - 0.9) * 15, f"{what} nearly the same")
    return Fit(says["differs"] + max(0.0, likeness - 0.5) * 4, "")
