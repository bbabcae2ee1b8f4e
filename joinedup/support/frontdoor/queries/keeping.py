"""What a front-door manager keeps: routes, openings, thresholds, schools, overrides, batches."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post, SchoolLink, Team
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.places.models import Locality
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.choices import BatchRowState
from joinedup.support.frontdoor.models import (
    Batch,
    BatchRow,
    Override,
    Referral,
    Route,
    SourceOpening,
    Threshold,
)

MAY_BATCH = (Permission.WORK_FRONT_DOOR, Permission.ANSWER_EXITS)
MAY_SEE_ROUTES = (Permission.TAKE_HANDOVERS, Permission.REFER)
_TAKES = roles_that_may(Permission.TAKE_HANDOVERS)


@dataclass(frozen=True)
class Overridden:
    """One override with the reference of its referral."""

    override: Override
    reference: str


def routes_kept(day: datetime.date, *, with_ended: bool = False) -> list[Route]:
    """The routes, as a list of the place: by kind and name."""
    rows = Route.objects.select_related("team__agency").order_by("kind", "name")
    if not with_ended:
        rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return list(rows)


def route(route_id: int) -> Route:
    """One route; raises Route.DoesNotExist."""
    return Route.objects.select_related("team__agency").get(pk=route_id)


def teams_that_take(day: datetime.date) -> list[tuple[str, str]]:
    """The teams where somebody can take a hand-over today."""
    posts = Post.objects.held_on(day).filter(role__in=_TAKES, user__is_active=True)
    teams = Team.objects.filter(pk__in=posts.values("team")).select_related("agency")
    return [
        (str(team.pk), f"{team.name}, {team.agency.name}")
        for team in teams.order_by("agency__name", "name")
    ]


def localities() -> list[tuple[str, str]]:
    """The localities of the place."""
    return list(Locality.objects.order_by("name").values_list("code", "name"))


def openings_kept() -> list[SourceOpening]:
    """Every opening of a source, the latest first."""
    return list(SourceOpening.objects.order_by("source", "-opens_on"))


def opening(opening_id: int) -> SourceOpening:
    """One opening; raises SourceOpening.DoesNotExist."""
    return SourceOpening.objects.get(pk=opening_id)


def thresholds_kept(day: datetime.date) -> list[Threshold]:
    """The thresholds of today and to come, by service and sort."""
    rows = Threshold.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return list(rows.order_by("service", "reason", "days", "contacts", "starts_on"))


def threshold(threshold_id: int) -> Threshold:
    """One threshold; raises Threshold.DoesNotExist."""
    return Threshold.objects.get(pk=threshold_id)


def schools_kept() -> list[SchoolLink]:
    """Every school with its managers, the present one first: the rows before it are its history."""
    links = SchoolLink.objects.select_related(
        "manager__user", "manager__team", "covered_by__user", "set_by__user"
    )
    return list(links.order_by("school_key", "-starts_on", "-pk"))


def social_workers(day: datetime.date) -> list[tuple[str, str]]:
    """Who may be named for a school."""
    posts = Post.objects.held_on(day).filter(
        role__in=["social_worker", "team_manager"], team__agency__kind="social_care",
        user__is_active=True,
    )  # fmt: skip
    return [
        (str(post.pk), f"{post.user.name}, {post.team.name}")
        for post in posts.select_related("user", "team").order_by("user__name")
    ]


def overrides_of(viewer: Viewer, since: datetime.datetime) -> list[Overridden]:
    """The overrides since then that this front door made, the latest first; raises NotPermitted."""
    viewer.must(Permission.MANAGE_FRONT_DOOR)
    rows = list(
        Override.objects.filter(at__gte=since)
        .select_related("from_route", "to_route", "by_post__user")
        .order_by("-at", "-pk")[:500]
    )
    references = dict(
        Referral.objects.filter(pk__in=[each.matter_id for each in rows]).values_list(
            "pk", "reference"
        )
    )
    return [Overridden(each, references.get(each.matter_id, "")) for each in rows]


def batches_of(viewer: Viewer) -> QuerySet[Batch]:
    """The batches this viewer may read, the latest first."""
    return Batch.objects.select_related("by_post__user").order_by("-at", "-pk")


def batch_of(viewer: Viewer, batch_id: uuid.UUID) -> tuple[Batch, list[BatchRow]]:
    """A batch with the rows that were not taken first; raises Batch.DoesNotExist."""
    batch = Batch.objects.select_related("by_post__user").get(pk=batch_id)
    order = list(reversed(BatchRowState))
    rows = sorted(
        batch.rows.all(), key=lambda row: (order.index(BatchRowState(row.state)), row.number)
    )
    told_of(matters=[row.matter_id for row in rows])
    return batch, rows
