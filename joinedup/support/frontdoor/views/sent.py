"""What I sent and what became of it, and files as downloads that nothing runs."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_look
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, marks
from joinedup.support.frontdoor.models import Attachment, Receipt
from joinedup.support.frontdoor.presenters.refer import STATE_WORDS
from joinedup.support.frontdoor.queries.sent import file_to_read, sent_referral, what_i_sent


@for_posts_that_may(Permission.REFER)
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Everything this post sent, and where each stands; or receipts, for whoever only refers."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    rows = [(row, STATE_WORDS[row.state] if row.state else "") for row in what_i_sent(viewer)]
    shown = {"rows": rows, "only_receipts": not viewer.may(Permission.FIND_PEOPLE)}
    return render(request, "frontdoor/sent.html", shown)


@for_posts_that_may(Permission.REFER)
@require_safe
def one_sent(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """One that this post sent: where it goes and why, what was said of it since, what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        found = sent_referral(viewer, matter_id)
    except Receipt.DoesNotExist as hidden:
        raise Http404 from hidden
    state = STATE_WORDS[found.referral.state] if found.referral else ""  # type: ignore[index]
    return render(request, "frontdoor/sent_referral.html", {"sent": found, "state": state})


@for_posts_that_may(Permission.REFER, Permission.WORK_FRONT_DOOR, Permission.TAKE_HANDOVERS)
@require_safe
def file(request: HttpRequest, file_id: uuid.UUID) -> HttpResponse:
    """A file as a download: of the kind it is, never shown in the page, never run."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        found = file_to_read(viewer, file_id)
    except Attachment.DoesNotExist as hidden:
        raise Http404 from hidden
    record_look(
        at=clock.now(), post_id=viewer.post_id, subject_kind="file", subject_id=str(file_id),
        purpose=viewer.purpose, **marks(viewer),
    )  # fmt: skip
    response = HttpResponse(bytes(found.content), content_type=found.kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "no-store"
    return response
