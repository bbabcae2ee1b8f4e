"""The queue of the front door: what waits, urgent first and then the oldest."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.places.queries import ELSEWHERE, postcodes_in
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.choices import EntryRoute, ReferralState
from joinedup.support.frontdoor.models import (
    Assignment,
    Opened,
    Referral,
    Route,
    SavedFilter,
    Subject,
    Triage,
)
from joinedup.support.frontdoor.rules.queue import OPEN_FOR

OPEN_STATES = [state for state in ReferralState if state.is_open]
WAITING_STATES = [ReferralState.SUBMITTED, ReferralState.WITH_FRONT_DOOR, ReferralState.OFFERED]


@dataclass(frozen=True)
class Narrowed:
    """What the queue is narrowed to; empty is no narrowing."""

    q: str = ""
    whose: str = ""
    """mine, nobody, or empty for everybody’s."""
    state: str = ""
    entry: str = ""
    route: str = ""
    urgent: bool = False
    where: str = ""
    """A part of the place, one of places.parts_to_choose."""


@dataclass(frozen=True)
class Waiting:
    """One line of the queue."""

    matter_id: uuid.UUID
    reference: str
    name: str
    urgent: bool
    state: ReferralState
    entry: EntryRoute
    submitted_at: datetime.datetime
    route: str
    assigned_to: str
    assigned_to_me: bool
    open_with: str


def queue(viewer: Viewer, narrowed: Narrowed, *, as_at: datetime.date) -> QuerySet[Referral]:
    """The referrals that wait, urgent first and then the oldest; raises NotPermitted.

    In a part of the place is a referral for somebody who was said to live there, by the lines of that day (S0-1).
    """
    viewer.must(Permission.WORK_FRONT_DOOR)
    found = Referral.objects.filter(
        state__in=[narrowed.state] if narrowed.state else WAITING_STATES
    )
    if narrowed.entry:
        found = found.filter(entry=narrowed.entry)
    if narrowed.urgent:
        found = found.filter(is_urgent=True)
    if narrowed.route:
        latest = Triage.objects.filter(matter=OuterRef("pk"), route__code=narrowed.route)
        found = found.filter(Exists(latest))
    if narrowed.where:
        lives = Subject.objects.filter(
            matter=OuterRef("pk"), postcode__in=postcodes_in(narrowed.where, as_at)
        )
        found = found.filter(~Exists(lives) if narrowed.where == ELSEWHERE else Exists(lives))
    now_with = Assignment.objects.filter(matter=OuterRef("pk"), ends_at__isnull=True)
    if narrowed.whose == "mine":
        found = found.filter(Exists(now_with.filter(post=viewer.post_id)))
    elif narrowed.whose == "nobody":
        found = found.filter(~Exists(now_with))
    return _called(found, narrowed.q).order_by("-is_urgent", "submitted_at", "pk")


def _called(found: QuerySet[Referral], text: str) -> QuerySet[Referral]:
    """Those of which every word is in the reference or in the name of somebody they are for."""
    for word in text.split()[:6]:
        named = Subject.objects.filter(matter=OuterRef("pk")).filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word)
        )
        found = found.filter(Q(reference__iexact=word) | Exists(named))
    return found


def lines(viewer: Viewer, page: Iterable[Referral], *, at: datetime.datetime) -> list[Waiting]:
    """The lines of one page of the queue, each told in whole, in four statements."""
    referrals = list(page)
    ids = [each.pk for each in referrals]
    told_of(matters=ids)
    names = {
        each.matter_id: f"{each.given_name} {each.family_name}".strip()
        for each in Subject.objects.filter(matter__in=ids, place=1)
    }
    assigned = {
        each.matter_id: each.post
        for each in Assignment.objects.filter(matter__in=ids, ends_at__isnull=True).select_related(
            "post__user"
        )
    }
    opened = {
        each.matter_id: each.post.user.name
        for each in Opened.objects.filter(matter__in=ids, seen_at__gt=at - OPEN_FOR)
        .exclude(post=viewer.post_id)
        .select_related("post__user")
    }
    routes = {
        each.matter_id: each.route.name if each.route else ""
        for each in Triage.objects.filter(matter__in=ids).select_related("route").order_by("at")
    }
    return [
        Waiting(
            matter_id=each.pk,
            reference=each.reference,
            name=names.get(each.pk, ""),
            urgent=each.is_urgent,
            state=ReferralState(each.state),
            entry=EntryRoute(each.entry),
            submitted_at=each.submitted_at,
            route=routes.get(each.pk, ""),
            assigned_to=assigned[each.pk].user.name if each.pk in assigned else "",
            assigned_to_me=each.pk in assigned and assigned[each.pk].pk == viewer.post_id,
            open_with=opened.get(each.pk, ""),
        )
        for each in referrals
    ]


def routes_to_choose(at: datetime.date) -> list[tuple[str, str]]:
    """The routes there are, to narrow the queue by."""
    there = Route.objects.filter(starts_on__lte=at).order_by("name")
    return [(each.code, each.name) for each in there]


def kept_filters(viewer: Viewer) -> list[SavedFilter]:
    """The viewer’s own ways of looking at the queue."""
    return list(SavedFilter.objects.filter(post=viewer.post_id).order_by("title"))


def assigned_to_me(viewer: Viewer) -> QuerySet[Referral]:
    """The referrals that this post works at and that still wait, urgent first."""
    mine = Assignment.objects.filter(
        matter=OuterRef("pk"), ends_at__isnull=True, post=viewer.post_id
    )
    found = Referral.objects.filter(Exists(mine), state__in=WAITING_STATES)
    return found.order_by("-is_urgent", "submitted_at", "pk")
