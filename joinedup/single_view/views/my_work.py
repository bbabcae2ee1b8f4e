"""My work: everything that waits on this post."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.identity.sharing.access import looking
from joinedup.single_view import my_work_presenters as words
from joinedup.single_view.queries.my_work import my_work as what_waits
from joinedup.support.handovers.rules.roles import MANAGERS


@for_anybody_signed_in
@require_safe
def my_work(request: HttpRequest) -> HttpResponse:
    """What waits on this post, most pressing first."""
    viewer = request.viewer  # type: ignore[attr-defined]
    at = clock.now()
    with looking(viewer, at=at, subject_kind="my work"):
        sections = [words.section(each, at) for each in what_waits(viewer, at=at)]
    shown = {"sections": sections, "manages": viewer.role in MANAGERS}
    return render(request, "single_view/my_work.html", shown)
