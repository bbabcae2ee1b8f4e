"""Venues and their cards: what a year of them brought, in numbers that show nobody (P18)."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.forms.venues import VenueForm
from joinedup.support.frontdoor.models import Venue, VenueCard
from joinedup.support.frontdoor.operations.cards import (
    CannotHandOutCards,
    add_venue,
    end_venue,
    issue_card,
)
from joinedup.support.frontdoor.queries.venues import partners, venue_to_print, venues_of


@for_posts_that_may(Permission.REFER, Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def venues(request: HttpRequest) -> HttpResponse:
    """A partner's own venues and what came by their cards; all of them for who manages the front door."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    manages = viewer.may(Permission.MANAGE_FRONT_DOOR)
    form = VenueForm(partners(), request.POST if request.POST.get("do") == "add" else None)
    if request.method == "POST":
        viewer.must(Permission.MANAGE_FRONT_DOOR)
        if _done(request, viewer, form):
            return redirect("venues")
    shown = venues_of(viewer, clock.now())
    return render(
        request,
        "frontdoor/venues.html",
        {"venues": shown, "manages": manages, "form": form if manages else None},
    )


def _done(request: HttpRequest, viewer: Viewer, form: forms.Form) -> bool:
    do, _, key = request.POST.get("do", "").partition(":")
    now = clock.now()
    try:
        if do == "add":
            if not form.is_valid():
                return False
            add_venue(by=viewer, at=now, **form.cleaned_data)
            messages.success(request, "The venue is added, with a card of its own.")
        elif do == "card" and key.isdecimal():
            issue_card(by=viewer, venue_id=int(key), at=now)
            messages.success(request, "The venue has a new card. The one before has stopped.")
        elif do == "end" and key.isdecimal():
            end_venue(by=viewer, venue_id=int(key), at=now)
            messages.success(request, "The venue hands out no more cards.")
    except CannotHandOutCards as why:
        if do != "add":
            messages.error(request, str(why))
            return True
        form.add_error(None, str(why))
        return False
    return True


@for_posts_that_may(Permission.REFER, Permission.MANAGE_FRONT_DOOR)
@require_safe
def card_to_print(request: HttpRequest, venue_id: int) -> HttpResponse:
    """A sheet of cards to print and cut; nothing on them says what they are for."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        venue, card = venue_to_print(viewer, venue_id)
    except (Venue.DoesNotExist, VenueCard.DoesNotExist) as hidden:
        raise Http404 from hidden
    address = request.build_absolute_uri(reverse("card", args=[card.code]))
    shown = {"venue": venue, "code": card.code, "address": address, "cards": range(8)}
    return render(request, "frontdoor/venue_card.html", shown)
