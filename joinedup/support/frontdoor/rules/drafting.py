"""What a draft keeps of what was typed, and what differs between two tabs."""

from collections.abc import Iterable, Mapping, Sequence

from joinedup.support.frontdoor.rules.identity_typed import clean

Values = dict[str, list[str]]
"""What stands in a form, by the names of its boxes; a box may have several values."""

MOST_BOXES = 400
LONGEST_VALUE = 60_000
MOST_BESIDE = 5


def kept_values(
    pairs: Iterable[tuple[str, Sequence[str]]], leave_out: Iterable[str] = ()
) -> Values:
    """What was typed, as a draft keeps it: everything but what a database cannot hold."""
    left_out = set(leave_out)
    kept: Values = {}
    for name, values in pairs:
        if name in left_out or len(kept) >= MOST_BOXES:
            continue
        texts = [clean(value)[:LONGEST_VALUE] for value in values][:MOST_BOXES]
        if any(texts):
            kept[clean(name)[:100]] = texts
    return kept


def differing(mine: Mapping[str, list[str]], theirs: Mapping[str, list[str]]) -> list[str]:
    """The boxes in which two versions of a draft differ, in the order they stand."""
    return [name for name in dict.fromkeys([*mine, *theirs]) if mine.get(name) != theirs.get(name)]


def with_beside(beside: Sequence[Values], mine: Values) -> list[Values]:
    """What other tabs typed and nobody has chosen between yet, this one with it, the newest first."""
    return [mine, *(other for other in beside if other != mine)][:MOST_BESIDE]
