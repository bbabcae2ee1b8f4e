"""Referral fatigue: how often a person is passed on before help comes, and how long that takes (S2-28)."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

LIMIT = 3
"""A person passed on more often than this before first help raises an alert (proposed, local)."""
FOLLOWED_WITHIN = datetime.timedelta(days=28)
"""A signpost after which nothing is heard for so long was followed by nothing (proposed, local)."""
LOOKING_BACK = datetime.timedelta(days=365)


class Passing(StrEnum):
    """What happens to a person on the way to help."""

    REFERRED = "referred"
    HANDED_ON = "handed_on"
    SIGNPOSTED = "signposted"
    CONTACTED = "contacted"
    HELPED = "helped"


@dataclass(frozen=True)
class Step:
    """One thing that happened, and when."""

    what: Passing
    at: datetime.datetime


@dataclass(frozen=True)
class Way:
    """A person's way to help: what is measured of it."""

    hand_offs: int
    """Before first help; all of them where none has come yet."""
    days_to_contact: int | None
    """From the first referral to the first contact, in days; None while nobody has been in touch."""
    days_to_help: int | None
    """From the first referral to first help, in days; None while none has come (S0-5)."""
    settled_at_first_contact: bool
    """Help came with nobody in between (S2-28)."""
    signposts: int
    signposts_to_nothing: int
    level: int | None = None
    """The level of need that was first set after the referral; None where none was (S0-5)."""

    def is_over(self, limit: int = LIMIT) -> bool:
        """Whether the person was passed on more often than the limit."""
        return self.hand_offs > limit


def way_of(
    steps: Iterable[Step],
    *,
    passed_on_before: int = 0,
    now: datetime.datetime,
    levels: Sequence[tuple[datetime.datetime, int]] = (),
) -> Way | None:
    """What is measured of these steps, of one person's last year; None where nobody referred them.

    `passed_on_before` is how often the referrer says that they were passed on already, and
    `levels` the levels of need that were set of them, each with its moment.
    """
    known = sorted((s for s in steps if s.at > now - LOOKING_BACK), key=lambda s: s.at)
    referred = [s.at for s in known if s.what is Passing.REFERRED]
    if not referred:
        return None
    helped = next((s.at for s in known if s.what is Passing.HELPED), None)
    contacted = next((s.at for s in known if s.what is Passing.CONTACTED), None)
    passed_on = [
        s
        for s in known
        if s.what in {Passing.HANDED_ON, Passing.SIGNPOSTED} and (helped is None or s.at <= helped)
    ]
    signposts = [s for s in known if s.what is Passing.SIGNPOSTED]
    return Way(
        hand_offs=passed_on_before + len(passed_on),
        days_to_contact=None if contacted is None else max(0, (contacted - referred[0]).days),
        days_to_help=None if helped is None else max(0, (helped - referred[0]).days),
        settled_at_first_contact=helped is not None and passed_on_before + len(passed_on) <= 1,
        signposts=len(signposts),
        signposts_to_nothing=sum(_led_to_nothing(s, known, now) for s in signposts),
        level=next((level for at, level in sorted(levels) if at >= referred[0]), None),
    )


def _led_to_nothing(signpost: Step, steps: Sequence[Step], now: datetime.datetime) -> bool:
    """Nothing was heard for four weeks after it."""
    until = signpost.at + FOLLOWED_WITHIN
    followed = any(
        signpost.at < s.at <= until for s in steps if s.what in {Passing.CONTACTED, Passing.HELPED}
    )
    return not followed and now > until


@dataclass(frozen=True)
class Fatigue:
    """The measure over many people's ways."""

    people: int
    hand_offs: float | None
    """On average, before first help."""
    median_days: int | None
    settled: int
    signposts: int
    signposts_to_nothing: int
    over: int
    median_days_to_help: int | None = None
    levels: Mapping[int, int] = field(default_factory=dict)
    """How many were at each level of need when one was first set."""


def fatigue_of(ways: Sequence[Way], *, limit: int = LIMIT) -> Fatigue:
    """The measure over these ways."""
    days = sorted(way.days_to_contact for way in ways if way.days_to_contact is not None)
    to_help = sorted(way.days_to_help for way in ways if way.days_to_help is not None)
    return Fatigue(
        people=len(ways),
        hand_offs=sum(way.hand_offs for way in ways) / len(ways) if ways else None,
        median_days=days[len(days) // 2] if days else None,
        settled=sum(way.settled_at_first_contact for way in ways),
        signposts=sum(way.signposts for way in ways),
        signposts_to_nothing=sum(way.signposts_to_nothing for way in ways),
        over=sum(way.is_over(limit) for way in ways),
        median_days_to_help=to_help[len(to_help) // 2] if to_help else None,
        levels=Counter(way.level for way in ways if way.level is not None),
    )
