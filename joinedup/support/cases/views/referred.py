"""What a team is asked from somebody's plan: read, taken on or sent back, and what became of it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.support.cases.forms.plan import ResultForm
from joinedup.support.cases.forms.referred import BackForm
from joinedup.support.cases.models import ReferredOut
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.referring_out import answer_referral
from joinedup.support.cases.queries.referred import Referred, referred_for
from joinedup.support.handovers.operations import (
    CannotAccept,
    CannotGiveBack,
    NoPart,
    accept,
    give_back,
)

_REFUSALS = (CannotAccept, CannotGiveBack, CannotPlan, NoPart)
for_those_who_take_on = for_posts_that_may(Permission.TAKE_HANDOVERS)


@for_those_who_take_on
@require_http_methods(["GET", "POST"])
def referred(request: HttpRequest, referred_id: uuid.UUID) -> HttpResponse:
    """What was asked; whoever took it on says here what became of it."""
    found = _found_or_404(request, referred_id)
    form = ResultForm(request.POST or None)
    if form.is_valid():
        try:
            answer_referral(
                by=request.viewer,  # type: ignore[attr-defined]
                referred_id=referred_id,
                words=form.cleaned_data["words"],
                at=clock.now(),
            )
        except _REFUSALS as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Whoever asked reads what became of it.")
            return redirect("referred", referred_id)
    return render(
        request, "cases/referred.html", {"found": found, "form": form, "back_form": BackForm()}
    )


@for_those_who_take_on
@require_POST
def take(request: HttpRequest, referred_id: uuid.UUID) -> HttpResponse:
    """Takes it on."""
    found = _found_or_404(request, referred_id)
    try:
        accept(
            by=request.viewer,  # type: ignore[attr-defined]
            handover_id=found.row.handover_id,
            at=clock.now(),
            post_id=request.viewer.post_id,  # type: ignore[attr-defined]
        )
    except _REFUSALS as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, "You have taken it on, and whoever asked is told.")
    return redirect("referred", referred_id)


@for_those_who_take_on
@require_POST
def send_back(request: HttpRequest, referred_id: uuid.UUID) -> HttpResponse:
    """Sends it back with a reason."""
    found = _found_or_404(request, referred_id)
    form = BackForm(request.POST)
    if not form.is_valid():
        return render(
            request,
            "cases/referred.html",
            {"found": found, "form": ResultForm(), "back_form": form},
        )
    try:
        give_back(
            by=request.viewer,  # type: ignore[attr-defined]
            handover_id=found.row.handover_id,
            reason=form.reason,
            words=form.cleaned_data["words"],
            at=clock.now(),
        )
    except _REFUSALS as why:
        messages.warning(request, str(why))
        return redirect("referred", referred_id)
    messages.success(request, "It is sent back, and whoever asked is told why.")
    return redirect("handovers")


def _found_or_404(request: HttpRequest, referred_id: uuid.UUID) -> Referred:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(
            viewer, at=at, subject_kind="referred out", subject_id=str(referred_id)
        ) as about:
            found = referred_for(viewer, referred_id)
            about["person_id"] = found.row.person_id
    except ReferredOut.DoesNotExist:
        raise Http404 from None
    return found
