"""Weighs the pairs that blocking found, with the saved model, in arrays."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from joinedup.pipeline.linkage.coded import Places
from joinedup.pipeline.linkage.comparisons import COMPARISONS, Comparison
from joinedup.pipeline.linkage.edges import AT
from joinedup.pipeline.linkage.identities import Identities
from joinedup.pipeline.linkage.judging import FACTS, GRADED
from joinedup.pipeline.linkage.lanes import Lanes
from joinedup.pipeline.linkage.model import Model

Ends = tuple[NDArray[np.integer], NDArray[np.integer]]
"""Two places each."""

AT_A_TIME = 600_000
"""Pairs weighed at once: what they need beside their identities stays small."""


def weigh(
    people: Identities, model: Model, left: NDArray[np.integer], right: NDArray[np.integer]
) -> pa.Table:
    """The edges worth keeping of these pairs of places: the weight, and how dates and names stand."""
    starts = range(0, max(len(left), 1), AT_A_TIME)
    parts = [partial(_cut, left, right, at) for at in starts]
    return weigh_in_place(people, model, parts).drop_columns(list(AT))


def _cut(left: NDArray[np.integer], right: NDArray[np.integer], at: int) -> Ends:
    return left[at : at + AT_A_TIME], right[at : at + AT_A_TIME]


def weigh_in_place(
    people: Identities, model: Model, parts: Sequence[Callable[[], Ends]], *, threads: int = 2
) -> pa.Table:
    """The same of pairs that are had part by part, with where their ends stand (AT).

    Splink's sum of the model's weights, reckoned on codes: what costs least is compared first, and a pair
    that cannot reach the review threshold any more is dropped.
    """
    order = sorted(COMPARISONS, key=lambda comparison: _cost(people.lanes, comparison))
    weights = {comparison.field: _weights(model, comparison) for comparison in order}

    def weighed(part: Callable[[], Ends]) -> pa.Table:
        left, right = part()
        starts = range(0, max(len(left), 1), AT_A_TIME)
        return pa.concat_tables(
            _weighed(
                people, model, order, weights,
                *(side.astype(np.intp) for side in _cut(left, right, at)),
            )
            for at in starts
        )  # fmt: skip

    with ThreadPoolExecutor(threads) as pool:
        return pa.concat_tables(pool.map(weighed, parts))


def _weighed(
    people: Identities, model: Model, order: list[Comparison], weights: Mapping[str, np.ndarray],
    left: Places, right: Places,
) -> pa.Table:  # fmt: skip
    lanes = people.lanes
    weight = np.full(len(left), model.prior)
    levels: dict[str, np.ndarray] = {}
    for done, comparison in enumerate(order, start=1):
        found = compare(lanes, comparison, left, right)
        weight += weights[comparison.field][found]
        levels[comparison.field] = found
        rest = sum(weights[c.field].max(initial=0.0) for c in order[done:])
        kept = np.flatnonzero(weight + rest >= model.thresholds.review)
        if len(kept) < len(left):
            left, right, weight = left[kept], right[kept], weight[kept]
            levels = {field: level[kept] for field, level in levels.items()}
    graded = {
        name: np.array(g.grades, dtype=np.int8)[levels[g.comparison.field]]
        for name, g in GRADED.items()
    }
    facts = {
        name: lanes.holds(sql, left, right)
        if kind == "bool"
        else lanes.number(sql, left, right).astype(kind)
        for name, (sql, kind) in FACTS.items()
    }
    return pa.table(
        {
            "identity_l": people.identity[left],
            "identity_r": people.identity[right],
            "weight": np.round(weight, 3).astype(np.float32),
            **graded,
            **facts,
            **dict(zip(AT, (left, right), strict=True)),
        }
    )


def compare(lanes: Lanes, comparison: Comparison, left: Places, right: Places) -> np.ndarray:
    """Of each two places, 0 where a side is missing, else the number of the level, from 1."""
    return lanes.first_level(_conditions(comparison), left, right)


def graded(lanes: Lanes, name: str, left: Places, right: Places) -> NDArray[np.int8]:
    """Of each two places, the grade of that name (GRADED)."""
    of = GRADED[name]
    return np.array(of.grades, dtype=np.int8)[compare(lanes, of.comparison, left, right)]


def _conditions(comparison: Comparison) -> list[str]:
    levels = (comparison.missing, *comparison.levels)
    return [level.sql for level in levels if level.sql != "ELSE"]


def _cost(lanes: Lanes, comparison: Comparison) -> int:
    return sum(lanes.asks_of_pairs(sql) for sql in _conditions(comparison))


def _weights(model: Model, comparison: Comparison) -> np.ndarray:
    """What missing, and each level, adds in log2 odds."""
    codes = [level.code for level in comparison.levels]
    return np.array([0.0, *(model.weight(comparison.field, code) for code in codes)])
