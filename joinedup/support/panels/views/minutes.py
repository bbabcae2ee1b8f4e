"""The end of a meeting and its minutes: draft, corrections, approval, the copy of one's own agency (P29)."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Cell
from joinedup.foundations.meetings.choices import MeetingState
from joinedup.foundations.meetings.models import Meeting
from joinedup.identity.sharing.access import looking
from joinedup.support.panels.forms.minutes import CorrectionAnswerForm, CorrectionForm
from joinedup.support.panels.models import MinutesCorrection, PanelItem
from joinedup.support.panels.operations import ending
from joinedup.support.panels.operations import minutes as operations
from joinedup.support.panels.operations.minutes_copies import CannotCopy, copy_minutes
from joinedup.support.panels.presenters import minutes as words
from joinedup.support.panels.queries import minutes as queries
from joinedup.support.panels.queries.left_over import left_at
from joinedup.support.panels.queries.meeting_actions import of_meeting
from joinedup.support.panels.rules.minutes import why_not_approved, why_not_corrected
from joinedup.support.panels.views.frame import for_panels, frame_or_404, page_of


def _sitting_or_404(request: HttpRequest, meeting_id: uuid.UUID) -> queries.Sitting:
    try:
        return queries.sitting_of(request.viewer, meeting_id, at=clock.now())  # type: ignore[attr-defined]
    except Meeting.DoesNotExist:
        raise Http404 from None


@for_panels
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Ends a meeting, after saying what that does."""
    sitting = _sitting_or_404(request, meeting_id)
    if not sitting.keeps:
        raise Http404
    if request.method == "POST":
        try:
            ending.end_meeting(by=request.viewer, meeting_id=meeting_id, at=clock.now())  # type: ignore[attr-defined]
        except ending.CannotEnd as why:
            messages.error(request, str(why))
        else:
            messages.success(
                request, "The meeting is ended. Its actions are out, its minutes are a draft."
            )
            return redirect("meeting-minutes", meeting_id)
    shown = {"sitting": sitting, "can": sitting.meeting.state == MeetingState.OPEN}
    return render(request, "panels/end.html", shown)


@for_panels
@require_safe
def minutes(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """The minutes as the viewer may read them: a draft through the wall, approved ones as they stand."""
    sitting = _sitting_or_404(request, meeting_id)
    if sitting.minutes is None:
        raise Http404
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    drafted = queries.drafted(viewer, sitting)
    with looking(viewer, at=at, subject_kind="minutes", subject_id=str(meeting_id)):
        items = _items(request, sitting)
        actions = of_meeting(viewer, meeting_id, at=at)
    head = words.head(sitting, queries.general_items(meeting_id), actions)
    today = day_of(at)
    shown: dict[str, Any] = {
        "sitting": sitting, "head": head, "items": items, "attendance": words.attendance(head),
        "may_correct": not why_not_corrected(drafted, today),
        "may_approve": sitting.chairs and not why_not_approved(drafted, today),
        "not_yet": why_not_approved(drafted, today) if sitting.chairs and sitting.is_draft else "",
        "volumes": sorted({each["volume"] for each in items}) or [1],
        "copies": queries.copies_of(viewer, meeting_id) if sitting.keeps else [],
        "has_copy": any(seat.agency_id == viewer.agency for seat in sitting.seats),
    }  # fmt: skip
    return render(request, "panels/minutes.html", shown)


def _items(request: HttpRequest, sitting: queries.Sitting) -> list[dict[str, Any]]:
    """The items in words, each with its key and its volume: kept apart on the page as in the file (P28)."""
    viewer = request.viewer  # type: ignore[attr-defined]
    if not sitting.is_draft:
        pages = queries.pages_of(viewer, sitting.meeting.pk)
        return [{**page.said, "key": page.item_id, "volume": page.volume} for page in pages]
    found = queries.items_minuted(viewer, sitting.meeting.pk)
    drawn = {each.item.pk: words.said(each) for each in found}
    for left in left_at(viewer, sitting.meeting.pk):
        drawn.setdefault(left.item_id, words.said_left(left))
    of = queries.volume_of(sorted(drawn, key=lambda item: drawn[item]["place"]))
    items = [{**each, "key": item, "volume": of[item]} for item, each in drawn.items()]
    return sorted(items, key=lambda each: (each["volume"], each["place"]))


@for_panels
@require_POST
def approve(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Approves the minutes: each agency's version stands from now on."""
    _sitting_or_404(request, meeting_id)
    try:
        operations.approve_minutes(by=request.viewer, meeting_id=meeting_id, at=clock.now())  # type: ignore[attr-defined]
    except operations.CannotApprove as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "The minutes are approved. Each agency has its own version.")
    return redirect("meeting-minutes", meeting_id)


@for_panels
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, meeting_id: uuid.UUID, item_id: uuid.UUID) -> HttpResponse:
    """Asks for a correction of what the minutes say of an item."""
    sitting = _sitting_or_404(request, meeting_id)
    found = [each for each in _items(request, sitting) if each["key"] == item_id]
    if not found or not sitting.is_draft:
        raise Http404
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            operations.ask_to_correct(
                by=request.viewer, meeting_id=meeting_id, item_id=item_id,  # type: ignore[attr-defined]
                words=form.cleaned_data["words"], at=clock.now(),
            )  # fmt: skip
        except PanelItem.DoesNotExist:
            raise Http404 from None
        except operations.CannotCorrect as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The chair is asked. You are told what they answer.")
            return redirect("meeting-minutes", meeting_id)
    shown = {"form": form, "sitting": sitting, "item": found[0]}
    return render(request, "panels/correct.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Answers a correction: the chair takes it, or says why not."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.one_correction(viewer, correction_id)
    except MinutesCorrection.DoesNotExist:
        raise Http404 from None
    sitting = _sitting_or_404(request, found.minutes_id)
    if not sitting.chairs:
        raise Http404
    form = CorrectionAnswerForm(request.POST or None)
    if form.is_valid():
        try:
            operations.answer_correction(
                by=viewer, correction_id=correction_id, at=at,
                is_taken=form.cleaned_data["is_taken"] == "yes",
                answer=form.cleaned_data["answer"],
            )  # fmt: skip
        except operations.CannotCorrect as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "Your answer stands beside the item.")
            return redirect("meeting-minutes", found.minutes_id)
    shown = {"form": form, "sitting": sitting, "found": found}
    return render(request, "panels/correction.html", shown)


@for_panels
@require_POST
def copy(request: HttpRequest, meeting_id: uuid.UUID, form: str, volume: int) -> HttpResponse:
    """The copy of the viewer's own agency, as a file; that it left is written down."""
    _sitting_or_404(request, meeting_id)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        made = copy_minutes(by=viewer, meeting_id=meeting_id, form=form, volume=volume, at=at)
    except CannotCopy as why:
        messages.error(request, str(why))
        return redirect("meeting-minutes", meeting_id)
    response = HttpResponse(made.content, content_type=made.kind)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "no-store"
    return response


@for_panels
@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The minutes of a panel by number."""
    frame = frame_or_404(request, code)
    found = queries.minutes_of_panel(request.viewer, frame.panel)  # type: ignore[attr-defined]
    shown = words.register(
        found,
        lambda each: Cell(each.number, href=reverse("meeting-minutes", args=[each.meeting_id])),
    )
    return page_of(request, frame, "panels/minutes_register.html", {"table": shown})
