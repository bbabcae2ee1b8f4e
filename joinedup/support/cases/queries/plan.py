"""What the pages of a plan ask: its goals and actions, what each agency does, what was agreed, what is due."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Min, Q

from joinedup.foundations.agencies.choices import AgencyKind
from joinedup.foundations.agencies.models import Agency, Team
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.plan import InterventionKind
from joinedup.support.cases.models import (
    Goal,
    Intervention,
    Milestone,
    Plan,
    PlanAction,
    PlanAgreement,
    PlanVersion,
    ReferredOut,
    of_its_people,
)
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.owners import owners_in_words
from joinedup.support.cases.queries.plan_said import said_of
from joinedup.support.cases.rules.duplicates import Given, Twice, twice
from joinedup.support.cases.rules.reviewing import Transition, next_transition
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.rules.roles import TAKES

_THEIRS = of_its_people()
ASKING = Viewer.system("telling whoever works at a case what became of what they asked for")


@dataclass(frozen=True)
class Asked:
    """What was asked of a service, and where that stands."""

    row: ReferredOut
    state: HandoverState
    answered_at: datetime.datetime | None


@dataclass(frozen=True)
class ActionFound:
    """An action, who has promised it, and what was asked of services for it."""

    row: PlanAction
    who: str
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True)
class GoalFound:
    """A goal with its milestones and its actions."""

    row: Goal
    milestones: tuple[Milestone, ...]
    actions: tuple[ActionFound, ...]


@dataclass(frozen=True)
class PlanFound:
    """The whole plan of a case as it stands, and the version that was last put down."""

    plan: Plan | None
    goals: tuple[GoalFound, ...]
    actions: tuple[ActionFound, ...]
    """Those that serve no one goal."""
    elsewhere: tuple[ActionFound, ...]
    """Open actions of other cases about the same people that the viewer works at as well (S0-98)."""
    interventions: tuple[Intervention, ...]
    twice: tuple[Twice, ...]
    versions: tuple[PlanVersion, ...]
    answers: Mapping[uuid.UUID, PlanAgreement]
    """What each person said to the last version."""
    is_changed: bool
    """Whether the plan reads otherwise than the last version."""
    transitions: tuple[tuple[str, Transition], ...]


def plan_of(viewer: Viewer, frame: Frame, at: datetime.datetime) -> PlanFound:
    """The plan of a case that the viewer works at."""
    matter_id = frame.matter_id
    with acting(viewer):
        plan = Plan.objects.filter(case=matter_id).first()
        goals = list(Goal.objects.filter(_THEIRS, case=matter_id).order_by("place", "pk"))
        steps = list(Milestone.objects.filter(case=matter_id).order_by("due_on", "pk"))
        mine = _actions(PlanAction.objects.filter(_THEIRS, case=matter_id))
        help_given = list(
            Intervention.objects.filter(_THEIRS, case=matter_id)
            .select_related("agency")
            .order_by("ends_on", "starts_on", "pk")
        )
        versions = list(
            PlanVersion.objects.filter(case=matter_id)
            .select_related("by_post__user")
            .order_by("-number")
        )
        last = versions[0] if versions else None
        answers = PlanAgreement.objects.filter(_THEIRS, version=last, superseded_by__isnull=True)
        found = {each.person_id: each for each in answers} if last else {}
        changed = last is not None and last.said != said_of(matter_id)
        persons = [each.person_id for each in frame.persons]
        elsewhere = _actions(
            PlanAction.objects.open()
            .filter(
                _THEIRS,
                case__matter__persons__person__in=_identifiers(persons),
                case__closed_at__isnull=True,
            )
            .exclude(case=matter_id)
            .distinct()
        )
        transitions = _transitions(frame, at)
    of_goal = {
        goal.pk: tuple(each for each in mine if each.row.goal_id == goal.pk) for goal in goals
    }
    return PlanFound(
        plan=plan,
        goals=tuple(
            GoalFound(goal, tuple(s for s in steps if s.goal_id == goal.pk), of_goal[goal.pk])
            for goal in goals
        ),
        actions=tuple(each for each in mine if each.row.goal_id is None),
        elsewhere=tuple(elsewhere),
        interventions=tuple(help_given),
        twice=tuple(twice(_given(each) for each in help_given if each.ends_on is None)),
        versions=tuple(versions),
        answers=found,
        is_changed=changed,
        transitions=transitions,
    )


def _actions(found: Iterable[PlanAction]) -> list[ActionFound]:
    rows = sorted(found, key=lambda row: (row.due_on or datetime.date.max, row.recorded_at))
    who = owners_in_words(rows)
    asked: dict[uuid.UUID, list[Asked]] = {}
    out = list(ReferredOut.objects.filter(plan_action__in=rows).order_by("sent_at"))
    with acting(ASKING):
        states = Handover.objects.in_bulk([each.handover_id for each in out])
    for each in out:
        handover = states[each.handover_id]
        asked.setdefault(each.plan_action_id, []).append(
            Asked(each, handover.state_word, handover.answered_at)
        )
    return [ActionFound(row, who[row.pk], tuple(asked.get(row.pk, ()))) for row in rows]


def _given(row: Intervention) -> Given:
    by = row.agency.name if row.agency else row.provider
    return Given(InterventionKind(row.kind), by, row.person_id, row.starts_on)


def _transitions(frame: Frame, at: datetime.datetime) -> tuple[tuple[str, Transition], ...]:
    """For each young person of the case the next birthday on which help changes hands (S0-74)."""
    names = {each.person_id: each.name for each in frame.persons}
    born: dict[uuid.UUID, datetime.date] = {}
    known = Record.objects.filter(person__in=names, gone_on=None, born_on__isnull=False)
    for person, day in known.order_by("pk").values_list("person_id", "born_on"):
        if day is not None:
            born.setdefault(person, day)
    found = [(names[key], next_transition(day, at.date())) for key, day in born.items()]
    soon = at.date() + datetime.timedelta(days=2 * 365)
    return tuple((name, each) for name, each in found if each is not None and each.on <= soon)


def _identifiers(persons: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    return [each for person in persons for each in identifiers_of(person)]


def interventions_of(viewer: Viewer, person_ids: Iterable[uuid.UUID]) -> list[Intervention]:
    """What help these people get now, as far as the viewer works at the cases it is written in."""
    with acting(viewer):
        found = Intervention.objects.live().filter(
            _THEIRS,
            case__matter__persons__person__in=_identifiers(person_ids),
            case__closed_at__isnull=True,
        )
        return list(found.select_related("agency").distinct().order_by("starts_on", "pk"))


def interventions_known(person_ids: Iterable[uuid.UUID]) -> list[Intervention]:
    """What help these people get now, whoever wrote it down; asked as the system.

    Whether somebody may be told of it is for the gateways, as with a case that is open already.
    """
    return interventions_of(ASKING, person_ids)


@dataclass(frozen=True)
class PlanGlance:
    """A plan in a few lines, for the overview of a case."""

    open_goals: int
    next_actions: tuple[ActionFound, ...]
    overdue: int
    last_version: PlanVersion | None
    answered: int


def for_overview(viewer: Viewer, frame: Frame, at: datetime.datetime) -> PlanGlance:
    """The next actions, how many are overdue, and whether the plan was agreed."""
    with acting(viewer):
        rows = PlanAction.objects.open().filter(_THEIRS, case=frame.matter_id)
        found = _actions(rows)
        last = PlanVersion.objects.filter(case=frame.matter_id).order_by("-number").first()
        return PlanGlance(
            open_goals=Goal.objects.open().filter(_THEIRS, case=frame.matter_id).count(),
            next_actions=tuple(found[:5]),
            overdue=sum(is_overdue(each.row, at.date()) for each in found),
            last_version=last,
            answered=PlanAgreement.objects.filter(
                _THEIRS, version=last, superseded_by__isnull=True
            ).count()
            if last
            else 0,
        )


def is_overdue(row: PlanAction, today: datetime.date) -> bool:
    """Whether an open action is past its day."""
    return row.ended_at is None and row.due_on is not None and row.due_on < today


@dataclass(frozen=True)
class ActionsDue:
    """Of one case: how many actions are overdue, and the first day on which one is due."""

    overdue: int
    next_on: datetime.date | None


def actions_due_of_cases(
    matter_ids: Collection[uuid.UUID], today: datetime.date
) -> dict[uuid.UUID, ActionsDue]:
    """For each of these cases that has open actions with a day; inside `acting(viewer)`, one query."""
    due = PlanAction.objects.open().filter(_THEIRS, case__in=matter_ids, due_on__isnull=False)
    found = (
        due.order_by()
        .values_list("case")
        .annotate(late=Count("pk", filter=Q(due_on__lt=today)), first=Min("due_on"))
    )
    return {case: ActionsDue(late, first) for case, late, first in found}


def actions_of_post(viewer: Viewer) -> list[PlanAction]:
    """The open actions that the viewer's own post has promised, what is due first."""
    if viewer.post_id is None:
        return []
    mine = PlanAction.objects.open().filter(
        _THEIRS, owner_post=viewer.post_id, case__closed_at__isnull=True
    )
    return sorted(mine, key=lambda row: (row.due_on or datetime.date.max, row.recorded_at))


def one_goal(viewer: Viewer, matter_id: uuid.UUID, goal_id: uuid.UUID) -> Goal:
    """One goal of the case; raises Goal.DoesNotExist."""
    with acting(viewer):
        return Goal.objects.get(_THEIRS, pk=goal_id, case=matter_id)


def one_milestone(viewer: Viewer, matter_id: uuid.UUID, milestone_id: uuid.UUID) -> Milestone:
    """One milestone of the case; raises Milestone.DoesNotExist."""
    with acting(viewer):
        return Milestone.objects.select_related("goal").get(pk=milestone_id, case=matter_id)


def one_action(viewer: Viewer, matter_id: uuid.UUID, action_id: uuid.UUID) -> PlanAction:
    """One action of the case; raises PlanAction.DoesNotExist."""
    with acting(viewer):
        return PlanAction.objects.get(_THEIRS, pk=action_id, case=matter_id)


def one_version(viewer: Viewer, matter_id: uuid.UUID, number: int) -> PlanVersion:
    """A version of the plan as it was put down; raises PlanVersion.DoesNotExist."""
    with acting(viewer):
        found = PlanVersion.objects.select_related("by_post__user")
        return found.get(case=matter_id, number=number)


def answers_to(viewer: Viewer, version: PlanVersion) -> Sequence[PlanAgreement]:
    """Every answer to a version, first to last, also those said anew since."""
    with acting(viewer):
        rows = PlanAgreement.objects.filter(_THEIRS, version=version).select_related(
            "by_post__user"
        )
        return list(rows.order_by("recorded_at", "pk"))


def plan_row(viewer: Viewer, matter_id: uuid.UUID) -> Plan | None:
    """What is written of the plan itself."""
    with acting(viewer):
        return Plan.objects.filter(case=matter_id).first()


def last_version(viewer: Viewer, matter_id: uuid.UUID) -> PlanVersion | None:
    """The version that was last put down."""
    with acting(viewer):
        return PlanVersion.objects.filter(case=matter_id).order_by("-number").first()


def goals_to_serve(viewer: Viewer, matter_id: uuid.UUID) -> list[tuple[str, str]]:
    """The open goals of a case, for an action to serve."""
    with acting(viewer):
        found = Goal.objects.open().filter(_THEIRS, case=matter_id).order_by("place", "pk")
        return [(str(each.pk), each.words[:80]) for each in found]


def open_of_case(viewer: Viewer, matter_id: uuid.UUID) -> tuple[list[Goal], list[PlanAction]]:
    """What a closing must settle: open goals, open actions."""
    with acting(viewer):
        goals = Goal.objects.open().filter(_THEIRS, case=matter_id).order_by("place", "pk")
        actions = (
            PlanAction.objects.open()
            .filter(_THEIRS, case=matter_id)
            .order_by("due_on", "recorded_at")
        )
        return list(goals), list(actions)


def one_intervention(
    viewer: Viewer, matter_id: uuid.UUID, intervention_id: uuid.UUID
) -> Intervention:
    """One intervention of the case; raises Intervention.DoesNotExist."""
    with acting(viewer):
        return Intervention.objects.get(_THEIRS, pk=intervention_id, case=matter_id)


def one_referred(viewer: Viewer, matter_id: uuid.UUID, referred_id: uuid.UUID) -> ReferredOut:
    """What was asked from the plan of this case; raises ReferredOut.DoesNotExist."""
    with acting(viewer):
        return ReferredOut.objects.get(pk=referred_id, case=matter_id)


def agencies_that_help() -> list[tuple[str, str]]:
    """The agencies of the partnership, by name; about no person."""
    found = Agency.objects.exclude(kind=AgencyKind.LICENSED_PREMISES).order_by("name")
    return list(found.values_list("code", "name"))


def teams_to_ask(frame: Frame) -> list[tuple[str, str]]:
    """The teams of the partnership that take work on, but the lead's own; about no person."""
    found = (
        Team.objects.filter(posts__role__in=TAKES, posts__ends_on__isnull=True)
        .exclude(posts__in=[frame.lead_post_id] if frame.lead_post_id else [])
        .select_related("agency")
        .distinct()
        .order_by("agency__name", "name")
    )
    return [(str(each.pk), f"{each.agency.name}: {each.name}") for each in found]
