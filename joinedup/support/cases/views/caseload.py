"""The cases somebody works at."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.support.cases.queries.caseload import open_cases_of


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """Every open case the viewer works at."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=clock.now(), subject_kind="caseload"):
        found = open_cases_of(viewer)
    return render(request, "cases/caseload.html", {"cases": found})
