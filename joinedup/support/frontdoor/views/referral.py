"""One referral: read what was sent and found, send it on, take it on or back, say what became of it."""

import datetime
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.support.cases.presenters.alongside import open_twice
from joinedup.support.cases.queries.alongside import same_programme_about
from joinedup.support.contacts.queries import reach_of
from joinedup.support.frontdoor.choices import OutcomeKind, ReferralState
from joinedup.support.frontdoor.forms import referral as asked
from joinedup.support.frontdoor.models import Referral
from joinedup.support.frontdoor.operations import offers, outcomes, triaging
from joinedup.support.frontdoor.operations.queue import open_here
from joinedup.support.frontdoor.presenters import referral as words
from joinedup.support.frontdoor.queries import referral as queries
from joinedup.support.frontdoor.queries.routes import routes_on
from joinedup.support.handovers.choices import ReturnReason
from joinedup.support.handovers.queries.seen import colleagues
from joinedup.support.safeguarding.queries.exits import exits_from

Forms = dict[str, forms.Form]
REFUSED = (
    offers.CannotSend,
    outcomes.CannotAnswerReferral,
    outcomes.CannotClose,
    triaging.CannotTriage,
)


@dataclass(frozen=True)
class _Page:
    """What the page shows, read in one look."""

    viewer: Viewer
    sent: queries.Sent
    triaged: queries.Triaged
    where: queries.Where
    at: datetime.datetime

    @property
    def may(self) -> frozenset[str]:
        """The acts that are open to this viewer now."""
        state = ReferralState(self.sent.referral.state)
        door = self.viewer.may(Permission.WORK_FRONT_DOOR)
        may = set()
        if queries.is_handed_to(self.viewer, self.where.offer):
            may |= {"accept", "return"}
        if door and state in offers.MAY_GO_ON:
            may |= {"send", "find_out"}
        if door and state not in {ReferralState.CLOSED, ReferralState.WITHDRAWN}:
            may.add("settle")
        if door and self.where.offer is not None:
            may.add("withdraw_offer")
        answers = (
            self.where.duty is not None and self.where.duty.post.team_id == self.viewer.team_id
        )
        if self.where.outcome is None and self.where.offer is None and answers:
            may.add("close")
        if self.where.outcome is None and self.sent.referral.by_post_id is not None:
            may.add("ask")
        return frozenset(may)


@for_posts_that_may(Permission.WORK_FRONT_DOOR, Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The referral, for whoever works at it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    page = _read(viewer, matter_id, at)
    found = _forms(page, request.POST or None)
    act = next((name for name in found if f"{name}-do" in request.POST), "")
    if act and found[act].is_valid():
        try:
            said = ACTS[act](viewer, matter_id, found[act], at)
        except REFUSED as why:
            found[act].add_error(next(f.name for f in found[act].visible_fields()), str(why))
        else:
            messages.success(request, said)
            if act == "accept":
                for each in same_programme_about(viewer, matter_id, at=at):
                    messages.warning(request, open_twice(each))
            return redirect("referral", matter_id=matter_id)
    elif request.method == "POST" and not act:
        messages.error(request, "This has changed meanwhile. Nothing was done: look again.")
        return redirect("referral", matter_id=matter_id)
    return render(request, "frontdoor/referral.html", _shown(page, found, act))


def _read(viewer: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> _Page:
    try:
        with looking(viewer, at=at, subject_kind="referral", subject_id=str(matter_id)):
            return _Page(
                viewer,
                queries.sent(viewer, matter_id),
                queries.triaged(viewer, matter_id),
                queries.whereabouts(viewer, matter_id),
                at,
            )
    except Referral.DoesNotExist as why:
        raise Http404 from why


def _forms(page: _Page, data: Any) -> Forms:
    """The forms of the acts that are open, the one that was sent bound to what was typed."""
    may = page.may

    def bound(form: type[Any], *args: Any) -> forms.Form:
        mine = data if data and f"{form.act}-do" in data else None
        made: forms.Form = form(*args, data=mine)
        return made

    found: Forms = {}
    if "send" in may:
        rows = routes_on(day_of(page.at)).rows
        ids = {code: row.pk for code, row in rows.items()}
        found["send"] = bound(asked.SendForm, words.routes_to_choose(page.triaged, ids))
    if "accept" in may:
        team = [p for p in colleagues(page.viewer, page.at) if p.team_id == page.viewer.team_id]
        posts = words.posts_to_name(team, page.viewer.post_id)
        found["accept"] = bound(asked.AcceptForm, posts)
        found["return"] = bound(asked.ReturnForm)
    for form in (asked.WithdrawOfferForm, asked.FindOutForm, asked.QuestionForm, asked.CloseForm):
        if form.act in may:
            found[form.act] = bound(form)
    return found


def _shown(page: _Page, found: Forms, act: str) -> dict[str, Any]:
    matter_id = page.sent.referral.pk
    return {
        "referral": page.sent.referral,
        "name": words.name_of(page.sent),
        "state": words.state_tag(page.sent.referral),
        "clock": words.clock(page.where),
        "facts": words.facts(page.sent, page.at),
        "people": words.people(page.sent, page.at, may_settle="settle" in page.may),
        "unsettled": words.unsettled(page.sent) if "settle" in page.may else [],
        "answers": words.answers(page.sent.answers),
        "attachments": page.sent.attachments,
        "triaged": page.triaged,
        **words.routes(page.triaged),
        "evidence": words.evidence(page.triaged),
        "found_out": words.found_out(page.triaged),
        "where": page.where,
        "handed_to_me": "accept" in found,
        "exits": exits_from(page.viewer, matter_id),
        "reach": reach_of(page.viewer, matter_id),
        "forms": found,
        "form": found.get(act),
        "other": open_here(by=page.viewer, matter_id=matter_id, at=page.at)
        if page.viewer.may(Permission.WORK_FRONT_DOOR)
        else "",
    }


def _send(viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> str:
    asked_for = form.cleaned_data
    made = offers.offer_route(
        by=viewer, matter_id=matter_id, route_id=int(asked_for["route"]),
        reason=asked_for["reason"], words=asked_for["words"], at=at,
    )  # fmt: skip
    if made.state_word.waits:
        return "It is offered. It stays yours until the other side accepts."
    return "The person was shown the way, and it is recorded as that."


def _withdraw_offer(
    viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime
) -> str:
    offers.withdraw_offer(by=viewer, matter_id=matter_id, reason=form.cleaned_data["reason"], at=at)
    return "The offer is withdrawn, and the other side is told."


def _accept(viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> str:
    outcomes.accept_referral(
        by=viewer, matter_id=matter_id, lead_post_id=uuid.UUID(form.cleaned_data["lead"]),
        words=form.cleaned_data["words"], at=at,
    )  # fmt: skip
    return "It is accepted, and the sender is told."


def _return(viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> str:
    outcomes.return_referral(
        by=viewer, matter_id=matter_id, reason=ReturnReason(form.cleaned_data["reason"]),
        words=form.cleaned_data["words"], at=at,
    )  # fmt: skip
    return "It is back with the front door, which is told why."


def _ask(viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> str:
    outcomes.ask_sender(by=viewer, matter_id=matter_id, words=form.cleaned_data["words"], at=at)
    return "The sender is asked. The clock runs on meanwhile."


def _find_out(
    viewer: Viewer, matter_id: uuid.UUID, form: asked.FindOutForm, at: datetime.datetime
) -> str:
    kind, code = form.found
    triaging.find_out(
        by=viewer, matter_id=matter_id, kind=kind, code=code, words=form.cleaned_data["words"],
        at=at,
    )  # fmt: skip
    return "It is noted, and the rule was run again."


def _close(viewer: Viewer, matter_id: uuid.UUID, form: forms.Form, at: datetime.datetime) -> str:
    outcomes.close_referral(
        by=viewer, matter_id=matter_id, outcome=OutcomeKind(form.cleaned_data["outcome"]),
        words=form.cleaned_data["words"], at=at,
    )  # fmt: skip
    return "It is closed, and whoever sent it reads what became of it."


ACTS: dict[str, Callable[[Viewer, uuid.UUID, Any, datetime.datetime], str]] = {
    "send": _send,
    "withdraw_offer": _withdraw_offer,
    "accept": _accept,
    "return": _return,
    "ask": _ask,
    "find_out": _find_out,
    "close": _close,
}
