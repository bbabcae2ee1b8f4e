"""Plans for living with a risk, as facts; a review that is past is said loudly."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from joinedup.foundations.core import wording
from joinedup.foundations.core.tables import Cell, Table, table
from joinedup.support.safeguarding.choices import Knows, ToldHow
from joinedup.support.safeguarding.models import RiskPlan
from joinedup.support.safeguarding.queries.plans import PlanShown


@dataclass(frozen=True)
class Standing:
    """A plan that stands: its warning, whether its review is past, its facts."""

    plan: RiskPlan
    review_is_due: bool
    facts: tuple[tuple[str, str], ...]


def standing(found: Sequence[PlanShown], today: datetime.date) -> list[Standing]:
    """The plans that stand."""
    return [
        Standing(shown.plan, shown.plan.review_on <= today, tuple(_facts(shown)))
        for shown in found
        if shown.plan.ends_at is None
    ]


def _facts(shown: PlanShown) -> list[tuple[str, str]]:
    plan = shown.plan
    return [
        ("Risk", plan.risk),
        ("What is done", plan.plan),
        ("Does the person know?", Knows(plan.knows).label),
        *([("How they were told", ToldHow(plan.told_how).label)] if plan.told_how else []),
        *([("Why they were not told", plan.why_not_told)] if plan.why_not_told else []),
        ("Manager spoken to", plan.manager_consulted),
        ("Review on", wording.day(plan.review_on)),
        ("Written by", f"{shown.written_by}, {wording.moment(plan.starts_at)}"),
        *(
            [("Reviewed", f"This is what came of a review on {wording.day(plan.starts_at)}")]
            if plan.reviews_id
            else []
        ),
    ]


def ended(found: Sequence[PlanShown]) -> Table | None:
    """The plans that have ended, and why."""
    rows = [
        [
            Cell(shown.plan.warning),
            Cell(wording.moment(shown.plan.ends_at)),
            Cell(shown.plan.end_words),
        ]
        for shown in found
        if shown.plan.ends_at is not None
    ]
    return table("Ended", ["Warning", "Ended", "Why"], rows) if rows else None


def as_form(plan: RiskPlan) -> dict[str, Any]:
    """What a plan says, for the form in which it is reviewed; the next review is to be chosen."""
    return {
        name: getattr(plan, name)
        for name in (
            "warning", "risk", "plan", "knows", "why_not_told", "told_how", "manager_consulted"
        )
    }  # fmt: skip
