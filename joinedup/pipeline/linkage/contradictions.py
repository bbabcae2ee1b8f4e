"""Which identities that hang together can hardly be one person: names or birth dates differ."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from joinedup.pipeline.linkage.coded import Coded, Places, grouped
from joinedup.pipeline.linkage.edges import CHAIN, Edges, Flags, Pairs, Whole, by_label
from joinedup.pipeline.linkage.identities import Identities
from joinedup.pipeline.linkage.judging import (
    CHILD_SQL,
    COHORT_SQL,
    GRADED,
    NEAR_SQL,
    OWN_SQL,
    SETTLED_SQL,
    SHARED_NAME_SQL,
)
from joinedup.pipeline.linkage.scoring import compare

_PLAIN_NAME = "length(given_l) > 1 AND array_length(roots_l) = 1"
_OF_ONE_AGE = f"({COHORT_SQL}) AND NOT ({SHARED_NAME_SQL})"
_ONE_DAY = "born_on_l = born_on_r"
_DATED = "born_on_l IS NOT NULL"
_TWINS = f"NOT ({SETTLED_SQL}) AND ({OWN_SQL}) = 0 AND NOT beside_l AND NOT beside_r"
_GOES_BY = "given_l = given_r OR given_l = other_given_r OR given_l = middle_r"

Grades = NDArray[np.int8]


Births = tuple[Flags, Flags]
"""Of each place, whether its person is known to be born with a twin; and to be born alone."""


@dataclass(frozen=True)
class Told:
    """Grades that edges have told already, so that they are not compared again."""

    key: Whole
    grades: Mapping[str, Grades]

    @classmethod
    def of(cls, size: int, edges: Edges, grades: Mapping[str, Grades]) -> "Told":
        """What the edges between so many places tell."""
        key = edges.left * size + edges.right
        if (key[1:] < key[:-1]).any():
            order = np.argsort(key)
            return cls(key[order], {name: of[order] for name, of in grades.items()})
        return cls(key, grades)

    def __call__(
        self,
        people: Identities,
        names: Sequence[str],
        left: Places,
        right: Places,
        threads: int = 2,
    ) -> list[Grades]:
        """Of each two places the grades of these names; compared where no edge has told."""
        wanted = left * len(people) + right
        at, there = _found(wanted, self.key)
        rest = np.flatnonzero(~there)
        known = [
            self.grades[name][at] if len(self.key) else np.zeros(len(left), np.int8)
            for name in names
        ]
        with ThreadPoolExecutor(threads) as pool:
            asked = pool.map(lambda name: _graded(people, name, left[rest], right[rest]), names)
        for grades, of in zip(known, asked, strict=True):
            grades[rest] = of
        return known


def contradictions(
    people: Identities,
    cluster: Whole,
    births: Births,
    told: Told,
    *,
    joined: Whole,
    own_explains: bool,
) -> tuple[Pairs, Pairs]:
    """Pairs of places of one cluster that can hardly be one person; and pairs that may be twins.

    None of two that are `joined` in one already.

    Their given names or birth dates differ; or, unless `own_explains`, their NHS numbers, verified or
    not, or sex, where given names only fit. Not two bearers of one verified number. Nor, of names and
    dates, where a third identity of the cluster explains both: it agrees with either and has one plain
    given name, or it goes by both names itself. Nor, with `own_explains`, where they share what is
    one's own: an e-mail address, a telephone, a middle name; nor where only a twin could be meant, and
    there is none.

    Twins may be people under forty born on one day whose names are alike and who share nothing of their own, unless
    they are known to be born alone; and, with `own_explains`, grown-ups of one home, day and family name.
    """
    members, first, sizes = _mixed(people, cluster)
    one, other = pairs_in_blocks(sizes)
    left, right = members[one], members[other]
    asked = (people.anchor[left] != people.anchor[right]) | (people.anchor[left] < 0)
    asked &= joined[left] != joined[right]
    rows = np.flatnonzero(asked)
    names = ("born", "given", *(() if own_explains else ("sex", "nhs")))
    grades = [np.zeros(len(left), dtype=np.int8) for _ in names]
    for grade, of in zip(grades, told(people, names, left[rows], right[rows]), strict=True):
        grade[rows] = of
    born, given, *more = grades
    differs = (born == -1) | (given == -1)
    several_born, alone = _born(people, members, sizes, births, one, other)
    slips = np.zeros(len(left), dtype=bool)
    if own_explains:
        rows = np.flatnonzero((born == 3) & (given == -1) & ~several_born)
        rows = rows[_of_one_home(people, left[rows], right[rows])]
        settled = people.lanes.holds(SETTLED_SQL, left[rows], right[rows])
        differs[rows[alone[rows] | settled]] = False
        rows = rows[~alone[rows] & settled]
        slips[rows] = people.lanes.number(OWN_SQL, left[rows], right[rows]) == 0
        rows = np.flatnonzero((born == -1) & (given == 3))
        rows = rows[people.lanes.holds(_OF_ONE_AGE, left[rows], right[rows])]
        differs[rows[_of_one_home(people, left[rows], right[rows])]] = False
        plain = np.zeros(len(left), dtype=bool)
        rows = np.flatnonzero(differs)
        differs[rows] = people.lanes.number(OWN_SQL, left[rows], right[rows]) == 0
    else:
        sex, nhs = more
        plain = (nhs == -1) | ((sex == -1) & (given < 3))
    # Of two alone, the edge between them has said already what differs.
    several = np.repeat(sizes > 2, sizes)[one]
    odd = asked & (plain | differs) & several
    maybe = np.flatnonzero(odd & ~plain)
    if len(maybe):
        block = np.repeat(np.arange(len(sizes)), sizes)[one]
        wanted = np.zeros(len(sizes), dtype=bool)
        wanted[block[maybe]] = True
        rows = np.flatnonzero(wanted[block] & ~asked)
        born[rows], given[rows] = told(people, ("born", "given"), left[rows], right[rows])
        rows = np.flatnonzero(wanted[block])
        agree = _agreeing(
            people, left[rows], right[rows], born[rows], given[rows], own_explains=own_explains
        )
        odd[maybe] = ~_explained(people, members, (first, sizes), one[maybe], other[maybe], agree)
    alike = asked & ~odd & ~alone & (born == 3) & (given <= 1) & (given >= 0)
    rows = np.flatnonzero(alike)
    alike[rows] = people.lanes.holds(_TWINS, left[rows], right[rows])
    alike |= slips & asked
    return (left[odd], right[odd]), (left[alike], right[alike])


def pairs_in_blocks(sizes: Whole) -> tuple[Places, Places]:
    """All pairs of rows of one block, the earlier first, where blocks of these sizes follow each other."""
    ends = np.repeat(np.cumsum(sizes), sizes)
    follow = ends - np.arange(len(ends)) - 1
    one = np.repeat(np.arange(len(ends)), follow)
    nth = np.arange(len(one)) - np.repeat(np.cumsum(follow) - follow, follow)
    return one, one + 1 + nth


def _mixed(people: Identities, cluster: Whole) -> tuple[Places, Whole, Whole]:
    """The members of clusters in which given name, birth date or NHS number differ; block by block.

    With where each block begins, and its size. A chain is not looked into.
    """
    sizes = np.bincount(cluster, minlength=len(cluster))[cluster]
    inside = np.flatnonzero((sizes > 1) & (sizes <= CHAIN))
    inside = inside[by_label(cluster[inside], len(cluster))]
    first = np.flatnonzero(np.diff(cluster[inside], prepend=-1))
    several = np.zeros(len(first), dtype=bool)
    for name in ("given", "born_on", "nhs") if len(first) else ():
        lane = people.lanes.columns[name]
        assert isinstance(lane, Coded)
        codes = lane.codes[inside]
        most = np.maximum.reduceat(np.where(codes == lane.null, -1, codes), first)
        several |= (np.minimum.reduceat(codes, first) < most) & (most >= 0)
    sizes = np.diff(first, append=len(inside))
    members = inside[np.repeat(several, sizes)]
    sizes = sizes[several]
    return members, np.cumsum(sizes) - sizes, sizes


def _explained(
    people: Identities,
    members: Places,
    blocks: tuple[Whole, Whole],
    one: Places,
    other: Places,
    agree: Whole,
) -> Flags:
    """Of each two rows of `members`, whether a third of their block explains both."""
    first, sizes = blocks
    block = np.repeat(np.arange(len(sizes)), sizes)[one]
    times = sizes[block]
    pair = np.repeat(np.arange(len(one)), times)
    nth = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
    third = members[first[block][pair] + nth]
    left, right = members[one][pair], members[other][pair]
    fits = np.ones(len(third), dtype=bool)
    for side in (left, right):
        fits[fits] = _among(third[fits] * len(people) + side[fits], agree)
    goes = people.lanes.holds(_ONE_DAY, left, third)
    for sql, side in ((_ONE_DAY, right), (_GOES_BY, left), (_GOES_BY, right)):
        goes[goes] = people.lanes.holds(sql, side[goes], third[goes])
    explained = np.zeros(len(one), dtype=bool)
    explained[pair[fits | goes]] = True
    return explained


def _born(
    people: Identities, members: Places, sizes: Whole, births: Births, one: Places, other: Places
) -> Births:
    """Of each two rows of `members`, whether one is known to be born with a twin; and to be born alone.

    Alone is also who shares block and birth date with somebody who is.
    """
    lane = people.lanes.columns["born_on"]
    assert isinstance(lane, Coded)
    block = np.repeat(np.arange(len(sizes)), sizes)
    _, day = grouped(block * (lane.null + 1) + lane.codes[members])
    several, alone = (
        np.bincount(day, weights=flags[members], minlength=len(members))[day] > 0
        for flags in births
    )
    return several[one] | several[other], (alone & ~several)[one] & (alone & ~several)[other]


def _of_one_home(people: Identities, left: Places, right: Places) -> Flags:
    found = _graded(people, "home", left, right) >= 2
    found[found] = _graded(people, "family", left[found], right[found]) >= 1
    return np.asarray(found)


def _has_plain_name(people: Identities) -> Flags:
    return people.lanes.holds(_PLAIN_NAME, *_itself(people))


def _itself(people: Identities) -> Pairs:
    every = np.arange(len(people))
    return every, every


def _agreeing(
    people: Identities,
    left: Places,
    right: Places,
    born: Grades,
    given: Grades,
    *,
    own_explains: bool,
) -> Whole:
    """Who agree, either way round, the first being one that may be the third to explain two others.

    With `own_explains`, also who agree by what is their own; and an undated record with one of its plain
    name near it.
    """
    agree = _either_way(people, left, right, (born >= 1) & (given >= 1), _has_plain_name(people))
    if not own_explains:
        return agree
    every = np.ones(len(people), dtype=bool)
    rows = np.flatnonzero(born >= 1)
    own = np.zeros(len(left), dtype=np.int8)
    own[rows] = people.lanes.number(OWN_SQL, left[rows], right[rows])
    grown = (own == 1) & (born == 3)
    rows = np.flatnonzero(grown)
    grown[rows] = ~people.lanes.holds(CHILD_SQL, left[rows], right[rows])
    undated = (born == 0) & (given == 3)
    rows = np.flatnonzero(undated)
    undated[rows] = people.lanes.holds(NEAR_SQL, left[rows], right[rows])
    plain = _has_plain_name(people) & people.lanes.holds(_DATED, *_itself(people))
    by_their_own = _either_way(people, left, right, (own == 2) | grown, every)
    near = _either_way(people, left, right, undated, plain)
    return np.sort(np.concatenate((agree, by_their_own, near)))


def _either_way(
    people: Identities, left: Places, right: Places, chosen: Flags, third: Flags
) -> Whole:
    """The chosen pairs either way round, the first being one that may be the third to explain them."""
    left, right = left[chosen], right[chosen]
    one, two = np.concatenate((left, right)), np.concatenate((right, left))
    fit = third[one]
    return np.sort(one[fit] * len(people) + two[fit])


def _among(wanted: Whole, held: Whole) -> Flags:
    """Whether each is one of those held, which are in order."""
    return _found(wanted, held)[1]


def _found(wanted: Whole, held: Whole) -> tuple[Places, Flags]:
    """Where each stands among those held, which are in order; and whether it is one of them."""
    if not len(held):
        return np.zeros(len(wanted), dtype=np.intp), np.zeros(len(wanted), dtype=bool)
    at = np.minimum(np.searchsorted(held, wanted), len(held) - 1)
    return at, np.asarray(held[at] == wanted)


def _graded(people: Identities, name: str, left: Places, right: Places) -> np.ndarray:
    graded = GRADED[name]
    grades = np.array(graded.grades, dtype=np.int8)
    return grades[compare(people.lanes, graded.comparison, left, right)]
