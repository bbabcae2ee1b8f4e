"""The panels: their list, one of them, its members, its terms of reference; opened and changed."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Discipline, Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.panels.choices import PanelTemplate
from joinedup.support.panels.forms import panel as forms
from joinedup.support.panels.operations.panel import (
    CannotKeepPanel,
    agree_terms,
    change_panel,
    open_panel,
)
from joinedup.support.panels.operations.panel_members import (
    CannotSeat,
    seat_member,
    unseat_member,
)
from joinedup.support.panels.presenters import panel as presenters
from joinedup.support.panels.queries import panel as queries
from joinedup.support.panels.queries.seats import seats_of
from joinedup.support.panels.rules.terms import SeatHeld, what_stands_in_the_way
from joinedup.support.panels.views.frame import (
    Frame,
    for_coordinators,
    for_panels,
    frame_or_404,
    page_of,
)


@for_panels
@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """The panels that somebody has to do with."""
    viewer, today = request.viewer, day_of(clock.now())  # type: ignore[attr-defined]
    found = list(queries.panels(viewer, today))
    shown = {
        "table": presenters.registry(found, today) if found else None,
        "templates": presenters.template_choices()
        if viewer.may(Permission.COORDINATE_PANELS)
        else [],
    }
    return render(request, "panels/registry.html", shown)


@for_panels
@require_safe
def overview(request: HttpRequest, code: str) -> HttpResponse:
    """One panel: when it meets, who keeps it, what stands in its way, what came before it."""
    frame = frame_or_404(request, code)
    panel = frame.panel
    shown = {
        "meets": presenters.meets(panel),
        "in_the_way": _in_the_way(frame),
        "line": queries.line_of(panel)[1:],
        "chair_now": queries.chair_on(panel, frame.today),
    }
    return page_of(request, frame, "panels/panel.html", shown)


@for_coordinators
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, template: str) -> HttpResponse:
    """Opens a panel after a template."""
    if template not in {each.value for each in PanelTemplate}:
        raise Http404
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today, kind = day_of(at), PanelTemplate(template)
    form = forms.NewPanelForm(
        kind, queries.practices(viewer), queries.panels(viewer, today).filter(ends_on__isnull=True),
        queries.who_can_coordinate(viewer, today), queries.who_can_sit(viewer, today),
        request.POST or None, initial=forms.from_template(kind),
    )  # fmt: skip

    def begin() -> None:
        said = form.cleaned_data
        open_panel(
            by=viewer, code=said["code"], template=kind, words=form.said(),
            practice=said.get("practice"), succeeds=said["succeeds"], starts_on=said["starts_on"],
            at=at,
        )  # fmt: skip

    if form.is_valid() and _did(request, form, begin, "The panel is open. Seat its members now."):
        return redirect("panel-members", code=form.cleaned_data["code"])
    return render(request, "panels/new.html", {"form": form, "title": kind.label})


@for_coordinators
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Changes who keeps a panel and when it meets."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = frame_or_404(request, code)
    form = forms.PanelForm(
        queries.who_can_coordinate(viewer, frame.today), queries.who_can_sit(viewer, frame.today),
        request.POST or None, initial=forms.from_panel(frame.panel),
    )  # fmt: skip

    def do() -> None:
        change_panel(by=viewer, panel_id=frame.panel.pk, words=form.said(), at=frame.at)

    if form.is_valid() and _did(request, form, do, "It is changed."):
        return redirect("panel", code=code)
    return page_of(request, frame, "panels/change.html", {"form": form})


@for_panels
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, code: str) -> HttpResponse:
    """Who sits on a panel; its coordinator seats another."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = frame_or_404(request, code)
    keeps = viewer.may(Permission.COORDINATE_PANELS)
    form = forms.MemberForm(queries.who_can_sit(viewer, frame.today), request.POST or None)

    def seat() -> None:
        seat_member(by=viewer, panel_id=frame.panel.pk, at=frame.at, **form.said())

    if keeps and form.is_valid() and _did(request, form, seat, "They sit on the panel from today."):
        return redirect("panel-members", code=code)
    found = queries.members_on(frame.panel, frame.today)
    shown = {
        "form": form if keeps else None,
        "table": presenters.members(found, keeps=keeps) if found else None,
        "vacant": [each.seat for each in seats_of(frame.panel, frame.today) if each.is_vacant],
        "in_the_way": _in_the_way(frame),
    }
    return page_of(request, frame, "panels/members.html", shown)


@for_coordinators
@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, code: str, member_id: int) -> HttpResponse:
    """One member: changes their seat, or lets them go."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = frame_or_404(request, code)
    found = next(
        (each for each in queries.members_on(frame.panel, frame.today) if each.pk == member_id),
        None,
    )
    if found is None:
        raise Http404
    goes = "go" in request.POST
    begun = {
        "post": str(found.post_id), "discipline": found.discipline,
        "cover": str(found.cover_id or ""), "checks": found.checks,
    }  # fmt: skip
    said = (
        {**request.POST.dict(), "post": str(found.post_id)} if request.POST and not goes else None
    )
    form = forms.MemberForm(queries.who_can_sit(viewer, frame.today), said, initial=begun)
    del form.fields["post"]
    leaving = django_forms.Form(request.POST if goes else None)

    def keep() -> None:
        kept = form.cleaned_data
        posts = form.fields["cover"].posts  # type: ignore[attr-defined]
        cover = posts[kept["cover"]].pk if kept["cover"] else None
        seat_member(
            by=viewer, panel_id=frame.panel.pk, post_id=found.post_id, at=frame.at,
            discipline=Discipline(kept["discipline"]), cover_id=cover, checks=kept["checks"],
        )  # fmt: skip

    def go() -> None:
        unseat_member(by=viewer, member_id=member_id, at=frame.at)

    if goes and leaving.is_valid() and _did(request, leaving, go, "They sit there no longer."):
        return redirect("panel-members", code=code)
    if not goes and form.is_valid() and _did(request, form, keep, "Their seat is changed."):
        return redirect("panel-members", code=code)
    shown = {"form": form, "leaving": leaving, "member": found}
    return page_of(request, frame, "panels/member.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def terms(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of reference that hold, every version, and the next one where the coordinator writes it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    frame = frame_or_404(request, code)
    now = queries.terms_on(frame.panel, frame.today)
    keeps = viewer.may(Permission.COORDINATE_PANELS)
    forms_to_bring = queries.forms_to_bring(viewer)
    form = forms.TermsForm(
        forms_to_bring, request.POST or None, initial=forms.from_terms(now) if now else None
    )

    def agree() -> None:
        agree_terms(
            by=viewer, panel_id=frame.panel.pk, terms=form.said(), at=frame.at,
            starts_on=form.cleaned_data["starts_on"],
        )  # fmt: skip

    if keeps and form.is_valid() and _did(request, form, agree, "The new version is kept."):
        return redirect("panel-terms", code=code)
    shown = {
        "now": now,
        "rows": presenters.terms_rows(now) if now else [],
        "versions": presenters.versions(frame.panel.terms.order_by("-version"), now),
        "form": form if keeps else None,
    }
    return page_of(request, frame, "panels/terms.html", shown)


def _in_the_way(frame: Frame) -> list[str]:
    now = queries.terms_on(frame.panel, frame.today)
    if now is None:
        return []
    held = [
        SeatHeld(each.agency_id, Discipline(each.discipline))
        for each in queries.members_on(frame.panel, frame.today)
    ]
    return what_stands_in_the_way(
        now.quorum, [Discipline(each) for each in now.required_disciplines], held
    )


def _did(
    request: HttpRequest, form: django_forms.Form, do: Callable[[], object], told: str
) -> bool:
    try:
        do()
    except (CannotKeepPanel, CannotSeat) as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, told)
    return True
