"""What the pages of agencies, teams and posts ask."""

import datetime
import uuid

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, Post, Team
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.agencies.viewing import AtWork


def posts(
    viewer: AtWork, day: datetime.date, *, search: str = "", ended: bool = False
) -> QuerySet[Post]:
    """The posts held on that day or later, or all there ever were, by name; raises NotPermitted.

    Each word of the search must be found in the name, e-mail address, team, agency or role.
    """
    viewer.must(Permission.MANAGE_POSTS)
    found = Post.objects.select_related("user", "team__agency", "home_agency")
    if not ended:
        found = found.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    for word in search.split():
        roles = [role.code for role in ROLES if word.casefold() in role.name.casefold()]
        found = found.filter(
            Q(user__name__icontains=word)
            | Q(user__email__icontains=word)
            | Q(team__name__icontains=word)
            | Q(team__agency__name__icontains=word)
            | Q(role__in=roles)
        )
    return found.order_by("user__name", "starts_on", "pk")


def post(viewer: AtWork, post_id: uuid.UUID) -> Post:
    """One post with everything about it; raises Post.DoesNotExist, NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    about = Post.objects.select_related(
        "user", "team__agency", "home_agency", "operational_manager__user",
        "operational_manager__team__agency", "professional_supervisor__user",
        "professional_supervisor__team__agency",
    )  # fmt: skip
    return about.get(pk=post_id)


def teams(viewer: AtWork) -> QuerySet[Team]:
    """Every team with its agency; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    return Team.objects.select_related("agency").order_by("agency__name", "name")


def agencies(viewer: AtWork) -> QuerySet[Agency]:
    """Every agency; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    return Agency.objects.order_by("name")


def posts_of_email(viewer: AtWork, email: str, day: datetime.date) -> list[Post]:
    """The posts that somebody with that e-mail address holds on a day; raises NotPermitted."""
    viewer.must(Permission.MANAGE_POSTS)
    held = Post.objects.held_on(day).filter(user__email__iexact=email.strip())
    return list(held.select_related("team__agency", "user").order_by("starts_on", "pk"))
