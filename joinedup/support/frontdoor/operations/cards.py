"""Venues and the cards they hand out: a code tags a self-referral and opens nothing (P18)."""

import datetime
import secrets

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.models import Venue, VenueCard
from joinedup.support.frontdoor.rules.identity_typed import line

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LONG = 8


class CannotHandOutCards(Exception):
    """Why a venue gets no card, fit for the page."""


def add_venue(*, by: Viewer, agency_code: str, name: str, at: datetime.datetime) -> Venue:
    """Let a pub, a bookmaker or the like hand out cards; raises CannotHandOutCards, NotPermitted."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    named = line(name)
    if not named or len(named) > 200:
        raise CannotHandOutCards("Enter the name of the venue, in 200 letters or fewer.")
    agency = Agency.objects.filter(code=agency_code).first()
    if agency is None or not AgencyKind(agency.kind).only_refers:
        raise CannotHandOutCards("Choose a partner that refers only, such as a pub.")
    with transaction.atomic():
        if Venue.objects.filter(agency=agency, name=named, ends_on__isnull=True).exists():
            raise CannotHandOutCards("This venue is there already.")
        venue = Venue.objects.create(agency=agency, name=named, starts_on=day_of(at))
        _leave_a_line(by, "added a venue", venue.pk, at)
        issue_card(by=by, venue_id=venue.pk, at=at)
    return venue


def issue_card(*, by: Viewer, venue_id: int, at: datetime.datetime) -> VenueCard:
    """Give a venue a new code; the one before stops on that day. Raises CannotHandOutCards."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    with transaction.atomic():
        venue = Venue.objects.select_for_update().filter(pk=venue_id, ends_on__isnull=True).first()
        if venue is None:
            raise CannotHandOutCards("This venue no longer hands out cards.")
        VenueCard.objects.filter(venue=venue, ends_on__isnull=True).update(ends_on=day_of(at))
        code = "".join(secrets.choice(_LETTERS) for _ in range(_LONG))
        card = VenueCard.objects.create(venue=venue, code=code, starts_on=day_of(at))
        _leave_a_line(by, "issued a card", venue.pk, at)
    return card


def end_venue(*, by: Viewer, venue_id: int, at: datetime.datetime) -> None:
    """Let a venue hand out no more cards; those in people's pockets say so. Raises NotPermitted."""
    by.must(Permission.MANAGE_FRONT_DOOR)
    with transaction.atomic():
        ended = Venue.objects.filter(pk=venue_id, ends_on__isnull=True).update(ends_on=day_of(at))
        VenueCard.objects.filter(venue=venue_id, ends_on__isnull=True).update(ends_on=day_of(at))
        if ended:
            _leave_a_line(by, "ended a venue", venue_id, at)


def card_in_use(code: str, day: datetime.date) -> VenueCard | None:
    """The card of that code, where it is handed out on that day."""
    standing = VenueCard.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    return standing.filter(code=code.upper(), starts_on__lte=day).first()


def _leave_a_line(by: Viewer, act: str, venue_id: int, at: datetime.datetime) -> None:
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind="venue", subject_id=str(venue_id),
        purpose=by.purpose, agency=by.agency, role=by.role,
    )  # fmt: skip
