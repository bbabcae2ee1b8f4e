"""The generations of a family: only where this place lets it, and to safeguard a child (S0-19, P36)."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.forms.generations import CorrectLinkForm, LinkForm
from joinedup.support.cases.models import FamilyLink
from joinedup.support.cases.operations.generations import correct_link, link_family
from joinedup.support.cases.presenters import generations as words
from joinedup.support.cases.presenters.assessment import typed_day
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.generations import (
    family_of,
    generations_are_let,
    may_be_linked,
    may_see_generations,
)
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked

PAGE, BACK = "generations", "case-family"


@for_those_at_work
@require_safe
def family(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The family as this viewer may see it, in a picture and in tables."""
    frame = _frame_or_404(request, matter_id)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if not may_see_generations(viewer, at):
        return page_of(request, frame, "cases/family.html", {"is_shut": True})
    found = family_of(viewer, frame, at)
    shown = {
        "picture": words.picture(found),
        "people": words.people_table(found),
        "links": words.links_table(found, matter_id, is_open=frame.is_open)
        if found.links
        else None,
        "repeats": words.repeats(found),
    }
    return page_of(request, frame, "cases/family.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Writes down who is whose parent."""
    frame = _frame_or_404(request, matter_id, opened=True)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    known = may_be_linked(viewer, frame, at)
    form = LinkForm(known, request.POST or None, initial={"told_on": typed_day(day_of(at))})
    return asked(
        request, frame, form,
        lambda: link_family(by=viewer, frame=frame, said=form.said(), at=at),
        heading="Who is whose parent", button="Write it down", done="It is written down.", back=BACK,
        intro="Choose people of the case, of the family so far or of their home; whoever is in no record "
        "that you see is written by name.",
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, matter_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """Puts a line right, or takes it back; both stay."""
    frame = _frame_or_404(request, matter_id, opened=True)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    links = family_of(viewer, frame, at).links
    row = next((e.row for e in links if e.row is not None and e.row.pk == link_id), None)
    if row is None or row.case_id != matter_id:
        raise Http404
    form = CorrectLinkForm(
        may_be_linked(viewer, frame, at), request.POST or None, initial=_as_written(row)
    )

    def act() -> None:
        back = form.cleaned_data["is_taken_back"]
        correct_link(
            by=viewer, frame=frame, link_id=link_id, said=None if back else form.said(),
            because=form.cleaned_data["because"], at=at,
        )  # fmt: skip

    return asked(
        request, frame, form, act, heading="Put a line right", button="Put it right",
        done="It is put right. What stood before is kept.", back=BACK,
    )  # fmt: skip


def _frame_or_404(request: HttpRequest, matter_id: uuid.UUID, *, opened: bool = False) -> Frame:
    """Where generations are not let there is no such page for anybody."""
    at = clock.now()
    if not generations_are_let(at):
        raise Http404
    if opened and not may_see_generations(request.viewer, at):  # type: ignore[attr-defined]
        raise Http404
    return frame_or_404(request, matter_id, PAGE)


def _as_written(row: FamilyLink) -> dict[str, str]:
    return {
        "parent": str(row.parent_id or "name"), "parent_name": row.parent_name,
        "child": str(row.child_id or "name"), "child_name": row.child_name, "kind": row.kind,
        "told_by": row.told_by, "told_on": typed_day(row.told_on),
    }  # fmt: skip
