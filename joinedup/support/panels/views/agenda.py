"""The meetings of a panel, and the agenda of one: built in one press, put in order, printed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.meetings.models import AgendaItem
from joinedup.identity.sharing.access import NotPermitted, looking
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations import agenda as operations
from joinedup.support.panels.operations.checks import CannotAsk
from joinedup.support.panels.presenters import room as words
from joinedup.support.panels.queries.meetings import meetings_of
from joinedup.support.panels.queries.queue import queue_of
from joinedup.support.panels.queries.room import room_of
from joinedup.support.panels.views.frame import for_coordinators, for_panels, frame_or_404, page_of
from joinedup.support.panels.views.room import room_or_404


@for_panels
@require_safe
def agenda(request: HttpRequest, code: str) -> HttpResponse:
    """The meetings of the panel: the next with its agenda, and those that were."""
    frame = frame_or_404(request, code)
    found = meetings_of(request.viewer, frame.panel, frame.at)  # type: ignore[attr-defined]
    return page_of(request, frame, "panels/meetings.html", {"found": found})


@for_panels
@require_POST
def build(request: HttpRequest, code: str) -> HttpResponse:
    """Builds the next meeting's agenda, or adds to it what has come since."""
    frame = frame_or_404(request, code, to_keep=True)
    try:
        made = operations.build_agenda(
            by=request.viewer,  # type: ignore[attr-defined]
            panel_id=frame.panel.pk,
            at=frame.at,
        )
    except (operations.CannotBuild, CannotAsk) as why:
        messages.warning(request, str(why))
        return redirect("panel-queue", code)
    messages.success(request, "The agenda is out, and agencies are asked for their checks.")
    return redirect("meeting-agenda", made.pk)


@for_panels
@require_safe
def one(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """The agenda of one meeting as the viewer may read it, to change and to print."""
    found, at = room_or_404(request, meeting_id), clock.now()
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="meeting", subject_id=str(meeting_id)):
        shown = room_of(viewer, found, at)
        waits = queue_of(viewer, found.panel, at) if found.runs else []
    context = {
        "meeting": found.meeting, "panel": found.panel, "room": found,
        "lines": words.lines(shown), "seats": words.seats(shown, viewer.post_id),
        "changes": found.runs and found.meeting.state in {"planned", "open"},
        "waits": [(each.item, words.listed(each.names)) for each in waits if not each.why_not],
    }  # fmt: skip
    return render(request, "panels/agenda.html", context)


@for_coordinators
@require_POST
def change(request: HttpRequest, meeting_id: uuid.UUID, what: str) -> HttpResponse:
    """Moves an item up or down, takes one off, or adds one that waits."""
    found, at = room_or_404(request, meeting_id), clock.now()
    by, said = request.viewer, request.POST.get("what", "")  # type: ignore[attr-defined]
    try:
        if what == "add":
            operations.add_item(by=by, meeting_id=found.meeting.pk, item_id=uuid.UUID(said), at=at)
        else:
            line = found.meeting.items.get(pk=int(said))
            if what == "off":
                operations.take_off(by=by, agenda_id=line.pk, at=at)
            elif what in {"up", "down"}:
                by_places = -1 if what == "up" else 1
                operations.move_item(by=by, agenda_id=line.pk, by_places=by_places, at=at)
            else:
                raise Http404
    except (ValueError, AgendaItem.DoesNotExist, PanelItem.DoesNotExist):
        raise Http404 from None
    except (operations.CannotBuild, NotPermitted, CannotAsk) as why:
        messages.warning(request, str(why))
    return redirect("meeting-agenda", meeting_id)
