"""Tell of silence and of what is late: whoever raised an exit, and whoever has it (P19)."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import give_part, of_post
from joinedup.support.handovers.models import Duty
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.safeguarding.models import Exit
from joinedup.support.safeguarding.operations.raising import SENT_IT, level_of_sender, senders_of
from joinedup.support.safeguarding.operations.ringing import WAS_RUNG, answering_in, lines_of
from joinedup.support.safeguarding.rules import due_of

REMINDING = Viewer.system("telling of an exit that nobody has answered")


def tell_silent_referrers(*, at: datetime.datetime) -> int:
    """Tell whoever raised an exit what to do, once three working days are silent; return how many.

    Where the post has ended its manager is told, and hears of it from then on.
    """
    told = 0
    with transaction.atomic(), acting(REMINDING):
        silent = Exit.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            decided_at__isnull=True, raised_by__isnull=False, referrer_told_at__isnull=True
        )
        for each in silent:
            if due_of(each.raised_at).silent_from > at:
                continue
            told += sum(_tell_of_silence(each, post, at) for post in senders_of(each))
            each.referrer_told_at = at
            each.save(update_fields=["referrer_told_at"])
    return told


def tell_what_is_late(*, at: datetime.datetime) -> int:
    """Tell whoever has an exit, and its deputies, that its record or decision is late: once each."""
    told = 0
    with transaction.atomic(), acting(REMINDING):
        for each in Exit.objects.filter(matter__closed_at__isnull=True):
            due = due_of(each.raised_at)
            if each.written_at is None and due.record_by <= at:
                told += _tell_late(each, "record", at)
            if each.decided_at is None and due.decide_by <= at:
                told += _tell_late(each, "decision", at)
    return told


def _tell_of_silence(each: Exit, sender: uuid.UUID, at: datetime.datetime) -> int:
    post = Post.objects.get(pk=sender)
    if not Post.objects.held_on(day_of(at)).filter(pk=sender).exists():
        if post.operational_manager_id is None:
            return 0
        manager = Post.objects.select_related("team__agency", "user").get(
            pk=post.operational_manager_id
        )
        give_part(
            by=REMINDING, matter_id=each.pk, recipient=of_post(manager),
            level=level_of_sender(Viewer.of_post(manager)), because=SENT_IT, at=at,
        )  # fmt: skip
        sender = manager.pk
    return tell(
        by=None, posts=[sender], kind=NoticeKind.EXIT_SILENT, link=f"/exits/{each.pk}/", at=at,
        once=f"{each.pk}",
    )  # fmt: skip


def _tell_late(each: Exit, what: str, at: datetime.datetime) -> int:
    deputies = [line.deputy_team for line in lines_of(each, at) if line.deputy_team is not None]
    has_it = Duty.objects.current().filter(matter=each.pk).values_list("post", flat=True)
    posts: set[uuid.UUID] = {*has_it, *answering_in(deputies, at)} - barred_posts(each.pk, at)
    for post in posts:
        give_part(
            by=REMINDING, matter_id=each.pk, recipient=of_post(post), level=PartLevel.WORK,
            because=WAS_RUNG, at=at,
        )  # fmt: skip
    return tell(
        by=None, posts=sorted(posts), kind=NoticeKind.EXIT_LATE, link=f"/exits/{each.pk}/", at=at,
        once=f"{each.pk}:{what}",
    )  # fmt: skip
