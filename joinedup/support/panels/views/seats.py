"""Seats of agencies on a panel: asked for by the coordinator, filled by the agency's own manager (S2-32)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted
from joinedup.support.panels.forms.panel import AskForMemberForm, NominateMemberForm
from joinedup.support.panels.models import PanelSeat
from joinedup.support.panels.operations.panel_members import CannotSeat
from joinedup.support.panels.operations.seats import ask_for_member, give_up_seat, nominate_member
from joinedup.support.panels.presenters import panel as presenters
from joinedup.support.panels.queries import seats as queries
from joinedup.support.panels.views.frame import (
    for_coordinators,
    for_panels,
    frame_or_404,
    page_of,
)


@for_coordinators
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """Asks an agency for a member, or for one no longer."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = frame_or_404(request, code)
    found = queries.seats_of(frame.panel, frame.today)
    gives_up = request.POST.get("give_up", "")
    sent = request.POST if request.POST and not gives_up else None
    form = AskForMemberForm(queries.agencies_to_ask(viewer), sent)
    try:
        if gives_up in {str(each.seat.pk) for each in found}:
            give_up_seat(by=viewer, seat_id=int(gives_up), at=frame.at)
            messages.success(request, "Nobody is asked for there any more.")
            return redirect("panel-members", code=code)
        if form.is_valid():
            ask_for_member(by=viewer, panel_id=frame.panel.pk, at=frame.at, **form.said())
            messages.success(request, "They are asked. Until they nominate somebody it is vacant.")
            return redirect("panel-members", code=code)
    except CannotSeat as why:
        form.add_error(None, str(why)) if form.is_bound else messages.warning(request, str(why))
    shown = {"form": form, "seats": found}
    return page_of(request, frame, "panels/seats.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def nominate(request: HttpRequest, seat_id: int) -> HttpResponse:
    """A manager of the agency says who sits there."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    try:
        seat = queries.seat_to_fill(viewer, seat_id, today)
    except PanelSeat.DoesNotExist:
        raise Http404 from None
    form = NominateMemberForm(queries.can_be_nominated(viewer, seat, today), request.POST or None)
    if form.is_valid():
        try:
            nominate_member(
                by=viewer, seat_id=seat_id, post_id=uuid.UUID(form.cleaned_data["post"]), at=at
            )
        except (CannotSeat, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "They sit on the panel from today.")
            return redirect("panels")
    shown = {
        "form": form, "seat": seat, "meets": presenters.meets(seat.panel),
    }  # fmt: skip
    return render(request, "panels/nominate_member.html", shown)
