"""The register of the workforce: whom a viewer keeps, one practitioner, courses, gaps, the balance of managers."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.agencies.roles import TEAM_MANAGER, roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.partnership.workforce.choices import CompetenceCode
from joinedup.partnership.workforce.models import (
    Attended,
    Capacity,
    Competence,
    Course,
    Language,
    Leave,
    WorksAs,
)
from joinedup.partnership.workforce.models.capacity import FULL
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.partnership.workforce.rules.training import Balance, Required, Staff

FRONT_LINE = roles_that_may(Permission.TAKE_HANDOVERS)


@dataclass(frozen=True)
class Line:
    """One post of the register: what its holder can lead and speak today, and the leave ahead."""

    post: Post
    competences: tuple[CompetenceCode, ...]
    languages: tuple[str, ...]
    away: Leave | None
    percent: int = FULL
    """The share of a full week that the post works today."""


@dataclass(frozen=True)
class Practitioner:
    """All that the register has of one practitioner."""

    post: Post
    is_self: bool
    keeps: bool
    competences: tuple[Competence, ...]
    languages: tuple[str, ...]
    courses: tuple[Attended, ...]
    leave: tuple[Leave, ...]
    works_as: str
    capacity: tuple[Capacity, ...] = ()
    """Shares of a week, the latest first; none where it was always a full one."""


def keeps(viewer: Viewer) -> Q:
    """The posts whose register this viewer keeps: the administrator all, a manager their own staff's."""
    if viewer.may(Permission.MANAGE_POSTS):
        return Q()
    own = Q(operational_manager=viewer.post_id)
    if viewer.role == TEAM_MANAGER.code:
        own |= Q(team=viewer.team_id)
    return own & ~Q(user=viewer.user_id)


def posts_kept(viewer: Viewer, at: datetime.datetime, words: str = "") -> list[Post]:
    """The posts of the front line whose register the viewer keeps, by agency, team and name."""
    found = Post.objects.held_on(day_of(at)).filter(role__in=FRONT_LINE, user__is_active=True)
    found = found.filter(keeps(viewer))
    for word in words.split():
        found = found.filter(
            Q(user__name__icontains=word) | Q(team__name__icontains=word)
            | Q(team__agency__name__icontains=word)
        )  # fmt: skip
    order = ("team__agency__name", "team__name", "user__name", "pk")
    return list(found.select_related("user", "team__agency").order_by(*order))


def lines(posts: Collection[Post], at: datetime.datetime) -> list[Line]:
    """What the register has of these posts today; four statements, however many they are."""
    day, users = day_of(at), {post.user_id for post in posts}
    held: dict[uuid.UUID, list[CompetenceCode]] = defaultdict(list)
    for each in Competence.objects.on(day).filter(holder__in=users).order_by("code"):
        held[each.holder_id].append(CompetenceCode(each.code))
    spoken: dict[uuid.UUID, list[str]] = defaultdict(list)
    for language in Language.objects.filter(holder__in=users).order_by("name"):
        spoken[language.holder_id].append(language.name)
    leave: dict[uuid.UUID, Leave] = {}
    for away in Leave.objects.filter(post__in=posts, ends_on__gt=day).order_by("-starts_on"):
        leave[away.post_id] = away
    shares = percent_on([post.pk for post in posts], day)
    return [
        Line(
            post, tuple(held[post.user_id]), tuple(spoken[post.user_id]), leave.get(post.pk),
            shares.get(post.pk, FULL),
        )
        for post in posts
    ]  # fmt: skip


def practitioner(viewer: Viewer, post_id: uuid.UUID, at: datetime.datetime) -> Practitioner:
    """One practitioner of the register, for themself and whoever keeps it; raises Post.DoesNotExist."""
    held = Post.objects.held_on(day_of(at)).select_related("user", "team__agency")
    is_self = Q(user=viewer.user_id)
    post = held.filter(is_self | keeps(viewer)).get(pk=post_id)
    kept = held.filter(keeps(viewer), pk=post_id).exists()
    own = post.user_id == viewer.user_id
    works = WorksAs.objects.filter(holder=post.user_id).first()
    return Practitioner(
        post=post,
        is_self=own,
        keeps=kept and not own,
        competences=tuple(
            Competence.objects.filter(holder=post.user_id).order_by("code", "-starts_on")
        ),
        languages=tuple(
            Language.objects.filter(holder=post.user_id)
            .order_by("name")
            .values_list("name", flat=True)
        ),
        courses=tuple(
            Attended.objects.filter(holder=post.user_id).select_related("course").order_by("-on")
        ),
        leave=tuple(Leave.objects.filter(post=post, ends_on__gt=day_of(at)).order_by("starts_on")),
        works_as=works.as_sex if works else "",
        capacity=tuple(Capacity.objects.filter(post=post).order_by("-starts_on")),
    )


def competence_kept(viewer: Viewer, competence_id: int, at: datetime.datetime) -> Competence:
    """A competence of somebody whose register the viewer keeps; raises Competence.DoesNotExist."""
    posts = Post.objects.held_on(day_of(at)).filter(keeps(viewer))
    found = Competence.objects.select_related("holder").filter(holder__in=posts.values("user"))
    return found.get(pk=competence_id)


def courses(viewer: Viewer) -> list[Course]:
    """The courses that are on offer, by name; about nobody."""
    return list(Course.objects.filter(ends_on__isnull=True).order_by("name"))


def required(found: Collection[Course]) -> list[Required]:
    """The courses as the rules read them."""
    return [
        Required(
            each.pk,
            each.name,
            frozenset(each.required_of),
            CompetenceCode(each.gives) if each.gives else None,
        )
        for each in found
    ]


def staff(viewer: Viewer, at: datetime.datetime) -> list[Staff]:
    """The staff of the front line in numbers: of all agencies for the administrator, else of the viewer's own."""
    day = day_of(at)
    posts = Post.objects.held_on(day).filter(role__in=FRONT_LINE, user__is_active=True)
    if not viewer.may(Permission.MANAGE_POSTS):
        posts = posts.filter(team__agency=viewer.agency)
    found = list(posts.select_related("team"))
    users = {post.user_id for post in found}
    held: dict[uuid.UUID, set[CompetenceCode]] = defaultdict(set)
    for holder, code in (
        Competence.objects.on(day).filter(holder__in=users).values_list("holder", "code")
    ):
        held[holder].add(CompetenceCode(code))
    done: dict[uuid.UUID, set[int]] = defaultdict(set)
    in_date = Attended.objects.filter(holder__in=users, on__lte=day)
    in_date = in_date.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    for holder, course in in_date.values_list("holder", "course"):
        done[holder].add(course)
    return [
        Staff(
            post.team.agency_id, post.role, frozenset(held[post.user_id]),
            frozenset(done[post.user_id]),
        )
        for post in found
    ]  # fmt: skip


def balance_of_managers(at: datetime.datetime) -> Balance:
    """How many front-line managers health and social care employ today (S4-14)."""
    managers = Post.objects.held_on(day_of(at)).filter(role=TEAM_MANAGER.code, user__is_active=True)
    kinds = [post.employer.kind for post in managers.select_related("team__agency", "home_agency")]
    return Balance(
        health=kinds.count(AgencyKind.HEALTH), social_care=kinds.count(AgencyKind.SOCIAL_CARE)
    )
