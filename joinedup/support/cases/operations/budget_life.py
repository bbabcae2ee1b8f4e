"""What becomes of a personal budget in force: tapered, spent, ended; and how somebody is a year on."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Max

from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.budget import BudgetState, Learning, Working
from joinedup.support.cases.models import BudgetSpend, BudgetTaper, FollowUp, PersonalBudget
from joinedup.support.cases.operations.budget_grounds import (
    CannotKeepBudget,
    budget_in_force,
    held_budget,
    post_of,
)
from joinedup.support.cases.rules.budget import FOLLOW_UP_AFTER
from joinedup.support.handovers.operations.grounds import leave_a_line


def taper(
    *,
    by: Viewer,
    budget_id: uuid.UUID,
    from_on: datetime.date,
    pence: int,
    because: str,
    at: datetime.datetime,
) -> BudgetTaper:
    """Let a budget be lower from a day on. Raises CannotKeepBudget, NoPart."""
    if not because.strip():
        raise CannotKeepBudget("Say why less is needed from then on.")
    with budget_in_force(by, budget_id) as budget:
        last = budget.tapers.aggregate(day=Max("from_on"))["day"]
        if from_on <= (last or budget.starts_on):
            raise CannotKeepBudget("Choose a day after the last change of the budget.")
        now = budget.tapers.order_by("-from_on").values_list("pence", flat=True).first()
        if pence >= (budget.agreed_pence if now is None else now):
            raise CannotKeepBudget("That is no less than now. For more, make another budget.")
        made = BudgetTaper.objects.create(
            case_id=budget.case_id, budget=budget, from_on=from_on, pence=pence,
            because=because.strip(), by_id=post_of(by),
        )  # fmt: skip
        leave_a_line(by, budget.case_id, "tapered a budget", at)
    return made


def spend(
    *,
    by: Viewer,
    budget_id: uuid.UUID,
    on: datetime.date,
    pence: int,
    words: str,
    at: datetime.datetime,
    line_id: int | None = None,
    instead_of: int | None = None,
) -> BudgetSpend:
    """Write down what was spent, or what stands instead of an earlier line. Raises CannotKeepBudget, NoPart."""
    if not words.strip():
        raise CannotKeepBudget("Say on what it was spent.")
    if on > at.date():
        raise CannotKeepBudget("This day is still to come. Write it down when it is spent.")
    with budget_in_force(by, budget_id) as budget:
        if line_id is not None and not budget.lines.filter(pk=line_id).exists():
            raise CannotKeepBudget("Choose a line of this budget.")
        earlier = budget.spends.filter(pk=instead_of).first() if instead_of else None
        if earlier is not None and hasattr(earlier, "corrected_by"):
            raise CannotKeepBudget("That line is corrected already.")
        made = BudgetSpend.objects.create(
            case_id=budget.case_id, budget=budget, line_id=line_id, on=on, pence=pence,
            words=words.strip(), by_id=post_of(by), recorded_at=at, instead_of=earlier,
        )  # fmt: skip
        leave_a_line(by, budget.case_id, "wrote down spending of a budget", at)
    return made


def end_budget(
    *, by: Viewer, budget_id: uuid.UUID, on: datetime.date, words: str, at: datetime.datetime
) -> PersonalBudget:
    """End a budget; how the person is stays to be asked twelve months on. Raises CannotKeepBudget, NoPart."""
    if not words.strip():
        raise CannotKeepBudget("Say why it ends, and what stays.")
    with budget_in_force(by, budget_id) as budget:
        if on < budget.starts_on:
            raise CannotKeepBudget("It ends after it started.")
        budget.state = BudgetState.ENDED
        budget.ends_on = on
        budget.end_words = words.strip()
        budget.follow_up_on = on + FOLLOW_UP_AFTER
        budget.save(update_fields=["state", "ends_on", "end_words", "follow_up_on"])
        leave_a_line(by, budget.case_id, "ended a personal budget", at)
    return budget


@dataclass(frozen=True)
class YearOn:
    """How somebody is, twelve months on."""

    on: datetime.date
    working: Working
    learning: Learning
    still_served: bool
    words: str = ""


def follow_up(*, by: Viewer, budget_id: uuid.UUID, said: YearOn, at: datetime.datetime) -> FollowUp:
    """Write down how somebody is a year on. Raises CannotKeepBudget, NoPart."""
    with held_budget(by, budget_id, even_closed=True) as budget:
        if budget.state not in {BudgetState.AUTHORISED, BudgetState.ENDED}:
            raise CannotKeepBudget("This budget was never in force.")
        if budget.follow_ups.filter(on=said.on).exists():
            raise CannotKeepBudget("Of that day there is one already.")
        made = FollowUp.objects.create(
            case_id=budget.case_id, budget=budget, by_id=post_of(by), recorded_at=at, **vars(said)
        )
        budget.follow_up_on = None
        budget.save(update_fields=["follow_up_on"])
        leave_a_line(by, budget.case_id, "asked how somebody is a year on", at)
    return made
