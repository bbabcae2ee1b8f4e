"""Send the e-mails that are due, one transaction each; try again, give up, be asked once more."""

import datetime
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import Failure, Outcome
from joinedup.foundations.notices.mail import CannotSend, Letter
from joinedup.foundations.notices.models import Attempt, Message
from joinedup.foundations.notices.rules import next_try

Send = Callable[[Letter], None]
"""Hands a letter to a mail server; raises CannotSend."""

_PURPOSE = "sending notices"


@dataclass(frozen=True)
class Sent:
    """How many e-mails went out, were no longer needed, will be tried again, were given up."""

    sent: int = 0
    not_needed: int = 0
    put_off: int = 0
    given_up: int = 0


def send_due(*, send: Send, site: str, at: datetime.datetime, most: int = 500) -> Sent:
    """Send what is due at that time; safe beside another that does the same, and to be killed.

    Each e-mail is sent while its row is locked. A kill between the mail server's yes and our commit
    sends it twice, under the same Message-ID, and never not at all.
    """
    due = Message.objects.filter(outcome=Outcome.WAITING, due_at__lte=at).order_by("due_at", "pk")
    became: Counter[str] = Counter()
    for key in list(due.values_list("pk", flat=True)[:most]):
        with transaction.atomic():
            message = due.select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
            if message is not None:
                became[_send_one(message, send, site, at)] += 1
    return Sent(
        became[Outcome.SENT],
        became[Outcome.NOT_NEEDED],
        became[Outcome.WAITING],
        became[Outcome.GIVEN_UP],
    )


def _send_one(message: Message, send: Send, site: str, at: datetime.datetime) -> Outcome:
    unread = list(message.notices.unread().values_list("pk", flat=True))
    if not unread:
        return _ended(message, Outcome.NOT_NEEDED, at)
    day = timezone.localtime(at).date()
    post = Post.objects.held_on(day).filter(pk=message.post_id, user__is_active=True)
    holder = post.select_related("user").first()
    if holder is None:
        return _failed(message, Failure.NO_POST, at)
    path = f"/notices/{unread[0]}/" if len(unread) == 1 else "/notices/"
    letter = Letter(message.pk, holder.user.email, len(unread), site + path, at)
    try:
        send(letter)
    except CannotSend as refused:
        return _failed(message, refused.failure, at)
    Attempt.objects.create(message=message, at=at)
    return _ended(message, Outcome.SENT, at)


def _failed(message: Message, failure: Failure, at: datetime.datetime) -> Outcome:
    Attempt.objects.create(message=message, at=at, failure=failure)
    again = None if failure.is_final else next_try(message.attempts.count(), at)
    if again is None:
        return _ended(message, Outcome.GIVEN_UP, at)
    message.due_at = again
    message.save(update_fields=["due_at"])
    return Outcome.WAITING


def _ended(message: Message, outcome: Outcome, at: datetime.datetime) -> Outcome:
    message.outcome, message.ended_at = outcome, at
    message.save(update_fields=["outcome", "ended_at"])
    return outcome


def try_again(*, by: UUID, message_id: UUID, at: datetime.datetime) -> bool:
    """Let an e-mail that was given up wait once more, from its first attempt; tell whether it was."""
    with transaction.atomic():
        given_up = Message.objects.filter(pk=message_id, outcome=Outcome.GIVEN_UP)
        again = bool(given_up.update(outcome=Outcome.WAITING, ended_at=None, due_at=at))
        if again:
            Attempt.objects.filter(message=message_id).delete()
            record_change(
                at=at,
                post_id=by,
                act="tried again",
                subject_kind="message",
                subject_id=str(message_id),
                purpose=_PURPOSE,
            )
    return again
