"""Whether enough sit at the table that anything may be decided (P26)."""

from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Discipline


@dataclass(frozen=True)
class AtTheTable:
    """Somebody who is there, with a word in the decision or without."""

    agency: str
    discipline: str
    counts: bool = True


def why_no_quorum(there: Iterable[AtTheTable], quorum: int, required: Iterable[str]) -> str:
    """What is missing before an item may open, in a sentence; nothing where all is there.

    The quorum counts agencies and not heads: two of one agency are one voice.
    """
    counting = [each for each in there if each.counts]
    agencies = len({each.agency for each in counting})
    disciplines = {each.discipline for each in counting}
    missing = [name_of(each) for each in required if each not in disciplines]
    wants = []
    if agencies < quorum:
        wants.append(f"{quorum} agencies must be there and {_many(agencies)}")
    if missing:
        wants.append(f"nobody is there for {_listed(missing)}")
    if not wants:
        return ""
    return f"No item opens without a quorum: {'; '.join(wants)}."


def name_of(discipline: str) -> str:
    """The words for a discipline; a word that is no longer one stands as it is."""
    return Discipline(discipline).label.lower() if discipline in Discipline else discipline


def _many(number: int) -> str:
    return {0: "none is", 1: "one is"}.get(number, f"{number} are")


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
