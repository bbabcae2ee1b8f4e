"""Which of several open cases on one person has the lead who coordinates (S0-20, P27)."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.support.cases.choices import Programme


@dataclass(frozen=True)
class Alongside:
    """An open case as the rule reads it."""

    matter_id: uuid.UUID
    programme: Programme
    opened_at: datetime.datetime
    is_agreed: bool = False
    """Its lead was agreed upon by the leads."""


@dataclass(frozen=True)
class Coordinates:
    """The case whose lead coordinates, why, and whether the leads may agree otherwise."""

    matter_id: uuid.UUID
    why: str
    by_rule: bool


def coordinating(cases: Sequence[Alongside]) -> Coordinates | None:
    """The one case whose lead coordinates; none where there is none at all.

    A statutory lead by rule, the one agreed upon where there are two; else the one that the leads agreed
    upon; else, until they do, the case that is open longest.
    """
    if not cases:
        return None
    by_age = sorted(cases, key=lambda case: (case.opened_at, case.matter_id.int))
    statutory = [case for case in by_age if case.programme.is_statutory]
    if len(statutory) == 1:
        found = statutory[0]
        return Coordinates(found.matter_id, f"{found.programme.label} leads by rule.", True)
    among = statutory or by_age
    agreed = next((case for case in among if case.is_agreed), None)
    if agreed is not None:
        return Coordinates(agreed.matter_id, "The leads agreed on it.", False)
    why = "It is open longest; the leads may agree on another."
    return Coordinates(among[0].matter_id, why, False)
