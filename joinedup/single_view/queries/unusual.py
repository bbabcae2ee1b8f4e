"""Unusual looks, for those who read the audit: by post and day, with what became of them."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.models import Entry, Inquiry
from joinedup.foundations.audit.queries.inquiries import conclusions
from joinedup.foundations.audit.queries.lines import lines_of_day, post_days
from joinedup.foundations.audit.queries.state import StateOfTree, state_of_tree
from joinedup.foundations.audit.rules.unusual import UnusualDay, unusual_days
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.identity.sharing.access import Viewer, acting

SHOWN_DAYS = 14
USUAL_DAYS = 56
"""What is usual is learned from so many days."""


@dataclass(frozen=True)
class Unusual:
    """One post's unusual day, who holds the post, and the last conclusion about it."""

    found: UnusualDay
    post: Post
    inquiry: Inquiry | None


@dataclass(frozen=True)
class DayOfPost:
    """Every look of one post on one day."""

    post: Post
    on: datetime.date
    lines: tuple[Entry, ...]
    inquiry: Inquiry | None


def state(viewer: Viewer) -> StateOfTree:
    """How the audit's tree stands; raises NotPermitted."""
    viewer.must(Permission.READ_AUDIT)
    return state_of_tree()


def unusual(viewer: Viewer, *, at: datetime.datetime) -> list[Unusual]:
    """The last days' unusual looks, those not looked into first; raises NotPermitted."""
    viewer.must(Permission.READ_AUDIT)
    today = day_of(at)
    since = today - datetime.timedelta(days=SHOWN_DAYS)
    with acting(viewer):
        days = post_days(start_of(today - datetime.timedelta(days=USUAL_DAYS)), at)
        posts = _posts({day.post_id for day in days})
        roles = {post_id: post.role for post_id, post in posts.items()}
        found = [one for one in unusual_days(days, roles, since=since) if one.day.post_id in posts]
        known = conclusions((one.day.post_id, one.day.on) for one in found)
    told = [
        Unusual(one, posts[one.day.post_id], known.get((one.day.post_id, one.day.on)))
        for one in found
    ]
    return sorted(told, key=lambda one: one.inquiry is not None)


def day_of_post(viewer: Viewer, post_id: uuid.UUID, on: datetime.date) -> DayOfPost:
    """A post's looks of one day; raises Post.DoesNotExist, NotPermitted."""
    viewer.must(Permission.READ_AUDIT)
    with acting(viewer):
        post = Post.objects.select_related("user", "team__agency").get(pk=post_id)
        known = conclusions([(post_id, on)])
        lines = tuple(lines_of_day(post_id, on))
    return DayOfPost(post, on, lines, known.get((post_id, on)))


def _posts(ids: set[uuid.UUID]) -> dict[uuid.UUID, Post]:
    return Post.objects.select_related("user", "team__agency").in_bulk(list(ids))
