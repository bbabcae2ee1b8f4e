"""The ladder of a disagreement: how long each rung has, who settles there, what comes after (P40)."""

import datetime

from joinedup.support.cases.choices.level import Rung
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.handovers.rules.working_days import end_of_working_day

WORKING_DAYS = {Rung.WORKER: 1, Rung.MANAGER: 2, Rung.HEAD: 5}
"""Proposed by practice P40, until the partnership sets its own; the last rung has no end."""

PARTNERS = frozenset({"safeguarding_lead"})
_ORDER = tuple(Rung)


def due(rung: Rung, since: datetime.datetime) -> datetime.datetime | None:
    """When it goes up by itself; never from the last rung."""
    days = WORKING_DAYS.get(rung)
    return end_of_working_day(days, since) if days else None


def above(rung: Rung) -> Rung | None:
    """The next rung; none above the last."""
    place = _ORDER.index(rung) + 1
    return _ORDER[place] if place < len(_ORDER) else None


def why_not_settled_by(rung: Rung, role: str, *, opened_it: bool, was_asked: bool) -> str | None:
    """Why this post cannot settle it on that rung, fit for the page; None where it can."""
    if opened_it:
        return "Whoever disagreed does not settle it alone. The other side does, or it goes up."
    if rung is Rung.MANAGER and role not in MANAGERS:
        return "It is with the two managers now. One of them settles it."
    if rung is Rung.HEAD and not was_asked:
        return "It is with the heads of service now. One of them settles it."
    if rung is Rung.PARTNERS and role not in PARTNERS:
        return "It is with the safeguarding partners now. A safeguarding lead settles it."
    return None
