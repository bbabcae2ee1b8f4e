"""Who answers for a post today, with what the database knows of posts, covers and bars."""

import datetime
import uuid
from collections.abc import Callable, Collection
from functools import cache, partial

from django.db import connection

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.choices import RestrictionKind
from joinedup.support.handovers.models import Cover
from joinedup.support.handovers.rules.answering import (
    Answering,
    Standing,
    answering_for,
    covered_on,
)
from joinedup.support.handovers.rules.roles import ANSWERS_FOR_THE_DOOR, TAKES

_NOBODY = Standing(held=False)


def who_answers(
    post_id: uuid.UUID, at: datetime.datetime, *, unfit: frozenset[uuid.UUID] = frozenset()
) -> Answering:
    """The post that answers for this one at that moment, and by what right; reads no person."""
    day = day_of(at)
    return answering_for(
        post_id, standing_on(day), last_resort=partial(_last, post_id, day), unfit=unfit
    )


def barred_posts(matter_id: uuid.UUID, at: datetime.datetime) -> frozenset[uuid.UUID]:
    """The posts that may not work with somebody the matter is about; asked as the system."""
    return barred_from([matter_id], at).get(matter_id, frozenset())


def barred_from(
    matter_ids: Collection[uuid.UUID], at: datetime.datetime
) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    """The same for several matters at once, in one statement; of a matter without any, nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            _BARRED,
            {"matters": list(matter_ids), "kind": RestrictionKind.BARRED_POST, "at": at},
        )
        found: dict[uuid.UUID, set[uuid.UUID]] = {}
        for matter, post in cursor.fetchall():
            found.setdefault(matter, set()).add(post)
    return {matter: frozenset(posts) for matter, posts in found.items()}


_BARRED = """
SELECT DISTINCT about.matter_id, restriction.barred_id
FROM sharing_matterperson about
CROSS JOIN LATERAL unnest(wall_identifiers(about.person_id)) AS same (person_id)
JOIN sharing_restriction restriction ON restriction.person_id = same.person_id
WHERE about.matter_id = ANY (%(matters)s) AND restriction.kind = %(kind)s
  AND restriction.barred_id IS NOT NULL
  AND restriction.starts_at <= %(at)s AND (restriction.ends_at IS NULL OR restriction.ends_at > %(at)s)
"""


def _last(post_id: uuid.UUID, day: datetime.date) -> list[uuid.UUID]:
    """Whom a duty falls to when nobody else is left: the team's managers, its others, the front door's."""
    posts = Post.objects.held_on(day).filter(user__is_active=True, role__in=TAKES)
    team = posts.filter(team__posts=post_id).order_by("starts_on", "pk").values_list("pk", "role")
    of_team = sorted(team, key=lambda each: "manager" not in each[1])
    doors = (
        posts.filter(role__in=ANSWERS_FOR_THE_DOOR)
        .order_by("starts_on", "pk")
        .values_list("pk", flat=True)
    )
    return [*(pk for pk, _ in of_team), *doors]


def standing_on(day: datetime.date) -> Callable[[uuid.UUID], Standing]:
    """What the rule asks of posts on that day, each read once."""

    @cache
    def standing(post_id: uuid.UUID) -> Standing:
        post = Post.objects.select_related("user").filter(pk=post_id).first()
        if post is None:
            return _NOBODY
        spans = Cover.objects.filter(post=post_id, starts_on__lte=day, ends_on__gt=day)
        return Standing(
            held=post.starts_on <= day
            and (post.ends_on is None or post.ends_on > day)
            and post.user.is_active
            and post.role in TAKES,
            covered_by=covered_on(day, spans.values_list("starts_on", "ends_on", "covered_by_id")),
            manager=post.operational_manager_id,
        )

    return standing
