"""The room: one screen for the chair, live for all who are there; what is pressed in it."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.meetings.choices import Attendance, InterestKind
from joinedup.foundations.meetings.models import AgendaItem, Interest, Seat
from joinedup.identity.sharing.access import NotPermitted, looking
from joinedup.support.panels.choices import Box
from joinedup.support.panels.models import Decision, ItemTextVersion, PanelItem, PanelMeeting
from joinedup.support.panels.operations import deciding, interests, room_actions
from joinedup.support.panels.operations import room as operations
from joinedup.support.panels.operations.room import CannotRun, InTheRoom, in_the_room
from joinedup.support.panels.operations.room_writing import settle_beside, write_box
from joinedup.support.panels.queries.room import room_of
from joinedup.support.panels.views.frame import for_panels
from joinedup.support.panels.views.room_shown import forms_of, page_context

_GONE = (
    PanelItem.DoesNotExist, AgendaItem.DoesNotExist, Interest.DoesNotExist, Decision.DoesNotExist,
    ItemTextVersion.DoesNotExist, Seat.DoesNotExist, ValueError,
)  # fmt: skip


def room_or_404(request: HttpRequest, meeting_id: uuid.UUID) -> InTheRoom:
    """The meeting for whoever has a seat at it or runs it; to anybody else it is not there."""
    try:
        found = in_the_room(request.viewer, meeting_id)  # type: ignore[attr-defined]
    except PanelMeeting.DoesNotExist:
        raise Http404 from None
    if not found.is_in:
        raise Http404
    return found


@for_panels
@require_safe
def room(request: HttpRequest, meeting_id: uuid.UUID, agenda_id: int | None = None) -> HttpResponse:
    """The room, at the item asked for or else at the one that is open."""
    return _page(request, meeting_id, agenda_id)


def _page(
    request: HttpRequest, meeting_id: uuid.UUID, agenda_id: int | None, **bound: Any
) -> HttpResponse:
    found, at = room_or_404(request, meeting_id), clock.now()
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(
        viewer, at=at, subject_kind="meeting", subject_id=str(meeting_id),
        detail={"page": "meeting_room"},
    ):  # fmt: skip
        shown = room_of(viewer, found, at, agenda_id=agenda_id)
        if agenda_id is not None and shown.looks_at is None:
            raise Http404
    return render(request, "panels/room.html", page_context(request, shown, at, bound))


@for_panels
@require_POST
def write(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Takes what was typed in a box; the answer has the box as it stands with what others wrote joined in."""
    room_or_404(request, meeting_id)
    said = request.POST
    try:
        written = write_box(
            by=request.viewer,  # type: ignore[attr-defined]
            item_id=uuid.UUID(said.get("item", "")), box=Box(said.get("box", "")),
            agency=said.get("agency") or None, base=_lines(said.get("base", "")),
            words=_lines(said.get("words", "")), at=clock.now(),
        )  # fmt: skip
    except _GONE:
        raise Http404 from None
    except CannotRun as why:
        if "live" in said:
            return JsonResponse({"refused": str(why)}, status=409)
        messages.warning(request, str(why))
    else:
        if "live" in said:
            return JsonResponse(
                {"words": written.words, "version": written.version, "beside": written.beside}
            )
        if written.beside:
            messages.warning(request, "Somebody changed the same words. Yours stand beside them.")
    return redirect("meeting-room", meeting_id)


def _lines(words: str) -> str:
    """A form sends its line ends in two letters, and a box holds them in one."""
    return words.replace("\r\n", "\n")


@for_panels
@require_POST
def act(request: HttpRequest, meeting_id: uuid.UUID, what: str) -> HttpResponse:
    """Does one of the things that are pressed in the room, and shows the item again."""
    found = room_or_404(request, meeting_id)
    deed = _DEEDS.get(what)
    if deed is None:
        raise Http404
    try:
        return deed(request, found)
    except _GONE:
        raise Http404 from None
    except (CannotRun, deciding.CannotDecide, NotPermitted) as why:
        messages.warning(request, str(why))
        return _back(request, found)


def _back(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    looked = request.POST.get("line", "")
    if looked.isdigit() and found.meeting.items.filter(pk=int(looked)).exists():
        return redirect("meeting-item", found.meeting.pk, int(looked))
    return redirect("meeting-room", found.meeting.pk)


def _line(request: HttpRequest, found: InTheRoom) -> int:
    return found.meeting.items.get(pk=int(request.POST.get("line", ""))).pk


def _attend(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    operations.say_attendance(
        by=request.viewer, meeting_id=found.meeting.pk,  # type: ignore[attr-defined]
        post_id=uuid.UUID(request.POST.get("post", "")),
        attendance=Attendance(request.POST.get("attendance", "")), at=clock.now(),
    )  # fmt: skip
    return _back(request, found)


def _chair(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    operations.hand_chair(
        by=request.viewer, meeting_id=found.meeting.pk,  # type: ignore[attr-defined]
        to_post_id=uuid.UUID(request.POST.get("post", "")), at=clock.now(),
    )  # fmt: skip
    return _back(request, found)


def _open(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    line = _line(request, found)
    operations.open_item(by=request.viewer, agenda_id=line, at=clock.now())  # type: ignore[attr-defined]
    return redirect("meeting-item", found.meeting.pk, line)


def _done(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    line = _line(request, found)
    operations.close_general(by=request.viewer, agenda_id=line, at=clock.now())  # type: ignore[attr-defined]
    return redirect("meeting-room", found.meeting.pk)


def _with_form(
    request: HttpRequest, found: InTheRoom, name: str, does: Callable[[Any, int], object], done: str
) -> HttpResponse:
    """Do what a form of the item says; faulty, the room is shown with the form as it was typed."""
    line = _line(request, found)
    shown = room_of(request.viewer, found, clock.now(), agenda_id=line)  # type: ignore[attr-defined]
    if shown.shown is None and name != "interest":
        raise Http404
    form = forms_of(request, shown, {name: request.POST}).get(name)
    if form is None:
        raise CannotRun("This cannot be done at this item now.")
    if form.is_valid():
        try:
            does(form, line)
        except (CannotRun, deciding.CannotDecide) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return _back(request, found)
    return _page(request, found.meeting.pk, line, **{name: form})


def _interest(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    def does(form: Any, line: int) -> None:
        interests.declare_interest(
            by=request.viewer, agenda_id=line,  # type: ignore[attr-defined]
            post_id=uuid.UUID(form.cleaned_data["post"]),
            kind=InterestKind(form.cleaned_data["interest"]), at=clock.now(),
        )  # fmt: skip

    return _with_form(request, found, "interest", does, "The interest is written down.")


def _lift(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    standing = Interest.objects.get(
        pk=int(request.POST.get("interest", "")), item__meeting=found.meeting
    )
    interests.lift_interest(
        by=request.viewer, interest_id=standing.pk,  # type: ignore[attr-defined]
        because=request.POST.get("because", ""), at=clock.now(),
    )  # fmt: skip
    return _back(request, found)


def _put_off(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    def does(form: Any, line: int) -> None:
        operations.put_off(
            by=request.viewer, agenda_id=line,  # type: ignore[attr-defined]
            because=form.cleaned_data["because"], at=clock.now(),
        )  # fmt: skip

    return _with_form(request, found, "put_off", does, "It is put off to the next meeting.")


def _decide(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    def does(form: Any, line: int) -> None:
        item = PanelItem.objects.get(agenda=line)
        reasons = item.texts.filter(box=Box.REASONS).values_list("words", flat=True).first()
        deciding.decide(
            by=request.viewer,  # type: ignore[attr-defined]
            item_id=item.pk,
            said=form.said(reasons or ""),
            at=clock.now(),
        )

    return _with_form(request, found, "decide", does, "The decision is written down.")


def _ratify(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    decision = uuid.UUID(request.POST.get("decision", ""))
    deciding.ratify(by=request.viewer, decision_id=decision, at=clock.now())  # type: ignore[attr-defined]
    return _back(request, found)


def _action(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    def does(form: Any, line: int) -> None:
        owner, words, due_on = form.said()
        room_actions.give_action(
            by=request.viewer, agenda_id=line, owner_id=owner, words=words, due_on=due_on,  # type: ignore[attr-defined]
            at=clock.now(),
        )  # fmt: skip

    return _with_form(request, found, "action", does, "The action is written down.")


def _drop(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    action = found.meeting.actions.filter(pk=uuid.UUID(request.POST.get("action", ""))).first()
    if action is None:
        raise Http404
    room_actions.drop_action(by=request.viewer, action_id=action.pk, at=clock.now())  # type: ignore[attr-defined]
    return _back(request, found)


def _beside(request: HttpRequest, found: InTheRoom) -> HttpResponse:
    settle_beside(
        by=request.viewer, version_id=int(request.POST.get("version", "")),  # type: ignore[attr-defined]
        put_in="put_in" in request.POST, at=clock.now(),
    )  # fmt: skip
    return _back(request, found)


_DEEDS: dict[str, Callable[[HttpRequest, InTheRoom], HttpResponse]] = {
    "attendance": _attend,
    "chair": _chair,
    "open": _open,
    "done": _done,
    "interest": _interest,
    "lift": _lift,
    "put-off": _put_off,
    "decide": _decide,
    "ratify": _ratify,
    "action": _action,
    "drop": _drop,
    "beside": _beside,
}
