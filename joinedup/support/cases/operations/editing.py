"""What every change to a plan stands on: the case open and held, the row not changed meanwhile."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import models, transaction
from django.db.models import F

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson, Part
from joinedup.identity.sharing.operations.matters import of_post, of_team
from joinedup.support.cases.models import Case
from joinedup.support.handovers.operations.grounds import locked, must_work_at

WORKING = Viewer.system("keeping the plan of a case")
CLOSED = "This case is closed. Open it again first."


class CannotPlan(Exception):
    """The plan cannot be written so; says why."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the row after it was opened; `saved` is what stands now."""

    def __init__(self, saved: Any) -> None:
        super().__init__("Somebody else changed this while you were writing.")
        self.saved = saved


@contextmanager
def at_work_on(by: Viewer, matter_id: uuid.UUID, *, closed_too: bool = False) -> Iterator[Case]:
    """The open case, held for this act alone and acting as the system; raises CannotPlan, NoPart."""
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.get(pk=matter_id)
        if case.closed_at is not None and not closed_too:
            raise CannotPlan(CLOSED)
        yield case


def case_of(by: Viewer, model: type[models.Model], pk: uuid.UUID) -> uuid.UUID:
    """The case that a row hangs on, as far as the actor sees it; raises the model's DoesNotExist."""
    with acting(by):
        found: uuid.UUID = model._default_manager.values_list("case_id", flat=True).get(pk=pk)
    return found


def save_unchanged(
    model: type[models.Model], pk: uuid.UUID, edited: int, values: Mapping[str, Any]
) -> Any:
    """Write these values where the row is still as it was opened; raises ChangedMeanwhile."""
    rows = model._default_manager.filter(pk=pk)
    if not rows.filter(edited=edited).update(**values, edited=F("edited") + 1):
        raise ChangedMeanwhile(rows.get())
    return rows.get()


def must_be_of_the_case(case: Case, person_id: uuid.UUID | None) -> None:
    """Raise CannotPlan unless the case is about this person, or about nobody alone."""
    if person_id is None:
        return
    if not MatterPerson.objects.filter(matter=case.pk, person=person_id).exists():
        raise CannotPlan("Choose somebody whom this case is about.")


def works_at_it(case: Case, post_id: uuid.UUID) -> bool:
    """Whether a post works at the case, by itself or with its team."""
    team = Post.objects.values_list("team_id", flat=True).get(pk=post_id)
    return Part.objects.filter(
        matter=case.pk,
        level=PartLevel.WORK,
        ends_at__isnull=True,
        recipient__in=[of_post(post_id), of_team(team)],
    ).exists()
