"""Ask about self-directed support; make a personal budget, plan it to the penny, authorise it."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.funds.models import PointsLine, PointsTable
from joinedup.partnership.funds.queries import may_authorise, table_on
from joinedup.partnership.funds.rules import indicative
from joinedup.support.cases.choices.budget import BudgetState, OfferAnswer
from joinedup.support.cases.models import (
    BudgetLine,
    PersonalBudget,
    SelfDirectedOffer,
)
from joinedup.support.cases.operations.budget_grounds import (
    CannotKeepBudget,
    at_work_on,
    held_budget,
)
from joinedup.support.cases.rules.budget import FOLLOW_UP_AFTER, PlanLine, why_not_whole
from joinedup.support.handovers.operations.grounds import leave_a_line

IN_THE_MAKING = (BudgetState.DRAFT, BudgetState.SENT_BACK)


class BudgetChanged(Exception):
    """Somebody else has changed the budget meanwhile; carries what stands now."""

    def __init__(self, now: PersonalBudget, lines: Sequence[BudgetLine]) -> None:
        super().__init__("Somebody has changed this budget while you wrote. Both are shown.")
        self.now = now
        self.lines = list(lines)


@dataclass(frozen=True)
class BudgetSaid:
    """What a budget is, in pence a year; `point_lines` are those chosen of the points table."""

    person_id: uuid.UUID
    point_lines: tuple[int, ...]
    agreed_pence: int | None
    starts_on: datetime.date
    review_on: datetime.date
    why_other: str = ""
    contribution_pence: int = 0
    health_pence: int = 0
    is_aftercare: bool = False


def ask_about_it(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    person_id: uuid.UUID,
    answer: OfferAnswer,
    because: str,
    at: datetime.datetime,
) -> SelfDirectedOffer:
    """Write down whether somebody wants to direct their own support, or why they were not asked.

    Raises CannotKeepBudget, NoPart.
    """
    if answer is OfferAnswer.NOT_OFFERED and not because.strip():
        raise CannotKeepBudget("Say why they were not asked.")
    with at_work_on(by, matter_id, person_id) as post_id:
        offer = SelfDirectedOffer.objects.create(
            case_id=matter_id, person_id=person_id, answer=answer, because=because.strip(),
            by_id=post_id, at=at,
        )  # fmt: skip
        leave_a_line(by, matter_id, "asked about self-directed support", at, {"answer": answer})
    return offer


def make_budget(
    *, by: Viewer, matter_id: uuid.UUID, said: BudgetSaid, at: datetime.datetime
) -> PersonalBudget:
    """Begin a personal budget: the indicative amount by today's points table, and what is agreed.

    Raises CannotKeepBudget, NoPart.
    """
    found = table_on(said.starts_on)
    if found is None:
        raise CannotKeepBudget(
            "No points table holds on the day it starts. Whoever keeps the funds publishes one."
        )
    pence = _indicative(found.table, said.point_lines)
    agreed = pence if said.agreed_pence is None else said.agreed_pence
    _must_add_up(said, agreed, pence)
    with at_work_on(by, matter_id, said.person_id) as post_id:
        making = PersonalBudget.objects.filter(
            case=matter_id, person=said.person_id, state__in=(*IN_THE_MAKING, BudgetState.WAITS)
        )
        if making.exists():
            raise CannotKeepBudget("A budget for them is being made already. Go on with that one.")
        budget = PersonalBudget.objects.create(
            case_id=matter_id,
            person_id=said.person_id,
            table=found.table,
            points=list(said.point_lines),
            indicative_pence=pence,
            agreed_pence=agreed,
            why_other=said.why_other.strip(),
            health_pence=said.health_pence,
            contribution_pence=0 if said.is_aftercare else said.contribution_pence,
            is_aftercare=said.is_aftercare,
            made_by_id=post_id,
            made_at=at,
            starts_on=said.starts_on,
            review_on=said.review_on,
        )
        leave_a_line(by, matter_id, "began a personal budget", at)
    return budget


def write_support_plan(
    *,
    by: Viewer,
    budget_id: uuid.UUID,
    lines: Sequence[PlanLine],
    edited: int,
    at: datetime.datetime,
) -> PersonalBudget:
    """Write the lines of a support plan anew; `edited` is the version that whoever wrote had before them.

    Raises CannotKeepBudget, BudgetChanged, NoPart, PersonalBudget.DoesNotExist.
    """
    with held_budget(by, budget_id) as budget:
        if budget.edited != edited:
            raise BudgetChanged(budget, list(budget.lines.order_by("place")))
        if budget.state not in IN_THE_MAKING:
            raise CannotKeepBudget("It is not being written any more. Make another to change it.")
        budget.lines.all().delete()
        BudgetLine.objects.bulk_create(
            BudgetLine(
                case_id=budget.case_id, budget=budget, place=place, what=line.what,
                provider=line.provider, route=line.route, pence=line.pence,
            )
            for place, line in enumerate(lines, 1)
        )  # fmt: skip
        budget.edited += 1
        budget.save(update_fields=["edited"])
        leave_a_line(by, budget.case_id, "wrote a support plan", at, {"lines": len(lines)})
    return budget


def send_to_authorise(*, by: Viewer, budget_id: uuid.UUID, at: datetime.datetime) -> PersonalBudget:
    """Send a budget to be authorised; its lines sum to the penny.

    Raises CannotKeepBudget, NoPart.
    """
    with held_budget(by, budget_id) as budget:
        if budget.state not in IN_THE_MAKING:
            raise CannotKeepBudget("It has been sent already.")
        why = why_not_whole(lines_of(budget), budget.agreed_pence)
        if why:
            raise CannotKeepBudget(why)
        budget.state = BudgetState.WAITS
        budget.save(update_fields=["state"])
        leave_a_line(by, budget.case_id, "sent a budget to be authorised", at)
    return budget


def authorise(*, by: Viewer, budget_id: uuid.UUID, at: datetime.datetime) -> PersonalBudget:
    """Authorise a budget that waits, within the limit of whoever does; the one before it ends.

    Raises CannotKeepBudget with the sentence of the limit, NoPart.
    """
    with held_budget(by, budget_id) as budget:
        if budget.state != BudgetState.WAITS:
            raise CannotKeepBudget("It does not wait to be authorised.")
        authority = may_authorise(
            by.post_id, budget.agreed_pence, is_maker=budget.made_by_id == by.post_id, at=at
        )
        if not authority:
            raise CannotKeepBudget(authority.why)
        before = PersonalBudget.objects.filter(
            case=budget.case_id, person=budget.person_id, state=BudgetState.AUTHORISED
        )
        before.update(
            state=BudgetState.ENDED, ends_on=budget.starts_on, end_words="Another followed it."
        )
        budget.state = BudgetState.AUTHORISED
        budget.authorised_by_id = by.post_id
        budget.authorised_at = at
        budget.scheme = authority.scheme
        budget.follow_up_on = budget.starts_on + FOLLOW_UP_AFTER
        budget.save()
        leave_a_line(by, budget.case_id, "authorised a personal budget", at)
    return budget


def send_back(
    *, by: Viewer, budget_id: uuid.UUID, because: str, at: datetime.datetime
) -> PersonalBudget:
    """Send a budget that waits back to whoever made it. Raises CannotKeepBudget, NoPart."""
    if not because.strip():
        raise CannotKeepBudget("Say what has to change.")
    with held_budget(by, budget_id) as budget:
        if budget.state != BudgetState.WAITS:
            raise CannotKeepBudget("It does not wait to be authorised.")
        budget.state = BudgetState.SENT_BACK
        budget.sent_back_because = because.strip()
        budget.save(update_fields=["state", "sent_back_because"])
        leave_a_line(by, budget.case_id, "sent a budget back", at)
    return budget


def lines_of(budget: PersonalBudget) -> list[PlanLine]:
    """The lines of a budget's support plan, as the rules read them."""
    return [
        PlanLine(line.what, line.pence, line.route, line.provider)  # type: ignore[arg-type]
        for line in budget.lines.order_by("place")
    ]


def _indicative(table: PointsTable, chosen: Sequence[int]) -> int:
    lines = list(PointsLine.objects.filter(table=table, pk__in=chosen))
    questions = [line.question for line in lines]
    if len(set(questions)) != len(questions) or len(lines) != len(set(chosen)):
        raise CannotKeepBudget("Choose one answer to each question of today’s points table.")
    return indicative([line.points for line in lines], table.pence_a_point)


def _must_add_up(said: BudgetSaid, agreed: int, pence: int) -> None:
    if agreed != pence and not said.why_other.strip():
        raise CannotKeepBudget("Say why another amount is agreed than the table gives.")
    if said.is_aftercare and said.contribution_pence:
        raise CannotKeepBudget("Aftercare under section 117 bears no contribution (P38).")
    if said.contribution_pence + said.health_pence > agreed:
        raise CannotKeepBudget("Contribution and health money are parts of the agreed amount.")
    if said.review_on <= said.starts_on:
        raise CannotKeepBudget("It is reviewed after it starts.")
