"""The words of the queue: how old, how urgent, with whom."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.queries.queue import Waiting

UNNAMED = "Name not given"


@dataclass(frozen=True)
class Line:
    """One line of the queue as it is told."""

    waiting: Waiting
    name: str
    age: str
    with_whom: str


def line(waiting: Waiting, at: datetime.datetime) -> Line:
    """The line in words."""
    return Line(
        waiting=waiting,
        name=waiting.name or UNNAMED,
        age=age(waiting.submitted_at, at),
        with_whom="You" if waiting.assigned_to_me else waiting.assigned_to or "Nobody yet",
    )


def age(since: datetime.datetime, at: datetime.datetime) -> str:
    """How long something waits, as one would say it."""
    days = (day_of(at) - day_of(since)).days
    if days <= 0:
        minutes = max(0, int((at - since).total_seconds() // 60))
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    return "1 day" if days == 1 else f"{days} days"


def colleagues(posts: Iterable[Post], viewer: Viewer) -> list[dict[str, str]]:
    """Whom a referral can be given to; oneself first."""
    found = sorted(posts, key=lambda post: (post.pk != viewer.post_id, post.user.name))
    return [
        {
            "value": str(post.pk),
            "text": "Me" if post.pk == viewer.post_id else post.user.name,
        }
        for post in found
    ]


def moved(count: int) -> str:
    """What was moved."""
    if not count:
        return "They were with that worker already."
    return "1 referral was moved." if count == 1 else f"{count} referrals were moved."
