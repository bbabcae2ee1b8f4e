"""Tell posts of something, in the transaction of the thing itself."""

import datetime
import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import How, NoticeKind, Outcome
from joinedup.foundations.notices.models import Message, Notice, NoticeLink, Preference
from joinedup.foundations.notices.rules import how_it_goes, next_digest

PURPOSE = "telling who is affected"


def tell(
    *,
    by: UUID | None,
    posts: Iterable[UUID],
    kind: NoticeKind,
    link: str,
    at: datetime.datetime,
    once: str = "",
) -> int:
    """Give each post a notice that leads to `link`, and let e-mails wait; return how many are new.

    `link` is a path of this site. With `once` (an agreement's id and the warning's days, say) a
    post that was told of it before is not told again.
    """
    once = hashlib.sha256(once.encode()).hexdigest() if once else ""
    told = [Notice(post_id=post, kind=kind, at=at, once=once) for post in dict.fromkeys(posts)]
    # A part of the thing itself, which is undone where this fails.
    with transaction.atomic(savepoint=False):
        Notice.objects.bulk_create(told, batch_size=2000, ignore_conflicts=bool(once))
        if once:
            here = set(
                Notice.objects.filter(pk__in=[n.pk for n in told]).values_list("pk", flat=True)
            )
            told = [notice for notice in told if notice.pk in here]
        if told:
            NoticeLink.objects.bulk_create(
                [NoticeLink(notice=notice, link=link) for notice in told], batch_size=2000
            )
            _let_e_mails_wait(told, kind, at)
            record_change(
                at=at,
                post_id=by,
                act="told",
                subject_kind="notice",
                subject_id="",
                purpose=PURPOSE,
                detail={"kind": kind, "posts": len(told)},
            )
    return len(told)


def _let_e_mails_wait(told: Collection[Notice], kind: NoticeKind, at: datetime.datetime) -> None:
    chosen = dict(
        Preference.objects.filter(kind=kind, post__in=[n.post_id for n in told]).values_list(
            "post_id", "how"
        )
    )
    by_how: dict[How, list[Notice]] = {how: [] for how in How}
    for notice in told:
        choice = chosen.get(notice.post_id)
        by_how[how_it_goes(kind, How(choice) if choice else None)].append(notice)
    _at_once(by_how[How.AT_ONCE], at)
    _in_a_digest(by_how[How.DAILY], next_digest(at))


def _at_once(notices: list[Notice], at: datetime.datetime) -> None:
    messages = [Message(post_id=n.post_id, how=How.AT_ONCE, due_at=at) for n in notices]
    Message.objects.bulk_create(messages, batch_size=2000)
    _belong(notices, {message.post_id: message for message in messages})


def _in_a_digest(notices: list[Notice], due_at: datetime.datetime) -> None:
    digests = [Message(post_id=n.post_id, how=How.DAILY, due_at=due_at) for n in notices]
    # One may stand there already, from this morning or from another transaction of this moment.
    Message.objects.bulk_create(digests, batch_size=2000, ignore_conflicts=True)
    # Locked, so that it is not sent between our finding it and our joining it.
    standing = Message.objects.select_for_update().filter(
        post__in=[n.post_id for n in notices],
        how=How.DAILY,
        due_at=due_at,
        outcome=Outcome.WAITING,
    )
    digest_of = {message.post_id: message for message in standing.order_by("pk")}
    _belong([n for n in notices if n.post_id in digest_of], digest_of)
    _at_once([n for n in notices if n.post_id not in digest_of], due_at)


def _belong(notices: list[Notice], messages: dict[UUID, Message]) -> None:
    for notice in notices:
        notice.message = messages[notice.post_id]
    Notice.objects.bulk_update(notices, ["message"], batch_size=2000)
