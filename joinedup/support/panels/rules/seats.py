"""Which seats of agencies nobody sits on (S2-32)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline


@dataclass(frozen=True)
class SeatOf:
    """A seat as far as it is asked whether somebody sits on it."""

    seat: int
    agency: str
    discipline: Discipline


def vacant(seats: Sequence[SeatOf], sitting: Iterable[tuple[str, Discipline]]) -> list[int]:
    """The seats that no member of their agency and discipline fills; each member fills one, the oldest first."""
    there = Counter(sitting)
    empty = []
    for each in seats:
        if there[each.agency, each.discipline]:
            there[each.agency, each.discipline] -= 1
        else:
            empty.append(each.seat)
    return empty
