"""Requests for everything held: what waits for a controller, the export to read, its release."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import LeftOutBecause
from joinedup.identity.sharing.models import SubjectPart
from joinedup.identity.sharing.operations.subject import (
    ANSWER,
    CannotAnswerRequest,
    extend,
    note_prepared,
)
from joinedup.identity.sharing.operations.subject_release import (
    LeftOut,
    give_it,
    leave_out,
    prepare,
    release_answer,
)
from joinedup.single_view.forms import ExtendForm, LeaveOutForm, ReleaseForm
from joinedup.single_view.queries.subject import (
    decided_of,
    export_of,
    one_part,
    parts_to_answer,
    released_answer,
)
from joinedup.single_view.queries.subject_held import Item, held_of, marked
from joinedup.single_view.subject_presenters import answer_of, pdf_of

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
            said = _whole_answer(viewer, part)
            release_answer(by=viewer, part_id=part_id, said=said, at=at)
        except CannotAnswerRequest as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is released. The person finds it on their own page.")
            return redirect("subject-requests")
    shown = {"part": part, "form": form, "today": day_of(at)}
    return render(request, "single_view/subject_request.html", shown)


@for_controllers
@require_POST
def begin(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """Prepares the answer to be read, with what its authors marked."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    part = _part(request, part_id)
    proposed = [
        LeftOut(item.key, item.ground, item.because or "Marked by whoever wrote it.")
        for group in held_of(part)
        for item in group.items
        if item.ground is not None
    ]
    prepare(by=viewer, part_id=part_id, marked=proposed, at=at)
    return redirect("subject-read", part_id)


@for_controllers
@require_safe
def read(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """The whole answer, thing by thing, with what is decided about each."""
    viewer = request.viewer  # type: ignore[attr-defined]
    part = _prepared(request, part_id)
    with looking(
        viewer, at=clock.now(), subject_kind="subject export", subject_id=str(part_id)
    ) as about:
        about["person_id"] = part.person_id
        groups = marked(held_of(part), decided_of(viewer, part))
    waiting = sum(each.waits for _, items in groups for each in items)
    shown = {"part": part, "groups": groups, "waiting": waiting}
    return render(request, "single_view/subject_read.html", shown)


@for_controllers
@require_http_methods(["GET", "POST"])
def decide(request: HttpRequest, part_id: uuid.UUID, item: str) -> HttpResponse:
    """Asks on which ground something is left out, or what is given instead."""
    viewer = request.viewer  # type: ignore[attr-defined]
    part = _prepared(request, part_id)
    found = _item(part, item)
    standing = {each.item: each for each in decided_of(viewer, part)}.get(item)
    first = {n: getattr(standing, n) for n in ("ground", "because", "instead")} if standing else {}
    form = LeaveOutForm(request.POST or None, initial=first)
    if form.is_valid():
        said = LeftOut(
            item, LeftOutBecause(form.cleaned_data["ground"]), form.cleaned_data["because"],
            form.cleaned_data["instead"],
        )  # fmt: skip
        try:
            leave_out(by=viewer, part_id=part_id, said=said, at=clock.now())
        except CannotAnswerRequest as why:
            form.add_error(None, str(why))
        else:
            return redirect(f"{reverse('subject-read', args=[part_id])}#{item}")
    shown = {"part": part, "item": found, "form": form, "standing": standing}
    return render(request, "single_view/subject_decide.html", shown)


@for_controllers
@require_POST
def give(request: HttpRequest, part_id: uuid.UUID, item: str) -> HttpResponse:
    """Gives something as it stands."""
    part = _prepared(request, part_id)
    ground = _item(part, item).ground
    try:
        give_it(by=request.viewer, part_id=part_id, item=item, at=clock.now(), ground=ground)  # type: ignore[attr-defined]
    except CannotAnswerRequest as why:
        messages.error(request, str(why))
    return redirect(f"{reverse('subject-read', args=[part_id])}#{item}")


@for_controllers
@require_POST
def as_pdf(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """The answer as the person gets it, or got it; taking it is on record."""
    viewer = request.viewer  # type: ignore[attr-defined]
    part = _prepared(request, part_id)
    with looking(
        viewer, at=clock.now(), subject_kind="subject export", subject_id=str(part_id)
    ) as about:
        about["person_id"] = part.person_id
        said = released_answer(viewer, part) or answer_of(
            part, marked(held_of(part), decided_of(viewer, part))
        )
        _note_the_copy(viewer, part, "pdf")
    return HttpResponse(
        pdf_of(said),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="what-we-hold.pdf"'},
    )


@for_controllers
@require_POST
def export(request: HttpRequest, part_id: uuid.UUID) -> HttpResponse:
    """Hands the export to whoever reviews it; taking it is on record."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    part = _part(request, part_id)
    with looking(viewer, at=at, subject_kind="subject export", subject_id=str(part_id)) as about:
        about["person_id"] = part.person_id
        note_prepared(by=viewer, part_id=part_id, at=at)
        _note_the_copy(viewer, part, "json")
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


def _whole_answer(viewer: Viewer, part: SubjectPart) -> dict[str, Any]:
    """The answer with every mark decided, also on what was written since it was begun to be read."""
    groups = marked(held_of(part), decided_of(viewer, part))
    if any(each.waits for _, items in groups for each in items):
        raise CannotAnswerRequest(
            "Something was marked by whoever wrote it, and you have not decided on it yet."
        )
    return answer_of(part, groups)


def _prepared(request: HttpRequest, part_id: uuid.UUID) -> SubjectPart:
    part = _part(request, part_id)
    if part.prepared_at is None:
        raise Http404
    return part


def _item(part: SubjectPart, key: str) -> Item:
    for group in held_of(part):
        for item in group.items:
            if item.key == key:
                return item
    raise Http404


def _note_the_copy(viewer: Viewer, part: SubjectPart, place: str) -> None:
    """What leaves the product is found again when its source recalls a record (P15)."""
    record_copy(
        by=viewer.post_id, kind=ANSWER, of=str(part.pk), holder=part.agency_id, place=place,
        purpose=viewer.purpose, at=clock.now(), person_id=part.person_id,
    )  # fmt: skip


def _part(request: HttpRequest, part_id: uuid.UUID) -> SubjectPart:
    try:
        return one_part(request.viewer, part_id)  # type: ignore[attr-defined]
    except SubjectPart.DoesNotExist:
        raise Http404 from None
