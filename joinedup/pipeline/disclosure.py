"""Small numbers: what of a count may leave the people who hold the cases (P44); the one place for it."""

from collections.abc import Hashable, Mapping, Sequence

LIMIT = 7
"""Counts of so many or fewer are suppressed, nought among them: nought tells as much of a small group."""
ROUNDED_TO = 5

Shown = int | None
"""A count as it may be shown: rounded, or None where it is suppressed."""


def limit_of(local: int | None = None) -> int:
    """The limit that holds: a local setting may tighten it and never loosen it."""
    return LIMIT if local is None else max(LIMIT, local)


def shown(count: int, *, limit: int | None = None) -> Shown:
    """One count that stands alone."""
    if count <= limit_of(limit):
        return None
    return ROUNDED_TO * round(count / ROUNDED_TO)


def breakdown[Group: Hashable](
    counts: Mapping[Group, int], *, limit: int | None = None
) -> dict[Group, Shown]:
    """Counts that add up to a total which is shown as well.

    Where one alone is suppressed it could be reckoned from the total: the next smallest goes with it.
    """
    hidden = {group for group, count in counts.items() if count <= limit_of(limit)}
    if len(hidden) == 1 and len(counts) > 1:
        hidden.add(min(counts.keys() - hidden, key=lambda group: (counts[group], str(group))))
    return {
        group: None if group in hidden else shown(count, limit=limit)
        for group, count in counts.items()
    }


def table(counts: Sequence[Sequence[int]], *, limit: int | None = None) -> list[list[Shown]]:
    """A table whose rows and columns add up to totals that are shown as well.

    No row and no column is left with one suppressed count alone.
    """
    hidden = [[count <= limit_of(limit) for count in row] for row in counts]
    while _one_more(counts, hidden):
        pass
    return [
        [None if gone else shown(count, limit=limit) for count, gone in zip(row, lost, strict=True)]
        for row, lost in zip(counts, hidden, strict=True)
    ]


def _one_more(counts: Sequence[Sequence[int]], hidden: list[list[bool]]) -> bool:
    """Suppress one count that stands beside a lone suppressed one; whether there was any."""
    rows, columns = range(len(counts)), range(len(counts[0]) if counts else 0)
    lines = [[(r, c) for c in columns] for r in rows] + [[(r, c) for r in rows] for c in columns]
    for line in lines:
        open_ones = [(r, c) for r, c in line if not hidden[r][c]]
        if len(line) - len(open_ones) == 1 and open_ones:
            r, c = min(open_ones, key=lambda place: (counts[place[0]][place[1]], place))
            hidden[r][c] = True
            return True
    return False


def share(part: int, whole: int, *, limit: int | None = None) -> Shown:
    """A share in whole per cent, where neither the part nor what is left of the whole is small."""
    if min(part, whole - part) <= limit_of(limit):
        return None
    return round(100 * part / whole)


def words(count: Shown, *, limit: int | None = None) -> str:
    """What stands on the page for a count."""
    return f"{limit_of(limit)} or fewer, or withheld" if count is None else f"{count:,}"
