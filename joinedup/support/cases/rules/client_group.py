"""Whom a group is meant for: its ages and how long an illness has lasted, by the rule of the day (S4-3).

The rules are proposals, to be agreed locally; a new one is added with the day from which it holds, and what a tag
came to stays as the rule of its own day had it. Two years of illness is the usual line for one that is lasting
(Ruggeri and others 2000, British Journal of Psychiatry 177); 18 to 64 is what services mean by working age.
"""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import months_on
from joinedup.pipeline import disclosure
from joinedup.pipeline.disclosure import Shown
from joinedup.support.cases.choices.client_group import ClientGroup, Fit
from joinedup.support.cases.rules.carers import age_on

SOON = datetime.timedelta(days=365)
"""So long before somebody outgrows a group the next is to be met (propose)."""


@dataclass(frozen=True)
class GroupRule:
    """From a day on: which ages, and how long an illness has lasted at least."""

    group: ClientGroup
    starts_on: datetime.date
    from_age: int
    until_age: int | None = None
    """The birthday with which it ends; none goes on."""
    lasting_months: int = 0
    after: ClientGroup | None = None
    """The group whose age begins where this one's ends."""

    @property
    def words(self) -> str:
        """The rule in a sentence."""
        ages = (
            f"{self.from_age} to {self.until_age - 1}"
            if self.until_age
            else f"{self.from_age} and over"
        )
        lasting = (
            f", ill for {self.lasting_months // 12} years or longer" if self.lasting_months else ""
        )
        return f"Aged {ages}{lasting}"


_G = ClientGroup
_FIRST = datetime.date(2020, 1, 1)
RULES: tuple[GroupRule, ...] = (
    GroupRule(_G.YOUNG_SEVERE_MENTAL_ILLNESS, _FIRST, 14, 18, 0, _G.SEVERE_MENTAL_ILLNESS),
    GroupRule(_G.SEVERE_MENTAL_ILLNESS, _FIRST, 18, 65, 24, _G.LATER_SEVERE_MENTAL_ILLNESS),
    GroupRule(_G.LATER_SEVERE_MENTAL_ILLNESS, _FIRST, 65, None, 24),
    GroupRule(_G.LEARNING_DISABILITY, _FIRST, 18),
)


def rule_on(
    group: ClientGroup, day: datetime.date, rules: Sequence[GroupRule] = RULES
) -> GroupRule:
    """The rule of a group that holds on that day: the newest that has begun, or the first there ever was."""
    of_group = sorted((r for r in rules if r.group is group), key=lambda rule: rule.starts_on)
    begun = [rule for rule in of_group if rule.starts_on <= day]
    return begun[-1] if begun else of_group[0]


def fit_of(
    rule: GroupRule,
    day: datetime.date,
    *,
    born_on: datetime.date | None,
    ill_since: datetime.date | None,
) -> Fit:
    """Whether somebody is whom the rule means, on that day."""
    age = age_on(born_on, day)
    if age is None:
        return Fit.AGE_NOT_KNOWN
    if age < rule.from_age:
        return Fit.TOO_YOUNG
    if rule.until_age is not None and age >= rule.until_age:
        return Fit.TOO_OLD
    if rule.lasting_months and (
        ill_since is None or months_on(ill_since, rule.lasting_months) > day
    ):
        return Fit.NOT_LASTING
    return Fit.FITS


def fit_words(fit: Fit, rule: GroupRule) -> str:
    """What a fit says, with the rule it was measured by."""
    said = {
        Fit.FITS: "Fits the rule",
        Fit.TOO_YOUNG: f"Younger than {rule.from_age}",
        Fit.TOO_OLD: f"{rule.until_age} or older",
        Fit.NOT_LASTING: f"Not known to have lasted {rule.lasting_months // 12} years",
        Fit.AGE_NOT_KNOWN: "The age is not known",
    }[fit]
    return f"{said} ({rule.words})"


def outgrows_on(rule: GroupRule, born_on: datetime.date | None) -> datetime.date | None:
    """The birthday with which somebody is no longer of the rule's age; none where it goes on."""
    if born_on is None or rule.until_age is None:
        return None
    return months_on(born_on, 12 * rule.until_age)


def is_soon(outgrows: datetime.date | None, day: datetime.date) -> bool:
    """Whether they outgrow it within a year, or have done so."""
    return outgrows is not None and outgrows <= day + SOON


BANDS = ((0, "Under 18"), (18, "18 to 24"), (25, "25 to 44"), (45, "45 to 64"), (65, "65 and over"))
NO_BAND = "Not known"
BAND_NAMES = (*(name for _, name in BANDS), NO_BAND)


def band_of(age: int | None) -> str:
    """The age band that is counted."""
    if age is None:
        return NO_BAND
    return next(name for least, name in reversed(BANDS) if age >= least)


def counted(tagged: Iterable[tuple[ClientGroup, int | None]]) -> dict[ClientGroup, list[Shown]]:
    """People by group and age band, small numbers gone and what they could be reckoned from (P44)."""
    counts: Mapping[tuple[ClientGroup, str], int] = Counter(
        (group, band_of(age)) for group, age in tagged
    )
    raw = [[counts.get((group, band), 0) for band in BAND_NAMES] for group in ClientGroup]
    return dict(zip(ClientGroup, disclosure.table(raw), strict=True))
