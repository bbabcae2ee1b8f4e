"""Work the queue: who works at what, who has it open, one’s own ways of looking at it."""

import datetime
import uuid
from collections.abc import Sequence

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.operations.saved_looks import forget_look, keep_look
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.operations.matters import leave_the_change
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.frontdoor.models import Assignment, Opened, Referral, SavedFilter
from joinedup.support.frontdoor.rules.queue import OPEN_FOR

QUEUE = Viewer.system("keeping who works at which referral")


class CannotAssign(Exception):
    """Why it cannot be assigned, fit for the page."""


def colleagues(team_id: int, at: datetime.datetime) -> list[Post]:
    """The posts of a team that work at the front door today, by name."""
    working = roles_that_may(Permission.WORK_FRONT_DOOR)
    held = Post.objects.held_on(day_of(at)).filter(
        team_id=team_id, role__in=working, user__is_active=True
    )
    return list(held.select_related("user").order_by("user__name", "pk"))


def assign(
    *, by: Viewer, matter_ids: Sequence[uuid.UUID], post_id: uuid.UUID, at: datetime.datetime
) -> int:
    """Give these referrals to one worker of one’s own front door, all or none; return how many moved.

    Raises CannotAssign, or NotPermitted.
    """
    by.must(Permission.WORK_FRONT_DOOR)
    if not matter_ids:
        raise CannotAssign("Choose at least one referral to assign.")
    to = next((post for post in colleagues(by.team_id or 0, at) if post.pk == post_id), None)
    if to is None:
        raise CannotAssign("Choose somebody who works at your front door today.")
    with transaction.atomic():
        for matter_id in matter_ids:
            with acting(by):
                if part_of(by, matter_id) < PartLevel.WORK:
                    raise CannotAssign(
                        "One of these is not with your front door. Nothing was moved."
                    )
        with acting(QUEUE):
            return sum(_move(by, matter_id, to, at) for matter_id in matter_ids)


def _move(by: Viewer, matter_id: uuid.UUID, to: Post, at: datetime.datetime) -> bool:
    referral = Referral.objects.select_for_update().filter(pk=matter_id).first()
    if referral is None:
        raise CannotAssign("One of these is no referral. Nothing was moved.")
    with_whom = Assignment.objects.filter(matter_id=matter_id, ends_at__isnull=True).first()
    if with_whom is not None:
        if with_whom.post_id == to.pk:
            return False
        with_whom.ends_at = at
        with_whom.save()
    Assignment.objects.create(
        matter_id=matter_id, post=to, by_post_id=by.post_id or to.pk, starts_at=at
    )
    leave_the_change(
        by=by, matter_ids=[matter_id], act="assigned a referral", at=at, detail={"to": to.pk}
    )
    return True


def open_here(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> str:
    """Say that this post has the referral open; the name of somebody else who has, or nothing.

    It keeps nobody out: two who have it open are told of each other, and what either saves is
    checked against what has changed since.
    """
    if by.post_id is None:
        return ""
    with acting(QUEUE), transaction.atomic():
        found = (
            Opened.objects.select_for_update()
            .select_related("post__user")
            .filter(matter_id=matter_id)
            .first()
        )
        fresh = found is not None and found.seen_at > at - OPEN_FOR
        if found is not None and fresh and found.post_id != by.post_id:
            return found.post.user.name
        Opened.objects.update_or_create(
            matter_id=matter_id, defaults={"post_id": by.post_id, "seen_at": at}
        )
    return ""


def leave(*, by: Viewer, matter_id: uuid.UUID) -> None:
    """Say that this post has closed the referral’s page."""
    with acting(QUEUE):
        Opened.objects.filter(matter_id=matter_id, post=by.post_id).delete()


def keep_filter(*, by: Viewer, title: str, query: str) -> SavedFilter:
    """Keep a way of looking at the queue under a name. Raises CannotKeepLook."""
    by.must(Permission.WORK_FRONT_DOOR)
    with acting(QUEUE):
        return keep_look(SavedFilter, post_id=by.post_id, title=title, query=query)


def drop_filter(*, by: Viewer, filter_id: int) -> None:
    """Forget one’s own filter."""
    with acting(QUEUE):
        forget_look(SavedFilter, post_id=by.post_id, look_id=filter_id)
