"""Pairs of positions with what each rests on, and what hangs together by them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from scipy.sparse import coo_array

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]
Pairs = tuple[Whole, Whole]

AT = ("left", "right")
"""The columns of pairs that say where their ends stand, where it is known."""

CHAIN = 100
"""A chain of more identities than this is not a person: only what was not merely scored holds in it."""

FIXED_WEIGHT = 99.0
"""The weight shown for a link that was not weighed: a verified number, a reviewer's word."""

RIVAL, SCORED, REVIEWED, NUMBERED = -1, 0, 1, 2
"""What an edge rests on: nothing but doubt, the model's weight, a reviewer's word, a verified NHS number.

A rival joins nobody; it only shows that somebody else would fit as well."""


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


def unweighed(left: Whole, right: Whole, basis: int) -> Edges:
    """Edges that rest on a verified number or on a reviewer's word."""
    return Edges(
        left, right,
        np.full(len(left), FIXED_WEIGHT, dtype=np.float32), np.full(len(left), basis, dtype=np.int8),
    )  # fmt: skip


def both(one: Edges, two: Edges) -> Edges:
    """Both, the one after the other."""
    return Edges(
        np.concatenate((one.left, two.left)), np.concatenate((one.right, two.right)),
        np.concatenate((one.weight, two.weight)), np.concatenate((one.basis, two.basis)),
    )  # fmt: skip


def components(size: int, left: Whole, right: Whole) -> Whole:
    """Name each position by the smallest position it hangs together with.

    Each turn lets what hangs together so far point to the smallest it meets, and goes on with the ends that
    do not agree yet: most are done in the first.
    """
    label = np.arange(size, dtype=np.int32)
    while True:
        one, two = label.take(left), label.take(right)
        rest = np.flatnonzero(one != two)
        if not len(rest):
            return label.astype(np.int64)
        one, two = one.take(rest), two.take(rest)
        left, right = np.minimum(one, two), np.maximum(one, two)
        np.minimum.at(label, right, left)
        while not np.array_equal(label, above := label.take(label)):
            label = above


def several(one: Whole, other: NDArray[np.integer], size: int) -> Flags:
    """Of each position, whether the pairs give it more than one other."""
    any_of = np.zeros(size, dtype=other.dtype)
    any_of[one] = other
    found = np.zeros(size, dtype=bool)
    found[one[other != any_of[one]]] = True
    return found


def numbered(held: Flags) -> tuple[Whole, Whole]:
    """The positions held, in order; and for each position which of them it is."""
    return np.flatnonzero(held), np.cumsum(held) - 1


def by_label(label: Whole, size: int) -> Whole:
    """The rows in the order of their labels (below `size`), those of one label in their own: counted, not sorted."""
    ones = np.ones(len(label), dtype=bool)
    held = coo_array((ones, (label, np.arange(len(label)))), shape=(size, len(label)))
    return held.tocsr().indices.astype(np.int64)


def places(identity: Whole, pairs: pa.Table) -> Pairs:
    """Where both ends of pairs stand among all: as the pairs say themselves (AT), or looked for."""
    if set(AT) <= set(pairs.column_names):
        return pairs[AT[0]].to_numpy(), pairs[AT[1]].to_numpy()
    left, right = (np.searchsorted(identity, pairs[f"identity_{side}"].to_numpy()) for side in "lr")
    return left.astype(np.int64), right.astype(np.int64)
