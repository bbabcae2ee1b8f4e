"""Hand-overs: what waits for us, what we sent, and one of them with all that can be done about it."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.looked import told_of
from joinedup.support.handovers import operations, presenters
from joinedup.support.handovers.choices import Force, ReturnReason
from joinedup.support.handovers.forms import (
    AcceptForm,
    AnswerForm,
    AskForm,
    ReturnForm,
    WithdrawForm,
)
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.queries import seen
from joinedup.support.handovers.rules.returning import reasons_for

ON_A_PAGE = 50
_REFUSALS = (
    operations.CannotAccept,
    operations.CannotAsk,
    operations.CannotGiveBack,
    operations.CannotWithdraw,
    operations.NoPart,
)
_MOVES_IT = frozenset({"accept", "return", "withdraw"})
_TITLES = {
    "accept": ("Take it on", "Take it on"),
    "ask": ("Ask the sender", "Send the question"),
    "answer": ("Answer the question", "Send the answer"),
    "return": ("Send it back", "Send it back"),
    "withdraw": ("Take it back", "Take it back"),
}


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def handovers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer of ours, due first, and what our team handed over."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    waiting = list(seen.waiting_for(viewer, at))
    first = {key: presenters.short(words) for key, words in seen.first_words(waiting).items()}
    page = Paginator(seen.sent_by(viewer, at), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "waiting": presenters.waiting(waiting, first, at),
        "sent": presenters.sent(list(page.object_list), at),
        "pagination": pagination(page),
    }
    return render(request, "handovers/handovers.html", shown)


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def handover(request: HttpRequest, handover_id: uuid.UUID) -> HttpResponse:
    """One hand-over: who to whom, its clock, every word between the two sides, and what can be done."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="handover", subject_id=str(handover_id)):
        found = _found(viewer, handover_id)
        told_of(matters=[found.matter_id])
        said = seen.messages_of(viewer, found.pk)
        duty = seen.duty_of(viewer, found.matter_id)
        can = seen.what_can_be_done(viewer, found, at)
    shown = {
        "handover": found,
        "facts": [
            *presenters.facts(found, at), ("Who answers for it now", presenters.answers(duty))
        ],
        "lines": [presenters.line_of(message) for message in said],
        "can": can,
    }  # fmt: skip
    return render(request, "handovers/handover.html", shown)


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, handover_id: uuid.UUID, what: str) -> HttpResponse:
    """Asks what has to be asked, then does it: accept, ask, answer, send back, take back."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if what not in _TITLES:
        raise Http404
    found = _found(viewer, handover_id)
    if found.link and what in _MOVES_IT:
        return redirect(found.link)  # more follows from it there than from here
    if request.method == "GET" and not found.state_word.waits:
        return redirect("handover", handover_id=found.pk)
    form = _form(viewer, found, what, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            told = _DOES[what](viewer, found, form.cleaned_data, at)
        except _REFUSALS as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, told)
            return _onwards(found, what)
    title, button = _TITLES[what]
    shown = {
        "form": form,
        "handover": found,
        "facts": presenters.facts(found, at),
        "title": title,
        "button": button,
    }
    return render(request, "handovers/act.html", shown)


def _onwards(found: Handover, what: str) -> HttpResponse:
    """To the list where it is the other side's now; else to where it is."""
    if what in {"return", "withdraw"}:
        return redirect("handovers")
    return redirect("whereabouts", matter_id=found.matter_id)


def _found(viewer: Viewer, handover_id: uuid.UUID) -> Handover:
    try:
        return seen.one_handover(viewer, handover_id)
    except Handover.DoesNotExist as gone:
        raise Http404 from gone


def _form(viewer: Viewer, found: Handover, what: str, data: Any) -> forms.Form:
    if what == "return":
        return ReturnForm(reasons_for(Force(found.force)), data)
    if what == "accept":
        at = clock.now()
        return AcceptForm(
            presenters.posts(seen.may_take(viewer, found, at)),
            data,
            initial={"post": str(found.to_post_id or viewer.post_id)},
        )
    return {"ask": AskForm, "answer": AnswerForm, "withdraw": WithdrawForm}[what](data)


def _accept(by: Viewer, found: Handover, said: dict[str, Any], at: Any) -> str:
    operations.accept(
        by=by, handover_id=found.pk, post_id=uuid.UUID(said["post"]), words=said["words"], at=at
    )
    return "It is yours now. The sender has been told."


def _ask(by: Viewer, found: Handover, said: dict[str, Any], at: Any) -> str:
    operations.ask(by=by, handover_id=found.pk, words=said["words"], at=at)
    return "Your question has gone to the sender."


def _answer(by: Viewer, found: Handover, said: dict[str, Any], at: Any) -> str:
    operations.answer(by=by, handover_id=found.pk, words=said["words"], at=at)
    return "Your answer has gone to the other side."


def _return(by: Viewer, found: Handover, said: dict[str, Any], at: Any) -> str:
    reason = ReturnReason(said["reason"])
    operations.give_back(by=by, handover_id=found.pk, reason=reason, words=said["words"], at=at)
    return "It has gone back. The sender answers for it, and has been told why."


def _withdraw(by: Viewer, found: Handover, said: dict[str, Any], at: Any) -> str:
    operations.withdraw(by=by, handover_id=found.pk, reason=said["words"], at=at)
    return "You have taken it back, and answer for it. The other side has been told."


_DOES: dict[str, Callable[[Viewer, Handover, dict[str, Any], Any], str]] = {
    "accept": _accept,
    "ask": _ask,
    "answer": _answer,
    "return": _return,
    "withdraw": _withdraw,
}
