"""What makes looks unusual: at whom they were, how many against what is usual, and at what hour."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from joinedup.foundations.audit.choices import Sign

OPENS, CLOSES = datetime.time(7), datetime.time(19)
"""Working hours, Monday to Friday (propose: local configuration)."""

FAR = 3.5
"""A modified z-score above this is far from usual (Iglewicz and Hoaglin)."""

FEWEST = 10
"""Looks at fewer people a day than this are never unusual for their number alone (propose)."""

ENOUGH_DAYS = 5
"""Against fewer days than this nothing is usual yet."""


@dataclass(frozen=True)
class PostDay:
    """At how many people a post looked on one day, and at how many of them for an unusual sign."""

    post_id: uuid.UUID
    on: datetime.date
    agency: str
    role: str
    people: int
    no_involvement: int = 0
    same_name: int = 0
    same_address: int = 0
    out_of_hours: int = 0


@dataclass(frozen=True)
class UnusualDay:
    """A post’s day with what is unusual about it, and how many people are usual."""

    day: PostDay
    signs: Mapping[Sign, int]
    usual_of_post: float | None
    usual_of_role: float | None


def unusual_days(
    days: Iterable[PostDay], roles: Mapping[uuid.UUID, str], *, since: datetime.date
) -> list[UnusualDay]:
    """The days from `since` on with an unusual sign, the most and the gravest first.

    A post's number is held against its own other days and against all days of its role.
    """
    all_days = list(days)
    by_post: dict[uuid.UUID, list[PostDay]] = defaultdict(list)
    by_role: dict[str, list[PostDay]] = defaultdict(list)
    for day in all_days:
        by_post[day.post_id].append(day)
        by_role[roles.get(day.post_id, day.role)].append(day)
    judged = [
        _judged(day, by_post[day.post_id], by_role[roles.get(day.post_id, day.role)])
        for day in all_days
        if day.on >= since
    ]
    found = [one for one in judged if one.signs]
    return sorted(found, key=lambda one: (-_gravity(one), -one.day.on.toordinal(), one.day.post_id))


def _judged(day: PostDay, of_post: Sequence[PostDay], of_role: Sequence[PostDay]) -> UnusualDay:
    own = [other.people for other in of_post if other is not day]
    others = [other.people for other in of_role if other.post_id != day.post_id]
    signs: dict[Sign, int] = {
        sign: getattr(day, sign.value) for sign in Sign if sign is not Sign.VOLUME
    }
    if is_far(day.people, own) or is_far(day.people, others):
        signs[Sign.VOLUME] = day.people
    return UnusualDay(
        day, {sign: count for sign, count in signs.items() if count}, _usual(own), _usual(others)
    )


def _gravity(one: UnusualDay) -> int:
    """Who is near to whom they looked at comes before how many they looked at."""
    grave = {Sign.SAME_ADDRESS: 16, Sign.SAME_NAME: 8, Sign.VOLUME: 4, Sign.NO_INVOLVEMENT: 2}
    return sum(grave.get(sign, 1) for sign in one.signs)


def _usual(counts: Sequence[int]) -> float | None:
    return median(counts) if len(counts) >= ENOUGH_DAYS else None


def is_far(people: int, usual: Sequence[float]) -> bool:
    """Whether so many in a day are far above what is usual."""
    z = modified_z(people, usual)
    return people >= FEWEST and z is not None and z > FAR


def modified_z(value: float, usual: Sequence[float]) -> float | None:
    """How far a count is from what is usual, by median and median deviation; None without enough days.

    Outliers do not move it, as they would a mean. Where most days are alike the mean deviation
    stands in; where all are, one more is one unit.
    """
    if len(usual) < ENOUGH_DAYS:
        return None
    middle = median(usual)
    away = [abs(one - middle) for one in usual]
    spread = 1.4826 * median(away) or 1.2533 * fmean(away) or 1.0
    return (value - middle) / spread
