"""Whom a referral is about: the candidates beside what was typed, one chosen, or none, or taken back."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.forms.settling import SettleForm, TakeBackForm
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations.settling import (
    CannotSettle,
    Settled,
    settle,
    take_back,
)
from joinedup.support.frontdoor.presenters import settling as words
from joinedup.support.frontdoor.queries.settling import Whom, whom
from joinedup.support.frontdoor.views.looked_for import forget, remember

FIND = "/find/"
"""The product’s own find stands above this room: the way there is an address, the way back a banner."""


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def who(request: HttpRequest, matter_id: uuid.UUID, place: int) -> HttpResponse:
    """Who it may be, each beside what was typed; say which, or none of them, or take it back."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    back = TakeBackForm(request.POST if "reason" in request.POST else None)
    if request.method == "POST":
        said = _act(request, viewer, matter_id, place, back, at)
        if said:
            forget(request)
            messages.success(request, said)
            return redirect("referral", matter_id=matter_id)
        if not back.is_bound:
            return redirect("who", matter_id=matter_id, place=place)
    found = _whom(viewer, matter_id, place, at)
    shown = {
        "found": found,
        "name": words.typed_name(found.subject),
        "standing": words.standing(found),
        "candidates": words.candidates(found, day_of(at)),
        "before": words.before(found),
        "form": back if found.is_ours or found.is_nobody else None,
    }
    return render(request, "frontdoor/who.html", shown)


@for_posts_that_may(Permission.WORK_FRONT_DOOR)
@require_POST
def find_who(request: HttpRequest, matter_id: uuid.UUID, place: int) -> HttpResponse:
    """On to the product’s own find; whoever is found there can be attached to this referral."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = _whom(viewer, matter_id, place, at)
    remember(request, matter_id, place, found.referral.reference, found.seen)
    return redirect(FIND)


def _whom(viewer: Viewer, matter_id: uuid.UUID, place: int, at: datetime.datetime) -> Whom:
    try:
        return whom(viewer, matter_id, place, at=at)
    except Referral.DoesNotExist as why:
        raise Http404 from why


def _act(
    request: HttpRequest,
    viewer: Viewer,
    matter_id: uuid.UUID,
    place: int,
    back: TakeBackForm,
    at: datetime.datetime,
) -> str:
    """What was done, in a sentence; nothing where it was refused, which is told on the page."""
    chosen = SettleForm(request.POST)
    try:
        if back.is_bound:
            if not back.is_valid():
                return ""
            asked = back.cleaned_data
            back_again = take_back(by=viewer, matter_id=matter_id, place=place, at=at, **asked)
            return _told_back(closed_case=back_again.closed_case)
        if not chosen.is_valid():
            return ""
        asked = chosen.cleaned_data
        settled = settle(
            by=viewer, matter_id=matter_id, place=place, person_id=asked["person"],
            seen=asked["seen"], at=at,
        )  # fmt: skip
    except CannotSettle as why:
        messages.error(request, str(why))
        return ""
    return _told(settled)


def _told_back(*, closed_case: bool) -> str:
    told = "It is taken back. The referral is about nobody known here until you say who."
    if closed_case:
        told += " The case that it had opened is closed, and whoever led it is told."
    return told


def _told(settled: Settled) -> str:
    if settled.settling.person_id is None:
        return "It is kept that nobody known here fits. The referral goes on as it is."
    if settled.went_to_lead:
        return "It is settled. A case is open: the referral is offered to whoever leads it."
    if settled.opened_case:
        return "It is settled, and a case is opened with the team that has accepted it."
    return "It is settled, and the rule was run again."
