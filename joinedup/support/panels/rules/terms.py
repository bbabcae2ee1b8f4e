"""Whether terms of reference can stand: a quorum its members can reach, a seat for each discipline it requires."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline


@dataclass(frozen=True)
class SeatHeld:
    """A member's seat as the terms see it."""

    agency: str
    discipline: Discipline


def what_stands_in_the_way(
    quorum: int, required: Iterable[Discipline], members: Collection[SeatHeld]
) -> list[str]:
    """Why a panel with these members cannot meet by these terms, in sentences; nothing where it can."""
    found = []
    agencies = {each.agency for each in members}
    if len(agencies) < quorum:
        found.append(
            f"{quorum} agencies must be there, and {_many(len(agencies))} on the panel. "
            "Add members, or agree a lower quorum."
        )
    there = {each.discipline for each in members}
    missing = sorted(each.label for each in required if each not in there)
    if missing:
        found.append(f"Nobody sits for: {', '.join(missing)}. Add a member for each.")
    return found


def _many(agencies: int) -> str:
    return "1 sits" if agencies == 1 else f"{agencies} sit"
