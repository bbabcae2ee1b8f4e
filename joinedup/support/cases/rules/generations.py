"""Generations of a family: who is above whom, what may not be written, what is held in more than one (S0-19)."""

import datetime
from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence

from joinedup.identity.sharing.choices import Purpose

FARTHEST = 4
"""So many links away from the people of a case a family is followed, and no farther."""


def is_let(since: datetime.date | None, day: datetime.date) -> bool:
    """Whether generations may be joined at all on that day: off by default, a gateway of its own (P36)."""
    return since is not None and day >= since


def may_open(purpose: str, since: datetime.date | None, day: datetime.date) -> bool:
    """Whether somebody who looks for this purpose may: to safeguard a child, where it is let, and for nothing else."""
    return purpose == Purpose.SAFEGUARD_CHILD and is_let(since, day)


def in_generations[Key: Hashable](
    start: Iterable[Key], links: Sequence[tuple[Key, Key]]
) -> list[list[Key]]:
    """Everybody whom links (parent, child) lead to, oldest generation first; each stands once."""
    beside: dict[Key, list[tuple[Key, int]]] = {}
    for parent, child in links:
        beside.setdefault(child, []).append((parent, -1))
        beside.setdefault(parent, []).append((child, 1))
    depth: dict[Key, int] = {}
    for first in start:
        if first not in depth:
            _walk(first, beside, depth)
    rows: dict[int, list[Key]] = {}
    for key, at in depth.items():
        rows.setdefault(at, []).append(key)
    return [rows[at] for at in sorted(rows)]


def _walk[Key: Hashable](
    first: Key, beside: Mapping[Key, Sequence[tuple[Key, int]]], depth: dict[Key, int]
) -> None:
    """Say of everybody whom links lead to from one person how many generations below them they are."""
    depth[first] = 0
    waiting = deque([first])
    while waiting:
        one = waiting.popleft()
        for other, step in beside.get(one, ()):
            if other not in depth:
                depth[other] = depth[one] + step
                waiting.append(other)


def why_not_linked[Key: Hashable](
    parent: Key,
    child: Key,
    links: Sequence[tuple[Key, Key]],
    born: Mapping[Key, datetime.date],
) -> str:
    """Why one cannot be written down as the other's parent, fit for the page; nothing where they can."""
    if parent == child:
        return "Nobody is their own parent: choose two people."
    if (parent, child) in links:
        return "This is written down already."
    if parent in born and child in born and born[parent] >= born[child]:
        return "The parent would be younger than the child. Look at the birth dates."
    if _reaches(child, parent, links):
        return "They stand the other way round in this family already."
    return ""


def _reaches[Key: Hashable](since: Key, wanted: Key, links: Sequence[tuple[Key, Key]]) -> bool:
    """Whether somebody is a descendant of the other."""
    seen, waiting = {since}, deque([since])
    while waiting:
        one = waiting.popleft()
        for parent, child in links:
            if parent == one and child not in seen:
                if child == wanted:
                    return True
                seen.add(child)
                waiting.append(child)
    return False


def repeated(held: Sequence[Iterable[str]]) -> list[tuple[str, int]]:
    """What is shown of somebody in two generations or more, and of how many generations."""
    counts: dict[str, int] = {}
    for generation in held:
        for fact in dict.fromkeys(generation):
            counts[fact] = counts.get(fact, 0) + 1
    return [(fact, many) for fact, many in counts.items() if many > 1]
