"""The Merkle tree of RFC 6962: hashes, heads, proofs of inclusion and of consistency."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

Place = tuple[int, int]
"""A perfect subtree: (level, index). It spans the leaves from index * 2^level on, 2^level of them."""

Span = tuple[int, int]
"""Leaves from the first to before the second."""

EMPTY = hashlib.sha256(b"").digest()
"""The head of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf; its prefix keeps it from ever being taken for a node."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node over its two halves."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Edge:
    """A tree that is only ever added to, kept as its right edge: a hash for each bit of its size."""

    def __init__(self) -> None:
        self.size = 0
        self._hashes: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the hash of one more leaf."""
        at = self.size
        while at & 1:
            leaf = node_hash(self._hashes.pop(), leaf)
            at >>= 1
        self._hashes.append(leaf)
        self.size += 1

    @property
    def root(self) -> bytes:
        """The head of the tree as it stands."""
        return folded(self._hashes)


def folded(hashes: Sequence[bytes]) -> bytes:
    """The hash over perfect subtrees that stand beside each other, the largest first."""
    if not hashes:
        return EMPTY
    whole = hashes[-1]
    for left in reversed(hashes[:-1]):
        whole = node_hash(left, whole)
    return whole


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The head over the hashes of leaves."""
    edge = Edge()
    for leaf in leaves:
        edge.add(leaf)
    return edge.root


def places_of(span: Span) -> list[Place]:
    """The perfect subtrees that together cover a span which begins where a subtree of its size may."""
    start, end = span
    places = []
    while start < end:
        level = (end - start).bit_length() - 1
        places.append((level, start >> level))
        start += 1 << level
    return places


def inclusion_spans(index: int, size: int) -> list[Span]:
    """What lies beside the way from a leaf up to the head: the hashes of these spans prove it is there."""
    if not 0 <= index < size:
        raise ValueError("No such leaf.")
    return _beside(index, 0, size)


def _beside(index: int, start: int, end: int) -> list[Span]:
    if end - start == 1:
        return []
    middle = start + _split(end - start)
    if index < middle:
        return [*_beside(index, start, middle), (middle, end)]
    return [*_beside(index, middle, end), (start, middle)]


def consistency_spans(first: int, second: int) -> list[Span]:
    """The spans whose hashes prove that the tree of the first size is the beginning of the second."""
    if not 0 < first <= second:
        raise ValueError("The first tree must have leaves, and no more of them than the second.")
    return _between(first, 0, second, whole=True)


def _between(first: int, start: int, end: int, *, whole: bool) -> list[Span]:
    if first == end:
        return [] if whole else [(start, end)]
    middle = start + _split(end - start)
    if first <= middle:
        return [*_between(first, start, middle, whole=whole), (middle, end)]
    return [*_between(first, middle, end, whole=False), (start, middle)]


def _split(count: int) -> int:
    """The largest power of two that is less than the count."""
    return 1 << ((count - 1).bit_length() - 1)


def hashes_of(spans: Iterable[Span], known: Mapping[Place, bytes]) -> list[bytes]:
    """The hash of each span, from the perfect subtrees it is made of."""
    return [folded([known[place] for place in places_of(span)]) for span in spans]


def is_included(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the leaf stands at that place under that head."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for beside in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(beside, found)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def is_consistent(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the proof shows that nothing under the first head was altered or removed in the second."""
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY
    if not 0 < first < second:
        return False
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    return bool(path) and _climbs(first - 1, second - 1, path, first_root, second_root)


def _climbs(at: int, last: int, path: list[bytes], first_root: bytes, second_root: bytes) -> bool:
    while at & 1:
        at, last = at >> 1, last >> 1
    one = two = path[0]
    for beside in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            one, two = node_hash(beside, one), node_hash(beside, two)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            two = node_hash(two, beside)
        at, last = at >> 1, last >> 1
    return last == 0 and one == first_root and two == second_root
