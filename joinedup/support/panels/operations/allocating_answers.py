"""The lead agency's answer: its manager accepts and names who leads, passes it to another team, or sends it back."""

import datetime
import uuid
from contextlib import suppress

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import ForWhom, Programme
from joinedup.support.cases.models import Case
from joinedup.support.cases.operations import CannotOpenCase, open_case
from joinedup.support.cases.operations.stepping import CannotStep, accept_step, give_back_step
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.frontdoor.models import CaseOpened
from joinedup.support.frontdoor.operations.progress import tell_progress
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import HandoverState, ReturnReason
from joinedup.support.handovers.models import Duty, Handover
from joinedup.support.handovers.operations import NoPart
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.choices import AllocationState, PanelTemplate, WhyLead
from joinedup.support.panels.models import Allocation
from joinedup.support.panels.operations.allocating import (
    ALLOCATING,
    send_to,
    tell_managers,
    tell_panel,
    withdraw_offer,
)
from joinedup.support.panels.operations.approach import CannotApproach, begin_approach
from joinedup.support.panels.queries.by_rule import leads_by_rule
from joinedup.support.panels.queries.kept_from import kept_from, people_of
from joinedup.support.panels.queries.leading import asked_of, workers
from joinedup.support.panels.rules.allocating import is_able, what_is_not_entered, why_cannot

_PROGRAMMES = {
    PanelTemplate.TRANSFORMING_LIVES: Programme.TRANSFORMING_LIVES,
    PanelTemplate.CARE_TEAM: Programme.INTEGRATED_CARE,
    PanelTemplate.ACTION_TEAM: Programme.INTEGRATED_CARE,
    PanelTemplate.EARLY_HELP: Programme.EARLY_HELP,
}


class CannotAnswerAllocation(Exception):
    """An allocation cannot be answered so; says why."""


def accept_allocation(
    *,
    by: Viewer,
    allocation_id: uuid.UUID,
    lead_post_id: uuid.UUID,
    at: datetime.datetime,
    words: str = "",
) -> Allocation:
    """Accept for the agency and name the lead case manager: its manager's word, not the panel's (P27).

    Refused where the named post may not lead: a lapsed approval or competence, leave, a bar, a relation,
    their own address, or somebody of theirs who must be kept apart (P28). Where colleagues are entered
    for what the case needs and this one is not, `words` must say why they lead. Agreed already, the case
    is opened with that lead; else a first approach begins. Raises CannotAnswerAllocation, NoPart.
    """
    with transaction.atomic(), acting(ALLOCATING):
        made = _waiting(by, allocation_id)
        _may_lead(made, lead_post_id, words, at)
        try:
            _take_on(by, made, lead_post_id, words, at)
            made.state, made.lead_post_id = AllocationState.ACCEPTED, lead_post_id
            made.answered_at = at
            made.save(update_fields=["state", "lead_post", "answered_at"])
            _what_follows(by, made, at)
        except (
            handovers.CannotAccept,
            CannotStep,
            CannotOpenCase,
            CannotApproach,
        ) as why:
            raise CannotAnswerAllocation(str(why)) from why
        tell_panel(by, made, NoticeKind.ALLOCATION_ANSWERED, at)
        leave_a_line(by, made.item_id, "accepted an allocation", at, {"agency": made.agency_id})
    return made


def return_allocation(
    *,
    by: Viewer,
    allocation_id: uuid.UUID,
    reason: ReturnReason,
    words: str,
    at: datetime.datetime,
) -> Allocation:
    """Send an allocation back with a reason: the chair is told, and says who leads instead (P27).

    A duty in law does not come back for want of capacity (P20), nor does it from whoever leads by rule.
    Raises CannotAnswerAllocation, NoPart.
    """
    with transaction.atomic(), acting(ALLOCATING):
        made = _waiting(by, allocation_id)
        if made.why == WhyLead.BY_RULE:
            raise CannotAnswerAllocation(
                "Your agency leads here by rule, because it leads already. Accept it; where you "
                "disagree, tell the chair."
            )
        try:
            if made.item.step_id is not None:
                give_back_step(by=by, step_id=made.item.step_id, reason=reason, words=words, at=at)
            else:
                handovers.give_back(
                    by=by, handover_id=_handover(made).pk, reason=reason, words=words, at=at
                )
        except (handovers.CannotGiveBack, CannotStep) as why:
            raise CannotAnswerAllocation(str(why)) from why
        made.state, made.answered_at = AllocationState.RETURNED, at
        made.save(update_fields=["state", "answered_at"])
        tell_panel(by, made, NoticeKind.ALLOCATION_ANSWERED, at)
        leave_a_line(by, made.item_id, "sent an allocation back", at, {"reason": str(reason)})
    return made


def pass_to_team(
    *, by: Viewer, allocation_id: uuid.UUID, team_id: int, at: datetime.datetime
) -> Allocation:
    """Pass an allocation to another team of the same agency; the clock runs on as it did.

    Raises CannotAnswerAllocation, NoPart.
    """
    with transaction.atomic(), acting(ALLOCATING):
        made = _waiting(by, allocation_id)
        before = _handover(made)
        teams = Post.objects.filter(team=team_id, team__agency=made.agency_id)
        if team_id == before.to_team_id or not teams.exists():
            raise CannotAnswerAllocation("Choose another team of your own agency.")
        first = before.messages.order_by("at", "pk").values_list("words", flat=True).first()
        words = (first or "Allocated by the panel.").strip()
        withdraw_offer(made, "Passed to another team of the same agency.", at)
        try:
            made.handover = send_to(by, made, team_id, words, at)
        except (handovers.CannotOffer, CannotStep) as why:
            raise CannotAnswerAllocation(str(why)) from why
        Handover.objects.filter(pk=made.handover.pk).update(due_at=before.due_at)
        made.save(update_fields=["handover"])
        tell_managers(by, made, at)
        leave_a_line(by, made.item_id, "passed an allocation to another team", at)
    return made


def settle_allocations(*, at: datetime.datetime) -> int:
    """Follow what was answered elsewhere, on the case's own page say; tell the chair of silence (P27).

    Return how many allocations moved or were told of. Run again it does nothing twice.
    """
    done = 0
    with acting(ALLOCATING):
        offered = Allocation.objects.filter(state=AllocationState.OFFERED, handover__isnull=False)
        for key in list(offered.order_by("offered_at", "pk").values_list("pk", flat=True)):
            # One that cannot go on for now is tried again, and keeps no other waiting.
            with suppress(CannotApproach, CannotOpenCase), transaction.atomic():
                done += _settle(key, at)
    return done


def _settle(key: uuid.UUID, at: datetime.datetime) -> bool:
    found = Allocation.objects.select_for_update(of=("self",), skip_locked=True)
    made = found.select_related("handover", "item__panel").filter(
        pk=key, state=AllocationState.OFFERED
    ).first()  # fmt: skip
    if made is None or made.handover is None:
        return False
    asked = made.handover
    if asked.state_word.waits:
        late = asked.due_at is not None and asked.due_at <= at
        if late:
            tell_panel(
                ALLOCATING, made, NoticeKind.HANDOVER_SILENT, at,
                once=f"allocation {asked.pk} silent",
            )  # fmt: skip
        return False
    if asked.state_word is HandoverState.ACCEPTED:
        duty = Duty.objects.current().filter(matter=asked.matter_id).first()
        made.lead_post_id = duty.instead_of_id or duty.post_id if duty else asked.answered_by_id
        made.state = AllocationState.ACCEPTED
    else:
        returned = asked.state_word is HandoverState.RETURNED
        made.state = AllocationState.RETURNED if returned else AllocationState.WITHDRAWN
    made.answered_at = asked.answered_at
    made.save(update_fields=["lead_post", "state", "answered_at"])
    if made.state == AllocationState.ACCEPTED:
        _what_follows(ALLOCATING, made, at)
    tell_panel(ALLOCATING, made, NoticeKind.ALLOCATION_ANSWERED, at)
    return True


def _waiting(by: Viewer, allocation_id: uuid.UUID) -> Allocation:
    """The allocation, held, where it waits for this very manager."""
    found = Allocation.objects.select_for_update(of=("self",))
    made = found.select_related("item__panel", "handover", "agency").get(pk=allocation_id)
    if by.agency != made.agency_id or by.role not in MANAGERS:
        raise NoPart("A manager of the agency that was asked answers this.")
    if by.team_id == made.item.panel.team_id:
        raise NoPart("The panel asks; the agency’s own manager answers.")
    if made.state != AllocationState.OFFERED:
        raise CannotAnswerAllocation("This has been answered already. Nothing was changed by you.")
    return made


def _handover(made: Allocation) -> Handover:
    if made.handover is None:
        raise CannotAnswerAllocation("Nobody was asked yet.")
    return made.handover


def _may_lead(made: Allocation, post_id: uuid.UUID, words: str, at: datetime.datetime) -> None:
    asked = asked_of(made.item)
    functions = [asked.function] if asked.function else ()
    team = workers(at, agencies=[made.agency_id], functions=functions)
    kept = kept_from(made.item, [each.post for each in team], at)
    named = next((each for each in team if each.post == post_id), None)
    if named is None:
        raise CannotAnswerAllocation(
            "Name somebody of your agency who holds a post today and takes work on."
        )
    wrong = why_cannot(asked, named, kept_from=named.post in kept)
    if wrong:
        raise CannotAnswerAllocation(wrong)
    missing = what_is_not_entered(asked, named)
    if missing is None or words.strip():
        return
    able = [
        each.name
        for each in team
        if each.team == named.team and is_able(asked, each, kept_from=each.post in kept)
    ]
    if able:
        raise CannotAnswerAllocation(
            f"{missing} {able[0]} is entered for it. Name them, or say why this one leads."
        )


def _take_on(
    by: Viewer, made: Allocation, post_id: uuid.UUID, words: str, at: datetime.datetime
) -> None:
    if made.item.step_id is not None:
        accept_step(by=by, step_id=made.item.step_id, at=at, post_id=post_id)
        return
    handovers.accept(
        by=by, handover_id=_handover(made).pk, at=at, post_id=post_id, words=words
    )  # fmt: skip


def _what_follows(by: Viewer, made: Allocation, at: datetime.datetime) -> None:
    """The case where the person has agreed; the referrer hears that somebody leads."""
    item = made.item
    if item.step_id is not None:
        made.case_id = item.case_id
    elif item.agreement == Agreement.AGREED:
        made.case = _case_of(by, made, at)
    else:
        begin_approach(by=by, allocation_id=made.pk, at=at)
    made.save(update_fields=["case"])
    if item.referral_id is not None:
        quiet = made.agency.name_reveals
        who = "The agency that was asked" if quiet else made.agency.name
        tell_progress(
            by=by, matter_id=item.referral_id, at=at,
            words=f"{who} has taken it on and has named who leads.",
        )  # fmt: skip


def _case_of(by: Viewer, made: Allocation, at: datetime.datetime) -> Case | None:
    """The case that the agency leads already by rule, else a new one; none for whom nobody surely knows."""
    item, people = made.item, people_of(made.item)
    if made.why == WhyLead.BY_RULE:
        rule = leads_by_rule(item, at)
        if rule is not None and rule.agency == made.agency_id and rule.case_id is not None:
            return Case.objects.get(pk=rule.case_id)
    if not people or made.lead_post_id is None:
        return None
    opened = open_case(
        by=by,
        person_ids=people,
        programme=_PROGRAMMES[PanelTemplate(item.panel.template)],
        lead_post_id=made.lead_post_id,
        at=at,
        for_whom=ForWhom(item.for_whom),
    )
    if item.referral_id is not None:
        CaseOpened.objects.create(case=opened, matter_id=item.referral_id, at=at)
    return opened
