"""What a screen in the room is told: only what has changed since the versions that it shows."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from joinedup.foundations.core import clock
from joinedup.support.panels.forms.live import Screen
from joinedup.support.panels.operations.room import InTheRoom
from joinedup.support.panels.presenters import room as words
from joinedup.support.panels.queries.room import BoxShown, RoomShown, room_of
from joinedup.support.panels.queries.room_live import WordsShown, moves_of, words_of
from joinedup.support.panels.views.frame import for_panels
from joinedup.support.panels.views.room import room_or_404
from joinedup.support.panels.views.room_shown import page_context


@for_panels
@require_safe
def live(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """What has changed since: the words of one item, where others look, or what is on the table as well.

    That nothing has is told by `NothingNew` before it comes to this, to whoever has a seat.
    """
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found, screen = room_or_404(request, meeting_id), Screen.of(request.GET)
    written, is_whole = None, screen.wants_all or screen.table != found.meeting.table_version
    if not is_whole and screen.version != found.meeting.version and screen.looks_at is not None:
        written = words_of(viewer, found, screen.looks_at)
        # Shut meanwhile, or about nobody: the whole way tells which.
        is_whole = written is None
    if is_whole:
        shown = room_of(viewer, found, at, agenda_id=screen.looks_at, known_version=screen.facts)
        return JsonResponse(_versions(found) | _all(request, shown, screen, at))
    told = _versions(found)
    moves = moves_of(viewer, found, at)
    if moves.count != screen.moves:
        told |= {
            "moves": moves.count,
            "does": {each.pk: words.where(each, moves.seen, moves.numbers) for each in moves.seats},
        }
    if written is not None and written.version != screen.item_version:
        told["item"] = _written(request, found, written, screen)
    return JsonResponse(told)


def _versions(found: InTheRoom) -> dict[str, Any]:
    return {"version": found.meeting.version, "table": found.meeting.table_version}


def _written(
    request: HttpRequest, found: InTheRoom, written: WordsShown, screen: Screen
) -> dict[str, Any]:
    context = {
        "meeting": found.meeting, "line_pk": screen.looks_at, "csrf_token": get_token(request),
    }  # fmt: skip
    return {
        "version": written.version,
        "boxes": [_box(each, context) for each in written.boxes],
    }


def _all(request: HttpRequest, shown: RoomShown, screen: Screen, at: Any) -> dict[str, Any]:
    context = page_context(request, shown, at, {}) | {"csrf_token": get_token(request)}

    def drawn(name: str) -> str:
        # Without the request: the masthead of a whole page has questions of its own to the database.
        return render_to_string(f"panels/{name}.html", context)

    told: dict[str, Any] = {
        "moves": context["moves"],
        "does": {each.seat.pk: each.does for each in context["seats"]},
    }
    for name, known in (("head", screen.head), ("agenda", screen.agenda)):
        if context[f"{name}_key"] != known:
            told[name] = {"key": context[f"{name}_key"], "html": drawn(f"room_{name}")}
    line = shown.looks_at
    if line is None or line.is_shut:
        told["gone"] = True
    elif shown.shown is not None:
        told["item"] = {
            "version": line.line.version,
            "facts": drawn("room_facts"),
            "key": context["forms_key"],
            "boxes": [_box(each, context) for each in shown.shown.boxes],
        }
        if context["forms_key"] != screen.forms:
            told["item"]["forms"] = drawn("room_forms")
    return told


def _box(box: BoxShown, context: dict[str, Any]) -> dict[str, Any]:
    beside = ""
    if box.beside:
        beside = render_to_string("panels/room_beside.html", context | {"box": box})
    return {
        "name": box.name,
        "words": box.words,
        "version": box.version,
        "writes": box.is_to_write,
        "beside": beside,
    }
