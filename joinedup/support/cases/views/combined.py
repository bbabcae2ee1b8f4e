"""The combined-factor check, for the one lead it told: what waits, and the decision (P36)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.cases.forms.combined import CombinedForm
from joinedup.support.cases.models import CombinedAlert
from joinedup.support.cases.operations.combined import (
    CannotDecide,
    decide_combined,
    recipients_for,
)
from joinedup.support.cases.queries.combined import alerts_of, one_alert


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def alerts(request: HttpRequest) -> HttpResponse:
    """What this post was told of; to everybody else an empty page, and the same one."""
    found = alerts_of(request.viewer, at=clock.now())  # type: ignore[attr-defined]
    return render(request, "cases/combined.html", {"alerts": found})


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def alert(request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
    """One alert: what our own agency holds, and the decision."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = one_alert(viewer, alert_id, at=at)
    except CombinedAlert.DoesNotExist as missing:
        raise Http404 from missing
    form = CombinedForm(recipients_for(found.holder), request.POST or None)
    if found.decision is None and form.is_valid():
        try:
            decided = decide_combined(by=viewer, alert_id=alert_id, said=form.said(), at=at)
        except CannotDecide as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The decision is written down.")
            if decided.sent_as_id:
                return redirect("exit", exit_id=decided.sent_as_id)
            return redirect("combined-alerts")
    return render(request, "cases/combined_alert.html", {"alert": found, "form": form})
