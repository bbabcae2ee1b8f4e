"""A decision that an agency must approve: read by its managers, approved or refused (S0-30)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import looking
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.forms.approving import ApprovalForm
from joinedup.support.panels.models import DecisionApproval
from joinedup.support.panels.operations.approving import CannotApprove, answer_approval
from joinedup.support.panels.presenters import approving as words
from joinedup.support.panels.queries.approving import ApprovalShown, approval_shown
from joinedup.support.panels.views.frame import for_panels


@for_panels
@require_http_methods(["GET", "POST"])
def approval(request: HttpRequest, approval_id: uuid.UUID) -> HttpResponse:
    """One decision that waits for the viewer's agency; its manager approves or refuses it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    shown = _shown(request, approval_id)
    form = ApprovalForm(request.POST or None)
    if form.is_valid():
        said = form.said()
        try:
            answer_approval(by=viewer, approval_id=approval_id, at=clock.now(), **said)
        except (CannotApprove, NoPart) as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request,
                "It is approved for your agency."
                if said["approves"]
                else "It is refused. The chair is told why.",
            )
            return redirect("panels")
    context = {"shown": shown, "facts": words.facts(shown), "form": form}
    return render(request, "panels/approval.html", context)


def _shown(request: HttpRequest, approval_id: uuid.UUID) -> ApprovalShown:
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with looking(
            viewer, at=clock.now(), subject_kind="decision_approval", subject_id=str(approval_id)
        ):
            shown = approval_shown(viewer, approval_id)
    except DecisionApproval.DoesNotExist:
        raise Http404 from None
    return shown
