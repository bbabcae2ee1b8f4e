"""Say what became of an action that a meeting gave; tell owners of those that are late."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.meetings.models import Action
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.panels.models import ActionWords, PanelMeeting
from joinedup.support.panels.operations.ending import WORKING
from joinedup.support.panels.queries.meeting_actions import one_action
from joinedup.support.panels.queries.panel import standing


class CannotSettleAction(Exception):
    """An action cannot be settled so; says why."""


def settle_action(
    *, by: Viewer, action_id: uuid.UUID, state: ActionState, became: str, at: datetime.datetime
) -> Action:
    """Say that an action is done, was not done or is not needed any more, and what became of it.

    Its owner says it, or whoever keeps the panel. Raises CannotSettleAction, Action.DoesNotExist.
    """
    shown = one_action(by, action_id, at=at)
    if state is ActionState.OPEN:
        raise CannotSettleAction("Choose what became of it.")
    if state is not ActionState.DONE and not became.strip():
        raise CannotSettleAction("Say why: whoever sat at the meeting reads this.")
    with transaction.atomic(), acting(WORKING):
        action = Action.objects.select_for_update().get(pk=action_id)
        _must_be_theirs(by, action, at)
        if action.state != ActionState.OPEN:
            raise CannotSettleAction("Somebody has said already what became of this.")
        action.state, action.settled_at, action.settled_by_id = state, at, by.post_id
        about = ActionWords.objects.filter(action=action).first()
        if about is None:
            action.became = became.strip()
        else:
            about.became = became.strip()
            about.save(update_fields=["became"])
            leave_a_line(by, about.item_id, "settled an action", at, {"state": state})
        action.save()
        if about is None:
            record_change(
                at=at, post_id=by.post_id, act="settled an action", subject_kind="meeting",
                subject_id=str(shown.action.meeting_id), purpose=by.purpose,
                detail={"state": state}, agency=by.agency, role=by.role,
            )  # fmt: skip
    return action


def tell_late_actions(*, at: datetime.datetime) -> int:
    """Tell each owner once of an action past its day; return how many were told."""
    told = 0
    with acting(WORKING):
        late = Action.objects.overdue(day_of(at)).filter(out_at__isnull=False)
        for each in late.order_by("due_on", "pk"):
            told += tell(
                by=None, posts=[each.owner_id], kind=NoticeKind.MEETING_ACTION_LATE,
                link=f"/panels/actions/{each.pk}/", at=at, once=f"late:{each.pk}",
            )  # fmt: skip
    return told


def _must_be_theirs(by: Viewer, action: Action, at: datetime.datetime) -> None:
    if action.owner_id == by.post_id:
        return
    of = PanelMeeting.objects.select_related("panel").filter(meeting=action.meeting_id).first()
    if of is None or not standing(by, of.panel, day_of(at)).keeps:
        raise CannotSettleAction(
            "Only its owner, or whoever keeps the panel, says what became of it."
        )
