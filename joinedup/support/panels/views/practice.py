"""A practice's care team meeting: nominate patients, who holds which care role, how far practices have got."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted, looking
from joinedup.identity.sharing.looked import told_of
from joinedup.support.frontdoor.choices import Agreement
from joinedup.support.panels.choices import CareRoleKind, PanelTemplate, RolloutStage
from joinedup.support.panels.forms import practice as forms
from joinedup.support.panels.models import PanelItem
from joinedup.support.panels.operations.nominating import Nominated, nominate
from joinedup.support.panels.operations.practice import CannotAgreeRole, agree_role, end_role
from joinedup.support.panels.operations.rollout import CannotRollOut, set_stage
from joinedup.support.panels.presenters import practice as presenters
from joinedup.support.panels.queries import practice as queries
from joinedup.support.panels.queries.panel import practices, who_can_sit
from joinedup.support.panels.views.frame import (
    Frame,
    for_coordinators,
    for_panels,
    frame_or_404,
    page_of,
)


@for_panels
@require_http_methods(["GET", "POST"])
def nominating(request: HttpRequest, code: str) -> HttpResponse:
    """Finds patients of the practice and puts them before its team."""
    frame = _of_a_practice(request, code)
    search = forms.SearchForm(request.POST or None)
    text = search.cleaned_data["text"].strip() if search.is_valid() else ""
    found = (
        queries.find_patients(request.viewer, frame.panel, text, at=frame.at) if text else None  # type: ignore[attr-defined]
    )
    sent = request.POST if "nominate" in request.POST else None
    form = forms.NominateForm(presenters.patients(found.answers) if found else [], sent)
    if sent is not None and form.is_valid():
        refused = _nominate(request, frame, form)
        if not refused:
            messages.success(request, "They stand in the queue of the next meeting.")
            return redirect("panel-nominate", code=code)
        for why in refused:
            form.add_error(None, why)
    shown = {"search": search, "text": text, "found": found, "form": form}
    return page_of(request, frame, "panels/nominate.html", shown)


@for_panels
@require_safe
def care_roles(request: HttpRequest, code: str) -> HttpResponse:
    """Who coordinates whose care, and who manages whose case."""
    frame = _of_a_practice(request, code)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="care roles", subject_id=str(frame.panel.pk)):
        held = queries.roles_held(viewer, frame.panel)
        owed = queries.roles_owed(viewer, frame.panel)
    table = presenters.roles(held, frame.panel, keeps=frame.standing.keeps)
    shown = {"table": table, "owed": owed}
    return page_of(request, frame, "panels/care_roles.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def care_role(request: HttpRequest, code: str, item_id: uuid.UUID) -> HttpResponse:
    """Writes down who holds a care role, as the meeting agreed."""
    frame = _of_a_practice(request, code, to_keep=True)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="panel_item", subject_id=str(item_id)):
        item = PanelItem.objects.filter(pk=item_id, panel=frame.panel).first()
        if item is None:
            raise Http404
        told_of(matters=[item_id])
        about = ", ".join(each.name for each in item.people.order_by("place"))
    form = forms.CareRoleForm(who_can_sit(viewer, frame.today), request.POST or None)
    if form.is_valid():
        try:
            agree_role(
                by=viewer, item_id=item_id, kind=CareRoleKind(form.cleaned_data["kind"]),
                post_id=uuid.UUID(form.cleaned_data["post"]), at=frame.at,
            )  # fmt: skip
        except CannotAgreeRole as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The role is theirs from now, and they are told.")
            return redirect("panel-care-roles", code=code)
    return page_of(request, frame, "panels/care_role.html", {"form": form, "about": about})


@for_panels
@require_http_methods(["GET", "POST"])
def end_care_role(request: HttpRequest, code: str, role_id: int) -> HttpResponse:
    """Ends a care role."""
    frame = _of_a_practice(request, code)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="care role", subject_id=str(role_id)):
        role = next(
            (each for each in queries.roles_held(viewer, frame.panel) if each.pk == role_id), None
        )
        if role is None or not (frame.standing.keeps or role.is_mine):
            raise Http404
    form = forms.EndRoleForm(request.POST or None)
    if form.is_valid():
        try:
            end_role(by=viewer, role_id=role_id, at=frame.at, **form.cleaned_data)
        except (CannotAgreeRole, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The role has ended.")
            return redirect("panel-care-roles", code=code)
    return page_of(request, frame, "panels/care_role_end.html", {"form": form, "role": role})


@for_panels
@require_safe
def rollout(request: HttpRequest) -> HttpResponse:
    """How far each practice has got with its care team meetings."""
    viewer = request.viewer  # type: ignore[attr-defined]
    everywhere = queries.rollout(day_of(clock.now()))
    form = forms.LocalityForm(
        {each.practice.locality_id: each.practice.locality.name for each in everywhere},
        request.GET or None,
    )
    found = [each for each in everywhere if form.takes(each.practice.locality_id)]
    keeps = viewer.may(Permission.COORDINATE_PANELS)
    shown = {
        "search": form,
        "areas": presenters.by_locality(everywhere),
        "chart": presenters.stages(found),
        "counted": presenters.counted(found),
        "table": presenters.practices(found, keeps=keeps),
    }
    return render(request, "panels/rollout.html", shown)


@for_coordinators
@require_http_methods(["GET", "POST"])
def stage(request: HttpRequest, ods_code: str) -> HttpResponse:
    """Says how far one practice has got."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    practice = practices(viewer).filter(pk=ods_code).first()
    if practice is None:
        raise Http404
    form = forms.StageForm(request.POST or None)
    if form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        said["stage"] = RolloutStage(said["stage"])
        try:
            set_stage(by=viewer, practice=practice, at=at, **said)
        except CannotRollOut as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down.")
            return redirect("rollout")
    return render(request, "panels/rollout_stage.html", {"form": form, "practice": practice})


def _nominate(request: HttpRequest, frame: Frame, form: forms.NominateForm) -> list[str]:
    said = form.cleaned_data
    chosen = [
        Nominated(uuid.UUID(each), said["why"], said["asked"], Agreement(said["agreement"]))
        for each in said["person"]
    ]
    viewer = request.viewer  # type: ignore[attr-defined]
    done = nominate(by=viewer, panel_id=frame.panel.pk, nominated=chosen, at=frame.at)
    return [each.refused for each in done if each.refused]


def _of_a_practice(request: HttpRequest, code: str, *, to_keep: bool = False) -> Frame:
    frame = frame_or_404(request, code, to_keep=to_keep)
    if frame.panel.template != PanelTemplate.CARE_TEAM:
        raise Http404
    return frame
