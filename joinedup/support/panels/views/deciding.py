"""A decision outside of a meeting: what corrects one, and the chair's urgent action."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.models import Agency
from joinedup.identity.sharing.access import NotPermitted
from joinedup.support.panels.choices import DecisionKind
from joinedup.support.panels.forms.room import OutsideForm
from joinedup.support.panels.models import Decision, Panel
from joinedup.support.panels.operations import deciding as operations
from joinedup.support.panels.operations.room import CannotRun
from joinedup.support.panels.presenters import room as words
from joinedup.support.panels.queries.items import Outside
from joinedup.support.panels.queries.panel import members_on, terms_on
from joinedup.support.panels.views.frame import Frame, for_panels, page_of
from joinedup.support.panels.views.queue import item_or_404

_REFUSALS = (operations.CannotDecide, CannotRun, NotPermitted)


@for_panels
@require_http_methods(["GET", "POST"])
def urgent(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """The chair decides between meetings, with somebody of two agencies who agree (P26)."""
    frame, found = item_or_404(request, item_id)
    if not frame.standing.chairs:
        raise Http404
    there = {
        each.agency_id: (f"{each.post.user.name}, {each.agency.name}", each.post_id)
        for each in members_on(frame.panel, frame.today)
        if each.post_id != request.viewer.post_id  # type: ignore[attr-defined]
    }
    form = _form(request, frame, found, there, is_correction=False)
    if request.method == "POST" and form.is_valid():
        try:
            operations.act_urgently(
                by=request.viewer,  # type: ignore[attr-defined]
                item_id=item_id,
                said=form.said(),
                at=frame.at,
            )
        except _REFUSALS as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is decided. The next meeting is asked to ratify it.")
            return redirect("panel-item", item_id)
    shown = _shown(found, form) | {
        "heading": "Urgent action of the chair",
        "intro": "Somebody of two agencies must agree. They are told what you write in their name, and "
        "the next meeting ratifies it.",
        "button": "Decide",
    }
    return page_of(request, frame, "panels/decide_outside.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, item_id: uuid.UUID, decision_id: uuid.UUID) -> HttpResponse:
    """Corrects a decision by a new entry with a reason; the one before stays."""
    frame, found = item_or_404(request, item_id)
    before = next((each for each in found.decisions if each.pk == decision_id), None)
    if before is None or not frame.standing.keeps:
        raise Http404
    there = {each.agency_id: (each.agency.name, each.post_id) for each in before.stances.all()}
    form = _form(request, frame, found, there, is_correction=True, before=before)
    if request.method == "POST" and form.is_valid():
        try:
            operations.correct_decision(
                by=request.viewer, decision_id=decision_id, said=form.said(),  # type: ignore[attr-defined]
                because=form.cleaned_data["because"], at=frame.at,
            )  # fmt: skip
        except _REFUSALS as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The new entry stands beside the one before.")
            return redirect("panel-item", item_id)
    shown = _shown(found, form) | {
        "heading": "Correct the decision",
        "intro": "The entry of before stays, and says that it was corrected.",
        "button": "Write the new entry",
    }
    return page_of(request, frame, "panels/decide_outside.html", shown)


def _form(
    request: HttpRequest,
    frame: Frame,
    found: Outside,
    there: dict[str, tuple[str, uuid.UUID]],
    *,
    is_correction: bool,
    before: Decision | None = None,
) -> OutsideForm:
    initial: dict[str, Any] = {}
    if before is not None:
        initial = {"kind": before.kind, "lead_agency": before.lead_agency_id, "reasons": before.reasons,
                   "without_words_because": before.without_words_because,
                "approvals": [each.agency_id for each in before.approvals.all()]}  # fmt: skip
        for each in before.stances.all():
            initial |= {
                f"stance_{each.agency_id}": each.stance,
                f"words_{each.agency_id}": each.words,
            }
    leads = Agency.objects.filter(is_provider=True).order_by("name").values_list("code", "name")
    sits = {each.agency_id: each.agency.name for each in members_on(frame.panel, frame.today)}
    return OutsideForm(
        _kinds(frame.panel, frame), list(leads), there, list(sits.items()), request.POST or None,
        initial=initial,
        is_correction=is_correction, asks_for_words=not found.own_words.strip(),
    )  # fmt: skip


def _kinds(panel: Panel, frame: Frame) -> list[DecisionKind]:
    terms = terms_on(panel, frame.today)
    known = terms.decisions if terms and terms.decisions else list(DecisionKind)
    found = [DecisionKind(each) for each in known]
    return [each for each in found if each is not DecisionKind.MORE_IS_NEEDED]


def _shown(found: Outside, form: OutsideForm) -> dict[str, Any]:
    return {
        "item": found.item, "form": form,
        "name": words.listed([each.person.name for each in found.people]),
    }  # fmt: skip
