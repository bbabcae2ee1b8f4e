"""Find a person: one box, as you type or by the button."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.intelligence.linkage.queries.find import find_people
from joinedup.single_view.forms import LONGEST_SEARCH
from joinedup.support.frontdoor.views.looked_for import looked_for

SEARCH = "search"
"""The session's key for what was last searched for. It never stands in an address, so it never
reaches a log or the browser's history; signing out forgets it."""


@for_posts_that_may(Permission.FIND_PEOPLE)
@transaction.non_atomic_requests
@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """The box and, once enough is given to point at somebody (P3), at most ten answers.

    What is found is read in a transaction of its own, which ends with the lines of its looks: they stand even
    where the page cannot be shown.
    """
    if request.method == "POST":
        text = request.POST.get("text", "").strip()[:LONGEST_SEARCH]
    else:
        text = request.session.get(SEARCH, "") if "again" in request.GET else ""
    now = clock.now()
    found = find_people(request.viewer, text, at=now) if text else None  # type: ignore[attr-defined]
    if found and found.answers:
        _remember(request, text)
    template = "single_view/find.html"
    if request.htmx:  # type: ignore[attr-defined]
        template += "#answers"
    return render(
        request,
        template,
        {
            "text": text,
            "found": found,
            "today": timezone.localdate(now),
            "looked_for": looked_for(request),
        },
    )


def _remember(request: HttpRequest, text: str) -> None:
    """Keep the search for the way back, by one statement: it is kept at each key."""
    request.session[SEARCH] = text
    request.session.save_in_place()  # type: ignore[attr-defined]
    request.session.modified = False
