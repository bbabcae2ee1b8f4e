"""Actions of meetings: those of a panel, and one, whose owner says what became of it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.foundations.meetings.choices import ActionState
from joinedup.foundations.meetings.models import Action
from joinedup.identity.sharing.access import looking
from joinedup.support.panels.forms.minutes import BecameForm
from joinedup.support.panels.operations.meeting_actions import CannotSettleAction, settle_action
from joinedup.support.panels.presenters import meeting_actions as words
from joinedup.support.panels.queries import meeting_actions as queries
from joinedup.support.panels.views.frame import for_panels, frame_or_404, page_of


@for_panels
@require_safe
def actions(request: HttpRequest, code: str) -> HttpResponse:
    """What a panel's meetings gave whom to do, the longest late at the top."""
    frame = frame_or_404(request, code)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="actions of a panel"):
        found = queries.of_panel(viewer, frame.panel.pk, at=frame.at)
    shown = {"open": words.open_ones(found), "settled": words.settled_ones(found)}
    return page_of(request, frame, "panels/meeting_actions.html", shown)


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, action_id: uuid.UUID) -> HttpResponse:
    """One action: its owner says what became of it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="action of a meeting", subject_id=str(action_id)):
            found = queries.one_action(viewer, action_id, at=at)
    except Action.DoesNotExist:
        raise Http404 from None
    form = BecameForm(request.POST or None)
    if form.is_valid():
        try:
            settle_action(
                by=viewer, action_id=action_id, state=ActionState(form.cleaned_data["state"]),
                became=form.cleaned_data["became"], at=at,
            )  # fmt: skip
        except CannotSettleAction as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "What became of it is kept.")
            return redirect("meeting-action", action_id)
    code = queries.panel_of(viewer, found.action, at=at)
    shown = {"form": form, "found": found, "about": words.about(found), "code": code}
    return render(request, "panels/action.html", shown)
