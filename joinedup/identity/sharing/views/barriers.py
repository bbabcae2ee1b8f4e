"""The log of barriers to sharing, and one barrier: sent up, answered."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.forms.barriers import AnswerForm, BarrierForm, EscalateForm
from joinedup.identity.sharing.models import SharingBarrier
from joinedup.identity.sharing.operations.barriers import (
    CannotAnswerBarrier,
    CannotEscalate,
    answer_barrier,
    escalate_barrier,
    tell_barrier,
)
from joinedup.identity.sharing.presenters import barriers as words
from joinedup.identity.sharing.queries import barriers as queries


@for_posts_that_may(*queries.MAY_TELL)
@require_http_methods(["GET", "POST"])
def barriers(request: HttpRequest) -> HttpResponse:
    """The log, and a new line in it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = BarrierForm(request.POST or None)
    if form.is_valid():
        tell_barrier(by=viewer, what=form.cleaned_data["what"], at=clock.now())
        messages.success(request, "It stands in the log.")
        return redirect("barriers")
    found = list(queries.barriers(viewer))
    shown = {"form": form, "found": words.log(found) if found else None}
    return render(request, "sharing/barriers.html", shown)


@for_posts_that_may(*queries.MAY_TELL)
@require_http_methods(["GET", "POST"])
def barrier(request: HttpRequest, barrier_id: int) -> HttpResponse:
    """One barrier: send it up to a named executive, or say what was done."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.barriers(viewer).filter(pk=barrier_id).first()
    if found is None:
        raise Http404
    manages = viewer.may(Permission.MANAGE_AGREEMENTS)
    mine = manages or found.escalated_to_id == viewer.post_id
    going = EscalateForm(
        list(queries.executives(day_of(at))), request.POST if "to" in request.POST else None
    )
    answering = AnswerForm(request.POST if "answer" in request.POST else None)
    if _went(request, found, going, answering):
        return redirect("barrier", barrier_id=barrier_id)
    open_ = found.answered_at is None
    shown = {
        "barrier": found,
        "facts": words.facts(found),
        "form": answering if answering.errors else going,
        "going": going if manages and open_ else None,
        "answering": answering if mine and open_ else None,
    }
    return render(request, "sharing/barrier.html", shown)


def _went(
    request: HttpRequest, found: SharingBarrier, going: EscalateForm, answering: AnswerForm
) -> bool:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        if going.is_valid():
            escalate_barrier(by=viewer, barrier_id=found.pk, to=going.chosen, at=at)
            messages.success(request, "It went up, and the executive is told.")
            return True
        if answering.is_valid():
            given = answering.cleaned_data["answer"]
            answer_barrier(by=viewer, barrier_id=found.pk, answer=given, at=at)
            messages.success(request, "The answer stands in the log.")
            return True
    except CannotEscalate as why:
        going.add_error("to", str(why))
    except CannotAnswerBarrier as why:
        answering.add_error("answer", str(why))
    return False
