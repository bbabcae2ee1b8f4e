"""Sign, suspend, resume, accept a review, end: each with what it would change before it is done."""

import uuid
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.choices import AgreementChange, AgreementState
from joinedup.identity.sharing.forms.agreements import AcceptForm, BecauseForm, SignForm
from joinedup.identity.sharing.operations import agreement_life as life
from joinedup.identity.sharing.operations.preview import CannotPreview, preview
from joinedup.identity.sharing.presenters import previews as words
from joinedup.identity.sharing.queries.agreements import MAY_READ, AgreementShown
from joinedup.identity.sharing.queries.previews import Preview
from joinedup.identity.sharing.views.agreements import shown_or_404

Cannot = (life.CannotSign, life.CannotSuspend, life.CannotEnd, life.CannotAcceptReview)
DONE = {
    AgreementChange.SIGN: "You have signed for your agency.",
    AgreementChange.SUSPEND: "The agreement is suspended. What it opened is shut.",
    AgreementChange.RESUME: "The agreement is resumed. What it opens is open again.",
    AgreementChange.ACCEPT_REVIEW: "It goes on past its review, on your name.",
    AgreementChange.END: "The agreement is ended. What it opened is shut for good.",
}


@for_posts_that_may(*MAY_READ)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, agreement_id: uuid.UUID, code: str) -> HttpResponse:
    """What a change would do, and the form that does it for those who may."""
    asked = _change(code)
    page = shown_or_404(request, agreement_id)
    form = _form(request, asked, page)
    if form is not None and form.is_valid() and _done(request, asked, page, form):
        messages.success(request, DONE[asked])
        return redirect("agreement", agreement_id=agreement_id)
    foretold, why_not = _foretold(request, asked, page)
    shown = {
        "page": page,
        "change": asked,
        "words": words.WORDS[asked],
        "form": form,
        "foretold": foretold,
        "why_not": why_not,
        **_told(foretold),
    }
    return render(request, "sharing/agreement_change.html", shown)


def _change(code: str) -> AgreementChange:
    try:
        return AgreementChange(code)
    except ValueError as missing:
        raise Http404 from missing


def _form(
    request: HttpRequest, asked: AgreementChange, page: AgreementShown
) -> django_forms.Form | None:
    """What is asked of this viewer; nothing where the change is not theirs to make now."""
    if asked is AgreementChange.SIGN:
        if not page.may_sign or page.missing:
            return None
        return SignForm(request.POST or None, initial={"edited": page.agreement.edited})
    if not page.may_govern or page.state not in _WHEN[asked]:
        return None
    kind = AcceptForm if asked is AgreementChange.ACCEPT_REVIEW else BecauseForm
    return kind(request.POST or None)


_S = AgreementState
_WHEN = {
    AgreementChange.SUSPEND: {_S.SIGNED, _S.LIVE, _S.EXPIRED},
    AgreementChange.RESUME: {_S.SUSPENDED},
    AgreementChange.ACCEPT_REVIEW: {_S.SIGNED, _S.LIVE, _S.EXPIRED},
    AgreementChange.END: {_S.DRAFT, _S.SIGNED, _S.LIVE, _S.EXPIRED, _S.SUSPENDED},
    AgreementChange.LAPSE: set(),
}


def _done(
    request: HttpRequest,
    asked: AgreementChange,
    page: AgreementShown,
    form: django_forms.Form,
) -> bool:
    given: dict[str, Any] = dict(form.cleaned_data)
    given.pop("read", None)
    try:
        _DOES[asked](
            by=request.viewer,  # type: ignore[attr-defined]
            agreement_id=page.agreement.pk,
            at=clock.now(),
            **given,
        )
    except Cannot as why:
        form.add_error(None, str(why))
        return False
    return True


_DOES: dict[AgreementChange, Any] = {
    AgreementChange.SIGN: life.sign_agreement,
    AgreementChange.SUSPEND: life.suspend_agreement,
    AgreementChange.RESUME: life.resume_agreement,
    AgreementChange.ACCEPT_REVIEW: life.accept_review,
    AgreementChange.END: life.end_agreement,
}


def _foretold(
    request: HttpRequest, asked: AgreementChange, page: AgreementShown
) -> tuple[Preview | None, str]:
    try:
        return preview(
            by=request.viewer,  # type: ignore[attr-defined]
            agreement_id=page.agreement.pk,
            change=asked,
            at=clock.now(),
        ), ""
    except CannotPreview as why:
        return None, str(why)


def _told(found: Preview | None) -> dict[str, Any]:
    return {"moments": [words.told(each) for each in (found, found and found.later) if each]}
