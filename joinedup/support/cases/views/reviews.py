"""Reviews of a case, its supervision and its sign-off."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.review import SignedThing
from joinedup.support.cases.forms.review import BookForm, HoldForm, SignForm, SupervisionForm
from joinedup.support.cases.models import CaseReview
from joinedup.support.cases.operations import signing
from joinedup.support.cases.operations.editing import CLOSED, CannotPlan, ChangedMeanwhile
from joinedup.support.cases.operations.reviews import book_review, hold_review
from joinedup.support.cases.presenters import reviews as words
from joinedup.support.cases.presenters.plan import side_by_side as told
from joinedup.support.cases.queries import reviews as queries
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.levels import levels_to_set
from joinedup.support.cases.queries.since_last_time import since_last_time
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked

PAGE = "case_reviews"


@for_those_at_work
@require_safe
def reviews(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """What is booked, what was held, who supervised, what was signed off."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.reviews_of(viewer, matter_id)
    shown = {
        "found": found,
        "is_late": words.is_late(found.booked, day_of(clock.now())),
        "held": [words.review(each) for each in found.held],
        "supervisions": words.supervision(found.supervisions, viewer),
        "sign_offs": words.sign_offs(found.sign_offs, viewer),
        "closings": words.closings(found.closings),
        "to_sign": queries.to_sign_off(found, is_open=frame.is_open),
    }
    return page_of(request, frame, "cases/reviews.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Books the next review."""
    frame = frame_or_404(request, matter_id, PAGE)
    form = BookForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: book_review(
            by=request.viewer,  # type: ignore[attr-defined]
            matter_id=matter_id,
            due_on=form.cleaned_data["due_on"],
            at=clock.now(),
        ),
        heading="The next review",
        button="Book it",
        done="The review is booked.",
        back="case-reviews",
    )


@for_those_at_work
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, matter_id: uuid.UUID, review_id: uuid.UUID) -> HttpResponse:
    """A review: last time beside now, and what it came to."""
    frame = frame_or_404(request, matter_id, "case_review")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.one_review(viewer, matter_id, review_id)
    except CaseReview.DoesNotExist:
        if request.method == "POST" and not frame.is_open:
            return _gone_with_the_case(request, frame, at)
        raise Http404 from None
    levels = levels_to_set(viewer, matter_id, at)
    form = HoldForm(levels, request.POST or None, initial={"edited": found.edited})
    meanwhile, status = False, 200
    if found.held_on is None and form.is_valid():
        level = form.level_said()
        try:
            hold_review(
                by=viewer, review_id=review_id, held=form.said(), at=at,
                next_on=form.cleaned_data["next_on"], edited=form.cleaned_data["edited"],
                level=level,
            )  # fmt: skip
        except CannotPlan as why:
            form.add_error(None, str(why))
        except ChangedMeanwhile as changed:
            found, meanwhile, status = changed.saved, True, 409
            again = request.POST.copy()
            again["edited"] = str(found.edited)
            form = HoldForm(levels, again)
        else:
            messages.success(
                request, words.written_down(levels.now, level.level if level else levels.now)
            )
            return redirect("case-reviews", matter_id)
    elif found.held_on is not None and request.method == "POST":
        meanwhile, status = True, 409
    shown = {
        "review": found,
        "shown": words.review(found),
        "compared": told(since_last_time(viewer, frame, found, day_of(at))),
        "form": form,
        "meanwhile": meanwhile,
    }
    return page_of(request, frame, "cases/review.html", shown, status=status)


def _gone_with_the_case(request: HttpRequest, frame: Frame, at: datetime.datetime) -> HttpResponse:
    """What was written of a review that went when its case was closed: to be taken along, not lost."""
    levels = levels_to_set(request.viewer, frame.matter_id, at)  # type: ignore[attr-defined]
    form = HoldForm(levels, request.POST)
    form.add_error(None, CLOSED)
    shown = {
        "form": form, "heading": "The review", "button": "Write the review down",
        "back": "case-plan",
    }  # fmt: skip
    return page_of(request, frame, "cases/plan_form.html", shown, status=409)


@for_those_at_work
@require_POST
def ask_sign_off(request: HttpRequest, matter_id: uuid.UUID, thing: str) -> HttpResponse:
    """Asks for the last of its kind to be signed off: the plan, the review, the closing."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.reviews_of(viewer, matter_id)
    wanted = {each.thing: each for each in queries.to_sign_off(found, is_open=frame.is_open)}
    if thing not in wanted:
        raise Http404
    try:
        signing.ask_to_sign_off(
            by=viewer, matter_id=matter_id, thing=SignedThing(thing), at=clock.now(),
            version_id=wanted[SignedThing(thing)].version_id,
            review_id=wanted[SignedThing(thing)].review_id,
        )  # fmt: skip
    except CannotPlan as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, "The operational manager is asked to sign it off.")
    return redirect("case-reviews", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def sign_off(request: HttpRequest, matter_id: uuid.UUID, sign_off_id: uuid.UUID) -> HttpResponse:
    """Signs somebody's work off, or sends it back."""
    frame = frame_or_404(request, matter_id, "case_sign_off")
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.reviews_of(viewer, matter_id).sign_offs
    shown = {each.pk: each for each in words.sign_offs(found, viewer)}.get(sign_off_id)
    if shown is None:
        raise Http404
    if request.method == "GET" and not shown.waits:
        return _answered(request, matter_id, shown)
    form = SignForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: signing.answer_sign_off(
            by=viewer,
            sign_off_id=sign_off_id,
            sign=form.cleaned_data["answer"] == "sign",
            words=form.cleaned_data["words"],
            at=clock.now(),
        ),
        heading="Sign-off",
        intro=f"{shown.what}. {shown.where}.",
        button="Answer",
        done="Your answer stands.",
        back="case-reviews",
    )


@for_those_at_work
@require_POST
def ask_supervision(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks one's own professional supervisor."""
    frame_or_404(request, matter_id, PAGE)
    try:
        signing.ask_for_supervision(by=request.viewer, matter_id=matter_id, at=clock.now())  # type: ignore[attr-defined]
    except CannotPlan as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, "Your professional supervisor is asked, and may read this case.")
    return redirect("case-reviews", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def supervision(
    request: HttpRequest, matter_id: uuid.UUID, supervision_id: uuid.UUID
) -> HttpResponse:
    """Writes supervision down, as the supervisor."""
    frame = frame_or_404(request, matter_id, "case_supervision")
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.reviews_of(viewer, matter_id).supervisions
    shown = {each.pk: each for each in words.supervision(found, viewer)}.get(supervision_id)
    if shown is None:
        raise Http404
    if request.method == "GET" and not shown.waits:
        return _answered(request, matter_id, shown)
    form = SupervisionForm(request.POST or None)
    return asked(
        request,
        frame,
        form,
        lambda: signing.record_supervision(
            by=viewer, supervision_id=supervision_id, at=clock.now(), **form.cleaned_data
        ),
        heading="Supervision",
        intro=f"{shown.what}. It signs nothing off.",
        button="Write it down",
        done="Supervision is written down.",
        back="case-reviews",
    )


def _answered(request: HttpRequest, matter_id: uuid.UUID, shown: words.ActShown) -> HttpResponse:
    """Back to the reviews, where what was answered stands: nothing is asked twice."""
    messages.info(request, f"It is answered already. {shown.what}. {shown.where}.")
    return redirect("case-reviews", matter_id)
