"""Tells posts of agencies that something waits for them; the notice holds no person’s data."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer

_ANSWERS = (Permission.RELEASE_RESTRICTED, Permission.BAR_POSTS, Permission.SIGN_AGREEMENTS)


def posts_that_may(
    *permissions: Permission, at: datetime.datetime, agencies: Iterable[str] | None = None
) -> list[UUID]:
    """The posts held on that day whose role carries one of these permissions, of some agencies or all."""
    roles = roles_that_may(*permissions)
    posts = Post.objects.held_on(day_of(at)).filter(role__in=roles, user__is_active=True)
    if agencies is not None:
        posts = posts.filter(team__agency__in=list(agencies))
    return list(posts.order_by("pk").values_list("pk", flat=True))


def who_answers(at: datetime.datetime, agencies: Iterable[str]) -> list[UUID]:
    """Who is told for each of these agencies of what concerns it: its duty managers, or who stands in for them.

    An agency that has no duty manager today has those who manage its teams, or else those who sign for it:
    what is to be told to an agency is told to somebody there.
    """
    found: list[UUID] = []
    for agency in agencies:
        stand_in = (posts_that_may(may, at=at, agencies=[agency]) for may in _ANSWERS)
        found += next((posts for posts in stand_in if posts), [])
    return found


def tell_posts(
    *, by: Viewer, posts: Iterable[UUID], kind: NoticeKind, link: str, at: datetime.datetime
) -> int:
    """Tell these posts, but never the one that did it; return how many were told."""
    others = [post for post in posts if post != by.post_id]
    return tell(by=by.post_id, posts=others, kind=kind, link=link, at=at)
