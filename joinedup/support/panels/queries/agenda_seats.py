"""Who sits at a meeting of a panel on a day: its members, or whoever covers them."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.meetings.choices import Standing
from joinedup.foundations.meetings.operations.holding import Seated
from joinedup.partnership.workforce.models import Leave
from joinedup.support.handovers.models import Cover
from joinedup.support.panels.models import Panel
from joinedup.support.panels.queries.panel import members_on


def who_sits(panel: Panel, day: datetime.date) -> list[Seated]:
    """The chair, the members and whoever coordinates, each by their cover where they are away.

    Where nobody covers a member who is away, the member is seated and can send apologies; a post that
    has ended is not seated.
    """
    members = members_on(panel, day)
    keepers = (panel.chair_id, panel.chair_cover_id, panel.coordinator_id)
    sitting = [post for member in members for post in (member.post_id, member.cover_id)]
    there = _held({post for post in (*keepers, *sitting) if post is not None}, day)
    away = _away(there, day)
    disciplines = {member.post_id: member.discipline for member in members}
    found = []
    chair = _first([panel.chair_id, panel.chair_cover_id], there, away)
    if chair is not None:
        instead = panel.chair_id if chair != panel.chair_id else None
        found.append(Seated(there[chair], disciplines.get(chair, ""), Standing.CHAIR, instead))
    for member in members:
        sits = _first([member.post_id, member.cover_id], there, away)
        if sits is not None and sits != chair:
            instead = member.post_id if sits != member.post_id else None
            found.append(Seated(there[sits], member.discipline, Standing.MEMBER, instead))
    if panel.coordinator_id in there:
        found.append(Seated(there[panel.coordinator_id], "coordination", Standing.COORDINATOR))
    return found


def _first(
    posts: list[uuid.UUID | None], there: dict[uuid.UUID, Post], away: set[uuid.UUID]
) -> uuid.UUID | None:
    """The first who is held and not away; else the first who is held."""
    held = [post for post in posts if post is not None and post in there]
    return next((post for post in held if post not in away), held[0] if held else None)


def _held(posts: set[uuid.UUID], day: datetime.date) -> dict[uuid.UUID, Post]:
    held = Post.objects.held_on(day).filter(pk__in=posts, user__is_active=True)
    return {each.pk: each for each in held.select_related("user", "team__agency")}


def _away(there: dict[uuid.UUID, Post], day: datetime.date) -> set[uuid.UUID]:
    on_leave = Leave.objects.within(day, day).filter(post__in=there)
    covered = Cover.objects.filter(Q(post__in=there), starts_on__lte=day, ends_on__gt=day)
    return {*on_leave.values_list("post_id", flat=True), *covered.values_list("post_id", flat=True)}
