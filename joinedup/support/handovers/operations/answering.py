"""The other side of a hand-over: ask, be answered, accept, send back with a reason."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_team
from joinedup.support.handovers.choices import Force, HandoverState, ReturnReason, Said, StepKind
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations.clock import finish_step
from joinedup.support.handovers.operations.duty import move_duty
from joinedup.support.handovers.operations.grounds import (
    NO_PART,
    WORKING,
    NoPart,
    fit,
    held,
    leave_a_line,
    must_work_at,
)
from joinedup.support.handovers.operations.offering import (
    back_to_the_sender,
    close,
    one_locked,
    receiving_posts,
    say,
    sending_posts,
    shut_it_to_them,
    tell_side,
    what_became,
)
from joinedup.support.handovers.operations.silence import tell_the_managers
from joinedup.support.handovers.queries.answering import who_answers
from joinedup.support.handovers.rules.returning import why_not_returned
from joinedup.support.handovers.rules.roles import MANAGERS

TOOK_IT_ON = "took it on"


class CannotAccept(Exception):
    """It cannot be accepted; says why."""


class CannotAsk(Exception):
    """It cannot be asked or answered; says why."""


class CannotGiveBack(Exception):
    """It cannot be sent back so; says why."""


def ask(*, by: Viewer, handover_id: uuid.UUID, words: str, at: datetime.datetime) -> Handover:
    """Ask the sender something before saying yes or no; the clock runs on meanwhile.

    Raises CannotAsk, NoPart, Handover.DoesNotExist.
    """
    if not words.strip():
        raise CannotAsk("Write your question.")
    with transaction.atomic(), acting(WORKING):
        found = _for_receiver(by, handover_id, at, CannotAsk)
        found.state = HandoverState.ASKED
        found.save(update_fields=["state"])
        say(found, Said.ASKED, words, by, at)
        tell_side(by, found, NoticeKind.HANDOVER_ASKED, sending_posts(found, at), at)
        leave_a_line(by, found.matter_id, "asked about a hand-over", at)
    return found


def answer(*, by: Viewer, handover_id: uuid.UUID, words: str, at: datetime.datetime) -> Handover:
    """Answer what the other side asked. Raises CannotAsk, NoPart, Handover.DoesNotExist."""
    if not words.strip():
        raise CannotAsk("Write your answer.")
    with transaction.atomic(), acting(WORKING):
        found = one_locked(handover_id)
        if found.state_word is not HandoverState.ASKED:
            raise CannotAsk(
                "Nothing is asked of you here." if found.state_word.waits else what_became(found)
            )
        if not by.is_system and by.team_id != found.from_team_id:
            raise NoPart(NO_PART)
        must_work_at(by, found.matter_id)
        found.state = HandoverState.OPEN
        found.save(update_fields=["state"])
        say(found, Said.ANSWERED, words, by, at)
        tell_side(by, found, NoticeKind.HANDOVER_ANSWERED, receiving_posts(found, at), at)
        leave_a_line(by, found.matter_id, "answered about a hand-over", at)
    return found


def accept(
    *,
    by: Viewer,
    handover_id: uuid.UUID,
    at: datetime.datetime,
    post_id: uuid.UUID | None = None,
    words: str = "",
) -> Handover:
    """Take the matter on: from this moment the receiving side answers for it, by name.

    `post_id` names the worker (P27); else it is the one it was handed to, else whoever accepts. Of two
    who accept at once the second is told that it has been accepted. The sender goes on hearing where
    it is. Raises CannotAccept, NoPart, Handover.DoesNotExist.
    """
    with transaction.atomic(), acting(WORKING):
        found = _for_receiver(by, handover_id, at, CannotAccept)
        takes = _worker(by, found, post_id, at)
        close(found, HandoverState.ACCEPTED, by, at)
        say(found, Said.ACCEPTED, words, by, at)
        _tell_earlier_senders(by, found, at)
        shut_it_to_them(by, found, at)
        _work_moves(by, found, at)
        move_duty(by, found.matter_id, takes, "accepted a hand-over", at)
        finish_step(by=WORKING, matter_id=found.matter_id, kind=StepKind.ACCEPT, at=at)
        tell_side(by, found, NoticeKind.HANDOVER_TAKEN, sending_posts(found, at), at)
        leave_a_line(by, found.matter_id, "accepted a hand-over", at)
    return found


def give_back(
    *,
    by: Viewer,
    handover_id: uuid.UUID,
    reason: ReturnReason,
    words: str,
    at: datetime.datetime,
) -> Handover:
    """Send it back with a reason; the sender, who answered for it all along, is told.

    A duty in law does not come back for want of capacity, and the like (P20); protection only by a
    manager, and then the managers of both sides are told at once (P34).
    Raises CannotGiveBack, NoPart, Handover.DoesNotExist.
    """
    with transaction.atomic(), acting(WORKING):
        found = _for_receiver(by, handover_id, at, CannotGiveBack)
        force = Force(found.force)
        by_a_manager = by.is_system or by.role in MANAGERS
        why_not = why_not_returned(force, reason, words, by_a_manager=by_a_manager)
        if why_not:
            raise CannotGiveBack(why_not)
        found.reason = reason
        close(found, HandoverState.RETURNED, by, at)
        say(found, Said.RETURNED, words, by, at)
        shut_it_to_them(by, found, at)
        back_to_the_sender(by, found, at)
        finish_step(by=WORKING, matter_id=found.matter_id, kind=StepKind.ACCEPT, at=at)
        tell_side(by, found, NoticeKind.HANDOVER_RETURNED, sending_posts(found, at), at)
        if force is Force.PROTECTION:
            tell_the_managers(found, at)
        leave_a_line(by, found.matter_id, "sent a hand-over back", at, {"reason": str(reason)})
    return found


def say_what_became(*, by: Viewer, matter_id: uuid.UUID, words: str, at: datetime.datetime) -> int:
    """Tell everybody who handed this over what became of it, in words meant for them.

    Return how many were told. Raises NoPart.
    """
    must_work_at(by, matter_id)
    with transaction.atomic(), acting(WORKING):
        accepted = Handover.objects.filter(matter=matter_id, state=HandoverState.ACCEPTED)
        told = list(accepted.select_related("from_team__agency", "to_team__agency"))
        for found in told:
            say(found, Said.BECAME, words, by, at)
            tell_side(by, found, NoticeKind.HANDOVER_BECAME, sending_posts(found, at), at)
        leave_a_line(by, matter_id, "said what became of it", at, {"told": len(told)})
    return len(told)


def _for_receiver(
    by: Viewer, handover_id: uuid.UUID, at: datetime.datetime, refusal: type[Exception]
) -> Handover:
    """The waiting hand-over, for somebody of the side it was handed to.

    A named post's is for that post, for whoever answers for it today, and for the team's managers,
    who name the worker.
    """
    found = one_locked(handover_id)
    if by.is_system:
        mine = True
    elif by.team_id == found.to_team_id:
        named = found.to_post_id
        mine = named is None or by.role in MANAGERS or by.post_id in (named, _stands_in(named, at))
    else:
        named = found.to_post_id
        mine = named is not None and by.post_id == _stands_in(named, at)
    if not mine or not by.may(Permission.TAKE_HANDOVERS):
        raise NoPart("This was not handed to you. Whoever it was handed to can answer.")
    if not found.state_word.waits:
        raise refusal(what_became(found))
    must_work_at(by, found.matter_id)
    return found


def _stands_in(post_id: uuid.UUID, at: datetime.datetime) -> uuid.UUID:
    return who_answers(post_id, at).post


def _worker(by: Viewer, found: Handover, post_id: uuid.UUID | None, at: datetime.datetime) -> Post:
    named = post_id or found.to_post_id or by.post_id
    if named is None:
        raise CannotAccept("Name who takes it on.")
    if named == found.to_post_id and post_id is None:
        # Away or ended: whoever stands in for them answers from the first instant.
        return Post.objects.select_related("team__agency").get(pk=named)
    post = held(named, at)
    if post is None or (post.team_id != found.to_team_id and post.pk != by.post_id):
        raise CannotAccept("Name somebody of the team who holds a post today.")
    if not fit([post], found.matter_id, at):
        raise CannotAccept("This post may not work with this person. Name somebody else.")
    return post


def _work_moves(by: Viewer, found: Handover, at: datetime.datetime) -> None:
    """The receiving team works at it; a team that had it by an earlier hand-over no longer does."""
    if found.to_team_id != found.from_team_id:
        end_part(
            by=by,
            matter_id=found.matter_id,
            recipient=of_team(found.from_team_id),
            at=at,
            because=TOOK_IT_ON,
        )
    if found.to_team_id is not None:
        give_part(
            by=by,
            matter_id=found.matter_id,
            recipient=of_team(found.to_team_id),
            level=PartLevel.WORK,
            because=TOOK_IT_ON,
            at=at,
        )


def _tell_earlier_senders(by: Viewer, found: Handover, at: datetime.datetime) -> None:
    """Whoever handed it over before hears that it went on, and where to unless that tells too much."""
    where = found.to_team
    words = "It is with another team now."
    if where is not None and not found.is_quiet:
        words = f"It is with {where}, {where.agency} now."
    earlier = Handover.objects.filter(matter=found.matter_id, state=HandoverState.ACCEPTED)
    for each in earlier.exclude(pk=found.pk):
        say(each, Said.HANDED_ON, words, WORKING, at)
