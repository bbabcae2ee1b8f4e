"""What each staff group must know and who lacks it; until when a course holds; the balance of managers."""

import datetime
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from joinedup.foundations.core.dates import months_on
from joinedup.partnership.workforce.choices import CompetenceCode

HEALTH_OF_THREE = 2
"""Of three front-line managers two are from health and one from social care (S4-14)."""
_NEAR = 10
"""So many points beside the target still count as met (propose)."""


def holds_until(on: datetime.date, months: int | None) -> datetime.date | None:
    """The first day on which a course attended that day no longer holds; None where it holds always."""
    return None if months is None else months_on(on, months)


@dataclass(frozen=True)
class Staff:
    """Somebody of the staff as the rules read them."""

    agency: str
    group: str
    """Their role's code: the staff group."""
    held: frozenset[CompetenceCode] = frozenset()
    in_date: frozenset[int] = frozenset()
    """Courses that they attended and that hold today."""


@dataclass(frozen=True)
class Required:
    """A course as the rules read it."""

    course: int
    name: str
    of: frozenset[str]
    gives: CompetenceCode | None = None


@dataclass(frozen=True)
class Covered:
    """How many of those who must have a course have it in date."""

    course: int
    agency: str
    must: int
    have: int

    @property
    def gap(self) -> int:
        """How many are still to attend."""
        return self.must - self.have


def coverage(courses: Iterable[Required], staff: Collection[Staff]) -> list[Covered]:
    """Of each course and agency how many must have it, and how many have (S0-96)."""
    found = []
    for each in courses:
        must = Counter(one.agency for one in staff if one.group in each.of)
        have = Counter(
            one.agency for one in staff if one.group in each.of and each.course in one.in_date
        )
        found += [Covered(each.course, code, must[code], have[code]) for code in sorted(must)]
    return found


@dataclass(frozen=True)
class GroupNeeds:
    """One staff group: how many it has, who of them holds each competence, and what they lack."""

    group: str
    people: int
    held: Mapping[CompetenceCode, int]
    must: frozenset[CompetenceCode]

    def gap(self, code: CompetenceCode) -> int | None:
        """How many still lack what the group must have; None where it must not."""
        return self.people - self.held.get(code, 0) if code in self.must else None


def matrix(courses: Iterable[Required], staff: Collection[Staff]) -> list[GroupNeeds]:
    """What each staff group must be able to do, how many can, and how many lack it (S4-46)."""
    wanted = [each for each in courses if each.gives is not None]
    groups = sorted({one.group for one in staff})
    return [
        GroupNeeds(
            group=group,
            people=sum(one.group == group for one in staff),
            held=Counter(code for one in staff if one.group == group for code in one.held),
            must=frozenset(each.gives for each in wanted if group in each.of and each.gives),
        )
        for group in groups
    ]


@dataclass(frozen=True)
class Balance:
    """How the front-line managers of a place are made up, beside two thirds and one third."""

    health: int
    social_care: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.health + self.social_care

    @property
    def target(self) -> tuple[int, int]:
        """How many of so many would be from health, and how many from social care."""
        from_health = round(self.all * HEALTH_OF_THREE / 3)
        return from_health, self.all - from_health

    @property
    def share(self) -> int | None:
        """The share of health in per cent; None where there is nobody."""
        return round(100 * self.health / self.all) if self.all else None

    @property
    def is_met(self) -> bool:
        """Whether it is near enough to the target: as near as so few can come, or within ten points."""
        if self.all == 0:
            return False
        near = abs(100 * self.health / self.all - 100 * HEALTH_OF_THREE / 3) <= _NEAR
        return near or self.health == self.target[0]

    @property
    def sentence(self) -> str:
        """What it is now, and what it is to be."""
        if self.all == 0:
            return "There is no front-line manager of health or social care yet."
        health, social = self.target
        return (
            f"{self.health} of {self.all} front-line managers are from health and {self.social_care} from "
            f"social care. Two thirds and one third would be {health} and {social}."
        )
