"""Copies of a plan: made for one person, read before they are given, downloaded as a PDF, given (P35)."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core import clock
from joinedup.identity.sharing.access import looking
from joinedup.support.cases.choices.plan import CopyLayout, GivenHow
from joinedup.support.cases.forms.plan import CopyForm, GivenForm
from joinedup.support.cases.models import PlanCopy
from joinedup.support.cases.operations.editing import CannotPlan
from joinedup.support.cases.operations.plan_copies import give_copy, make_copy
from joinedup.support.cases.presenters.plan_copies import copies as in_words
from joinedup.support.cases.presenters.plan_pdf import pdf_of
from joinedup.support.cases.queries import plan as plans
from joinedup.support.cases.queries.plan_copies import content_for, copies_of, one_copy
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_goals import persons_of
from joinedup.support.cases.views.plan_rows import asked

PAGE = "plan_copies"


@for_those_at_work
@require_http_methods(["GET", "POST"])
def copies(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The copies that were made, and one more."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer = request.viewer  # type: ignore[attr-defined]
    last = plans.last_version(viewer, matter_id)
    form = CopyForm(persons_of(frame), request.POST or None)
    if last is not None and form.is_valid():
        try:
            made = make_copy(
                by=viewer,
                version_id=last.pk,
                person_id=uuid.UUID(form.cleaned_data["person"]),
                layout=CopyLayout(form.cleaned_data["layout"]),
                at=clock.now(),
            )
        except CannotPlan as why:
            form.add_error(None, str(why))
        else:
            return redirect("case-plan-copy", matter_id, made.pk)
    shown = {"form": form, "last": last, "copies": in_words(copies_of(viewer, matter_id))}
    return page_of(request, frame, "cases/plan_copies.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def copy(request: HttpRequest, matter_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """What stands in a copy, to be read before it is given, and how it was given."""
    frame = frame_or_404(request, matter_id, PAGE)
    found = _copy_or_404(request, matter_id, copy_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    content = content_for(viewer, found.version_id, found.person_id, found.layout)
    form = GivenForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: give_copy(
            by=viewer,
            copy_id=copy_id,
            how=GivenHow(form.cleaned_data["how"]),
            on=form.cleaned_data["on"],
            at=clock.now(),
        ),
        heading=f"A copy for {content.data['name']}",
        button="It was given",
        done="It is written down who was given which copy.",
        back="case-plan-copies",
        content=content,
        copy=found,
        template="cases/plan_copy.html",
    )


@for_those_at_work
@require_safe
def pdf(request: HttpRequest, matter_id: uuid.UUID, copy_id: uuid.UUID) -> HttpResponse:
    """The copy as a PDF; that it was taken out leaves its line."""
    frame_or_404(request, matter_id, PAGE)
    found = _copy_or_404(request, matter_id, copy_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(
        viewer, at=clock.now(), subject_kind="case", subject_id=str(matter_id),
        detail={"page": "plan_copy_taken_out"},
    ) as about:  # fmt: skip
        about["person_id"] = found.person_id
        content = content_for(viewer, found.version_id, found.person_id, found.layout)
        record_copy(
            by=viewer.post_id, kind="plan", of=str(copy_id), holder=viewer.agency, place="pdf",
            purpose=viewer.purpose, at=clock.now(), person_id=found.person_id,
        )  # fmt: skip
    response = HttpResponse(pdf_of(content.data), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="plan.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _copy_or_404(request: HttpRequest, matter_id: uuid.UUID, copy_id: uuid.UUID) -> PlanCopy:
    try:
        return one_copy(request.viewer, matter_id, copy_id)  # type: ignore[attr-defined]
    except PlanCopy.DoesNotExist:
        raise Http404 from None
