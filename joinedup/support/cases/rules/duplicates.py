"""Where two agencies give the same sort of help to the same person at once (S0-27)."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.support.cases.choices.plan import InterventionKind


@dataclass(frozen=True)
class Given:
    """Help as far as this asks of it: what sort, by whom, for whom, since when."""

    kind: InterventionKind
    by: str
    person: uuid.UUID | None
    starts_on: datetime.date


@dataclass(frozen=True)
class Twice:
    """One sort of help that several give at once."""

    kind: InterventionKind
    by: tuple[str, ...]


TELLS_BY_ITSELF = frozenset(
    {
        InterventionKind.DOMESTIC_ABUSE,
        InterventionKind.MENTAL_HEALTH,
        InterventionKind.OTHER,
        InterventionKind.SUBSTANCE_MISUSE,
        InterventionKind.THERAPY,
    }
)
"""That somebody is helped with this says more than that an agency is at work with them (P8, P17)."""


def twice(given: Iterable[Given]) -> list[Twice]:
    """Each sort of help that more than one gives to the same person; what is for all is for each.

    "Something else" is no sort: two of that say nothing.
    """
    found: dict[InterventionKind, set[str]] = {}
    rows = [each for each in given if each.kind is not InterventionKind.OTHER]
    for place, one in enumerate(rows):
        for other in rows[place + 1 :]:
            same_person = None in (one.person, other.person) or one.person == other.person
            if one.kind is other.kind and one.by != other.by and same_person:
                found.setdefault(one.kind, set()).update({one.by, other.by})
    return [Twice(kind, tuple(sorted(by))) for kind, by in sorted(found.items())]
