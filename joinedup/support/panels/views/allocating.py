"""An allocation: read by the panel and the agency it asks; accepted with a name, passed on, sent back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import looking
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.forms.allocating import LeadForm, PassForm, ReturnForm
from joinedup.support.panels.models import Allocation
from joinedup.support.panels.operations import allocating_answers as operations
from joinedup.support.panels.presenters import allocating as words
from joinedup.support.panels.queries import allocating as queries
from joinedup.support.panels.views.frame import for_panels

_TITLES = {
    "return": ("Send it back", "Send it back to the chair"),
    "pass": ("Pass it to another team", "Pass it on"),
}


@for_panels
@require_http_methods(["GET", "POST"])
def allocation(request: HttpRequest, allocation_id: uuid.UUID) -> HttpResponse:
    """One allocation; its agency's manager accepts it and names who leads."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    shown = _shown(request, allocation_id)
    found = queries.candidates(viewer, shown, at)
    proposed = shown.allocation.proposed_post_id
    first = proposed or (found[0].worker.post if found else None)
    form = LeadForm(found, request.POST or None, initial={"post": str(first)})
    if shown.answers and form.is_valid():
        try:
            operations.accept_allocation(
                by=viewer, allocation_id=allocation_id, at=at,
                lead_post_id=uuid.UUID(form.cleaned_data["post"]), words=form.cleaned_data["words"],
            )  # fmt: skip
        except (operations.CannotAnswerAllocation, NoPart) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is yours now. The chair has been told who leads.")
            return redirect("panel-allocation", allocation_id=allocation_id)
    context = {
        "shown": shown,
        "facts": words.facts(shown, at),
        "form": form if shown.answers else None,
        "can": any(not each.why_not for each in found),
        "cannot": words.cannot(found),
        "asks_again": words.asks_again(shown, viewer.post_id),
        "teams": queries.other_teams(viewer, shown, at) if shown.answers else [],
    }
    return render(request, "panels/allocation.html", context)


@for_panels
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, allocation_id: uuid.UUID, what: str) -> HttpResponse:
    """Sends it back to the chair with a reason, or passes it to another team of the agency."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    shown = _shown(request, allocation_id)
    if what not in _TITLES or not shown.answers:
        raise Http404
    data = request.POST or None
    form = (
        ReturnForm(data)
        if what == "return"
        else PassForm(queries.other_teams(viewer, shown, at), data)
    )
    if form.is_valid():
        try:
            told = _do(viewer, allocation_id, what, form.cleaned_data, at)
        except (operations.CannotAnswerAllocation, NoPart) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, told)
            return redirect("handovers")
    title, button = _TITLES[what]
    context = {
        "form": form, "shown": shown, "title": title, "button": button,
        "facts": words.facts(shown, at),
    }  # fmt: skip
    return render(request, "panels/allocation_act.html", context)


def _do(by: Any, allocation_id: uuid.UUID, what: str, said: dict[str, Any], at: Any) -> str:
    if what == "pass":
        operations.pass_to_team(
            by=by, allocation_id=allocation_id, team_id=int(said["team"]), at=at
        )
        return "It is passed on. That team answers in the same time."
    operations.return_allocation(
        by=by, allocation_id=allocation_id, reason=ReturnReason(said["reason"]),
        words=said["words"], at=at,
    )  # fmt: skip
    return "It has gone back. The chair has been told why."


def _shown(request: HttpRequest, allocation_id: uuid.UUID) -> queries.AllocationShown:
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with looking(
            viewer, at=clock.now(), subject_kind="allocation", subject_id=str(allocation_id)
        ):
            return queries.allocation_shown(viewer, allocation_id)
    except Allocation.DoesNotExist as gone:
        raise Http404 from gone
