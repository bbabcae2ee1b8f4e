"""Venues that hand out cards, and how many came by each; never so few that somebody shows (P18, P44)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.pipeline import disclosure
from joinedup.support.frontdoor.choices import ReferralState
from joinedup.support.frontdoor.models import Referral, Venue, VenueCard

COUNTING = Viewer.system("counting what came by the cards of a venue")
A_YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class VenueShown:
    """A venue, its card, and what a year of its cards brought, as far as it may be told."""

    venue: Venue
    code: str
    came: str
    helped: str


def venues_of(viewer: Viewer, at: datetime.datetime) -> list[VenueShown]:
    """The venues of the viewer's own agency, or all of them for who manages the front door."""
    manages = viewer.may(Permission.MANAGE_FRONT_DOOR)
    found = Venue.objects.select_related("agency").filter(ends_on__isnull=True)
    if not manages:
        viewer.must(Permission.REFER)
        found = found.filter(agency=viewer.agency)
    venues = list(found.order_by("name", "pk"))
    codes = _codes(venues)
    counts = _counts(venues, at)
    return [
        VenueShown(venue, codes.get(venue.pk, ""), *counts.get(venue.pk, _said(0, 0)))
        for venue in venues
    ]


def venue_to_print(viewer: Viewer, venue_id: int) -> tuple[Venue, VenueCard]:
    """A venue of one's own with its card; raises Venue.DoesNotExist, VenueCard.DoesNotExist."""
    found = Venue.objects.select_related("agency").filter(ends_on__isnull=True)
    if not viewer.may(Permission.MANAGE_FRONT_DOOR):
        found = found.filter(agency=viewer.agency)
    venue = found.get(pk=venue_id)
    return venue, VenueCard.objects.get(venue=venue, ends_on__isnull=True)


def partners() -> list[Agency]:
    """The agencies that may have venues: those that refer only."""
    kinds = [kind.value for kind in AgencyKind if kind.only_refers]
    return list(Agency.objects.filter(kind__in=kinds).order_by("name"))


def _codes(venues: Iterable[Venue]) -> dict[int, str]:
    cards = VenueCard.objects.filter(venue__in=venues, ends_on__isnull=True)
    return dict(cards.values_list("venue", "code"))


def _counts(venues: Iterable[Venue], at: datetime.datetime) -> dict[int, tuple[str, str]]:
    helped = Q(state__in=[ReferralState.ACCEPTED, ReferralState.SIGNPOSTED, ReferralState.CLOSED])
    with acting(COUNTING):
        rows = list(
            Referral.objects.filter(venue__in=venues, submitted_at__gt=at - A_YEAR)
            .values_list("venue")
            .annotate(came=Count("pk"), helped=Count("pk", filter=helped))
        )
    return {venue: _said(came, answered) for venue, came, answered in rows}


def _said(came: int, helped: int) -> tuple[str, str]:
    """Both numbers, or neither: what is left of the one beside the other would show somebody."""
    parts = disclosure.breakdown({"helped": helped, "waiting": came - helped})
    return disclosure.words(disclosure.shown(came)), disclosure.words(parts["helped"])
