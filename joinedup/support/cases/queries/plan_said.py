"""A plan as its words stand, in the shape in which versions keep it."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import models

from joinedup.support.cases.choices.plan import OwnerKind
from joinedup.support.cases.models import Goal, Milestone, Plan, PlanAction, of_its_people
from joinedup.support.cases.queries.owners import owners_in_words

_PLAN = ("kind", "what_matters", "signs", "what_to_do", "whom_to_ring")
_GOAL = (
    "id", "person_id", "whose", "words", "aim", "is_self_managed", "is_released",
    "hidden_from_person", "set_on", "outcome", "outcome_words",
)  # fmt: skip
_MILESTONE = (
    "id", "goal_id", "words", "due_on", "agreed_by", "met_on", "evidence", "given_up_because",
)  # fmt: skip
_ACTION = (
    "id", "goal_id", "person_id", "words", "owner", "owner_person_id", "due_on", "state", "became",
    "is_released", "hidden_from_person",
)  # fmt: skip


def said_of(matter_id: uuid.UUID) -> dict[str, Any]:
    """The plan of a case, its goals, milestones and actions; asked as the system, the case held."""
    plan = Plan.objects.filter(case=matter_id).first()
    actions = list(
        PlanAction.objects.filter(of_its_people(), case=matter_id).order_by("recorded_at", "pk")
    )
    owners = owners_in_words(actions)
    return {
        "plan": _row(plan, _PLAN) if plan else {},
        "goals": _rows(
            Goal.objects.filter(of_its_people(), case=matter_id).order_by("place", "pk"), _GOAL
        ),
        "milestones": _rows(
            Milestone.objects.filter(of_its_people("goal__person"), case=matter_id).order_by(
                "due_on", "pk"
            ),
            _MILESTONE,
        ),
        "actions": [_row(each, _ACTION) | {"who": owners[each.pk]} for each in actions],
    }


def _rows(found: Iterable[models.Model], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [_row(each, names) for each in found]


def _row(found: models.Model, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(found, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, OwnerKind) else value
