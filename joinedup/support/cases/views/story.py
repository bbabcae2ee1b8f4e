"""The pages of a story: read it, write into it, correct it, pin what matters."""

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices import LineKind
from joinedup.support.cases.forms.story import EntryForm, PinForm, StoryFilter
from joinedup.support.cases.models import StoryEntry, StoryPin
from joinedup.support.cases.operations.story import (
    AlreadyCorrected,
    CannotPin,
    CannotWriteStory,
    correct_entry,
    pin_line,
    unpin_line,
    write_entry,
)
from joinedup.support.cases.operations.story_reading import note_reading
from joinedup.support.cases.presenters import story as presenters
from joinedup.support.cases.presenters.story_timeline import picture
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.story import agencies_to_name, one_entry, story_of
from joinedup.support.cases.rules.story import Window
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of


@for_those_at_work
@require_safe
def story(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The story of a case, as far as the viewer reads it."""
    frame = frame_or_404(request, matter_id, "story")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = StoryFilter(request.GET, _named(frame), day_of(at))
    asked = form.asked()
    before = note_reading(by=viewer, case_id=matter_id, at=at)
    found = story_of(viewer, frame, asked, at, before)
    form.offer([(code, found.agencies[code]) for code in found.present])
    reader = presenters.Reader(found, found.whose)
    return page_of(request, frame, "cases/story.html", {
        "story": found,
        "years": reader.years(),
        "pinned": reader.pinned(),
        "to_place": len(found.words.to_place),
        "drawn": picture(found.drawn, found.agencies),
        "counted": presenters.counted(found),
        "form": form,
        "asked": asked,
        "query": _query(request),
        "pagination": _pages(found.window, request),
    })  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks for an entry."""
    frame = frame_or_404(request, matter_id, "write into the story")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    initial = {"source": viewer.agency}
    form = EntryForm(
        _named(frame), agencies_to_name(viewer), day_of(at), request.POST or None, initial=initial
    )

    def act() -> None:
        write_entry(by=viewer, case_id=matter_id, said=form.said(_only(frame)), at=at)

    return _asked(request, frame, form, act, "Write into the story", "It stands in the story.")


@for_those_at_work
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, matter_id: uuid.UUID, entry_id: uuid.UUID) -> HttpResponse:
    """Asks for what stands instead of an entry; what it says is in the boxes."""
    frame = frame_or_404(request, matter_id, "correct the story")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    entry = _entry(request, matter_id, entry_id)
    form = EntryForm(
        _named(frame), agencies_to_name(viewer), day_of(at), request.POST or None,
        initial=presenters.as_form(entry),
    )  # fmt: skip

    def act() -> None:
        correct_entry(by=viewer, entry_id=entry_id, said=form.said(entry.person_id), at=at)

    done = "The new entry stands. The earlier one stays, and is marked as corrected."
    return _asked(request, frame, form, act, "Correct an entry", done)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest, matter_id: uuid.UUID, kind: str, key: uuid.UUID) -> HttpResponse:
    """Asks why a line matters, and pins it."""
    frame = frame_or_404(request, matter_id, "pin a line of the story")
    if kind not in LineKind or not LineKind(kind).can_be_pinned:
        raise Http404
    form = PinForm(request.POST or None)

    def act() -> None:
        pin_line(
            by=request.viewer, case_id=matter_id, kind=LineKind(kind), key=key,  # type: ignore[attr-defined]
            why=form.cleaned_data["why"], at=clock.now(),
        )  # fmt: skip

    return _asked(request, frame, form, act, "Pin to what matters", "It stands first from now on.")


@for_those_at_work
@require_POST
def unpin(request: HttpRequest, matter_id: uuid.UUID, pin_id: uuid.UUID) -> HttpResponse:
    """Lets a pin go."""
    frame_or_404(request, matter_id, "let a pin go")
    try:
        unpin_line(by=request.viewer, pin_id=pin_id, at=clock.now())  # type: ignore[attr-defined]
    except StoryPin.DoesNotExist:
        raise Http404 from None
    messages.success(request, "It is no longer pinned. The line itself stays.")
    return redirect("case-story", matter_id)


def _asked(
    request: HttpRequest,
    frame: Frame,
    form: Any,
    act: Callable[[], None],
    heading: str,
    done: str,
) -> HttpResponse:
    """Shows the form; where it is sent and whole does what it says, and goes back to the story."""
    standing: list[tuple[str, str]] = []
    if form.is_valid():
        try:
            act()
        except AlreadyCorrected as why:
            form.add_error(None, str(why))
            standing = presenters.differences(why.standing)
        except (CannotWriteStory, CannotPin) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return redirect("case-story", frame.matter_id)
    shown = {"form": form, "heading": heading, "standing": standing}
    return page_of(request, frame, "cases/story_form.html", shown, status=409 if standing else 200)


def _entry(request: HttpRequest, matter_id: uuid.UUID, entry_id: uuid.UUID) -> StoryEntry:
    try:
        return one_entry(request.viewer, matter_id, entry_id)  # type: ignore[attr-defined]
    except StoryEntry.DoesNotExist:
        raise Http404 from None


def _named(frame: Frame) -> list[tuple[str, str]]:
    return [(str(each.person_id), each.name) for each in frame.persons]


def _only(frame: Frame) -> uuid.UUID | None:
    return frame.persons[0].person_id if len(frame.persons) == 1 else None


def _pages(found: Window, request: HttpRequest) -> dict[str, Any] | None:
    """The links to the page before and the page after."""
    if found.pages == 1:
        return None
    kept = {
        name: text for name, text in request.GET.items() if name not in {"page", "year", "print"}
    }
    links = {}
    if found.page > 1:
        links["previous"] = {"href": f"?{urlencode({**kept, 'page': found.page - 1})}"}
    if found.page < found.pages:
        links["next"] = {"href": f"?{urlencode({**kept, 'page': found.page + 1})}"}
    return links


def _query(request: HttpRequest) -> str:
    """What was asked for, as the rest of an address that asks for another page of it."""
    kept = request.GET.copy()
    for name in ("page", "year", "print", "order"):
        kept.pop(name, None)
    return f"&{kept.urlencode()}" if kept else ""
