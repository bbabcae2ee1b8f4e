"""How many people are in two programmes at once, as it may leave those who hold the cases (S0-21, P44)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations_with_replacement

from joinedup.pipeline import disclosure
from joinedup.pipeline.disclosure import Shown
from joinedup.support.cases.choices import Programme


def counted(of_people: Iterable[frozenset[Programme]]) -> list[list[int]]:
    """Programme by programme, how many people are in both; on the diagonal, in that one."""
    pairs: Counter[tuple[Programme, Programme]] = Counter()
    order = list(Programme)
    for programmes in of_people:
        mine = sorted(programmes, key=order.index)
        pairs.update(combinations_with_replacement(mine, 2))
    return [[pairs[(a, b)] or pairs[(b, a)] for b in order] for a in order]


def shown(counts: Sequence[Sequence[int]]) -> list[list[Shown]]:
    """The table with small numbers gone, and whatever they could be reckoned from.

    The table is its own mirror: what is suppressed on one side is suppressed on the other, again and
    again until no row is left with one suppressed count alone.
    """
    size = range(len(counts))
    gone: set[tuple[int, int]] = set()
    while True:
        left = [[0 if (r, c) in gone else counts[r][c] for c in size] for r in size]
        found = disclosure.table(left)
        now = {(r, c) for r in size for c in size if found[r][c] is None or found[c][r] is None}
        if now == gone:
            return [[None if (r, c) in gone else found[r][c] for c in size] for r in size]
        gone = now
