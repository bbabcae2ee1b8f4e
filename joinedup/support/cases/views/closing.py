"""Close a case with a word for each goal and action, open it again, and what a practice is told of it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.support.cases.forms.review import CloseForm, ReopenForm
from joinedup.support.cases.models import ClosingWord
from joinedup.support.cases.operations import (
    CannotCloseCase,
    CannotOpenCase,
    close_case,
    reopen_case,
)
from joinedup.support.cases.queries.closing import may_lead_again, word_for
from joinedup.support.cases.queries.plan import open_of_case
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of

PAGE = "case_closing"


@for_those_at_work
@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Closes a case."""
    frame = frame_or_404(request, matter_id, PAGE)
    if not frame.is_open:
        return redirect("case-reviews", matter_id)
    viewer = request.viewer  # type: ignore[attr-defined]
    form = CloseForm(*open_of_case(viewer, matter_id), request.POST or None)
    if form.is_valid():
        try:
            close_case(
                by=viewer, matter_id=matter_id, words=form.cleaned_data["words"], said=form.said(),
                at=clock.now(),
            )  # fmt: skip
        except CannotCloseCase as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, "The case is closed. Whoever handed it over is told what became of it."
            )
            return redirect("case-reviews", matter_id)
    return page_of(request, frame, "cases/close.html", {"form": form})


@for_those_at_work
@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Opens a closed case again."""
    frame = frame_or_404(request, matter_id, "case_reopening")
    if frame.is_open:
        return redirect("case", matter_id)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = ReopenForm(may_lead_again(frame, at), request.POST or None)
    if form.is_valid():
        try:
            reopen_case(
                by=viewer, matter_id=matter_id, because=form.cleaned_data["because"],
                lead_post_id=form.lead_post_id, at=at,
            )  # fmt: skip
        except CannotOpenCase as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The case is open again, and has its lead.")
            return redirect("case", matter_id)
    shown = {
        "form": form, "heading": "Open this case again", "button": "Open it again",
        "back": "case-reviews",
    }  # fmt: skip
    return page_of(request, frame, "cases/plan_form.html", shown)


@for_posts_that_may(Permission.SEE_RECORD)
@require_safe
def word(request: HttpRequest, word_id: uuid.UUID) -> HttpResponse:
    """What a practice is told of a closing."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with looking(
            viewer, at=clock.now(), subject_kind="closing word", subject_id=str(word_id)
        ) as about:
            found = word_for(viewer, word_id)
            about["person_id"] = found.word.person_id
    except ClosingWord.DoesNotExist:
        raise Http404 from None
    return render(request, "cases/closing_word.html", {"found": found})
