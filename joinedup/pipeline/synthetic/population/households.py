"""Who lives together: households by kind, with sexes and dates of birth that make an English pyramid."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from joinedup.pipeline.synthetic.population.origins import ORIGINS
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, bell, chance, pick
from joinedup.pipeline.synthetic.rates import Drawn

YEAR = 365.2425


class Kind(IntEnum):
    """Kinds of household; after the last of them come the institutions."""

    ALONE_OLDER = 0
    ALONE = 1
    COUPLE = 2
    COUPLE_OLDER = 3
    FAMILY = 4
    LONE_PARENT = 5
    GROWN_CHILDREN = 6
    SHARERS = 7
    STUDENTS = 8
    THREE_GENERATIONS = 9
    CARE_HOME = 10
    HOSTEL = 11


class Role(IntEnum):
    """A person's place in the household."""

    HEAD = 0
    PARTNER = 1
    CHILD = 2
    GRANDPARENT = 3
    UNRELATED = 4


_SHARES = np.array([0.125, 0.17, 0.165, 0.095, 0.215, 0.085, 0.075, 0.02, 0.012, 0.025])
_CARE_HOMES = 0.0009
_WITH_PARTNER = np.array([0, 0, 1, 1, 1, 0, 1, 0, 0, 1, 0, 0], dtype=bool)
_WITH_CHILDREN = np.array([0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 0, 0], dtype=bool)
_CHILDREN = np.array([0.36, 0.39, 0.16, 0.06, 0.03])
"""Shares of families with one child, two, … before gaps carry some past the day."""
_HEAD_AGE: dict[Kind, tuple[float, float, float, float]] = {
    Kind.ALONE_OLDER: (76, 8, 65, 99),
    Kind.ALONE: (44, 13, 18, 65),
    Kind.COUPLE: (46, 13, 20, 65),
    Kind.COUPLE_OLDER: (73, 6, 65, 95),
    Kind.FAMILY: (39, 7, 20, 60),
    Kind.LONE_PARENT: (37, 8, 17, 58),
    Kind.GROWN_CHILDREN: (56, 6, 42, 76),
    Kind.SHARERS: (33, 11, 18, 66),
    Kind.STUDENTS: (20, 1.2, 18, 26),
    Kind.THREE_GENERATIONS: (41, 7, 24, 58),
    Kind.CARE_HOME: (85, 6, 62, 104),
    Kind.HOSTEL: (41, 12, 18, 74),
}
"""Mean, spread, least and most."""


@dataclass(frozen=True)
class Households:
    """People in their households; `home` counts from 0 within these households."""

    kind: Numbers
    origin: Numbers
    """Of each household."""
    home: Numbers
    role: Numbers
    female: Mask
    born: Numbers
    """Days since 1970."""
    twin_of: Numbers
    """The position of the twin born first, or -1."""


def make_households(
    rng: np.random.Generator, people: int, as_at: int, rates: Drawn, *, hostel: int = 0
) -> Households:
    """Make households of exactly so many people as at a day; `hostel` puts so many under one roof."""
    kind, origin = _kinds(rng, people, hostel)
    size = _sizes(rng, kind, hostel)
    home = np.repeat(np.arange(len(kind)), size)[: people + people // 4 + 50]
    rank = np.arange(len(home)) - np.concatenate([[0], np.cumsum(size)[:-1]])[home]
    role = _roles(kind[home], rank, size[home])
    age, twin_of, unborn = _ages(rng, kind, home, role, rates)
    keep = np.flatnonzero(~unborn)[:people]
    moved_to = np.full(len(home), -1)
    moved_to[keep] = np.arange(len(keep))
    twins = np.where(twin_of >= 0, moved_to[twin_of], -1)
    female = _sexes(rng, role, kind[home], home, twin_of)
    last = home[keep[-1]] + 1
    return Households(
        kind=kind[:last],
        origin=origin[:last],
        home=home[keep],
        role=role[keep],
        female=female[keep],
        born=as_at - np.floor(age[keep] * YEAR).astype(np.int64),
        twin_of=twins[keep],
    )


def _kinds(rng: np.random.Generator, people: int, hostel: int) -> tuple[Numbers, Numbers]:
    count = people // 2 + 50
    kind = pick(rng, _SHARES, count)
    origin = pick(rng, np.array([o.share for o in ORIGINS]), count)
    larger = np.array([o.family_size for o in ORIGINS])[origin]
    small = (kind == Kind.ALONE) | (kind == Kind.COUPLE) | (kind == Kind.ALONE_OLDER)
    # A younger population came after the war: more of its households are families.
    to_family = small & (rng.random(count) < 1 - 1 / larger)
    families = np.array([Kind.FAMILY, Kind.THREE_GENERATIONS])[
        (rng.random(count) < 0.3).astype(int)
    ]
    kind = np.where(to_family, families, kind)
    homes = rng.random(count) < _CARE_HOMES
    kind = np.where(homes, Kind.CARE_HOME, kind)
    if hostel:
        kind[len(kind) // 4] = Kind.HOSTEL
    return kind.astype(np.int64), origin


def _sizes(rng: np.random.Generator, kind: Numbers, hostel: int) -> Numbers:
    count = len(kind)
    size = np.ones(count, dtype=np.int64) + _WITH_PARTNER[kind]
    children = 1 + pick(rng, _CHILDREN, count)
    grown = 1 + (rng.random(count) < 0.25)
    size += np.where(
        kind == Kind.GROWN_CHILDREN, grown, np.where(_WITH_CHILDREN[kind], children, 0)
    )
    size += np.where(kind == Kind.THREE_GENERATIONS, 1 + (rng.random(count) < 0.5), 0)
    size = np.where(kind == Kind.SHARERS, rng.integers(3, 8, count), size)
    size = np.where(kind == Kind.STUDENTS, rng.integers(3, 6, count), size)
    size = np.where(kind == Kind.CARE_HOME, rng.integers(18, 56, count), size)
    return np.where(kind == Kind.HOSTEL, hostel, size)


def _roles(kind: Numbers, rank: Numbers, size: Numbers) -> Numbers:
    role = np.where(rank == 0, Role.HEAD, Role.CHILD)
    role = np.where((rank == 1) & _WITH_PARTNER[kind], Role.PARTNER, role)
    # Grandparents come after the parents, one or two of them, before the children.
    older = (kind == Kind.THREE_GENERATIONS) & (rank == 2)
    second = (kind == Kind.THREE_GENERATIONS) & (rank == 3) & (size >= 6)
    role = np.where(older | second, Role.GRANDPARENT, role)
    unrelated = np.isin(kind, [Kind.SHARERS, Kind.STUDENTS, Kind.CARE_HOME, Kind.HOSTEL])
    return np.where(unrelated & (rank > 0), Role.UNRELATED, role).astype(np.int64)


def _ages(
    rng: np.random.Generator, kind: Numbers, home: Numbers, role: Numbers, rates: Drawn
) -> tuple[np.ndarray, Numbers, Mask]:
    """Ages in years, each child's twin, and which children are not born yet."""
    count = len(home)
    shape = np.array([_HEAD_AGE[Kind(k)] for k in range(len(Kind))])[kind[home]]
    age = np.clip(bell(rng, 0, 1, count) * shape[:, 1] + shape[:, 0], shape[:, 2], shape[:, 3])
    age += rng.random(count)
    first = np.concatenate([[0], np.flatnonzero(np.diff(home)) + 1])
    head = first[home]
    partner = role == Role.PARTNER
    age[partner] = np.maximum(17.5, age[head[partner]] + bell(rng, -1, 3.5, int(partner.sum())))
    grand = role == Role.GRANDPARENT
    age[grand] = np.minimum(99.5, age[head[grand]] + bell(rng, 27, 4, int(grand.sum())))
    twin_of = _child_ages(rng, age, kind, home, role, head, rates)
    unborn = (role == Role.CHILD) & (age < 0)
    twin_of[unborn] = -1
    return age, twin_of, unborn


def _child_ages(
    rng: np.random.Generator,
    age: np.ndarray,
    kind: Numbers,
    home: Numbers,
    role: Numbers,
    head: Numbers,
    rates: Drawn,
) -> Numbers:
    """Set children's ages, the eldest from the parent's age and each next by a gap; twins by none."""
    count = len(age)
    at = np.flatnonzero(role == Role.CHILD)
    twin_of = np.full(count, -1)
    eldest = np.concatenate([[True], home[at][1:] != home[at][:-1]])[: len(at)]
    parent_then = np.where(kind[home[at]] == Kind.LONE_PARENT, 24.0, 27.5)
    first_age = age[head[at]] - np.clip(parent_then + bell(rng, 0, 4.5, len(at)), 16.2, 44)
    grown = kind[home[at]] == Kind.GROWN_CHILDREN
    first_age = np.where(grown, np.clip(first_age, 18.1, 45), first_age)
    # A dependent child is under 19: the eldest of an older head was born later than the first might be.
    first_age = np.where(grown, first_age, np.minimum(first_age, 18.9 * rng.random(len(at)) ** 0.7))
    first_age = np.where(first_age < 0, rng.random(len(at)) * 2, first_age)
    twins = ~eldest & chance(rng, 2.2 * rates["twin_births"], len(at))
    gap = np.where(twins, 0.0, 1.1 + 4.2 * rng.random(len(at)))
    behind = np.where(eldest, 0.0, gap)
    run = np.cumsum(behind)
    start = np.flatnonzero(eldest)[np.cumsum(eldest) - 1]
    age[at] = first_age[start] - (run - run[start])
    # Twins share a birthday exactly: the second copies the first rather than trusting the sums.
    second = np.flatnonzero(twins)
    for position in second:  # few, and a third twin must follow the second
        age[at[position]] = age[at[position - 1]]
        before = twin_of[at[position - 1]]
        twin_of[at[position]] = before if before >= 0 else at[position - 1]
    return twin_of


def _sexes(
    rng: np.random.Generator, role: Numbers, kind: Numbers, home: Numbers, twin_of: Numbers
) -> Mask:
    count = len(role)
    female = rng.random(count) < 0.5
    lone = (role == Role.HEAD) & (kind == Kind.LONE_PARENT)
    female = np.where(lone, rng.random(count) < 0.86, female)
    older = (role == Role.HEAD) & np.isin(kind, [Kind.ALONE_OLDER, Kind.CARE_HOME])
    female = np.where(older, rng.random(count) < 0.66, female)
    female = np.where(kind == Kind.HOSTEL, rng.random(count) < 0.2, female)
    coupled = (role == Role.HEAD) & _WITH_PARTNER[kind]
    female = np.where(coupled, rng.random(count) < 0.12, female)
    # A partner's sex follows the head's; about one couple in fifty is of one sex.
    partner = np.flatnonzero(role == Role.PARTNER)
    female[partner] = ~female[partner - 1] ^ chance(rng, 0.02, len(partner))
    second = np.flatnonzero((twin_of >= 0) & (rng.random(count) < 0.65))
    female[second] = female[twin_of[second]]
    return female
