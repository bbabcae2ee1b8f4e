"""Sign-in by persona, one press and no password; and the demo’s own clock. Installed in the demo only."""

import datetime

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from joinedup.demo.personas import PERSONAS, make_personas, persona
from joinedup.foundations.core import clock, wording
from joinedup.foundations.core.dates import day_of, start_of
from joinedup.foundations.core.pages import for_anybody
from joinedup.identity.sharing.operations.agreement_warnings import warn_of_agreements
from joinedup.single_view.middleware import POST
from joinedup.single_view.queries.posts import account_of_post


@for_anybody
@require_http_methods(["GET", "POST"])
def choose(request: HttpRequest) -> HttpResponse:
    """The personas, each with a sentence; choosing one signs in as them."""
    if request.method != "POST":
        going = request.GET.get("next", "")
        return render(request, "demo/sign_in.html", {"personas": PERSONAS, "next": going})
    chosen = persona(request.POST.get("persona", ""))
    if chosen is None:
        return HttpResponseBadRequest("There is no such persona.")
    make_personas()
    login(request, account_of_post(chosen.post_id), "django.contrib.auth.backends.ModelBackend")
    request.session[POST] = str(chosen.post_id)
    going = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(going, allowed_hosts={request.get_host()})
    return redirect(going if safe else "start")


@for_anybody
@require_http_methods(["GET", "POST"])
def move_clock(request: HttpRequest) -> HttpResponse:
    """Lets the demo’s clock stand at a minute past the next midnight, and run again by itself."""
    now = clock.now()
    midnight = start_of(day_of(now) + datetime.timedelta(days=1))
    if request.method == "POST":
        going = request.POST.get("to", "")
        if going == "midnight":
            clock.set_for_tests(midnight + datetime.timedelta(minutes=1))
            # What a timer does each day in production: whoever sees less from now on is told.
            warn_of_agreements(day=day_of(midnight), at=clock.now())
        elif going == "now":
            clock.set_for_tests(None)
        else:
            return HttpResponseBadRequest("The clock goes to midnight, or back to now.")
        messages.success(request, f"The demo’s clock says {wording.moment(clock.now())}.")
        return redirect("demo-clock")
    return render(request, "demo/clock.html", {"now": now, "midnight": midnight})
