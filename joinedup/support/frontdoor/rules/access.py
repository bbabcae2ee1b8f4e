"""Equity of access: who is offered an assessment, who is sent elsewhere, who waits how long (S4-8, S4-35, S4-36)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from joinedup.pipeline import disclosure


class Split(StrEnum):
    """What the figures are split by."""

    ENTRY = "entry"
    AGE = "age"
    ETHNICITY = "ethnicity"
    DEPRIVATION = "deprivation"
    ASSESSOR = "assessor"
    TEAM = "team"
    NEED = "need"
    OUTCOME = "outcome"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "entry": "Way in",
            "age": "Age",
            "ethnicity": "Ethnic group",
            "deprivation": "Deprivation of the area",
            "assessor": "Worked at by",
            "team": "Team that worked at it",
            "need": "Need, a referral for several under each",
            "outcome": "What became of it, as stated in the end",
        }[self.value]


NOT_KNOWN = "Not known"


@dataclass(frozen=True)
class Came:
    """One referral, as far as equity is about it; nothing here names the person."""

    groups: dict[Split, str]
    offered_assessment: bool
    open_access: bool
    """Sent to what is open to anybody, or shown the way, instead."""
    eligible: bool
    """Whether triage found them eligible for the programme (S4-8)."""
    waited_days: int | None
    """From sent to accepted; None while nobody has accepted."""
    needs: tuple[str, ...] = ()

    def groups_of(self, split: Split) -> tuple[str, ...]:
        """The groups it counts in: one, but for a referral with several needs."""
        if split is Split.NEED:
            return self.needs or (NOT_KNOWN,)
        return (self.groups.get(split, NOT_KNOWN),)


@dataclass(frozen=True)
class Line:
    """What is shown of one group; None is suppressed (P44), and a median of few people with it."""

    group: str
    referrals: int | None
    eligible_share: int | None
    assessed_share: int | None
    open_access_share: int | None
    median_wait: int | None


def age_band(age: int | None) -> str:
    """Under and over 65, as access differed by it (S4-35)."""
    if age is None:
        return NOT_KNOWN
    if age < 18:
        return "Under 18"
    return "18 to 64" if age < 65 else "65 and over"


def deprivation_band(decile: int | None) -> str:
    """Fifths of areas, the most deprived first, from a decile in which 1 is the most deprived."""
    if decile is None:
        return NOT_KNOWN
    fifth = (decile + 1) // 2
    ends = {1: " (most deprived)", 5: " (least deprived)"}
    return f"Fifth {fifth}{ends.get(fifth, '')}"


def lines(came: Sequence[Came], split: Split) -> list[Line]:
    """The figures of each group, small ones suppressed and what would tell them as well (P44)."""
    of: dict[str, list[Came]] = defaultdict(list)
    for each in came:
        for group in each.groups_of(split):
            of[group].append(each)
    told = disclosure.breakdown({group: len(them) for group, them in of.items()})
    return [_line(group, of[group], told[group]) for group in sorted(of, key=_last_not_known)]


def _last_not_known(group: str) -> tuple[bool, str]:
    return group == NOT_KNOWN, group


def _line(group: str, came: Sequence[Came], told: int | None) -> Line:
    if told is None:
        return Line(group, None, None, None, None, None)
    whole = len(came)
    waits = [each.waited_days for each in came if each.waited_days is not None]
    return Line(
        group=group,
        referrals=told,
        eligible_share=disclosure.share(sum(each.eligible for each in came), whole),
        assessed_share=disclosure.share(sum(each.offered_assessment for each in came), whole),
        open_access_share=disclosure.share(sum(each.open_access for each in came), whole),
        median_wait=median(waits) if len(waits) > disclosure.LIMIT else None,
    )


def median(days: Iterable[int]) -> int | None:
    """The middle one, the later of two."""
    ordered = sorted(days)
    return ordered[len(ordered) // 2] if ordered else None


def days_between(start: datetime.datetime, end: datetime.datetime | None) -> int | None:
    """Whole days from one to the other; None where there is no end."""
    return None if end is None else max(0, (end - start).days)
