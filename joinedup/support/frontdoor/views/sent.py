"""What I sent and what became of it, and files as downloads that nothing runs."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.support.frontdoor.models import Attachment, Receipt
from joinedup.support.frontdoor.operations.outcomes import (
    CannotAnswerReferral,
    CannotClose,
    answer_question,
    withdraw_referral,
)
from joinedup.support.frontdoor.presenters.refer import STATE_WORDS
from joinedup.support.frontdoor.queries.sent import file_to_read, sent_referral, what_i_sent
from joinedup.support.frontdoor.rules.identity_typed import LONGEST_TEXT, told


@for_posts_that_may(Permission.REFER)
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Everything this post sent, and where each stands; or receipts, for whoever only refers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=clock.now(), subject_kind="what was sent") as about:
        about["no_involvement"] = False
        found = what_i_sent(viewer)
    rows = [(row, STATE_WORDS[row.state] if row.state else "") for row in found]
    shown = {"rows": rows, "only_receipts": not viewer.may(Permission.FIND_PEOPLE)}
    return render(request, "frontdoor/sent.html", shown)


@for_posts_that_may(Permission.REFER)
@require_http_methods(["GET", "HEAD", "POST"])
def one_sent(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """One that this post sent: where it goes and why, what was said and asked of it, what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    wrong = ""
    if request.method == "POST":
        try:
            messages.success(request, _done(request, viewer, matter_id))
            return redirect("sent-referral", matter_id=matter_id)
        except (CannotAnswerReferral, CannotClose) as why:
            wrong = str(why)
    try:
        with looking(
            viewer, at=clock.now(), subject_kind="what was sent", subject_id=str(matter_id)
        ):
            found = sent_referral(viewer, matter_id)
    except Receipt.DoesNotExist as hidden:
        raise Http404 from hidden
    state = STATE_WORDS[found.referral.state] if found.referral else ""  # type: ignore[index]
    shown = {
        "sent": found, "state": state, "wrong": wrong, "wrong_lines": [{"text": wrong}],
        "typed": request.POST.get("words", ""), "do": request.POST.get("do", ""),
    }  # fmt: skip
    return render(request, "frontdoor/sent_referral.html", shown)


def _done(request: HttpRequest, viewer: Viewer, matter_id: uuid.UUID) -> str:
    """Answer what the front door asked, or take the referral back; what was done, in words."""
    do, _, key = request.POST.get("do", "").partition(":")
    words = told(request.POST.get("words", "")[:LONGEST_TEXT], missing="")
    if do == "answer" and key.isdecimal() and len(key) < 18:
        answer_question(by=viewer, question_id=int(key), words=words, at=clock.now())
        return "Your answer is with the front door."
    if do == "withdraw":
        withdraw_referral(by=viewer, matter_id=matter_id, reason=words, at=clock.now())
        return "The referral is withdrawn."
    raise CannotClose("Choose what to do.")


@for_posts_that_may(Permission.REFER, Permission.WORK_FRONT_DOOR, Permission.TAKE_HANDOVERS)
@require_safe
def file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """A file as a download: of the kind it is, never shown in the page, never run."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=clock.now(), subject_kind="file", subject_id=str(file_id)):
            found = file_to_read(viewer, file_id)
    except Attachment.DoesNotExist as hidden:
        raise Http404 from hidden
    response = HttpResponse(bytes(found.content), content_type=found.kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
