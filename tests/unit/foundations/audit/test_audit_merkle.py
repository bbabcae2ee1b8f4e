"""The tree's hashes and proofs are those of RFC 6962."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.foundations.audit.rules.merkle import (
    EMPTY,
    Edge,
    consistency_spans,
    folded,
    hashes_of,
    inclusion_spans,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    places_of,
    root_of,
)

LEAVES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
GOLDEN = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(number.to_bytes(4)) for number in range(count)]


def naive(leaves: list[bytes]) -> bytes:
    """The definition itself, word for word."""
    if not leaves:
        return EMPTY
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(naive(leaves[:split]), naive(leaves[split:]))


def perfect(leaves: list[bytes]) -> dict[tuple[int, int], bytes]:
    """Every perfect subtree, as the database keeps them."""
    known = {(0, place): leaf for place, leaf in enumerate(leaves)}
    level, width = 0, len(leaves)
    while width > 1:
        for place in range(width // 2):
            known[level + 1, place] = node_hash(
                known[level, 2 * place], known[level, 2 * place + 1]
            )
        level, width = level + 1, width // 2
    return known


@pytest.mark.parametrize(("size", "root"), GOLDEN.items())
def test_heads_are_the_golden_ones(size: int, root: str) -> None:
    assert root_of(leaf_hash(data) for data in LEAVES[:size]).hex() == root


def test_the_head_over_one_leaf_is_its_hash() -> None:
    root = root_of([leaf_hash(b"")]).hex()
    assert root.startswith("6e340b9c")
    assert root.endswith("afa01d")


@settings(deadline=None)
@given(st.integers(0, 70))
def test_the_edge_gives_the_head_of_the_definition(size: int) -> None:
    leaves = hashes(size)
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf)
    assert edge.root == naive(leaves)
    assert edge.size == size


@settings(deadline=None)
@given(st.integers(1, 70))
def test_perfect_subtrees_give_the_same_head(size: int) -> None:
    leaves = hashes(size)
    known = perfect(leaves)
    assert folded([known[place] for place in places_of((0, size))]) == naive(leaves)


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_a_leaf_is_proved_and_another_is_not(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    path = hashes_of(inclusion_spans(index, size), perfect(leaves))
    root = naive(leaves)
    assert is_included(leaves[index], index, size, path, root)
    assert not is_included(leaf_hash(b"other"), index, size, path, root)
    assert not is_included(leaves[index], size, size, path, root)
    assert not is_included(leaves[index], index, size, [*path, EMPTY], root)
    if path:
        assert not is_included(leaves[index], index, size, path[:-1], root)
        assert not is_included(leaves[index], (index + 1) % size, size, path, root)


@settings(deadline=None)
@given(st.integers(1, 70), st.data())
def test_a_tree_that_only_grew_is_proved_and_no_other(second: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(1, second))
    leaves = hashes(second)
    proof = hashes_of(consistency_spans(first, second), perfect(leaves))
    one, two = naive(leaves[:first]), naive(leaves)
    assert is_consistent(first, second, one, two, proof)
    altered = [leaf_hash(b"other"), *leaves[1:first]]
    assert not is_consistent(first, second, naive(altered), two, proof)
    if first < second:
        assert not is_consistent(first, second, one, naive(leaves[:-1]), proof)
        assert not is_consistent(first, second, one, two, proof[:-1])
        assert not is_consistent(first, second, one, two, [*proof, EMPTY])
    assert not is_consistent(second + 1, second, one, two, proof)


def test_an_empty_tree_is_the_beginning_of_every_tree() -> None:
    assert is_consistent(0, 3, EMPTY, root_of(hashes(3)), [])
    assert not is_consistent(0, 3, root_of(hashes(1)), root_of(hashes(3)), [])


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 2)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    with pytest.raises(ValueError, match="No such leaf"):
        inclusion_spans(index, size)


@pytest.mark.parametrize(("first", "second"), [(0, 3), (4, 3)])
def test_no_proof_from_nothing_or_from_more(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="first tree"):
        consistency_spans(first, second)
