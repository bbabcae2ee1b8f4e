"""What every act on a personal budget stands on: the case open and about the person, the budget held."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.models import MatterPerson
from joinedup.support.cases.choices.budget import BudgetState
from joinedup.support.cases.models import Case, PersonalBudget
from joinedup.support.handovers.operations.grounds import locked, must_work_at

WORKING = Viewer.system("keeping personal budgets")


class CannotKeepBudget(Exception):
    """Why a budget cannot be kept so; says how to mend it."""


def post_of(by: Viewer) -> uuid.UUID:
    """The post that acts: money is never moved by nobody."""
    if by.post_id is None:
        raise CannotKeepBudget("Only a post keeps a budget.")
    return by.post_id


@contextmanager
def at_work_on(
    by: Viewer, matter_id: uuid.UUID, person_id: uuid.UUID, *, even_closed: bool = False
) -> Iterator[uuid.UUID]:
    """The case held for this act, open, and about this person; gives the post that acts."""
    must_work_at(by, matter_id)
    post_id = post_of(by)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        closed = Case.objects.filter(pk=matter_id, closed_at__isnull=False).exists()
        if closed and not even_closed:
            raise CannotKeepBudget("This case is closed. Open it again first.")
        if not MatterPerson.objects.filter(matter=matter_id, person=person_id).exists():
            raise CannotKeepBudget("Choose one of those the case is about.")
        yield post_id


@contextmanager
def held_budget(
    by: Viewer, budget_id: uuid.UUID, *, even_closed: bool = False
) -> Iterator[PersonalBudget]:
    """One budget, held for this act; raises PersonalBudget.DoesNotExist for whoever does not see it."""
    with acting(by):
        seen = PersonalBudget.objects.get(pk=budget_id)
    with at_work_on(by, seen.case_id, seen.person_id, even_closed=even_closed):
        yield PersonalBudget.objects.select_for_update(of=("self",)).get(pk=budget_id)


@contextmanager
def budget_in_force(by: Viewer, budget_id: uuid.UUID) -> Iterator[PersonalBudget]:
    """One budget that is in force, held for this act."""
    with held_budget(by, budget_id) as budget:
        if budget.state != BudgetState.AUTHORISED:
            raise CannotKeepBudget("This budget is not in force.")
        yield budget
