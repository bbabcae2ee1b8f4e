"""What an assessment of capacity must say before it is written down (P12)."""

import datetime

from joinedup.identity.sharing.choices import CapacityOutcome
from joinedup.identity.sharing.rules.consents import YOUNG_PERSON


def why_not_assessed(
    *,
    decision: str,
    outcome: CapacityOutcome,
    best_interests: str,
    assessed_on: datetime.date,
    born_on: datetime.date | None,
    day: datetime.date,
) -> str | None:
    """Why this is no assessment of capacity, fit for the page; None where it is one."""
    if not decision.strip():
        return "Say which one decision was assessed. Nobody lacks capacity in general."
    if assessed_on > day:
        return "The day of the assessment is in the future."
    if outcome is CapacityOutcome.LACKS_CAPACITY and not best_interests.strip():
        return "Say what is in the person’s best interests, who was asked, and why."
    if born_on is not None and _age(born_on, assessed_on) < YOUNG_PERSON:
        return "Under 16 it is not capacity that is assessed: say whether the child is competent to decide."
    return None


def _age(born_on: datetime.date, day: datetime.date) -> int:
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))
