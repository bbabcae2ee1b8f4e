"""Groups in components that contradict themselves: one edge of every component is taken in each turn."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from joinedup.pipeline.linkage.edges import NUMBERED, RIVAL, SCORED, Edges, Flags, Whole

TWICE, HALF = 2, 0.5
"""From how many records on, and for what share of pairs, names that are only alike are two names."""

FEW = 0.25
"""The share of contradicting pairs of records that two groups may have and still be joined."""

Counts = NDArray[np.float64]
Basis = NDArray[np.int8]


@dataclass(frozen=True)
class Standing:
    """What is known of each position, or of each group of them."""

    anchor: Whole
    """-1 where it stands on no verified number."""
    support: Whole
    """How many records say what it says."""
    margin: Counts
    """How much better its best candidate must be than another that contradicts it."""


@dataclass(frozen=True)
class _Rows:
    """Edges by component (the nth) and by the place of two groups in it; best first within a component."""

    of: Whole
    one: Whole
    two: Whole
    weight: Counts
    basis: Basis

    def __len__(self) -> int:
        return len(self.of)

    def only(self, chosen: NDArray[np.generic]) -> "_Rows":
        return _Rows(
            self.of[chosen], self.one[chosen], self.two[chosen], self.weight[chosen], self.basis[chosen]
        )  # fmt: skip


class Contest:
    """The groups of some components: each component has as many places as the largest needs."""

    def __init__(self, standing: Standing, groups: Whole, component: Whole, room: int) -> None:
        """`groups` follow each other by component, and within one in order."""
        nth = np.cumsum(np.diff(component, prepend=-1) != 0) - 1
        first = np.flatnonzero(np.diff(component, prepend=-1))
        self.groups = groups
        self.where = nth, np.arange(len(groups)) - first[nth]
        self.slot = np.full(len(standing.anchor), -1)
        self.slot[groups] = self.where[0] * room + self.where[1]
        shape = (len(first), room)
        self.number = np.full(shape, -1, dtype=np.int64)
        self.records = np.zeros(shape)
        self.margin = np.zeros(shape)
        self.number[self.where] = standing.anchor[groups]
        self.records[self.where] = standing.support[groups]
        self.margin[self.where] = standing.margin[groups]
        self.root = np.tile(np.arange(room), (len(first), 1))
        """The place of the first of the group that a group is in by now."""
        self.never, self.unlikely, self.alike = (np.zeros((*shape, room)) for _ in range(3))
        """How many pairs of records of two groups contradict each other."""
        self.apart = self.never, self.unlikely, self.alike
        self.refused = np.zeros((*shape, room), dtype=bool)
        """Whether two would have been joined, had nothing stood between them."""

    def tell(self, apart: Counts, one: Whole, two: Whole, pairs: NDArray[np.generic]) -> None:
        """Say of groups how many pairs of their records contradict each other, in one of the three ways."""
        of, one, two, rows = self._places(one, two)
        np.add.at(apart, (of, one, two), pairs[rows])
        np.add.at(apart, (of, two, one), pairs[rows])

    def resolved(self, edges: Edges) -> Whole:
        """The first group of those each of the groups is one with; edges are in order, best first."""
        of, one, two, at = self._places(edges.left, edges.right)
        order = np.argsort(of, kind="stable")
        at = at[order]
        rows = _Rows(
            of[order], one[order], two[order], edges.weight[at].astype(np.float64), edges.basis[at]
        )
        self._take(rows.only(rows.basis == NUMBERED), refusing=False)
        chosen = (rows.basis != RIVAL) & ~self._ambiguous(rows)
        self._take(rows.only(chosen), refusing=True)
        of, nth = self.where
        first = np.full(self.root.shape, -1)
        first[self.where] = self.groups
        return first[of, self.root[of, nth]]

    def _places(self, one: Whole, two: Whole) -> tuple[Whole, Whole, Whole, Whole]:
        """Component and places of the pairs that are of these groups, and which they are."""
        room = self.root.shape[1]
        one, two = self.slot[one], self.slot[two]
        rows = np.flatnonzero((one >= 0) & (two >= 0) & (one // room == two // room) & (one != two))
        one, two = one[rows], two[rows]
        return one // room, one % room, two % room, rows

    def _take(self, rows: _Rows, *, refusing: bool) -> None:
        """Take the best edge left in each component, until there are none."""
        while len(rows := rows.only(self._two(rows))):
            turn = np.diff(rows.of, prepend=-1) != 0
            self._turn(rows.only(turn), refusing=refusing)
            rows = rows.only(~turn)

    def _two(self, rows: _Rows) -> Flags:
        """Whether they are two groups still."""
        return self.root[rows.of, rows.one] != self.root[rows.of, rows.two]

    def _turn(self, rows: _Rows, *, refusing: bool) -> None:
        of, scored = rows.of, rows.basis == SCORED
        a, b = self.root[of, rows.one], self.root[of, rows.two]
        clash = self._clash(of, a, b, scored)
        if refusing:
            self.refused[of[clash], a[clash], rows.two[clash]] = True
            self.refused[of[clash], b[clash], rows.one[clash]] = True
            open_ = np.flatnonzero(~clash & scored)
            for here, there in ((a, b), (b, a)):
                second = self._second_best(of[open_], here[open_], there[open_])
                clash[open_[second]] = True
        self._join(of[~clash], np.minimum(a, b)[~clash], np.maximum(a, b)[~clash])

    def _clash(self, of: Whole, a: Whole, b: Whole, scored: Flags | bool) -> Flags:
        """Whether joining two groups would bring a contradiction together.

        A reviewer's no is one wherever it stands; of differing names and dates, more than FEW of what
        the two groups say of each other: one miswritten record speaks for nobody else. Names alike, as
        twins' are, are one where either group says its own more than once: that is no slip.
        """
        numbers, records = (
            (self.number[of, a], self.number[of, b]),
            (self.records[of, a], self.records[of, b]),
        )
        said = records[0] * records[1]
        differ = self.unlikely[of, a, b] > FEW * said
        differ |= (np.minimum(*records) >= TWICE) & (self.alike[of, a, b] > HALF * said)
        differ &= scored
        differ |= (np.minimum(*numbers) >= 0) & (numbers[0] != numbers[1])
        differ |= self.never[of, a, b] > 0
        return differ & (a != b)

    def _join(self, of: Whole, a: Whole, b: Whole) -> None:
        """Make one group of two, a being the first; of a component no more than one at once."""
        for apart in self.apart:
            apart[of, a, :] += apart[of, b, :]
            apart[of, :, a] += apart[of, :, b]
        self.refused[of, a, :] |= self.refused[of, b, :]
        self.number[of, a] = np.maximum(self.number[of, a], self.number[of, b])
        self.records[of, a] += self.records[of, b]
        self.margin[of, a] = np.minimum(self.margin[of, a], self.margin[of, b])
        root = self.root[of]
        self.root[of] = np.where(root == b[:, None], a[:, None], root)

    def _second_best(self, of: Whole, here: Whole, there: Whole) -> Flags:
        """Whether a group without a verified number was refused by a better one that the other contradicts."""
        asked = np.flatnonzero((self.number[of, here] < 0) & self.refused[of, here].any(axis=1))
        nth, better = np.nonzero(self.refused[of[asked], here[asked]])
        row = asked[nth]
        clash = self._clash(of[row], self.root[of[row], better], there[row], True)
        found = np.zeros(len(of), dtype=bool)
        found[row[clash]] = True
        return found

    def _ambiguous(self, rows: _Rows) -> Flags:
        """Edges from a group to two groups that contradict each other and weigh nearly the same.

        A group without a verified number is then left wholly alone, lest it finds its way round by another.
        What only a better rival outweighs is not taken either, by however much.
        """
        found = np.zeros(len(rows), dtype=bool)
        a, b = self.root[rows.of, rows.one], self.root[rows.of, rows.two]
        at = np.flatnonzero((rows.basis <= SCORED) & (a != b))
        if not len(at):
            return found
        room = self.root.shape[1]
        row = np.tile(at, 2)
        key = (rows.of[row] * room + np.append(a[at], b[at])) * room + np.append(b[at], a[at])
        order = np.lexsort((-rows.weight[row], key))
        key, row = key[order], row[order]
        new = np.diff(key, prepend=-1) != 0
        offer = np.cumsum(new) - 1
        begin = np.flatnonzero(new)
        best = rows.weight[row[begin]]
        doubt = np.logical_and.reduceat(rows.basis[row] == RIVAL, begin)
        chosen = self._chosen(key[begin], best, doubt)
        found[row[chosen[offer]]] = True
        return found

    def _chosen(self, key: Whole, best: Counts, doubt: Flags) -> Flags:
        """Of offers from a group to a group, those between which there is no choosing."""
        room = self.root.shape[1]
        order = np.lexsort((key, -best, key // room))
        here, there = key[order] // room, key[order] % room
        new = np.diff(here, prepend=-1) != 0
        nth, begin = np.cumsum(new) - 1, np.flatnonzero(new)
        of, place = here // room, here % room
        margin = np.where(doubt[order][begin], np.inf, self.margin[of[begin], place[begin]])
        near = ~new & (best[order] >= (best[order][begin] - margin)[nth])
        near[near] = self._clash(of[near], there[begin][nth][near], there[near], True)
        some = np.logical_or.reduceat(near, begin)
        alone = self.number[of[begin], place[begin]] < 0
        near |= (some & alone)[nth] | (some[nth] & new)
        chosen = np.zeros(len(key), dtype=bool)
        chosen[order] = near
        return chosen
