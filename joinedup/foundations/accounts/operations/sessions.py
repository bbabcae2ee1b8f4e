"""Sessions are ended: one, all but this one, all of a post, all of an account."""

import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from joinedup.foundations.accounts.models import Session
from joinedup.foundations.accounts.operations.record import PURPOSE, record
from joinedup.foundations.accounts.sessions import name_of
from joinedup.foundations.audit.operations import record_change


def end_session(*, by: UUID | None, user_id: UUID, name: str, at: datetime.datetime) -> bool:
    """End one of an account's sessions, by the name its page gives it; tell whether it was there."""
    keys = Session.objects.filter(user_id=user_id).values_list("session_key", flat=True)
    mine = [key for key in keys if name_of(key) == name]
    return bool(_end_of_account(Session.objects.filter(session_key__in=mine), by, user_id, at))


def end_sessions(
    *, by: UUID | None, user_id: UUID, at: datetime.datetime, but: str | None = None
) -> int:
    """End an account's sessions, all but the one of that key; return how many there were."""
    sessions = Session.objects.filter(user_id=user_id).exclude(session_key=but)
    return _end_of_account(sessions, by, user_id, at)


def end_sessions_in_post(*, by: UUID | None, post_id: UUID, at: datetime.datetime) -> int:
    """End the sessions that work in a post; return how many there were."""
    with transaction.atomic():
        ended, _ = Session.objects.filter(post_id=post_id).delete()
        if ended:
            record_change(
                at=at,
                post_id=by,
                act="sessions ended",
                subject_kind="post",
                subject_id=str(post_id),
                purpose=PURPOSE,
                detail={"sessions": ended},
            )
    return ended


def drop_old_sessions(*, at: datetime.datetime) -> None:
    """Remove the rows of sessions that are over."""
    Session.objects.filter(expire_date__lt=at).delete()


def _end_of_account(
    sessions: QuerySet[Session], by: UUID | None, user_id: UUID, at: datetime.datetime
) -> int:
    with transaction.atomic():
        ended, _ = sessions.delete()
        if ended:
            record("sessions ended", user_id, at, by=by, sessions=ended)
    return ended
