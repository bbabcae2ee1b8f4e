"""The other side's answer to a referral, the sender's answers, and what became of it in the end."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import close_matter, leave_the_change
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.frontdoor.choices import (
    EntryRoute,
    OutcomeKind,
    ReferralState,
)
from joinedup.support.frontdoor.models import Outcome, Referral, Route, SenderQuestion
from joinedup.support.frontdoor.operations.at_the_door import works_at
from joinedup.support.frontdoor.operations.involving import end_front_door_s
from joinedup.support.frontdoor.operations.opening_cases import (
    CannotOpenCase,
    open_case_taken,
)
from joinedup.support.frontdoor.operations.progress import (
    TELLING,
    move_to,
    sent_page,
    tell_progress,
    work_page,
)
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations import (
    CannotAccept,
    CannotEndDuty,
    CannotGiveBack,
    NoPart,
    accept,
    end_duty,
    give_back,
    say_what_became,
    withdraw,
)
from joinedup.support.handovers.queries.seen import duty_of, open_handover

CLOSING = Viewer.system("closing a referral")


class CannotAnswerReferral(Exception):
    """Why a referral cannot be accepted, returned or asked about, fit for the page."""


class CannotClose(Exception):
    """Why a referral cannot be closed or withdrawn, fit for the page."""


def accept_referral(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    at: datetime.datetime,
    lead_post_id: uuid.UUID | None = None,
    words: str = "",
) -> Handover:
    """Take a referral on: from now on the receiving side answers for it, by name, and the sender hears.

    Raises CannotAnswerReferral.
    """
    with transaction.atomic(), acting(TELLING):
        waiting = _waiting(by, matter_id)
        try:
            taken = accept(by=by, handover_id=waiting.pk, at=at, post_id=lead_post_id, words=words)
        except (CannotAccept, NoPart) as why:
            raise CannotAnswerReferral(str(why)) from why
        move_to(matter_id, ReferralState.ACCEPTED, at)
        _one_place_less(taken)
        _open_case(by, taken, lead_post_id, at)
        where = "The team it was offered to" if taken.is_quiet else str(taken.to_team)
        tell_progress(by=by, matter_id=matter_id, words=f"{where} has accepted it.", at=at)
        _leave_a_line(by, matter_id, "accepted a referral", at)
    return taken


def return_referral(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    reason: ReturnReason,
    words: str,
    at: datetime.datetime,
) -> Handover:
    """Send it back to the front door with a reason; a duty in law is not sent back for want of room (P20).

    The sender hears that it is with the front door again, and not what the team wrote.
    Raises CannotAnswerReferral.
    """
    with transaction.atomic(), acting(TELLING):
        waiting = _waiting(by, matter_id)
        try:
            back = give_back(by=by, handover_id=waiting.pk, reason=reason, words=words, at=at)
        except (CannotGiveBack, NoPart) as why:
            raise CannotAnswerReferral(str(why)) from why
        move_to(matter_id, ReferralState.WITH_FRONT_DOOR, at)
        tell_progress(
            by=by, matter_id=matter_id, at=at,
            words="It came back to the front door, which finds another way.",
        )  # fmt: skip
        _leave_a_line(by, matter_id, "returned a referral", at, reason=reason.value)
    return back


def ask_sender(
    *, by: Viewer, matter_id: uuid.UUID, words: str, at: datetime.datetime
) -> SenderQuestion:
    """Ask whoever sent it something; the clock runs on meanwhile. Raises CannotAnswerReferral."""
    if not words.strip():
        raise CannotAnswerReferral("Write your question.")
    if by.post_id is None:
        raise CannotAnswerReferral("A post asks, so that the answer has somebody to go to.")
    with transaction.atomic(), acting(TELLING):
        works_at(by, matter_id, CannotAnswerReferral)
        referral = Referral.objects.get(pk=matter_id)
        if referral.by_post_id is None or referral.entry == EntryRoute.REFER_ONLY:
            raise CannotAnswerReferral(
                "Whoever sent this cannot be asked here. Use how they said they can be reached."
            )
        asked = SenderQuestion.objects.create(
            matter_id=matter_id, words=words.strip(), by_post_id=by.post_id, at=at
        )
        tell(
            by=by.post_id, posts=[referral.by_post_id], kind=NoticeKind.REFERRAL_QUESTION,
            link=sent_page(matter_id), at=at,
        )  # fmt: skip
        _leave_a_line(by, matter_id, "asked who sent a referral", at)
    return asked


def answer_question(
    *, by: Viewer, question_id: int, words: str, at: datetime.datetime
) -> SenderQuestion:
    """Answer what was asked about a referral one sent. Raises CannotAnswerReferral."""
    if not words.strip():
        raise CannotAnswerReferral("Write your answer.")
    with transaction.atomic(), acting(TELLING):
        asked = SenderQuestion.objects.select_for_update().filter(pk=question_id).first()
        if asked is None or not _sent_it(by, asked.matter_id):
            raise CannotAnswerReferral("This was not asked of you.")
        if asked.answered_at is not None:
            raise CannotAnswerReferral("This was answered already. Nothing was changed.")
        asked.answer, asked.answered_at, asked.answered_by_id = words.strip(), at, by.post_id
        asked.save()
        tell(
            by=by.post_id, posts=[asked.by_post_id], kind=NoticeKind.REFERRAL_ANSWERED,
            link=work_page(asked.matter_id), at=at,
        )  # fmt: skip
        _leave_a_line(by, asked.matter_id, "answered about a referral", at)
    return asked


def withdraw_referral(
    *, by: Viewer, matter_id: uuid.UUID, reason: str, at: datetime.datetime
) -> Outcome:
    """Take back a referral one sent, while nobody has accepted it. Raises CannotClose.

    What was sent through the exit goes its own way and is not touched by this.
    """
    if not reason.strip():
        raise CannotClose("Say why you withdraw it: whoever works at it reads this.")
    with transaction.atomic(), acting(CLOSING):
        if not _sent_it(by, matter_id):
            raise CannotClose("You did not send this referral.")
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        if not ReferralState(referral.state).is_open or referral.state == ReferralState.ACCEPTED:
            raise CannotClose("It is too late to withdraw this: ask whoever has accepted it.")
        waiting = open_handover(CLOSING, matter_id)
        if waiting is not None:
            withdraw(by=CLOSING, handover_id=waiting.pk, reason=reason, at=at)
        return _end(
            by, matter_id, OutcomeKind.WITHDRAWN, reason.strip(), ReferralState.WITHDRAWN, at
        )


def close_referral(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    outcome: OutcomeKind,
    words: str,
    at: datetime.datetime,
) -> Outcome:
    """Close it with what became of it; the words go to whoever sent it, and to all who handed it on.

    Only by whoever answers for it now, or the front door while it has it. Raises CannotClose.
    """
    if not words.strip():
        raise CannotClose("Say what became of it, in words the sender may read.")
    if outcome is OutcomeKind.WITHDRAWN:
        raise CannotClose("A referral is withdrawn by whoever sent it.")
    with transaction.atomic(), acting(CLOSING):
        works_at(by, matter_id, CannotClose)
        referral = Referral.objects.select_for_update().get(pk=matter_id)
        if referral.state in {ReferralState.CLOSED, ReferralState.WITHDRAWN}:
            raise CannotClose("It is closed already. Nothing was changed by you.")
        if open_handover(CLOSING, matter_id) is not None:
            raise CannotClose("It is offered and waits for an answer. Withdraw that first.")
        _may_close(by, referral)
        say_what_became(by=CLOSING, matter_id=matter_id, words=words.strip(), at=at)
        return _end(by, matter_id, outcome, words.strip(), ReferralState.CLOSED, at)


def _may_close(by: Viewer, referral: Referral) -> None:
    """Once accepted it is the receiving side's to close: the front door no longer answers for it (P33)."""
    if by.is_system or referral.state != ReferralState.ACCEPTED:
        return
    duty = duty_of(CLOSING, referral.pk)
    if duty is not None and duty.post.team_id != by.team_id:
        raise CannotClose("Whoever has accepted it closes it, and says what became of it.")


def _end(
    by: Viewer,
    matter_id: uuid.UUID,
    outcome: OutcomeKind,
    words: str,
    state: ReferralState,
    at: datetime.datetime,
) -> Outcome:
    made = Outcome.objects.create(
        matter_id=matter_id, outcome=outcome, words=words, by_post_id=by.post_id, at=at
    )
    move_to(matter_id, state, at)
    tell_progress(by=by, matter_id=matter_id, words=f"{outcome.label}. {words}", at=at)
    close_matter(by=by, matter_id=matter_id, at=at)
    end_front_door_s(matter_id, at)
    try:
        end_duty(by=CLOSING, matter_id=matter_id, at=at)
    except CannotEndDuty as why:
        raise CannotClose(str(why)) from why
    _leave_a_line(by, matter_id, "closed a referral", at, outcome=outcome.value)
    return made


def _open_case(
    by: Viewer, taken: Handover, lead_post_id: uuid.UUID | None, at: datetime.datetime
) -> None:
    try:
        open_case_taken(by=by, taken=taken, lead_post_id=lead_post_id or by.post_id, at=at)
    except CannotOpenCase as why:
        raise CannotAnswerReferral(str(why)) from why


def _waiting(by: Viewer, matter_id: uuid.UUID) -> Handover:
    with acting(by):
        if part_of(by, matter_id) < PartLevel.WORK or not by.may(Permission.TAKE_HANDOVERS):
            raise CannotAnswerReferral("This referral was not handed to you.")
    found = open_handover(TELLING, matter_id)
    if found is None:
        raise CannotAnswerReferral("Nothing waits for your answer here: somebody has answered.")
    return found


def _sent_it(by: Viewer, matter_id: uuid.UUID) -> bool:
    return (
        by.post_id is not None
        and Referral.objects.filter(pk=matter_id, by_post=by.post_id).exists()
    )


def _one_place_less(taken: Handover) -> None:
    """A route that counts its places has one less; nothing is refused here for that (P20)."""
    for route in Route.objects.select_for_update().filter(team=taken.to_team_id, places__gt=0):
        route.places = (route.places or 0) - 1
        route.save(update_fields=["places"])


def _leave_a_line(
    by: Viewer, matter_id: uuid.UUID, act: str, at: datetime.datetime, **detail: str
) -> None:
    leave_the_change(by=by, matter_ids=[matter_id], act=act, at=at, kind="referral", detail=detail)
