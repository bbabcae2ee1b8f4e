"""What the pages of agencies, teams and posts ask."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency, AgencyExit, Post, Team, TeamArea
from joinedup.foundations.agencies.roles import ROLES
from joinedup.foundations.agencies.viewing import AtWork
from joinedup.foundations.places.models import Locality, Practice


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


def exits() -> dict[str, datetime.date]:
    """The day from which each agency that leaves, or has left, is no longer of the partnership; by its code."""
    return dict(AgencyExit.objects.filter(taken_back_at=None).values_list("agency_id", "leaves_on"))


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


@dataclass(frozen=True)
class LocalityShown:
    """A locality on a day: its practices, and the teams that serve it or a part of it."""

    locality: Locality
    practices: tuple[Practice, ...]
    teams: tuple[Team, ...]
    lsoas: int
    people: int
    """How many live there, as its LSOAs are counted."""

    def stands(self, day: datetime.date) -> str:
        """Whether it is to come, holds, or is over."""
        if self.locality.starts_on > day:
            return "To come"
        ended = self.locality.ends_on is not None and self.locality.ends_on <= day
        return "Ended" if ended else "Holds"


def localities(viewer: AtWork, day: datetime.date) -> list[LocalityShown]:
    """Every locality of the place by name, those that are over too (S0-1). About no person."""
    found = Locality.objects.prefetch_related("practices", "lsoas").order_by("name", "code")
    serving = TeamArea.objects.on(day).select_related("team__agency", "practice", "lsoa")
    teams: dict[str, set[Team]] = {each.code: set() for each in found}
    for area in serving.prefetch_related("area__lsoas__lsoa"):
        for code in teams if area.whole_place else _localities_of(area, day):
            teams[code].add(area.team)
    return [
        LocalityShown(
            each,
            tuple(sorted(each.practices.all(), key=lambda one: one.name)),
            tuple(sorted(teams[each.code], key=lambda one: (one.agency.name, one.name))),
            len(each.lsoas.all()),
            sum(lsoa.population for lsoa in each.lsoas.all()),
        )
        for each in found
    ]


def _localities_of(area: TeamArea, day: datetime.date) -> set[str]:
    """The localities that a team serves by this, where it is not the whole place."""
    if area.locality_id is not None:
        return {area.locality_id}
    if area.practice is not None:
        return {area.practice.locality_id}
    if area.lsoa is not None:
        return {area.lsoa.locality_id}
    if area.area is None:
        return set()
    return {
        each.lsoa.locality_id
        for each in area.area.lsoas.all()
        if each.starts_on <= day and (each.ends_on is None or each.ends_on > day)
    }
