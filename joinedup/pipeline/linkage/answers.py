"""What the two tiers answer: who is one person and why, who may be one, and what a reviewer should see."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from joinedup.pipeline.linkage.edges import Edges, Whole
from joinedup.pipeline.linkage.model import Thresholds
from joinedup.pipeline.linkage.scored import Scored

_BECAUSE = ("names_and_birth_date", "reviewer", "nhs_number", "same_identity")
"""By what an edge rests on, from SCORED; the last where there is none."""
_NO_EDGE = 3
_STEP = 1000.0


@dataclass(frozen=True)
class Persons:
    """Which identities are one person for certain: by position in `identity`."""

    identity: Whole
    person: Whole
    """Named by the smallest position."""
    weight: np.ndarray
    because: pa.Array


@dataclass(frozen=True)
class Tiers(Persons):
    """What identities were found to be."""

    possible: pa.Table
    """identity_l, identity_r, weight, because: persons joined in the probable tier."""
    review: pa.Table
    """identity_l, identity_r, weight, because: pairs a reviewer should see."""


def why(inside: Edges, size: int) -> tuple[np.ndarray, pa.Array]:
    """For each position the weight and the kind of the best edge that holds it."""
    weight = np.full(size, np.nan, dtype=np.float32)
    basis = np.full(size, _NO_EDGE, dtype=np.int8)
    for side in (inside.left, inside.right):
        best = np.full(size, -1.0)
        # By basis, then by weight: no weight comes near the step from one basis to the next.
        np.maximum.at(best, side, inside.basis * _STEP + inside.weight)
        of, best_weight = np.divmod(best, _STEP)
        better = (best >= 0) & (np.isnan(weight) | (best_weight.astype(np.float32) > weight))
        weight[better], basis[better] = best_weight[better], of[better]
    return weight, pa.array(_BECAUSE).take(pa.array(basis))


def _pairs(identity: Whole, edges: Edges, because: str) -> pa.Table:
    return pa.table(
        {
            "identity_l": identity[edges.left],
            "identity_r": identity[edges.right],
            "weight": edges.weight.astype(np.float32),
            "because": pa.array([because] * len(edges), pa.string()),
        }
    )


def _once(edges: Edges, left: Whole, right: Whole) -> Edges:
    """The best edge between each two groups."""
    order = np.lexsort((edges.right, edges.left, -edges.weight))
    size = 1 + max(int(side.max(initial=0)) for side in (left, right))
    pair = np.minimum(left, right) * size + np.maximum(left, right)
    _, first = np.unique(pair[order], return_index=True)
    return edges.only(order[np.sort(first)])


def possible(edges: Edges, identity: Whole, person: Whole, maybe: Whole) -> pa.Table:
    """The best edge between each two persons who are one in the wider tier."""
    across = (person[edges.left] != person[edges.right]) & (maybe[edges.left] == maybe[edges.right])
    chosen = edges.only(across)
    chosen = _once(chosen, person[chosen.left], person[chosen.right])
    return _pairs(identity, chosen, "probable")


def review(scored: Scored, identity: Whole, maybe: Whole, at: Thresholds) -> pa.Table:
    """The band under probable, and what weighed enough but was left open; the best of each two people."""
    left, right = scored.edges.left, scored.edges.right
    band = (scored.born >= 1) & (scored.given >= 1) & (scored.edges.weight < at.probable)
    band |= (scored.born == 3) & (scored.given >= 1) & scored.near
    open_ = maybe[left] != maybe[right]
    chosen = scored.edges.only(band & open_)
    chosen = _once(chosen, maybe[chosen.left], maybe[chosen.right])
    return _pairs(identity, chosen, "uncertain")
