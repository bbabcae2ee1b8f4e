"""The plans for living with a risk, and the warnings that go before every contact."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.identity.sharing.queries.names import names_of_people
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.safeguarding.models import RiskPlan
from joinedup.support.safeguarding.queries.exits import names_of


@dataclass(frozen=True)
class PlanShown:
    """A plan with the name of whoever wrote it."""

    plan: RiskPlan
    written_by: str


def plans_of(
    viewer: Viewer, matter_id: uuid.UUID, *, ended: bool = False, same: Q | None = None
) -> list[PlanShown]:
    """The plans of a matter and of the people it is about, newest first; with those that ended, if asked.

    `same` is what is about the same, where the caller has asked that already.
    """
    with reading(viewer):
        of_them = same or about_the_same(matter_id)
        found = RiskPlan.objects.filter(of_them).order_by("-starts_at")
        rows = list(found if ended else found.filter(ends_at__isnull=True))
    names = names_of({row.written_by_id for row in rows})
    return [PlanShown(row, names.get(row.written_by_id, "")) for row in rows]


def warnings_of(viewer: Viewer, matter_id: uuid.UUID, same: Q | None = None) -> list[str]:
    """The warning of each plan that stands, in a line each."""
    return [shown.plan.warning for shown in plans_of(viewer, matter_id, same=same)]


def about_the_same(matter_id: uuid.UUID) -> Q:
    """What is about a person of this matter, by whatever identifier; of nobody named, what hangs on it."""
    persons = MatterPerson.objects.filter(matter=matter_id).values_list("person", flat=True)
    return about(matter_id, [(person, identifiers_of(person)) for person in persons])


def about(matter_id: uuid.UUID, persons: Iterable[tuple[uuid.UUID, Iterable[uuid.UUID]]]) -> Q:
    """The same, of people whose identifiers the caller knows already."""
    ids = [each for _, same in persons for each in same]
    return Q(matter=matter_id, person__isnull=True) | Q(person__in=ids)


def managers_to_ask(viewer: Viewer, at: datetime.datetime) -> list[tuple[uuid.UUID, str]]:
    """The managers of the viewer's own agency whom a warning note can be talked over with."""
    held = Post.objects.held_on(day_of(at)).filter(
        team__agency=viewer.agency, role__in=MANAGERS, user__is_active=True
    )
    found = held.select_related("user", "team").order_by("user__name")
    return [
        (each.pk, f"{each.user.name}, {each.team.name}")
        for each in found
        if each.pk != viewer.post_id
    ]


def one_plan(viewer: Viewer, plan_id: uuid.UUID) -> RiskPlan:
    """One plan that the viewer may read; raises RiskPlan.DoesNotExist."""
    with acting(viewer):
        return RiskPlan.objects.get(pk=plan_id)


def works_at(viewer: Viewer, matter_id: uuid.UUID) -> bool:
    """Whether the viewer works at this matter: to anybody else what hangs on it is not there."""
    with acting(viewer):
        return part_of(viewer, matter_id) >= PartLevel.WORK


def persons_of(viewer: Viewer, matter_id: uuid.UUID) -> list[tuple[uuid.UUID, str]]:
    """The people a matter is about, by such a name as the viewer may see."""
    with reading(viewer):
        found = MatterPerson.objects.filter(matter=matter_id).order_by("pk")
        persons = list(found.values_list("person", flat=True))
        names = names_of_people(persons)
    return [
        (person, names.get(person) or f"Person {place}")
        for place, person in enumerate(persons, start=1)
    ]
