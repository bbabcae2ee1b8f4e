"""How often people are assessed and what carers are offered, in numbers; and the overrides, case by case."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.support.cases.presenters import assessment as in_words
from joinedup.support.cases.presenters.assessment_figures import as_tables
from joinedup.support.cases.queries.assessment_figures import figures as counted
from joinedup.support.cases.queries.eligibility import overrides as overridden

YEAR = datetime.timedelta(days=365)


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """A year of assessments and carers, small numbers withheld."""
    at = clock.now()
    found = counted(request.viewer, since=at - YEAR, at=day_of(at))  # type: ignore[attr-defined]
    return render(request, "cases/assessment_figures.html", {"found": found, **as_tables(found)})


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def overrides(request: HttpRequest) -> HttpResponse:
    """Decisions that are not what the answers came to, in the cases the viewer works at."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=clock.now(), subject_kind="overrides of eligibility"):
        found = overridden(viewer)
    shown = {"overrides": in_words.overrides(found, caption="The newest first")}
    return render(request, "cases/assessment_overrides.html", shown)
