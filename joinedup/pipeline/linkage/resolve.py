"""From weighed pairs to people: best first, never across a contradiction, and not where two fit as well."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.linkage.contest import Contest, Standing
from joinedup.pipeline.linkage.edges import (
    CHAIN,
    NUMBERED,
    RIVAL,
    SCORED,
    Edges,
    Pairs,
    Whole,
    components,
    numbered,
)

_ROOM = 4_000_000
"""How many pairs of groups are laid out at once."""


@dataclass(frozen=True)
class Contradictions:
    """Pairs of positions that may not be one person, each once."""

    never: Pairs
    """A reviewer has said so: nothing brings them together."""
    unlikely: Pairs
    """Names or birth dates differ: a weight does not bring them together; a reviewer or a number may."""
    alike: Pairs
    """Names of children born on one day are alike, as of twins."""

    def all(self) -> tuple[Pairs, Pairs, Pairs]:
        """Each kind."""
        return self.never, self.unlikely, self.alike


def contradicting(cluster: Whole, anchor: Whole) -> Whole:
    """The clusters that hold two different verified NHS numbers."""
    held = np.flatnonzero(anchor >= 0)
    some = np.full(len(cluster), -1, dtype=np.int64)
    some[cluster[held]] = anchor[held]
    other = held[some[cluster[held]] != anchor[held]]
    return cluster[other]


def resolve(
    edges: Edges, standing: Standing, contradictions: Contradictions, *, hanging: Whole
) -> Whole:
    """Join what the edges allow: the smallest position that each is one person with.

    `hanging` are the components of the edges. Those without a contradiction are people as they stand.
    In the others edges are taken best first; one that would bring a contradiction together is left
    out, and where two candidates that contradict each other fit a position within its margin,
    neither is taken.
    """
    sizes = np.bincount(hanging, minlength=len(hanging))
    hard = sizes > CHAIN
    hard[contradicting(hanging, standing.anchor)] = True
    for one, _ in contradictions.all():
        hard[hanging[one]] = True
    hard[hanging[edges.left[edges.basis == RIVAL]]] = True
    if not hard.any():
        return hanging
    cluster = hanging.copy()
    inside = edges.only(hard[hanging[edges.left]])
    chained = sizes[hanging[inside.left]] > CHAIN
    inside = inside.only(~chained | (inside.basis > SCORED)).best_first()
    loose = np.flatnonzero(hard[hanging])
    cluster[loose] = loose
    if len(inside):
        positions, person = _best_first(inside, standing, contradictions)
        cluster[positions] = person
    return cluster


def _best_first(
    edges: Edges, standing: Standing, contradictions: Contradictions
) -> tuple[Whole, Whole]:
    """The positions that the edges hold, and the smallest that each is one person with.

    What rests on one number is joined first: at once, but where a reviewer has kept somebody apart.
    """
    held = np.zeros(len(standing.anchor), dtype=bool)
    held[edges.left] = held[edges.right] = True
    positions, place = numbered(held)
    left, right = place[edges.left], place[edges.right]
    firm = edges.basis == NUMBERED
    label = components(len(positions), left[firm], right[firm])
    kinds = [_held(pairs, positions) for pairs in contradictions.all()]
    disputed = np.isin(label, label[np.concatenate(kinds[0])])
    label[disputed] = np.flatnonzero(disputed)
    smallest, nth = numbered(label == np.arange(len(label)))
    group = nth[label]
    said = [
        (group[one], group[two], standing.support[positions[one]] * standing.support[positions[two]])
        for one, two in kinds
    ]  # fmt: skip
    between = Edges(group[left], group[right], edges.weight, edges.basis)
    between = between.only(between.left != between.right)
    component = components(len(smallest), between.left, between.right)
    of_groups = _of_groups(standing, positions, group)
    root = np.arange(len(smallest))
    for groups, room in _portions(component):
        contest = Contest(of_groups, groups, component[groups], room)
        for apart, (one, two, pairs) in zip(contest.apart, said, strict=True):
            contest.tell(apart, one, two, pairs)
        root[groups] = contest.resolved(between)
    return positions, positions[smallest[root[group]]]


def _held(pairs: Pairs, positions: Whole) -> Pairs:
    """Where the pairs stand of which both are held."""
    found = [np.minimum(np.searchsorted(positions, side), len(positions) - 1) for side in pairs]
    there = (positions[found[0]] == pairs[0]) & (positions[found[1]] == pairs[1])
    return found[0][there], found[1][there]


def _of_groups(standing: Standing, positions: Whole, group: Whole) -> Standing:
    """The same of groups of positions."""
    order = np.argsort(group, kind="stable")
    first = np.flatnonzero(np.diff(group[order], prepend=-1))
    at = positions[order]
    return Standing(
        np.maximum.reduceat(standing.anchor[at], first),
        np.add.reduceat(standing.support[at], first),
        np.minimum.reduceat(standing.margin[at], first),
    )


def _portions(component: Whole) -> Iterator[tuple[Whole, int]]:
    """Groups of components that are nearly of a size, with the room that one needs; the groups of one in order."""
    sizes = np.bincount(component, minlength=len(component))[component]
    room = 1
    while room < sizes.max(initial=0):
        room *= 2
        groups = np.flatnonzero((sizes <= room) & (2 * sizes > room))
        groups = groups[np.argsort(component[groups], kind="stable")]
        nth = np.cumsum(np.diff(component[groups], prepend=-1) != 0) - 1
        most = max(1, _ROOM // room**2)
        ends = np.flatnonzero(np.diff(nth // most)) + 1
        yield from ((some, room) for some in np.split(groups, ends) if len(some))
