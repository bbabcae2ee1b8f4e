"""Ask agencies to approve a decision under their own delegations; approve, or refuse with a reason (S0-30)."""

import datetime
import uuid
from collections.abc import Iterable

from django.db import transaction

from joinedup.foundations.agencies.models import Agency, Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.meetings.models import Interest
from joinedup.foundations.meetings.operations.holding import changed, held_for_this
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import Given, end_part, give_parts, of_post
from joinedup.support.handovers.operations import NoPart
from joinedup.support.handovers.operations.grounds import fit, leave_a_line
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.handovers.rules.working_days import end_of_working_day
from joinedup.support.panels.choices import ApprovalState, Effect
from joinedup.support.panels.models import Decision, DecisionApproval, PanelItem, PanelMember
from joinedup.support.panels.operations.effect import CannotTakeEffect, take_effect_late
from joinedup.support.panels.operations.panel import WORKING
from joinedup.support.panels.rules.approving import effect_of, why_not_answered

APPROVES = "is asked whether their agency approves what the panel decided"
WORKING_DAYS = 5
"""For an agency's answer (propose)."""


class CannotApprove(Exception):
    """A decision cannot be approved, refused or sent for approval so; says why."""


def ask_for_approval(
    *, by: Viewer, made: Decision, agencies: Iterable[str], at: datetime.datetime
) -> list[DecisionApproval]:
    """Ask a manager of each agency; until each has approved, what was decided has no effect.

    Whoever held the chair does not approve it as well. The caller acts as the system. Raises CannotApprove.
    """
    asked = []
    for code in agencies:
        posts = _who_answers(made.item, code, made.by_post_id, at)
        if not posts:
            name = Agency.objects.values_list("name", flat=True).get(pk=code)
            raise CannotApprove(
                f"No manager of {name} can approve it today. Decide without its approval, or wait."
            )
        one = DecisionApproval.objects.create(
            item=made.item, decision=made, agency_id=code, asked_at=at,
            due_at=end_of_working_day(WORKING_DAYS, at),
        )  # fmt: skip
        parts = [Given(of_post(post), PartLevel.PROGRESS, APPROVES) for post in posts]
        give_parts(by=by, matter_id=made.item_id, parts=parts, at=at)
        tell(
            by=by.post_id, posts=posts, kind=NoticeKind.DECISION_TO_APPROVE,
            link=f"/panels/approvals/{one.pk}/", at=at,
        )  # fmt: skip
        asked.append(one)
    return asked


def lapse_approvals(*, by: Viewer, decision: Decision, at: datetime.datetime) -> Effect:
    """A later entry stands in a decision's place: nobody is asked about it any more. Gives what it was till then.

    The caller acts as the system.
    """
    rows = list(DecisionApproval.objects.select_for_update().filter(decision=decision))
    was = effect_of([ApprovalState(each.state) for each in rows])
    for each in rows:
        if each.state == ApprovalState.WAITS:
            each.state = ApprovalState.LAPSED
            each.save(update_fields=["state"])
            _shut(by, each, at)
    return was


def answer_approval(
    *,
    by: Viewer,
    approval_id: uuid.UUID,
    approves: bool,
    at: datetime.datetime,
    delegation: str = "",
    words: str = "",
) -> DecisionApproval:
    """Approve for one's agency under its own delegation, or refuse with a reason.

    With the last approval the decision has effect. A refusal ends it: the chair is told, and corrects it by
    a new entry. Raises CannotApprove, NoPart, DecisionApproval.DoesNotExist.
    """
    with acting(by):
        item_id = DecisionApproval.objects.values_list("item_id", flat=True).get(pk=approval_id)
    with transaction.atomic(), acting(WORKING):
        # Two agencies that answer at once are taken one after the other: one of them is the last.
        agenda = PanelItem.objects.select_related("agenda").get(pk=item_id).agenda
        if agenda is not None:
            held_for_this(agenda.meeting_id)
        locked_item = PanelItem.objects.select_for_update(of=("self",))
        item = locked_item.select_related("panel", "agenda").get(pk=item_id)
        found = DecisionApproval.objects.select_related("decision__meeting").get(pk=approval_id)
        if by.agency != found.agency_id or by.role not in MANAGERS or by.post_id is None:
            raise NoPart("A manager of the agency that is asked answers this.")
        if by.post_id == found.decision.by_post_id:
            raise NoPart("You held the chair when it was decided. Another manager answers this.")
        why_not = why_not_answered(
            ApprovalState(found.state), approves=approves, delegation=delegation, words=words
        )
        if why_not:
            raise CannotApprove(why_not)
        found.state = ApprovalState.GIVEN if approves else ApprovalState.REFUSED
        found.delegation = delegation.strip() if approves else ""
        found.words, found.answered_by_id, found.answered_at = words.strip(), by.post_id, at
        found.save()
        leave_a_line(
            by, item.pk, "approved a decision" if approves else "refused a decision", at,
            {"agency": found.agency_id},
        )  # fmt: skip
        _shut(by, found, at)
        _settle(by, item, found.decision, at)
    return found


def _settle(by: Viewer, item: PanelItem, made: Decision, at: datetime.datetime) -> None:
    """What the answer makes of the decision; chair and coordinator hear of each end."""
    rows = list(DecisionApproval.objects.filter(decision=made))
    effect = effect_of([ApprovalState(each.state) for each in rows])
    if effect is Effect.IN_FORCE:
        try:
            take_effect_late(item.pk, made, at)
        except CannotTakeEffect as why:
            raise CannotApprove(
                f"It cannot take effect: {why} Nothing was changed. Ask the chair to correct it."
            ) from why
    if effect is Effect.REFUSED:
        lapse_approvals(by=by, decision=made, at=at)
    if effect is not Effect.WAITS:
        panel = item.panel
        posts = [panel.chair_id, panel.chair_cover_id, panel.coordinator_id]
        tell(
            by=by.post_id, posts=[each for each in posts if each and each != by.post_id],
            kind=NoticeKind.DECISION_APPROVED, link=f"/panels/items/{item.pk}/", at=at,
        )  # fmt: skip
    if item.agenda is not None:
        changed(item.agenda.meeting_id, item.agenda.pk)


def _shut(by: Viewer, found: DecisionApproval, at: datetime.datetime) -> None:
    """Whoever was asked for this agency reads the item for that reason no longer."""
    for post in Post.objects.filter(team__agency=found.agency_id, role__in=MANAGERS):
        end_part(
            by=by, matter_id=found.item_id, recipient=of_post(post), because=APPROVES, at=at
        )  # fmt: skip


def _who_answers(
    item: PanelItem, agency: str, but: uuid.UUID, at: datetime.datetime
) -> list[uuid.UUID]:
    """Managers of the teams that sit on the panel for the agency, else all of its managers."""
    held = Post.objects.held_on(day_of(at)).filter(
        team__agency=agency, role__in=MANAGERS, user__is_active=True
    )
    interested = Interest.objects.filter(item=item.agenda_id, lifted_at__isnull=True)
    able = held.exclude(pk=but).exclude(pk__in=interested.values("post")).order_by("pk")
    posts = fit(able.select_related("team"), item.pk, at)
    sits = set(
        PanelMember.objects.filter(panel=item.panel_id, agency=agency, ends_on=None).values_list(
            "post__team", flat=True
        )
    )
    near = [each.pk for each in posts if each.team_id in sits]
    return near or [each.pk for each in posts]
