"""High risk: what a team was asked to take, one of them, and which team takes what."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

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
from joinedup.support.frontdoor.operations.high_risk_back import send_through_exit
from joinedup.support.frontdoor.presenters import high_risk as words
from joinedup.support.frontdoor.queries import high_risk as queries
from joinedup.support.frontdoor.queries.keeping import teams_that_take
from joinedup.support.handovers.choices import Force, ReturnReason
from joinedup.support.handovers.forms import AcceptForm, ReturnForm
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations import (
    CannotAccept,
    CannotGiveBack,
    NoPart,
    accept,
    give_back,
)
from joinedup.support.handovers.presenters import posts
from joinedup.support.handovers.queries.seen import (
    CanDo,
    duty_of,
    handovers_of,
    may_take,
    open_handover,
    what_can_be_done,
)
from joinedup.support.handovers.rules.returning import reasons_for

REFUSED = (acts.CannotActOnHighRisk, acts.CannotSetInbox, CannotAccept, CannotGiveBack, NoPart)


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def high_risk(request: HttpRequest) -> HttpResponse:
    """What this post’s team was asked to take beside the programme; to all others an empty page (P8)."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=clock.now(), subject_kind="high risk"):
        found = queries.high_risk_with(viewer)
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
    can = what_can_be_done(viewer, waiting, at) if waiting else CanDo()
    answers = duty is not None and duty.post.team_id == viewer.team_id
    may_end = answers and waiting is None and papers.matter.closed_at is None
    found = _forms(request, viewer, waiting if can.accept else None, at, may_end=may_end)
    do = request.POST.get("do", "")
    if request.method == "POST" and _done(
        request, found.get(do), _act(viewer, matter_id, waiting, do, found, at)
    ):
        return redirect("high-risk")
    shown = {
        "papers": papers, "route": HighRiskRoute(papers.route).label,
        "facts": words.facts(papers, duty, at), "people": words.people(papers),
        "waiting": waiting, "passed": passed, "forms": found, "form": found.get(do),
        "came_back": may_end and words.came_back(passed),
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


def _forms(
    request: HttpRequest,
    viewer: Viewer,
    waiting: Handover | None,
    at: datetime.datetime,
    *,
    may_end: bool,
) -> dict[str, forms.Form]:
    """The forms of what is open to this post now; the one that was sent bound to what was typed."""
    do = request.POST.get("do", "")

    def data(name: str) -> Any:
        return request.POST if do == name else None

    found: dict[str, forms.Form] = {}
    if waiting is not None:
        found["accept"] = AcceptForm(
            posts(may_take(viewer, waiting, at)),
            data("accept"),
            initial={"post": str(viewer.post_id)},
        )
        found["return"] = ReturnForm(reasons_for(Force(waiting.force)), data("return"))
    if may_end:
        found["close"] = BecameForm(data("close"))
    return found


def _act(
    viewer: Viewer,
    matter_id: uuid.UUID,
    waiting: Handover | None,
    do: str,
    found: dict[str, forms.Form],
    at: datetime.datetime,
) -> Callable[[], str]:
    def act() -> str:
        said = found[do].cleaned_data if do in found else {}
        if do == "accept" and waiting is not None:
            accept(
                by=viewer, handover_id=waiting.pk, post_id=uuid.UUID(said["post"]),
                words=said["words"], at=at,
            )  # fmt: skip
            return "It is yours now. The front door has been told."
        if do == "return" and waiting is not None:
            give_back(
                by=viewer, handover_id=waiting.pk, reason=ReturnReason(said["reason"]),
                words=said["words"], at=at,
            )  # fmt: skip
            return "It has gone back to the front door, which answers for it and is told why."
        if do == "close":
            acts.close_high_risk(by=viewer, matter_id=matter_id, words=said.get("words", ""), at=at)
            return "It is closed, and the front door reads what became of it."
        if do == "exit":
            send_through_exit(by=viewer, matter_id=matter_id, at=at)
            return "It rings at the door of safeguarding until a named person has it."
        acts.send_again(by=viewer, matter_id=matter_id, at=at)
        return "The team is asked again."

    return act


def _done(request: HttpRequest, form: forms.Form | None, act: Callable[[], str]) -> bool:
    if form is not None and not form.is_valid():
        return False
    try:
        messages.success(request, act())
    except REFUSED as why:
        if form is not None:
            form.add_error(next(iter(form.fields)), str(why))
        else:
            messages.error(request, str(why))
        return False
    return True
