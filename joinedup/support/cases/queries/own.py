"""What a person reads of their own case on their own page, and what those who help read of their words."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.plan import OPEN, ActionState
from joinedup.support.cases.models import (
    Case,
    CaseMember,
    Goal,
    Lead,
    Milestone,
    OwnWords,
    Plan,
    PlanAction,
    of_its_people,
)
from joinedup.support.contacts.models import Contact


@dataclass(frozen=True)
class HelpsMe:
    """Somebody who helps: who, from where, and what they do."""

    name: str
    from_where: str
    does: str
    leads: bool = False


@dataclass(frozen=True)
class MyGoal:
    """One goal in the person's words, and the steps towards it that are still to come."""

    words: str
    steps: tuple[tuple[str, datetime.date], ...]


@dataclass(frozen=True)
class MyAction:
    """Something somebody promised; mine if I did."""

    pk: uuid.UUID
    words: str
    who: str
    due_on: datetime.date | None
    is_mine: bool
    is_done: bool


@dataclass(frozen=True)
class MyCase:
    """One's own case, in plain words."""

    case_id: uuid.UUID
    programme: Programme
    agency: str
    since: datetime.datetime
    is_open: bool
    helpers: tuple[HelpsMe, ...]
    what_matters: str
    signs: str
    what_to_do: str
    whom_to_ring: str
    goals: tuple[MyGoal, ...]
    actions: tuple[MyAction, ...]
    words: tuple[OwnWords, ...]


@dataclass(frozen=True)
class Appointment:
    """When somebody comes or is to be met, and who."""

    at: datetime.datetime
    with_whom: str


def my_cases(viewer: Viewer) -> list[MyCase]:
    """One's own cases, those that are open first; row security leaves out what is not to be read."""
    with acting(viewer):
        mine = frozenset(_identifiers())
        found = Case.objects.select_related("agency").filter(agency__name_reveals=False)
        cases = sorted(found, key=lambda case: (case.closed_at is not None, case.opened_at))
        return [_my_case(case, mine) for case in cases]


def my_appointments(viewer: Viewer, at: datetime.datetime) -> list[Appointment]:
    """What is to come, the next first."""
    with acting(viewer):
        found = Contact.objects.filter(at__gte=at, corrected_by__isnull=True).order_by("at")
        return [
            Appointment(each.at, each.with_whom or each.by.user.name)
            for each in found.select_related("by__user")[:10]
        ]


def own_words_of(viewer: Viewer, matter_id: uuid.UUID) -> list[OwnWords]:
    """What people wrote to those who work at a case, unanswered first, then newest."""
    with acting(viewer):
        found = OwnWords.objects.filter(of_its_people(), case=matter_id).select_related(
            "answered_by__user"
        )
        return sorted(found, key=lambda each: (each.answered_at is not None, -each.at.timestamp()))


def _identifiers() -> list[uuid.UUID]:
    return list(Person.objects.values_list("pk", flat=True))


def _my_case(case: Case, mine: frozenset[uuid.UUID]) -> MyCase:
    plan = Plan.objects.filter(case=case).first()
    return MyCase(
        case_id=case.pk,
        programme=Programme(case.programme),
        agency=case.agency.name,
        since=case.opened_at,
        is_open=case.closed_at is None,
        helpers=tuple(_helpers(case)),
        what_matters=plan.what_matters if plan else "",
        signs=plan.signs if plan else "",
        what_to_do=plan.what_to_do if plan else "",
        whom_to_ring=plan.whom_to_ring if plan else "",
        goals=tuple(_goals(case)),
        actions=tuple(_actions(case, mine)),
        words=tuple(OwnWords.objects.filter(case=case, person__in=mine).order_by("-at")),
    )


def _helpers(case: Case) -> list[HelpsMe]:
    leads = Lead.objects.filter(case=case, ends_at__isnull=True)
    found = [
        HelpsMe(
            lead.post.user.name,
            f"{lead.post.team.name}, {lead.post.team.agency.name}",
            "Answers for your plan",
            leads=True,
        )
        for lead in leads.select_related("post__user", "post__team__agency")
    ]
    members = CaseMember.objects.filter(case=case, ends_at__isnull=True).order_by("starts_at")
    for each in members.select_related("post__user", "post__team__agency"):
        if each.post is None:
            found.append(HelpsMe(each.name, each.relation, each.does))
        else:
            where = f"{each.post.team.name}, {each.post.team.agency.name}"
            found.append(HelpsMe(each.post.user.name, where, each.does))
    return found


def _goals(case: Case) -> list[MyGoal]:
    steps: dict[uuid.UUID, list[tuple[str, datetime.date]]] = {}
    to_come = Milestone.objects.filter(case=case, met_on__isnull=True, given_up_because="")
    for each in to_come.order_by("due_on"):
        steps.setdefault(each.goal_id, []).append((each.words, each.due_on))
    goals = Goal.objects.open().filter(of_its_people(), case=case).order_by("place", "set_on")
    return [MyGoal(goal.words, tuple(steps.get(goal.pk, ()))) for goal in goals]


def _actions(case: Case, mine: frozenset[uuid.UUID]) -> list[MyAction]:
    found = PlanAction.objects.filter(
        of_its_people(), case=case, state__in=[*(state.value for state in OPEN), ActionState.DONE]
    ).select_related("owner_post__user", "owner_member")
    actions = [
        MyAction(
            pk=each.pk,
            words=each.words,
            who=_who(each, mine),
            due_on=each.due_on,
            is_mine=each.owner_person_id in mine,
            is_done=each.state == ActionState.DONE,
        )
        for each in found
    ]
    return sorted(actions, key=lambda a: (a.is_done, not a.is_mine, a.due_on or datetime.date.max))


def _who(action: PlanAction, mine: frozenset[uuid.UUID]) -> str:
    if action.owner_person_id is not None:
        return "You" if action.owner_person_id in mine else "Somebody of your family"
    if action.owner_post is not None:
        return action.owner_post.user.name
    return action.owner_member.name if action.owner_member else "Somebody who helps"
