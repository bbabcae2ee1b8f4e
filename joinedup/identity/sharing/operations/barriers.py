"""The log of barriers to sharing: told, sent up to a named executive, answered (S2-38)."""

import datetime

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations.tell import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.identity.sharing.models import SharingBarrier
from joinedup.identity.sharing.queries.barriers import MAY_TELL, executives


class CannotTellBarrier(Exception):
    """Why it is not written down, fit for the page."""


class CannotEscalate(Exception):
    """Why it does not go up, fit for the page."""


class CannotAnswerBarrier(Exception):
    """Why it is not answered, fit for the page."""


def tell_barrier(*, by: Viewer, what: str, at: datetime.datetime) -> SharingBarrier:
    """Write down what could not be shared and why; about no person.

    Raises CannotTellBarrier or NotPermitted.
    """
    if by.post_id is None or not any(by.may(permission) for permission in MAY_TELL):
        raise NotPermitted("Your role does not tell barriers to sharing.")
    said = what.strip()
    if not said:
        raise CannotTellBarrier("Say what could not be shared, and why.")
    with transaction.atomic():
        told = SharingBarrier.objects.create(
            told_by_id=by.post_id, agency_id=by.agency, what=said, told_at=at
        )
        _on_record(by, told, "told", at)
    return told


def escalate_barrier(
    *, by: Viewer, barrier_id: int, to: Post, at: datetime.datetime
) -> SharingBarrier:
    """Send it up to a named executive, who is told.

    Raises CannotEscalate, SharingBarrier.DoesNotExist, or NotPermitted.
    """
    by.must(Permission.MANAGE_AGREEMENTS)
    with transaction.atomic():
        barrier = SharingBarrier.objects.select_for_update().get(pk=barrier_id)
        if barrier.answered_at is not None:
            raise CannotEscalate("It has been answered already.")
        if not executives(day_of(at)).filter(pk=to.pk).exists():
            raise CannotEscalate("Choose somebody who may decide for their agency.")
        barrier.escalated_to, barrier.escalated_at = to, at
        barrier.escalated_by_id = by.post_id
        barrier.save()
        _on_record(by, barrier, "escalated", at)
        tell(
            by=by.post_id,
            posts=[to.pk],
            kind=NoticeKind.BARRIER_ESCALATED,
            link=f"/barriers/{barrier.pk}/",
            at=at,
        )
    return barrier


def answer_barrier(
    *, by: Viewer, barrier_id: int, answer: str, at: datetime.datetime
) -> SharingBarrier:
    """Say what was done about it; by the executive it went up to, or whoever manages agreements.

    Raises CannotAnswerBarrier, SharingBarrier.DoesNotExist, or NotPermitted.
    """
    with transaction.atomic():
        barrier = SharingBarrier.objects.select_for_update().get(pk=barrier_id)
        if barrier.escalated_to_id is None or barrier.escalated_to_id != by.post_id:
            by.must(Permission.MANAGE_AGREEMENTS)
        if barrier.answered_at is not None:
            raise CannotAnswerBarrier("It has been answered already.")
        said = answer.strip()
        if not said:
            raise CannotAnswerBarrier("Say what was done about it.")
        barrier.answer, barrier.answered_at = said, at
        barrier.answered_by_id = by.post_id
        barrier.save()
        _on_record(by, barrier, "answered", at)
    return barrier


def _on_record(by: Viewer, barrier: SharingBarrier, act: str, at: datetime.datetime) -> None:
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="sharing barrier",
        subject_id=str(barrier.pk),
        purpose=by.purpose,
        agency=by.agency,
    )
