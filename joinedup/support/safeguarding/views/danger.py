"""The exit from every screen: numbers first, then a form that is taken however little is in it (P19)."""

import datetime
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.forms.danger import DangerForm, key_of
from joinedup.support.safeguarding.operations import raise_exit
from joinedup.support.safeguarding.presenters import numbers
from joinedup.support.safeguarding.queries.exits import who_is_seen
from joinedup.support.safeguarding.queries.lines import lines_now

ELSEWHERE = "https://www.bbc.co.uk/weather"
"""Where the quick exit leads: a page that anybody might have open (P23)."""
PUBLIC = Viewer.system("receiving word of somebody in danger")


# No token is asked: a form that was open too long must be taken. Sent from another site it comes
# without the session's cookie, and so in nobody's name, as the public may send it anyhow.
@csrf_exempt
@for_anybody
@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest) -> HttpResponse:
    """What to ring now, and one form; whoever is signed out by the clock is still heard."""
    viewer: Viewer | None = request.viewer  # type: ignore[attr-defined]
    at = clock.now()
    if request.method == "POST":
        form = DangerForm(request.POST, signed_in=viewer is not None)
        whom = who_is_seen(viewer, form.whom())
        sent = raise_exit(by=viewer or PUBLIC, at=at, person_ids=whom, **form.sending())
        return redirect("exit", sent.pk) if viewer else redirect("danger-sent")
    asked = {name: request.GET.get(name, "") for name in ("matter", "person")}
    form = DangerForm(
        initial={"submission_key": uuid.uuid4(), **asked}, signed_in=viewer is not None
    )  # fmt: skip
    whom = who_is_seen(viewer, key_of(asked["person"]))
    return render(request, "safeguarding/danger.html", {"form": form, "whom": whom, **_rung(at)})


@for_anybody
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """That it was received, for whoever is not signed in; it shows nothing of what was sent."""
    return render(request, "safeguarding/danger_sent.html", _rung(clock.now()))


@for_anybody
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forgets this visit and goes somewhere ordinary."""
    request.session.flush()
    return redirect(ELSEWHERE)


def _rung(at: datetime.datetime) -> dict[str, object]:
    lines = lines_now(at)
    return {
        "numbers": numbers.numbers_now(lines),
        "procedures": numbers.procedures(lines),
        "hours": numbers.hours_now(at),
    }
