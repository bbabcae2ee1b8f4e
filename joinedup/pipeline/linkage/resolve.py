"""From weighed pairs to people: best first, never across a contradiction, and not where two fit as well."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

CHAIN = 100
"""A chain of more identities than this is not a person: only what was not merely scored holds in it."""

TWICE, HALF = 2, 0.5
"""From how many records on, and for what share of pairs, names that are only alike are two names."""

FEW = 0.25
"""The share of contradicting pairs of records that two groups may have and still be joined."""

RIVAL, SCORED, REVIEWED, NUMBERED = -1, 0, 1, 2
"""What an edge rests on: nothing but doubt, the model's weight, a reviewer's word, a verified NHS number.

A rival joins nobody; it only shows that somebody else would fit as well."""


@dataclass(frozen=True)
class Contradictions:
    """Pairs of positions that may not be one person."""

    never: Sequence[tuple[int, int]] = ()
    """A reviewer has said so: nothing brings them together."""
    unlikely: Sequence[tuple[int, int]] = ()
    """Names or birth dates differ: a weight does not bring them together; a reviewer or a number may."""
    alike: Sequence[tuple[int, int]] = ()
    """Names of children born on one day are alike, as of twins."""


@dataclass(frozen=True)
class Edges:
    """Pairs by position, with what each rests on."""

    left: Whole
    right: Whole
    weight: NDArray[np.float32]
    basis: NDArray[np.int8]
    """RIVAL, SCORED, REVIEWED or NUMBERED; the higher comes first."""

    def __len__(self) -> int:
        return len(self.left)

    def only(self, chosen: NDArray[np.generic]) -> "Edges":
        """The chosen ones, in the order chosen."""
        return Edges(self.left[chosen], self.right[chosen], self.weight[chosen], self.basis[chosen])

    def best_first(self) -> "Edges":
        """By basis, then by weight; equals by position, so every run agrees."""
        return self.only(np.lexsort((self.right, self.left, -self.weight, -self.basis)))


@dataclass
class Resolved:
    """Which cluster each position is in (named by its smallest position), and what was left open."""

    cluster: Whole
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    """Pairs not joined though they weigh enough: another fits as well, or a contradiction stands between."""


def components(size: int, edges: Edges) -> Whole:
    """Name each position by the smallest position it hangs together with."""
    if not len(edges):
        return np.arange(size, dtype=np.int64)
    ones = np.ones(len(edges), dtype=np.int8)
    graph = coo_array((ones, (edges.left, edges.right)), shape=(size, size))
    count, label = connected_components(graph, directed=False)
    first = np.empty(count, dtype=np.int64)
    # The last one written stays: from the end, that is the smallest.
    first[label[::-1]] = np.arange(size - 1, -1, -1)
    return first[label]


def contradicting(cluster: Whole, anchor: Whole) -> Whole:
    """The clusters that hold two different verified NHS numbers."""
    held = np.flatnonzero(anchor >= 0)
    some = np.full(len(cluster), -1, dtype=np.int64)
    some[cluster[held]] = anchor[held]
    other = held[some[cluster[held]] != anchor[held]]
    return cluster[other]


def resolve(
    edges: Edges, *, hanging: Whole, anchor: Whole, support: Whole, contradictions: Contradictions,
    margin: NDArray[np.float64],
) -> Resolved:  # fmt: skip
    """Join what the edges allow. `anchor` is -1 where a position stands on no verified number.

    `hanging` are the components of the edges; `support` is how many records say what the position says.

    Components without a contradiction are people as they stand. In the others edges are taken best
    first; one that would bring a contradiction together is left out, and where two candidates that
    contradict each other fit a position within its `margin`, neither is taken.
    """
    size = len(anchor)
    cluster = hanging
    sizes = np.bincount(cluster, minlength=size)
    hard = sizes > CHAIN
    hard[contradicting(cluster, anchor)] = True
    for one, _ in (*contradictions.never, *contradictions.unlikely, *contradictions.alike):
        hard[cluster[one]] = True
    hard[cluster[edges.left[edges.basis == RIVAL]]] = True
    resolved = Resolved(cluster.copy())
    if hard.any():
        inside = edges.only(hard[cluster[edges.left]])
        chained = sizes[cluster[inside.left]] > CHAIN
        inside = inside.only(~chained | (inside.basis > SCORED)).best_first()
        loose = np.flatnonzero(hard[cluster])
        resolved.cluster[loose] = loose
        _best_first(inside, _Groups(anchor, support, contradictions, margin), resolved)
    return resolved


def _best_first(edges: Edges, groups: "_Groups", resolved: Resolved) -> None:
    edges = _numbers_first(edges, groups)
    ambiguous = _ambiguous(edges, groups)
    rows = zip(edges.left.tolist(), edges.right.tolist(), edges.basis.tolist(), strict=True)
    for row, (one, two, basis) in enumerate(rows):
        if basis == RIVAL or row in ambiguous:
            resolved.doubtful.append((one, two))
        elif groups.clash(one, two, scored=basis == SCORED):
            resolved.doubtful.append((one, two))
            groups.refuse(one, two)
        elif basis == SCORED and groups.second_best(one, two):
            resolved.doubtful.append((one, two))
        else:
            groups.join(one, two)
    for members in groups.members.values():
        resolved.cluster[list(members)] = min(members)


def _numbers_first(edges: Edges, groups: "_Groups") -> Edges:
    """Join what rests on one number, and leave the edges between groups that this has made.

    All at once, but where a reviewer has kept somebody apart: there edge by edge.
    """
    numbered = edges.only(edges.basis == NUMBERED)
    names, places = np.unique(np.concatenate((edges.left, edges.right)), return_inverse=True)
    left, right = (np.searchsorted(names, side) for side in (numbered.left, numbered.right))
    within = Edges(left, right, numbered.weight, numbered.basis)
    label = components(len(names), within)
    disputed = np.isin(label, label[np.isin(names, list(groups.never))])
    label[disputed] = np.flatnonzero(disputed)
    groups.begin(names, label)
    for row in np.flatnonzero(disputed[left]).tolist():
        one, two = int(numbered.left[row]), int(numbered.right[row])
        if not groups.clash(one, two, scored=False):
            groups.join(one, two)
    left, right = np.split(label[places], 2)
    return edges.only(left != right)


def _ambiguous(edges: Edges, groups: "_Groups") -> set[int]:
    """Rows of edges from a group to two groups that contradict each other and weigh nearly the same.

    A group without a verified number is then left wholly alone, lest it finds its way round by another.
    What only a better rival outweighs is not taken either, by however much.
    """
    offers: dict[int, dict[int, tuple[float, list[int]]]] = defaultdict(dict)
    at, one, two = _open_to_doubt(edges, groups)
    columns = (at, one, two, edges.weight[at])
    doubt = set(np.flatnonzero(edges.basis == RIVAL).tolist())
    for row, here, there, weight in zip(*(c.tolist() for c in columns), strict=True):
        best, by = offers[here].get(there, (weight, []))
        by.append(row)
        offers[here][there] = (max(best, weight), by)
    found: set[int] = set()
    for here, candidates in offers.items():
        ranked = sorted(candidates.items(), key=lambda one: (-one[1][0], one[0]))
        (first, (best, rows)), *rivals = ranked
        margin = np.inf if doubt.issuperset(rows) else groups.margin[here]
        near = [
            (other, rest) for other, (weight, rest) in rivals
            if weight >= best - margin and groups.clash(first, other, scored=True)
        ]  # fmt: skip
        if near and groups.number[here] < 0:
            near = [(other, rest) for other, (_, rest) in rivals]
        for _, rest in near:
            found.update(rows, rest)
    return found


def _open_to_doubt(edges: Edges, groups: "_Groups") -> tuple[Whole, Whole, Whole]:
    """Rows of edges with the group they lead from and the one they lead to, either way round.

    Only from groups that have a second candidate within their margin, or a rival.
    """
    at = np.flatnonzero(edges.basis <= SCORED)
    names, places = np.unique(
        np.concatenate((edges.left[at], edges.right[at])), return_inverse=True
    )
    found = np.array([groups.find(name) for name in names.tolist()], dtype=np.int64)
    left, right = np.split(found[places], 2)
    apart = np.flatnonzero(left != right)
    at, left, right = at[apart], left[apart], right[apart]
    rows, here, there = np.tile(at, 2), np.append(left, right), np.append(right, left)
    order = np.lexsort((rows, -edges.weight[rows], here))
    rows, here, there = rows[order], here[order], there[order]
    weight = edges.weight[rows]
    first = np.flatnonzero(np.diff(here, prepend=-1))
    sizes = np.diff(first, append=len(here))
    another = there != np.repeat(there[first], sizes)
    margin = np.array([groups.margin[name] for name in here[first].tolist()])
    near = another & (weight >= np.repeat(weight[first] - margin, sizes))
    near |= edges.basis[rows] == RIVAL
    doubted = np.zeros(len(first), dtype=bool)
    doubted[np.repeat(np.arange(len(first)), sizes)[near]] = True
    kept = np.repeat(doubted, sizes)
    return rows[kept], here[kept], there[kept]


class _Groups:
    """Positions joined so far, with the verified number and the contradictions of each group."""

    def __init__(
        self,
        anchor: Whole,
        support: Whole,
        contradictions: Contradictions,
        margin: NDArray[np.float64],
    ) -> None:
        self.anchor = anchor.tolist()
        self.support = support.tolist()
        self.never = _neighbours(contradictions.never)
        self.apart = _neighbours(contradictions.unlikely)
        self.alike = _neighbours(contradictions.alike)
        self.above: dict[int, int] = {}
        self.members: dict[int, set[int]] = {}
        self.number: dict[int, int] = {}
        self.weight: dict[int, int] = {}
        self.alone = margin.tolist()
        self.margin: dict[int, float] = {}
        self.refused: dict[int, set[int]] = defaultdict(set)

    def begin(self, names: Whole, label: Whole) -> None:
        """Begin with these positions joined where their labels are the same."""
        order = np.argsort(label, kind="stable")
        first = np.flatnonzero(np.diff(label[order], prepend=-1))
        for several in np.split(names[order], first[1:]):
            if len(several) > 1:
                root, *others = several.tolist()
                self.above.update(dict.fromkeys(others, root))
                self.members[root] = {root, *others}
                self.number[root] = max(self.anchor[one] for one in self.members[root])
                self.weight[root] = sum(self.support[one] for one in self.members[root])
                self.margin[root] = min(self.alone[one] for one in self.members[root])

    def find(self, position: int) -> int:
        """The name of the group a position is in."""
        while (above := self.above.get(position, position)) != position:
            self.above[position] = self.above.get(above, above)
            position = above
        if position not in self.members:
            self.members[position] = {position}
            self.number[position] = self.anchor[position]
            self.weight[position] = self.support[position]
            self.margin[position] = self.alone[position]
        return position

    def clash(self, one: int, two: int, *, scored: bool) -> bool:
        """Whether joining their groups would bring a contradiction together.

        A reviewer's no is one wherever it stands; of differing names and dates, more than FEW of what
        the two groups say of each other: one miswritten record speaks for nobody else. Names alike, as
        twins' are, are one where either group says its own more than once: that is no slip.
        """
        a, b = self.find(one), self.find(two)
        if a == b:
            return False
        if _differ(self.number[a], self.number[b]):
            return True
        small, large = self.members[a], self.members[b]
        if len(small) > len(large):
            small, large = large, small
        if self.never and any(not large.isdisjoint(self.never.get(m, ())) for m in small):
            return True
        if not scored:
            return False
        said = self.weight[a] * self.weight[b]
        if self._between(self.apart, small, large) > FEW * said:
            return True
        if min(self.weight[a], self.weight[b]) < TWICE:
            return False
        return self._between(self.alike, small, large) > HALF * said

    def _between(self, pairs: dict[int, set[int]], small: set[int], large: set[int]) -> int:
        """How many pairs of records of two groups are among these."""
        return sum(
            self.support[member] * sum(self.support[o] for o in large & pairs[member])
            for member in small
            if member in pairs
        )

    def join(self, one: int, two: int) -> None:
        """Make one group of two."""
        a, b = sorted((self.find(one), self.find(two)))
        if a != b:
            self.above[b] = a
            self.members[a] |= self.members.pop(b)
            self.number[a] = max(self.number[a], self.number.pop(b))
            self.weight[a] += self.weight.pop(b)
            self.margin[a] = min(self.margin[a], self.margin.pop(b))
            if b in self.refused:
                self.refused[a] |= self.refused.pop(b)

    def refuse(self, one: int, two: int) -> None:
        """Remember that these two would have been joined, had nothing stood between them."""
        self.refused[self.find(one)].add(two)
        self.refused[self.find(two)].add(one)

    def second_best(self, one: int, two: int) -> bool:
        """Whether one of them was refused by a better candidate that the other contradicts."""
        return any(
            self.number[self.find(here)] < 0
            and self.find(better) != self.find(there)
            and self.clash(better, there, scored=True)
            for here, there in ((one, two), (two, one))
            for better in self.refused.get(self.find(here), ())
        )


def _neighbours(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, two in pairs:
        found[one].add(two)
        found[two].add(one)
    return found


def _differ(one: int, two: int) -> bool:
    """Two verified NHS numbers, not the same."""
    return min(one, two) >= 0 and one != two
