"""Promise actions, change them, say what became of each; and say what an agency does now."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.plan import ActionState, InterventionKind, OwnerKind
from joinedup.support.cases.models import Case, CaseMember, Goal, Intervention, PlanAction
from joinedup.support.cases.operations.editing import (
    CannotPlan,
    at_work_on,
    case_of,
    must_be_of_the_case,
    save_unchanged,
    works_at_it,
)
from joinedup.support.cases.operations.plan_versions import plan_of
from joinedup.support.handovers.operations.grounds import leave_a_line

FIELDS = (
    "words", "goal_id", "person_id", "owner", "owner_post_id", "owner_member_id",
    "owner_person_id", "due_on", "state", "became", "is_released", "hidden_from_person",
)  # fmt: skip

_OWNERS = ("owner", "owner_post_id", "owner_member_id", "owner_person_id")


def promise_action(
    *, by: Viewer, matter_id: uuid.UUID, values: Mapping[str, Any], at: datetime.datetime
) -> PlanAction:
    """Write down what somebody has promised; a practitioner who is not the writer is told.

    Raises CannotPlan, NoPart.
    """
    with at_work_on(by, matter_id) as case:
        plan_of(case, by, at)
        made = PlanAction.objects.create(
            case=case, **_whole(case, values, at), written_by_id=by.post_id, recorded_at=at
        )
        leave_a_line(by, matter_id, "promised an action", at, {"owner": made.owner})
        _tell_the_owner(by, made, at)
    return made


def edit_action(
    *,
    by: Viewer,
    action_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> PlanAction:
    """Change an action, or say what became of it.

    Raises ChangedMeanwhile, CannotPlan, NoPart, PlanAction.DoesNotExist.
    """
    matter_id = case_of(by, PlanAction, action_id)
    with at_work_on(by, matter_id) as case:
        before = PlanAction.objects.get(pk=action_id)
        written = _whole(case, values, at, before)
        found: PlanAction = save_unchanged(PlanAction, action_id, edited, written)
        leave_a_line(by, matter_id, "changed an action", at, {"state": found.state})
        if found.owner_post_id != before.owner_post_id:
            _tell_the_owner(by, found, at)
    return found


def tick(*, by: Viewer, action_id: uuid.UUID, became: str, at: datetime.datetime) -> PlanAction:
    """Say that an action is done; done already it stays as it is.

    Raises CannotPlan, NoPart, PlanAction.DoesNotExist.
    """
    matter_id = case_of(by, PlanAction, action_id)
    with at_work_on(by, matter_id):
        action = PlanAction.objects.get(pk=action_id)
        if ActionState(action.state).is_open:
            ended(action, ActionState.DONE, became, at)
            leave_a_line(by, matter_id, "changed an action", at, {"state": ActionState.DONE})
    return action


def ended(action: PlanAction, state: ActionState, became: str, at: datetime.datetime) -> None:
    """Write on an action how it ended; as the system, the case held."""
    action.state, action.became, action.ended_at = state, became.strip(), at
    action.edited += 1
    action.save(update_fields=["state", "became", "ended_at", "edited"])


def start_intervention(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    kind: InterventionKind,
    starts_on: datetime.date,
    at: datetime.datetime,
    agency_code: str = "",
    provider: str = "",
    words: str = "",
    person_id: uuid.UUID | None = None,
) -> Intervention:
    """Say that an agency, or a named service, gives help of this sort from that day on.

    Raises CannotPlan, NoPart.
    """
    if bool(agency_code) == bool(provider.strip()):
        raise CannotPlan("Say who gives it: an agency of the partnership, or a service by name.")
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, person_id)
        if agency_code and not Agency.objects.filter(pk=agency_code).exists():
            raise CannotPlan("There is no such agency. Choose another.")
        made = Intervention.objects.create(
            case=case,
            person_id=person_id,
            kind=kind,
            agency_id=agency_code or None,
            provider=provider.strip(),
            words=words.strip(),
            starts_on=starts_on,
            written_by_id=by.post_id,
            recorded_at=at,
        )
        leave_a_line(by, matter_id, "said that help began", at, {"kind": kind})
    return made


def stop_intervention(
    *,
    by: Viewer,
    intervention_id: uuid.UUID,
    ends_on: datetime.date,
    why: str,
    at: datetime.datetime,
) -> Intervention:
    """Say that help has stopped, and why. Raises CannotPlan, NoPart, Intervention.DoesNotExist."""
    if not why.strip():
        raise CannotPlan("Say why it stopped.")
    matter_id = case_of(by, Intervention, intervention_id)
    with at_work_on(by, matter_id):
        found = Intervention.objects.get(pk=intervention_id)
        if found.ends_on is not None:
            raise CannotPlan("This has stopped already.")
        if not found.starts_on <= ends_on <= at.date():
            raise CannotPlan("It stops on a day after it began, and not in days to come.")
        found.ends_on, found.why_ended = ends_on, why.strip()
        found.save(update_fields=["ends_on", "why_ended"])
        leave_a_line(by, matter_id, "said that help stopped", at, {"kind": found.kind})
    return found


def _whole(
    case: Case,
    values: Mapping[str, Any],
    at: datetime.datetime,
    before: PlanAction | None = None,
) -> dict[str, Any]:
    written = {name: values[name] for name in FIELDS}
    state = ActionState(written["state"])
    if not written["words"].strip():
        raise CannotPlan("Say what is to be done.")
    if state.needs_reason and not written["became"].strip():
        raise CannotPlan("Say why it was dropped, or who has it now.")
    must_be_of_the_case(case, written["person_id"])
    if before is None or any(written[name] != getattr(before, name) for name in _OWNERS):
        _must_be_able_to_own(case, written)
    goal = written["goal_id"]
    if goal is not None and not Goal.objects.filter(pk=goal, case=case).exists():
        raise CannotPlan("Choose a goal of this plan.")
    written["ended_at"] = None
    if not state.is_open:
        written["ended_at"] = (before.ended_at if before else None) or at
    return written


def _must_be_able_to_own(case: Case, written: Mapping[str, Any]) -> None:
    owners = {
        OwnerKind.PRACTITIONER: written["owner_post_id"],
        OwnerKind.MEMBER: written["owner_member_id"],
        OwnerKind.PERSON: written["owner_person_id"],
    }
    owner = OwnerKind(written["owner"])
    if owners[owner] is None or any(owners[each] for each in OwnerKind if each is not owner):
        raise CannotPlan("Say who has promised it: one owner.")
    if owner is OwnerKind.PRACTITIONER and not works_at_it(case, owners[owner]):
        raise CannotPlan("This practitioner does not work at the case. Ask them to help first.")
    if owner is OwnerKind.MEMBER:
        helps = CaseMember.objects.now().filter(pk=owners[owner], case=case)
        if not helps.exists():
            raise CannotPlan("They no longer help with this case. Choose somebody else.")
    if owner is OwnerKind.PERSON:
        must_be_of_the_case(case, owners[owner])


def _tell_the_owner(by: Viewer, action: PlanAction, at: datetime.datetime) -> None:
    if action.owner_post_id is not None and action.owner_post_id != by.post_id:
        tell(
            by=by.post_id,
            posts=[action.owner_post_id],
            kind=NoticeKind.PLAN_ACTION_YOURS,
            link=f"/cases/{action.case_id}/plan/",
            at=at,
        )
