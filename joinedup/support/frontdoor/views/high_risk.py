"""High risk: what a team was asked to take, one of them, and which team takes what."""

import datetime
import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.support.frontdoor.choices import HighRiskRoute
from joinedup.support.frontdoor.forms.high_risk import BecameForm, InboxForm
from joinedup.support.frontdoor.models import HighRiskPapers
from joinedup.support.frontdoor.operations import high_risk as acts
from joinedup.support.frontdoor.presenters import high_risk as words
from joinedup.support.frontdoor.queries import high_risk as queries
from joinedup.support.frontdoor.queries.keeping import teams_that_take
from joinedup.support.handovers.queries.seen import duty_of, handovers_of, open_handover


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def high_risk(request: HttpRequest) -> HttpResponse:
    """What this post’s team was asked to take beside the programme; to all others an empty page (P8)."""
    found = queries.high_risk_with(request.viewer)  # type: ignore[attr-defined]
    return render(
        request, "frontdoor/high_risk.html", {"found": words.inbox(found) if found else None}
    )


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def one_high_risk(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """One of them, as typed; close it, or send it again where it came back."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="high risk", subject_id=str(matter_id)):
            papers = queries.papers_of(viewer, matter_id)
            duty = duty_of(viewer, matter_id)
            waiting = open_handover(viewer, matter_id)
            passed = handovers_of(viewer, matter_id)
    except HighRiskPapers.DoesNotExist as why:
        raise Http404 from why
    answers = duty is not None and duty.post.team_id == viewer.team_id
    may = answers and waiting is None and papers.matter.closed_at is None
    form = BecameForm(request.POST if "words" in request.POST else None)
    if request.method == "POST" and _done(request, form, _act(viewer, matter_id, form, at)):
        return redirect("high-risk")
    shown = {
        "route": HighRiskRoute(papers.route).label,
        "papers": papers, "facts": words.facts(papers, duty, at), "people": words.people(papers),
        "waiting": waiting, "passed": passed, "form": form if may else None,
        "came_back": may and words.came_back(passed),
    }  # fmt: skip
    return render(request, "frontdoor/one_high_risk.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def inboxes(request: HttpRequest) -> HttpResponse:
    """Which team takes what goes to MARAC, MAPPA and IOM; name another."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    form = InboxForm(teams_that_take(today), request.POST or None)

    def act() -> str:
        said = form.cleaned_data
        acts.set_inbox(
            by=viewer, route=HighRiskRoute(said["route"]), team_id=int(said["team"]),
            starts_on=said["starts_on"], at=at,
        )  # fmt: skip
        return "It is kept; what is deemed high is handed to that team from that day."

    if request.method == "POST" and _done(request, form, act):
        return redirect("high-risk-inboxes")
    found = queries.inboxes()
    shown = {
        "form": form,
        "found": words.inboxes(found, today),
        "missing": words.missing(found, today),
    }
    return render(request, "frontdoor/high_risk_inboxes.html", shown)


def _act(
    viewer: Viewer, matter_id: uuid.UUID, form: BecameForm, at: datetime.datetime
) -> Callable[[], str]:
    def send() -> str:
        acts.send_again(by=viewer, matter_id=matter_id, at=at)
        return "The team is asked again."

    def close() -> str:
        acts.close_high_risk(
            by=viewer, matter_id=matter_id, words=form.cleaned_data["words"], at=at
        )
        return "It is closed, and the front door reads what became of it."

    return close if form.is_bound else send


def _done(request: HttpRequest, form: forms.Form, act: Callable[[], str]) -> bool:
    if form.is_bound and not form.is_valid():
        return False
    try:
        messages.success(request, act())
    except (acts.CannotActOnHighRisk, acts.CannotSetInbox) as why:
        if form.is_bound:
            form.add_error(next(iter(form.fields)), str(why))
        else:
            messages.error(request, str(why))
        return False
    return True
