"""The review queue: two records, one question, three answers, and a way back."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.intelligence.linkage.forms import AnswerForm
from joinedup.intelligence.linkage.operations.review import (
    CannotDecide,
    CannotUndo,
    decide,
    undo_last,
)
from joinedup.intelligence.linkage.presenters import review as words
from joinedup.intelligence.linkage.queries import review as queries
from joinedup.intelligence.linkage.queries.review import PairToReview


@for_posts_that_may(Permission.REVIEW_LINKS)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Where the queue stands, and the way to its next pair."""
    progress = queries.progress(request.viewer)  # type: ignore[attr-defined]
    shown = {
        "progress": progress,
        "waits": words.waits(progress, request.viewer),  # type: ignore[attr-defined]
        "said": words.said(request.GET.get("said", "")),
        "agreement": words.agreement(progress),
    }
    return render(request, "linkage/review.html", shown)


@for_posts_that_may(Permission.REVIEW_LINKS)
@require_http_methods(["GET", "POST"])
def pair(request: HttpRequest, pair_id: int) -> HttpResponse:
    """Two records side by side; the answer leads to the next pair."""
    shown = _pair(request, pair_id)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            decide(
                by=request.viewer,  # type: ignore[attr-defined]
                pair_id=pair_id,
                answer=form.cleaned_data["answer"],
                reason=form.cleaned_data["reason"],
                at=clock.now(),
            )
        except CannotDecide as why:
            form.add_error(None, str(why))
        else:
            return _onwards(request, form.cleaned_data["answer"])
    picture, figures = words.evidence(shown)
    page = {
        "pair": shown,
        "form": form,
        "rows": words.compared(shown),
        "picture": picture,
        "figures": figures,
        "progress": queries.progress(request.viewer),  # type: ignore[attr-defined]
        "said": words.said(request.GET.get("said", "")),
        "mine": words.said(shown.my_answer),
    }
    return render(request, "linkage/pair.html", page)


@for_posts_that_may(Permission.REVIEW_LINKS)
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """Leads to the pair this reviewer should answer next, or back to the queue."""
    return _onwards(request, "")


def _pair(request: HttpRequest, pair_id: int) -> PairToReview:
    try:
        return queries.pair(request.viewer, pair_id, at=clock.now())  # type: ignore[attr-defined]
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


def _onwards(request: HttpRequest, answer: str) -> HttpResponse:
    following = queries.next_pair(request.viewer, at=clock.now())  # type: ignore[attr-defined]
    to = reverse("review-pair", args=[following.id]) if following else reverse("review")
    return redirect(f"{to}?said={answer}" if answer else to)


@for_posts_that_may(Permission.REVIEW_LINKS)
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Takes back this reviewer's last answer and shows that pair again."""
    try:
        pair_id = undo_last(by=request.viewer, at=clock.now())  # type: ignore[attr-defined]
    except CannotUndo as why:
        return render(request, "linkage/cannot_undo.html", {"why": str(why)}, status=409)
    return redirect("review-pair", pair_id=pair_id)
