"""Who helps with a case, and whom it could ask to help."""

import datetime
import uuid

from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.models import CaseMember
from joinedup.support.handovers.rules.roles import TAKES


def members_of(viewer: Viewer, matter_id: uuid.UUID) -> list[CaseMember]:
    """Whoever helps with the case beside its lead, those who still do first."""
    with acting(viewer):
        found = CaseMember.objects.filter(case=matter_id)
        rows = found.select_related("post__user", "post__team__agency")
        return sorted(rows, key=lambda each: (each.ends_at is not None, each.starts_at))


def practitioners_like(words: str, at: datetime.datetime) -> list[tuple[uuid.UUID, str]]:
    """Up to ten posts held today whose holder, team or agency is called so; practitioners, no people."""
    if len(words.strip()) < 2:
        return []
    posts = Post.objects.held_on(day_of(at)).filter(user__is_active=True, role__in=TAKES)
    for word in words.split():
        posts = posts.filter(
            Q(user__name__icontains=word)
            | Q(team__name__icontains=word)
            | Q(team__agency__name__icontains=word)
        )
    found = posts.select_related("user", "team__agency").order_by("user__name", "pk")[:10]
    return [
        (each.pk, f"{each.user.name}, {each.team.name}, {each.team.agency.name}") for each in found
    ]
