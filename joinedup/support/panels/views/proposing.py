"""The proposal of who leads an agenda: made, changed by the chair; what an item needs; the report of gaps."""

import datetime
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.identity.sharing.access import looking
from joinedup.partnership.workforce.choices import CompetenceCode, FunctionCode, WorkerSex
from joinedup.support.handovers.operations import NoPart
from joinedup.support.panels.forms.allocating import NeedForm
from joinedup.support.panels.forms.proposing import ChooseForm
from joinedup.support.panels.operations import proposing as operations
from joinedup.support.panels.presenters import proposing as words
from joinedup.support.panels.queries import proposing as queries
from joinedup.support.panels.queries.gaps import gaps as gaps_of
from joinedup.support.panels.queries.leading import asked_of
from joinedup.support.panels.queries.register import workload_of_agencies
from joinedup.support.panels.views.frame import Frame, for_panels, frame_or_404, page_of

_A_YEAR = datetime.timedelta(days=365)


@for_panels
@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, code: str) -> HttpResponse:
    """Who is proposed to lead each item of the agenda, and why; pressed, it is proposed anew."""
    frame = frame_or_404(request, code, to_keep=True)
    viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "POST":
        try:
            made = operations.propose_leads(by=viewer, panel_id=frame.panel.pk, at=frame.at)
        except operations.CannotPropose as why:
            messages.error(request, str(why))
        else:
            messages.success(
                request,
                f"{made.led} of {made.items} have somebody proposed. It weighs {made.cost:,}; one after "
                f"another, hardest first, would weigh {made.greedy:,}. Lower is better.",
            )
        return redirect("panel-proposal", code=code)
    with looking(viewer, at=frame.at, subject_kind="panel proposal", subject_id=code):
        found = queries.proposal_of(viewer, frame.panel)
    shown = {"table": words.proposal(found, code), "any": any(each.proposed for each in found)}
    return page_of(request, frame, "panels/proposal.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str, item_id: uuid.UUID) -> HttpResponse:
    """One item of the proposal: which agencies could lead, and whom the chair chooses instead."""
    frame, one = _one(request, code, item_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    form = ChooseForm(queries.posts_to_choose(one.item, frame.at), request.POST or None)
    if form.is_valid():
        try:
            operations.choose_lead(
                by=viewer, item_id=item_id, post_id=uuid.UUID(form.cleaned_data["post"]),
                why=form.cleaned_data["why"], at=frame.at,
            )  # fmt: skip
        except (operations.CannotPropose, NoPart) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is changed. The agency’s manager decides.")
            return redirect("panel-proposal", code=code)
    shown = {
        "form": form,
        "one": one,
        "names": " and ".join(one.names),
        "loads": words.loads(workload_of_agencies(viewer, item_id, frame.at)),
    }
    return page_of(request, frame, "panels/proposal_change.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def need(request: HttpRequest, code: str, item_id: uuid.UUID) -> HttpResponse:
    """What an item asks of whoever leads it."""
    frame, one = _one(request, code, item_id)
    viewer, asked = request.viewer, asked_of(one.item)  # type: ignore[attr-defined]
    begin = {
        "competences": sorted(asked.competences), "function": asked.function or "",
        "language": asked.language, "worker_sex": asked.worker_sex or "",
    }  # fmt: skip
    form = NeedForm(request.POST or None, initial=begin)
    if form.is_valid():
        try:
            operations.say_need(
                by=viewer,
                item_id=item_id,
                said=_said(form.cleaned_data),
                at=frame.at,
            )
        except (operations.CannotPropose, NoPart) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is kept. Propose anew to see who can lead.")
            return redirect("panel-proposal", code=code)
    shown = {"form": form, "one": one, "names": " and ".join(one.names)}
    return page_of(request, frame, "panels/need.html", shown)


@for_panels
@require_safe
def gaps(request: HttpRequest, code: str) -> HttpResponse:
    """Which adult cases had too few agencies able to lead, in the last twelve months (S0-95)."""
    frame = frame_or_404(request, code, to_keep=True)
    tomorrow = frame.today + datetime.timedelta(days=1)
    found = gaps_of(request.viewer, frame.panel, frame.today - _A_YEAR, tomorrow)  # type: ignore[attr-defined]
    return page_of(request, frame, "panels/gaps.html", {"table": words.gaps(found)})


def _one(
    request: HttpRequest, code: str, item_id: uuid.UUID
) -> tuple[Frame, queries.ProposedShown]:
    frame = frame_or_404(request, code, to_keep=True)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="panel item", subject_id=str(item_id)):
        found = [
            each for each in queries.proposal_of(viewer, frame.panel) if each.item.pk == item_id
        ]
    if not found:
        raise Http404
    return frame, found[0]


def _said(said: dict[str, Any]) -> operations.NeedSaid:
    return operations.NeedSaid(
        competences=[CompetenceCode(each) for each in said["competences"]],
        function=FunctionCode(said["function"]) if said["function"] else None,
        language=said["language"],
        worker_sex=WorkerSex(said["worker_sex"]) if said["worker_sex"] else None,
    )
