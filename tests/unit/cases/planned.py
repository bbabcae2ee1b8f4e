"""A case with a plan, for tests: its people, its lead, and what a plan's rows need at least."""

import datetime
import uuid
from dataclasses import dataclass
from typing import Any

from joinedup.foundations.agencies.models import Post
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.choices.plan import Aim, GoalOutcome, WhoseGoal
from joinedup.support.cases.models import Case, Goal, PlanAction
from joinedup.support.cases.operations import open_case
from joinedup.support.cases.operations.goals import set_goal
from joinedup.support.cases.operations.plan_actions import promise_action
from tests.sharing import walled
from tests.unit.handovers.sides import AT, post_of

__all__ = ["AT", "GoalOutcome", "Planned", "action", "goal", "planned"]


@dataclass(frozen=True)
class Planned:
    """A family's case of Housing, with two adults, its lead, their manager and another agency's worker."""

    case: Case
    ada: uuid.UUID
    ben: uuid.UUID
    lead: Viewer
    manager: Viewer
    other: Viewer

    def goal(self, at: datetime.datetime = AT, **more: Any) -> Goal:
        """Ada's goal."""
        return set_goal(by=self.lead, matter_id=self.case.pk, values=goal(self.ada, **more), at=at)

    def action(self, at: datetime.datetime = AT, **more: Any) -> PlanAction:
        """An action of Ada herself."""
        values = action(person_id=self.ada, owner_person_id=self.ada, **more)
        return promise_action(by=self.lead, matter_id=self.case.pk, values=values, at=at)


def planned(programme: Programme = Programme.HOUSING_SUPPORT) -> Planned:
    """Open the case."""
    walled.agency("housing", "housing")
    walled.agency("care", "social_care")
    lead = walled.viewer("housing", "housing_officer", team="Tenancies")
    manager = walled.viewer("housing", "team_manager", team="Tenancies")
    Post.objects.filter(pk=lead.post_id).update(operational_manager=manager.post_id)
    other = walled.viewer("care", "social_worker", team="Adults")
    ada = walled.person("housing")
    ben = walled.person("housing", given_name="Ben")
    case = open_case(
        by=lead, person_ids=[ada, ben], programme=programme, lead_post_id=post_of(lead), at=AT,
        for_whom=ForWhom.FAMILY,
    )  # fmt: skip
    return Planned(case, ada, ben, lead, manager, other)


def goal(person: uuid.UUID | None, **more: Any) -> dict[str, Any]:
    """What is written of a goal."""
    return {
        "words": "I want to sleep in my own bed", "whose": WhoseGoal.PERSON, "person_id": person,
        "aim": Aim.HOME, "is_self_managed": False, "is_released": False, "hidden_from_person": "",
        **more,
    }  # fmt: skip


def action(**more: Any) -> dict[str, Any]:
    """What is written of an action."""
    return {
        "words": "Keep the post in one box", "goal_id": None, "person_id": None, "owner": "person",
        "owner_post_id": None, "owner_member_id": None, "owner_person_id": None,
        "due_on": AT.date(), "state": "to_do", "became": "", "is_released": False,
        "hidden_from_person": "", **more,
    }  # fmt: skip
