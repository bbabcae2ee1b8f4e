"""Requests for everything held: what waits for a controller, the export to read, its release."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.identity.sharing.models import SubjectPart
from joinedup.identity.sharing.operations.subject import (
    CannotAnswerRequest,
    extend,
    note_prepared,
    release,
)
from joinedup.single_view.forms import ExtendForm, ReleaseForm
from joinedup.single_view.queries.subject import export_of, one_part, parts_to_answer

for_controllers = for_posts_that_may(Permission.RELEASE_RESTRICTED)


@for_controllers
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What waits for this controller, the most pressing first."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="subject requests") as about:
        parts = parts_to_answer(viewer)
        about["no_involvement"] = False
    return render(
        request, "single_view/subject_requests.html", {"parts": parts, "today": day_of(at)}
    )


@for_controllers
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """One request: read the export, then release it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    part = _part(request, part_id)
    form = ReleaseForm(request.POST or None)
    if form.is_valid():
        try:
            release(by=viewer, part_id=part_id, withheld=form.cleaned_data["withheld"], at=at)
        except CannotAnswerRequest as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is released. The person reads so on their own page.")
            return redirect("subject-requests")
    shown = {"part": part, "form": form, "today": day_of(at)}
    return render(request, "single_view/subject_request.html", shown)


@for_controllers
@require_POST
def export(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """Hands the export to whoever reviews it; taking it is on record."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    part = _part(request, part_id)
    with looking(viewer, at=at, subject_kind="subject export", subject_id=str(part_id)) as about:
        about["person_id"] = part.person_id
        note_prepared(by=viewer, part_id=part_id, at=at)
    return HttpResponse(
        export_of(part, at),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="held.json"'},
    )


@for_controllers
@require_http_methods(["GET", "POST"])
def more_time(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """Asks why more time is needed; the person is told."""
    viewer = request.viewer  # type: ignore[attr-defined]
    part = _part(request, part_id)
    form = ExtendForm(request.POST or None)
    if form.is_valid():
        try:
            extend(
                by=viewer, request_id=part.request_id, because=form.cleaned_data["because"],
                at=clock.now(),
            )  # fmt: skip
        except CannotAnswerRequest as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The person is told why it takes longer.")
            return redirect("subject-request", part_id)
    return render(request, "single_view/subject_extend.html", {"part": part, "form": form})


def _part(request: HttpRequest, part_id: uuid.UUID) -> SubjectPart:
    try:
        return one_part(request.viewer, part_id)  # type: ignore[attr-defined]
    except SubjectPart.DoesNotExist:
        raise Http404 from None
