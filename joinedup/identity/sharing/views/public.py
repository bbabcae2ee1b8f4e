"""What is shared and why: a page for anybody, without signing in (S1-28)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody
from joinedup.identity.sharing.presenters import public as words
from joinedup.identity.sharing.queries.public import in_force


@for_anybody
@require_safe
def what_is_shared(request: HttpRequest) -> HttpResponse:
    """The agreements in force today, in plain words; nobody is named on it."""
    shown = {"agreements": words.agreements(in_force(clock.now()))}
    return render(request, "sharing/what_is_shared.html", shown)
