"""What every act on a matter stands on: the matter locked, the actor's part in it, the line it leaves."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Matter
from joinedup.identity.sharing.operations.matters import leave_the_change
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.handovers.rules.roles import TAKES

WORKING = Viewer.system("handing matters over and keeping who answers for them")
"""The wall lets nobody else write these tables: an operation decides as the actor, and this writes."""

NO_PART = "You do not work at this, so you cannot do that. Ask whoever answers for it."


class NoPart(Exception):
    """The actor does not work at the matter; the message is fit for the page."""


def locked(matter_id: uuid.UUID) -> Matter:
    """The matter, held for this act alone: of two acts at once the second sees what the first did."""
    return Matter.objects.select_for_update().get(pk=matter_id)


def must_work_at(by: Viewer, matter_id: uuid.UUID) -> None:
    """Raise NoPart unless the actor has the whole of the matter to work at."""
    if by.is_system:
        return
    with reading(by):
        if part_of(by, matter_id) < PartLevel.WORK:
            raise NoPart(NO_PART)


def held(post_id: uuid.UUID | None, at: datetime.datetime) -> Post | None:
    """The post, where it is held on that day by somebody who can sign in and may take matters on."""
    if post_id is None:
        return None
    posts = Post.objects.held_on(day_of(at)).filter(user__is_active=True, role__in=TAKES)
    return posts.select_related("team__agency", "user").filter(pk=post_id).first()


def posts_of(team: Team, at: datetime.datetime) -> list[Post]:
    """The posts of a team that may take matters on, today."""
    posts = Post.objects.held_on(day_of(at)).filter(team=team, user__is_active=True, role__in=TAKES)
    return list(posts.select_related("team__agency", "user").order_by("starts_on", "pk"))


def fit(posts: Iterable[Post], matter_id: uuid.UUID, at: datetime.datetime) -> list[Post]:
    """Those of the posts that no restriction keeps from anybody the matter is about."""
    barred = barred_posts(matter_id, at)
    return [post for post in posts if post.pk not in barred]


def leave_a_line(
    by: Viewer,
    matter_id: uuid.UUID,
    act: str,
    at: datetime.datetime,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """A line in the audit for each person the matter is about, or one where nobody is matched yet."""
    leave_the_change(by=by, matter_ids=[matter_id], act=act, at=at, detail=detail)
