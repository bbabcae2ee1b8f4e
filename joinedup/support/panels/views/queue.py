"""A panel's queue: who waits, who is offered, when it bursts; and one item outside of a meeting."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import NotPermitted, looking
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.forms.queue import AgreementForm, WhomForm, WithdrawForm
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations import queue as operations
from joinedup.support.panels.operations import taking_in
from joinedup.support.panels.operations.parted import CannotPlaceItem, place_item
from joinedup.support.panels.presenters import queue as words
from joinedup.support.panels.presenters import room as room_words
from joinedup.support.panels.queries import queue as queries
from joinedup.support.panels.queries.items import Outside, outside
from joinedup.support.panels.queries.parted import is_to_be_placed, to_be_said
from joinedup.support.panels.views.frame import (
    Frame,
    for_coordinators,
    for_panels,
    frame_or_404,
    page_of,
)


@for_panels
@require_safe
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """Who waits for the panel and for how long, what is offered to it, and when the queue bursts."""
    frame = frame_or_404(request, code, to_keep=True)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="panel_queue", subject_id=str(frame.panel.pk)):
        rows = queries.queue_of(viewer, frame.panel, frame.at)
        offers = queries.offered_to(viewer, frame.panel)
    forecast = queries.forecast_of(viewer, frame.panel, frame.at)
    shown = {
        "rows": [(each, room_words.listed(each.names)) for each in rows],
        "ready": sum(not each.why_not for each in rows),
        "offers": offers,
        "says": words.forecast_says(forecast),
        "rests_on": words.rests_on(forecast),
        "bursts": forecast.bursts_on is not None,
        "picture": words.picture(forecast),
        "figures": words.figures(forecast),
    }
    return page_of(request, frame, "panels/queue.html", shown)


@for_coordinators
@require_POST
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Takes a referral, or a case that asks to step up, into the queue."""
    frame = frame_or_404(request, code, to_keep=True)
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        key = uuid.UUID(request.POST.get("key", ""))
        if "step" in request.POST:
            made = taking_in.take_step(by=viewer, panel_id=frame.panel.pk, step_id=key, at=frame.at)
        else:
            made = taking_in.take_referral(
                by=viewer, panel_id=frame.panel.pk, matter_id=key, at=frame.at
            )
    except ValueError:
        raise Http404 from None
    except operations.CannotQueue as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, f"{made.reference} waits for the panel now.")
    return redirect("panel-queue", code)


def item_or_404(request: HttpRequest, item_id: uuid.UUID) -> tuple[Frame, Outside]:
    """An item outside of a meeting; to whoever has no part in it, it is not there."""
    at = clock.now()
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="panel_item", subject_id=str(item_id)):
            found = outside(viewer, item_id)
    except PanelItem.DoesNotExist:
        raise Http404 from None
    return Frame(found.item.panel, found.standing(viewer, at), at), found


@for_panels
@require_safe
def item(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """One item: whom it is about, where it stands, what was decided."""
    frame, found = item_or_404(request, item_id)
    waits = frame.standing.keeps and is_to_be_placed(item_id)
    return page_of(request, frame, "panels/item.html", _shown(found) | {"to_be_said": waits})


@for_coordinators
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Writes down whether they agree."""
    frame, found = item_or_404(request, item_id)
    form = AgreementForm(
        request.POST or None,
        initial={"agreement": found.item.agreement, "basis": found.item.basis},
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            operations.say_agreement(
                by=request.viewer, item_id=item_id, agreement=Agreement(said["agreement"]),  # type: ignore[attr-defined]
                basis=said["basis"], at=frame.at,
            )  # fmt: skip
        except (operations.CannotQueue, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            return redirect("panel-item", item_id)
    shown = _shown(found) | {"form": form, "heading": "Do they agree?", "button": "Write it down"}
    return page_of(request, frame, "panels/item_form.html", shown)


@for_coordinators
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Takes an item out of the queue."""
    frame, found = item_or_404(request, item_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.withdraw_item(
                by=request.viewer, item_id=item_id, because=form.cleaned_data["because"],  # type: ignore[attr-defined]
                at=frame.at,
            )  # fmt: skip
        except (operations.CannotQueue, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is taken out of the queue.")
            return redirect("panel-queue", frame.panel.code)
    shown = _shown(found) | {
        "form": form,
        "heading": "Take out of the queue",
        "button": "Take it out",
    }
    return page_of(request, frame, "panels/item_form.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def whom(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Says which of two people an item is about, whose records were taken for one person's."""
    frame, found = item_or_404(request, item_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    if not frame.standing.keeps:
        raise Http404
    waiting = to_be_said(viewer, item_id)
    form = WhomForm(waiting[0], request.POST or None) if waiting else None
    if form is not None and form.is_valid():
        try:
            place_item(
                by=viewer, split_id=waiting[0].pk, belongs_to=form.cleaned_data["belongs_to"],
                because=form.cleaned_data["because"], at=frame.at,
            )  # fmt: skip
        except (CannotPlaceItem, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down. The item follows them.")
            return redirect("panel-item", item_id)
    shown = _shown(found) | {"form": form, "heading": "Whom is this about?", "button": "Say so"}
    return page_of(request, frame, "panels/whom.html", shown)


def _shown(found: Outside) -> dict[str, object]:
    return {
        "item": found.item,
        "name": room_words.listed([each.person.name for each in found.people]),
        "people": found.people,
        "about": room_words.about(found),
        "texts": found.texts,
        "decisions": room_words.decisions(found.decisions),
        "meeting": found.item.agenda.meeting if found.item.agenda else None,
    }
