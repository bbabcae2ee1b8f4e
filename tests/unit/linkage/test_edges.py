"""What hangs together, and what is counted instead of sorted, is what a plain reading finds."""

import numpy as np
import pytest
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from joinedup.pipeline.linkage.coded import grouped
from joinedup.pipeline.linkage.edges import by_label, components, numbered, several


def smallest_of_each(size: int, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """The same by a graph: each position's component, named by its smallest."""
    graph = coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
    _, label = connected_components(graph, directed=False)
    return np.array([np.flatnonzero(label == of)[0] for of in label], dtype=np.int64)


@pytest.mark.parametrize("seed", range(40))
def test_everybody_is_named_by_the_smallest_they_hang_together_with(seed: int):
    draw = np.random.default_rng(seed)
    size, pairs = int(draw.integers(1, 60)), int(draw.integers(0, 80))
    left, right = draw.integers(0, size, pairs), draw.integers(0, size, pairs)
    assert (components(size, left, right) == smallest_of_each(size, left, right)).all()


@pytest.mark.parametrize("order", [1, -1])
def test_a_long_chain_and_a_star_hang_together_however_they_are_told(order: int):
    mixed = np.random.default_rng(1).permutation(500)
    chain = mixed[:-1][::order], mixed[1:][::order]
    star = np.full(499, 499), np.arange(499)[::order]
    for left, right in (chain, star):
        assert not components(500, left, right).any()
    assert components(0, np.array([], int), np.array([], int)).tolist() == []


def test_keys_are_grouped_by_where_each_is_met_first():
    first, which = grouped(np.array([7, 3, 7, 7, 9, 3]))
    assert first.tolist() == [0, 1, 4]
    assert which.tolist() == [0, 1, 0, 0, 2, 1]


def test_only_who_is_given_two_different_others_has_several():
    one, other = np.array([0, 0, 1, 1, 3, 3, 3]), np.array([5, 5, 5, 6, 0, 0, 2])
    assert several(one, other, 5).tolist() == [False, True, False, True, False]


def test_rows_are_put_in_the_order_of_their_labels_and_of_one_label_in_their_own():
    label = np.array([4, 0, 4, 2, 0])
    assert by_label(label, 5).tolist() == [1, 4, 3, 0, 2]
    held, place = numbered(np.array([False, True, False, True]))
    assert held.tolist() == [1, 3]
    assert place[held].tolist() == [0, 1]
