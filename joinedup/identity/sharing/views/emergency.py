"""Pages of emergency access: open it, read it, review it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.accounts.views.proving import recently_proved
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.choices import EmergencyOutcome, EmergencyReason
from joinedup.identity.sharing.forms.emergency import EmergencyForm, OutcomeForm
from joinedup.identity.sharing.models import EmergencyAccess
from joinedup.identity.sharing.operations.emergency import (
    LASTS,
    CannotOpenEmergencyAccess,
    CannotReviewEmergencyAccess,
    open_emergency_access,
    review_emergency_access,
)
from joinedup.identity.sharing.presenters import emergency as presenters
from joinedup.identity.sharing.queries.emergency import accesses, one_access


@for_posts_that_may(Permission.EMERGENCY_ACCESS)
@require_http_methods(["GET", "POST"])
@recently_proved
def open_access(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Asks why, then opens the person to this one post for some hours."""
    form = EmergencyForm(request.POST or None)
    if form.is_valid():
        try:
            open_emergency_access(
                by=request.viewer,  # type: ignore[attr-defined]
                person_id=person_id,
                reason=EmergencyReason(form.cleaned_data["reason"]),
                words=form.cleaned_data["words"],
                at=clock.now(),
            )
        except CannotOpenEmergencyAccess as why:
            form.add_error("words", str(why))
        else:
            messages.success(
                request,
                "Emergency access is open for four hours. Each agency that holds something has "
                "been told, and somebody will review it.",
            )
            return redirect("../")
    shown = {"form": form, "person_id": person_id, "hours": int(LASTS.total_seconds() // 3600)}
    return render(request, "sharing/emergency_open.html", shown)


@for_posts_that_may(Permission.REVIEW_EMERGENCY)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for review, oldest first, and what was found before."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    return render(
        request,
        "sharing/emergency_queue.html",
        {
            "waiting": presenters.waiting(accesses(viewer, at=at, waiting=True), at),
            "reviewed": presenters.reviewed(accesses(viewer, at=at, waiting=False)),
        },
    )


@for_posts_that_may(
    Permission.REVIEW_EMERGENCY, Permission.RELEASE_RESTRICTED, Permission.EMERGENCY_ACCESS
)
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, access_id: uuid.UUID) -> HttpResponse:
    """One emergency access; whoever may review it says what they found."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = one_access(viewer, access_id, at=at)
    except EmergencyAccess.DoesNotExist as gone:
        raise Http404 from gone
    may_review = viewer.may(Permission.REVIEW_EMERGENCY) and not found.mine and not found.outcome
    form = OutcomeForm(request.POST or None) if may_review else None
    if form is not None and form.is_valid():
        try:
            review_emergency_access(
                by=viewer,
                access_id=access_id,
                outcome=EmergencyOutcome(form.cleaned_data["outcome"]),
                words=form.cleaned_data["words"],
                at=at,
            )
        except CannotReviewEmergencyAccess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The outcome is on record.")
            return redirect("emergency-queue")
    shown = {"access": found, "facts": presenters.facts(found), "form": form}
    return render(request, "sharing/emergency_review.html", shown)
