"""Who answers for a matter: taken, moved on without a gap, ended when it closes (P33)."""

import datetime
import uuid

from django.db import transaction
from django.db.models import F, Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import end_part, give_part, of_post
from joinedup.support.handovers.choices import Answers
from joinedup.support.handovers.models import Cover, Duty, Handover
from joinedup.support.handovers.operations.clock import stop_all_steps
from joinedup.support.handovers.operations.grounds import (
    WORKING,
    held,
    leave_a_line,
    locked,
    must_work_at,
)
from joinedup.support.handovers.queries.answering import barred_posts, who_answers

ANSWERS_FOR_IT = "answers for it"


class CannotTakeDuty(Exception):
    """A post cannot answer for a matter; says why."""


class CannotEndDuty(Exception):
    """Somebody has to go on answering; says why."""


def take_duty(
    *, by: Viewer, matter_id: uuid.UUID, post_id: uuid.UUID, because: str, at: datetime.datetime
) -> Duty:
    """Let a post answer for a matter from now on; whoever did so until now no longer does.

    Within an agency: to another agency a matter is handed over. Raises CannotTakeDuty, NoPart.
    """
    must_work_at(by, matter_id)
    with acting(WORKING):
        if locked(matter_id).closed_at is not None:
            raise CannotTakeDuty("This is closed. Nobody needs to answer for it any more.")
        post = held(post_id, at)
        if post is None:
            raise CannotTakeDuty("Nobody holds this post today who may take it on.")
        if not by.is_system and post.team.agency_id != by.agency:
            raise CannotTakeDuty("To another agency it is handed over, so that both sides know.")
        unfit = barred_posts(matter_id, at)
        if post.pk in unfit:
            raise CannotTakeDuty("This post may not work with this person. Choose somebody else.")
        return move_duty(by, matter_id, post, because, at, unfit=unfit)


def move_duty(
    by: Viewer,
    matter_id: uuid.UUID,
    post: Post,
    because: str,
    at: datetime.datetime,
    *,
    unfit: frozenset[uuid.UUID] | None = None,
) -> Duty:
    """Close the duty of until now and open the next at the same instant; the matter is locked.

    Where the post is away or has ended, whoever answers for it is named. Without a change there is
    no new line. `unfit` are the posts barred from somebody it is about, where they are known already.
    """
    if unfit is None:
        unfit = barred_posts(matter_id, at)
    answering = who_answers(post.pk, at, unfit=unfit)
    instead_of = None if answering.answers is Answers.ITSELF else post.pk
    until_now = Duty.objects.current().select_for_update().filter(matter=matter_id).first()
    if until_now is not None:
        at = max(at, until_now.starts_at)
        if (until_now.post_id, until_now.instead_of_id) == (answering.post, instead_of):
            return until_now
        until_now.ends_at = at
        until_now.save(update_fields=["ends_at"])
    answers = post
    if answering.post != post.pk:
        answers = Post.objects.select_related("team__agency").get(pk=answering.post)
    duty = Duty.objects.create(
        matter_id=matter_id,
        post=answers,
        instead_of_id=instead_of,
        answers=answering.answers,
        because=because,
        is_quiet=answers.team.agency.name_reveals,
        starts_at=at,
    )
    _parts_follow(by, until_now, duty, at)
    leave_a_line(by, matter_id, "gave a duty", at, {"answers": str(answering.answers)})
    if duty.post_id != by.post_id:
        tell(
            by=by.post_id,
            posts=[duty.post_id],
            kind=NoticeKind.DUTY_GIVEN,
            link=f"/matters/{matter_id}/where/",
            at=at,
        )
    return duty


def _parts_follow(by: Viewer, until_now: Duty | None, duty: Duty, at: datetime.datetime) -> None:
    if until_now is not None and until_now.post_id != duty.post_id:
        end_part(
            by=by,
            matter_id=duty.matter_id,
            recipient=of_post(until_now.post_id),
            at=at,
            because=ANSWERS_FOR_IT,
        )
    give_part(
        by=by,
        matter_id=duty.matter_id,
        recipient=of_post(duty.post_id),
        level=PartLevel.WORK,
        because=ANSWERS_FOR_IT,
        at=at,
    )


def end_duty(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> Duty | None:
    """Let nobody answer for a matter any more: it is closed. What runs of its clock is stopped.

    Call it in the transaction that closes the matter, after that. None where nobody answered.
    Raises CannotEndDuty, NoPart.
    """
    must_work_at(by, matter_id)
    with acting(WORKING):
        if locked(matter_id).closed_at is None:
            raise CannotEndDuty("Somebody answers for it until it is closed. Close it first.")
        if Handover.objects.waiting().filter(matter=matter_id).exists():
            raise CannotEndDuty(
                "It has been offered to somebody. Withdraw that, or let them answer."
            )
        duty = Duty.objects.current().select_for_update().filter(matter=matter_id).first()
        stop_all_steps(matter_id, at)
        if duty is None:
            return None
        duty.ends_at = max(at, duty.starts_at)
        duty.save(update_fields=["ends_at"])
        leave_a_line(by, matter_id, "ended a duty", at)
    return duty


def settle_duties(*, at: datetime.datetime, only: uuid.UUID | None = None) -> int:
    """Give each duty to whoever answers for it today: leave, its end, and posts that have ended.

    Return how many moved. Run again it moves nothing; several at once do no harm.
    """
    moved = 0
    with acting(WORKING):
        for matter_id in _unsettled(at, only):
            with transaction.atomic():
                if locked(matter_id).closed_at is None:
                    moved += _settle(matter_id, at)
    return moved


def _settle(matter_id: uuid.UUID, at: datetime.datetime) -> bool:
    duty = Duty.objects.current().filter(matter=matter_id).first()
    if duty is None:
        return False
    of = duty.instead_of_id or duty.post_id
    post = Post.objects.select_related("team__agency").get(pk=of)
    return move_duty(WORKING, matter_id, post, duty.because, at).pk != duty.pk


def _unsettled(at: datetime.datetime, only: uuid.UUID | None) -> list[uuid.UUID]:
    """Matters whose duty may be another's today, few of all: covers, stand-ins, posts not held."""
    day = day_of(at)
    duties = Duty.objects.current()
    if only is not None:
        duties = duties.filter(Q(post=only) | Q(instead_of=only))
    away = Cover.objects.filter(starts_on__lte=day, ends_on__gt=day).values("post")
    gone = Q(post__ends_on__lte=day) | Q(post__starts_on__gt=day) | Q(post__user__is_active=False)
    changed = Q(post__in=away) | Q(instead_of__isnull=False) | gone
    found = duties.filter(changed, starts_at__lte=at).order_by(F("matter_id"))
    return list(found.values_list("matter_id", flat=True))
