"""Variants beside each other, and what was not asked again."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.questions.presenters import figures as words
from joinedup.support.questions.queries import figures as queries

SHOWN_FOR = datetime.timedelta(days=365)


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def variants(request: HttpRequest, code: str) -> HttpResponse:
    """The versions of a set beside each other, with small numbers withheld."""
    found = queries.variants(request.viewer, code)  # type: ignore[attr-defined]
    if not found:
        raise Http404
    shown = {
        "title": found[0].asked.title,
        "code": code,
        "overview": words.overview(found),
        "questions": words.questions(found),
    }
    return render(request, "questions/variants.html", shown)


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def told_once(request: HttpRequest) -> HttpResponse:
    """How many questions were not asked again, month by month."""
    since = day_of(clock.now()) - SHOWN_FOR
    found = queries.told_once(request.viewer, since=since)  # type: ignore[attr-defined]
    shown = {"months": words.months(found) if found else None}
    return render(request, "questions/told_once.html", shown)
