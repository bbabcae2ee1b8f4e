"""In which order items stand on an agenda, and who sits together or apart there (P28)."""

import datetime
import itertools
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass

Pair = frozenset[uuid.UUID]


@dataclass(frozen=True)
class Waiting:
    """An item that is to be placed."""

    key: uuid.UUID
    queued_at: datetime.datetime
    is_unfinished: bool = False
    """Put off before, or left over, or to be ratified: it comes first (P26)."""
    is_urgent: bool = False
    families: frozenset[str] = frozenset()
    """What ties it to others: a person or a household, by any word that two of them share."""


def ordered(items: Sequence[Waiting], apart: Collection[Pair]) -> list[uuid.UUID]:
    """The items in their order: unfinished, urgent, oldest; a family's one after another.

    Whom an order or harm keeps apart is never taken for a family, and stands with somebody else's
    item between, as far as there is one.
    """
    groups = _families(items, apart)
    groups.sort(key=lambda group: min(_rank(each) for each in group))
    line = [each.key for group in groups for each in sorted(group, key=_rank)]
    return _spread(line, apart)


def neighbours(line: Sequence[uuid.UUID], apart: Collection[Pair]) -> list[Pair]:
    """Pairs that are to be kept apart and stand next to each other all the same."""
    return [frozenset(pair) for pair in itertools.pairwise(line) if frozenset(pair) in apart]


def _rank(item: Waiting) -> tuple[bool, bool, datetime.datetime, str]:
    return (not item.is_unfinished, not item.is_urgent, item.queued_at, str(item.key))


def _families(items: Sequence[Waiting], apart: Collection[Pair]) -> list[list[Waiting]]:
    groups: list[list[Waiting]] = []
    for item in sorted(items, key=_rank):
        home = next((group for group in groups if _belongs(item, group, apart)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return groups


def _belongs(item: Waiting, group: list[Waiting], apart: Collection[Pair]) -> bool:
    if any(frozenset({item.key, each.key}) in apart for each in group):
        return False
    return any(item.families & each.families for each in group)


def _spread(line: list[uuid.UUID], apart: Collection[Pair]) -> list[uuid.UUID]:
    """Move the later of two neighbours back behind the next item that may stand between them."""
    placed: list[uuid.UUID] = []
    left = list(line)
    while left:
        fits = (each for each in left if not placed or frozenset({placed[-1], each}) not in apart)
        chosen = next(fits, left[0])
        placed.append(chosen)
        left.remove(chosen)
    return _mend_the_end(placed, apart)


def _mend_the_end(line: list[uuid.UUID], apart: Collection[Pair]) -> list[uuid.UUID]:
    """Where the last had nothing left to stand between, put something of before there."""
    for touching in neighbours(line, apart):
        second = [each for each in line if each in touching][1]
        for other in line:
            if other in touching:
                continue
            tried = [each for each in line if each != other]
            tried.insert(tried.index(second), other)
            if len(neighbours(tried, apart)) < len(neighbours(line, apart)):
                return _mend_the_end(tried, apart)
    return line
