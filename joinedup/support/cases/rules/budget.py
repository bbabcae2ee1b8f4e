"""Self-directed support: whether to ask, whether lines come to the whole, what is left, when to look again."""

import datetime
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.partnership.funds.rules import pounds
from joinedup.support.cases.choices.budget import BudgetRoute, OfferAnswer

ASK_AGAIN_AFTER = datetime.timedelta(days=365)
FOLLOW_UP_AFTER = datetime.timedelta(days=365)
"""S4-38: what a year without the package, or with less of it, looks like."""
UNUSED_BELOW = 0.5
OVERSPENT_ABOVE = 1.1


@dataclass(frozen=True)
class PlanLine:
    """One line of a support plan; pence a year."""

    what: str
    pence: int
    route: BudgetRoute
    provider: str = ""


@dataclass(frozen=True)
class Offered:
    """What became of asking, and when."""

    answer: OfferAnswer
    on: datetime.date


def why_ask(
    offers: Sequence[Offered],
    *,
    has_budget: bool,
    is_eligible: bool,
    today: datetime.date,
    of_family: bool = False,
) -> str:
    """Why somebody should be asked now whether they want to direct their own support; empty where not.

    In a family's case, which is mostly about children, whoever is found eligible is asked and nobody else.
    """
    if has_budget or (of_family and not is_eligible and not offers):
        return ""
    last = max(offers, key=lambda each: each.on, default=None)
    if last is None:
        return (
            "They are eligible for care and support, and nobody has asked yet."
            if is_eligible
            else "Nobody has asked yet."
        )
    if last.answer is OfferAnswer.WANTED:
        return ""
    if today - last.on >= ASK_AGAIN_AFTER:
        return "They were asked more than a year ago. Much may have changed."
    if last.answer is OfferAnswer.NOT_OFFERED and is_eligible:
        return "They are eligible for care and support, and were not asked last time."
    return ""


def why_not_whole(lines: Sequence[PlanLine], agreed_pence: int) -> str:
    """Why a support plan cannot be sent to be authorised; empty where its lines sum to the penny."""
    if not lines:
        return "Write the support plan first: what the money is for, line by line."
    total = sum(line.pence for line in lines)
    if total == agreed_pence:
        return ""
    gap = agreed_pence - total
    lack = f"{pounds(gap)} is not planned yet" if gap > 0 else f"that is {pounds(-gap)} too much"
    return f"The lines come to {pounds(total)}, and {pounds(agreed_pence)} is agreed: {lack}."


def route_of(lines: Iterable[PlanLine]) -> str:
    """How the money goes, in words: by one way, or mixed."""
    routes = {line.route for line in lines}
    if len(routes) > 1:
        return "Mixed"
    return next(iter(routes)).label if routes else "Not planned yet"


def amount_on(
    agreed_pence: int, tapers: Iterable[tuple[datetime.date, int]], day: datetime.date
) -> int:
    """The budget that holds on a day, pence a year: as agreed, or as tapered until then."""
    begun = [(since, pence) for since, pence in tapers if since <= day]
    return max(begun)[1] if begun else agreed_pence


def due_until(
    agreed_pence: int,
    tapers: Sequence[tuple[datetime.date, int]],
    starts_on: datetime.date,
    day: datetime.date,
) -> int:
    """What of it falls to the days from its start until before a day, in pence, by the day of a year of 365."""
    edges = sorted({starts_on, day, *(on for on, _ in tapers if starts_on < on < day)})
    total = sum(
        amount_on(agreed_pence, tapers, since) * (until - since).days
        for since, until in itertools.pairwise(edges)
    )
    return round(total / 365)


def spending_says(spent: int, due: int, days: int) -> str:
    """What the spending tells, where it tells anything; empty while it is as planned or too new."""
    if days < 56 or due <= 0:
        return ""
    if spent > due * OVERSPENT_ABOVE:
        return "More is spent than planned until now. Look together at what changed."
    if spent < due * UNUSED_BELOW:
        return (
            "Less than half of what was planned is spent. Ask whether the support is really there."
        )
    return ""
