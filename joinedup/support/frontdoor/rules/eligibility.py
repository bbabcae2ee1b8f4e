"""Whether somebody is eligible for the Transforming Lives programme, line by line, and why (P16).

One or more of the six characteristics AND two or more agencies needed. An agency that knows somebody
already is evidence and never the test. High risk strikes out the violence and the offending
characteristic alone, and opens the other route in parallel.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from joinedup.support.frontdoor.choices import Characteristic, HighRiskRoute

CHARACTERISTICS_NEEDED = 1
AGENCIES_NEEDED = 2
_WORDS_FOR = {1: "one", 2: "two", 3: "three", 4: "four", 5: "five", 6: "six"}


@dataclass(frozen=True)
class HighRisk:
    """That somebody deemed the risk high: who, on what tool, when; and where it goes."""

    route: HighRiskRoute
    deemed_by: str
    tool: str
    deemed_on: datetime.date | None = None


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for a characteristic, in words fit for whoever is told."""

    characteristic: Characteristic
    words: str


@dataclass(frozen=True)
class Case:
    """All that eligibility rests upon: what is said, which agencies are needed, what was deemed high."""

    evidence: tuple[Evidence, ...] = ()
    agencies_needed: frozenset[str] = frozenset()
    high_risk: tuple[HighRisk, ...] = ()
    agencies_involved: frozenset[str] = frozenset()
    """Evidence that is shown beside the line of agencies, and counts for nothing (P16)."""


@dataclass(frozen=True)
class Line:
    """One line of the rule: whether it is met, in words, and by what."""

    code: str
    is_met: bool
    words: str
    by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Eligibility:
    """The answer, with each line it came from and the routes that high risk opens beside it."""

    is_eligible: bool
    lines: tuple[Line, ...]
    grounds: tuple[Characteristic, ...]
    struck_out: tuple[Characteristic, ...]
    parallel: tuple[HighRisk, ...]

    @property
    def sentence(self) -> str:
        """The answer in one sentence."""
        if self.is_eligible:
            return "Both lines are met: eligible for the Transforming Lives programme."
        missing = [line.words for line in self.lines if not line.is_met]
        return "Not eligible for the Transforming Lives programme. " + " ".join(missing)


def eligibility(case: Case) -> Eligibility:
    """Whether the programme is for them; each line says whether it is met and by what."""
    named = _by_characteristic(case.evidence)
    struck = tuple(each for each in named if case.high_risk and each.is_struck_out_by_high_risk)
    grounds = tuple(each for each in named if each not in struck)
    lines = (_characteristics(named, grounds, struck, case), _agencies(case))
    return Eligibility(
        is_eligible=all(line.is_met for line in lines),
        lines=lines,
        grounds=grounds,
        struck_out=struck,
        parallel=case.high_risk,
    )


def _by_characteristic(evidence: Iterable[Evidence]) -> Mapping[Characteristic, list[str]]:
    named: dict[Characteristic, list[str]] = {}
    for characteristic in Characteristic:
        words = [each.words for each in evidence if each.characteristic is characteristic]
        if words:
            named[characteristic] = list(dict.fromkeys(words))
    return named


def _characteristics(
    named: Mapping[Characteristic, list[str]],
    grounds: tuple[Characteristic, ...],
    struck: tuple[Characteristic, ...],
    case: Case,
) -> Line:
    is_met = len(grounds) >= CHARACTERISTICS_NEEDED
    if grounds:
        words = f"{_WORDS_FOR[len(grounds)].capitalize()} of the six characteristics: {_listed(grounds)}."
    else:
        words = "None of the six characteristics is known of."
    if struck:
        where = ", ".join(dict.fromkeys(risk.route.label for risk in case.high_risk))
        verb = "does" if len(struck) == 1 else "do"
        words += f" {_listed(struck).capitalize()} {verb} not count, for the risk is high: that goes to {where}."
    by = tuple(f"{each.label}: {text}" for each in grounds for text in named[each])
    return Line("characteristics", is_met, words, by)


def _agencies(case: Case) -> Line:
    needed = sorted(case.agencies_needed)
    if len(needed) >= AGENCIES_NEEDED:
        words = f"{_WORDS_FOR.get(len(needed), str(len(needed))).capitalize()} agencies are needed: {_joined(needed)}."
    elif needed:
        words = f"One agency alone is needed: {needed[0]}. The programme is for two or more."
    else:
        words = "No agency is named as needed. The programme is for two or more."
    by = tuple(
        f"{name} is involved already; that alone does not count"
        for name in sorted(case.agencies_involved)
    )
    return Line("agencies", len(needed) >= AGENCIES_NEEDED, words, by)


def _listed(characteristics: Iterable[Characteristic]) -> str:
    return _joined([each.label.lower() for each in characteristics])


def _joined(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
