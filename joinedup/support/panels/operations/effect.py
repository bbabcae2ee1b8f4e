"""What follows a decision when it has effect: a lead agency is asked, a case goes back, a step is done."""

import datetime
import uuid

from joinedup.foundations.meetings.choices import MeetingState
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.operations.stepping import CannotStep, give_back_step
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.handovers.choices import ReturnReason, StepKind
from joinedup.support.handovers.operations import finish_step
from joinedup.support.panels.choices import DecisionKind
from joinedup.support.panels.models import Decision, PanelItem
from joinedup.support.panels.operations.allocating import (
    CannotAllocate,
    allocate,
    take_back_what_waits,
)
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.rules.minutes import told_to_referrer


class CannotTakeEffect(Exception):
    """What was decided cannot be carried out so; says why."""


def finish_panel_step(item: PanelItem, at: datetime.datetime) -> None:
    """The panel's step on the referral's clock is done; the caller acts as the system."""
    if item.referral_id is not None:
        finish_step(by=WORKING, matter_id=item.referral_id, kind=StepKind.PANEL, at=at)


def what_follows(by: Viewer, item: PanelItem, made: Decision, at: datetime.datetime) -> None:
    """A lead agency is asked; a case that stays where it is goes back to whoever sent it.

    Raises CannotTakeEffect.
    """
    kind = DecisionKind(made.kind)
    try:
        if kind in {DecisionKind.ALLOCATE, DecisionKind.STEP_UP}:
            allocate(by=by, decision_id=made.pk, at=at)
            return
        with acting(WORKING):
            take_back_what_waits(by, item, at)
        if item.step_id is not None and kind is not DecisionKind.MORE_IS_NEEDED:
            with acting(WORKING):
                if item.step and item.step.handover.state_word.waits:
                    give_back_step(
                        by=WORKING, step_id=item.step_id, reason=ReturnReason.OTHER, at=at,
                        words=f"The panel decided: {kind.label}.",
                    )  # fmt: skip
    except (CannotAllocate, CannotStep) as why:
        raise CannotTakeEffect(str(why)) from why


def take_effect_late(item_id: uuid.UUID, made: Decision, at: datetime.datetime) -> None:
    """Let a decision have effect that waited for approval until now; inside `acting(WORKING)`.

    Where its meeting is over, whoever sent the referral hears now what they would have heard then.
    Raises CannotTakeEffect.
    """
    item = PanelItem.objects.select_related("panel", "step__handover").get(pk=item_id)
    finish_panel_step(item, at)
    what_follows(WORKING, item, made, at)
    is_over = made.meeting is not None and made.meeting.state == MeetingState.ENDED
    if is_over and item.referral_id is not None:
        words = told_to_referrer(DecisionKind(made.kind))
        tell_progress(by=WORKING, matter_id=item.referral_id, words=words, at=at)
