"""What a person said: about sharing, about services, and whether they could decide; written down, taken back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.choices import (
    CapacityOutcome,
    Category,
    ConsentState,
    Method,
    Purpose,
    ServiceAnswer,
    WhoSpoke,
)
from joinedup.identity.sharing.forms import consents as forms
from joinedup.identity.sharing.operations.capacity import CannotAssess, record_capacity
from joinedup.identity.sharing.operations.consents import (
    CannotRecordConsent,
    CannotWithdraw,
    Words,
    record_consent,
    record_service_answer,
    withdraw_consent,
)
from joinedup.identity.sharing.presenters import consents as words
from joinedup.identity.sharing.queries import consents as queries
from joinedup.identity.sharing.queries.consents import WhatWasSaid


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_safe
def said(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Three separate things: consent to sharing, agreement to services, and the basis in law."""
    page = _said(request, person_id)
    shown = {
        "page": page,
        "consents": words.consents(page),
        "purposes": words.not_asked(page),
        "services": words.services(page.services),
        "assessments": words.assessments(page.assessments),
    }
    return render(request, "sharing/consent.html", shown)


def _said(request: HttpRequest, person_id: uuid.UUID) -> WhatWasSaid:
    try:
        return queries.what_was_said(request.viewer, person_id, at=clock.now())  # type: ignore[attr-defined]
    except Person.DoesNotExist as missing:
        raise Http404 from missing


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Writes down what was said about sharing; what was typed stays, and errors say how to mend."""
    page = _said(request, person_id)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = forms.ConsentForm(
        queries.agencies(viewer),
        queries.speakers(viewer, page.person_id, at=at),
        request.POST or None,
    )
    if form.is_valid():
        try:
            record_consent(by=viewer, person_id=page.person_id, words=_words(form), at=at)
        except CannotRecordConsent as why:
            form.add_error("who_spoke", str(why))
        else:
            messages.success(request, "It is written down, and holds from this moment.")
            return redirect("consent", person_id=page.person_id)
    return render(request, "sharing/consent_record.html", {"page": page, "form": form})


def _words(form: forms.ConsentForm) -> Words:
    given: dict[str, Any] = form.cleaned_data
    return Words(
        purpose=Purpose(given["purpose"]),
        state=ConsentState(given["state"]),
        who_spoke=WhoSpoke(given["who_spoke"]),
        method=Method(given["method"]),
        holder=given["holder"] or None,
        recipient=given["recipient"] or None,
        categories=tuple(Category(code) for code in given["categories"]),
        competence=given["competence"],
        responsible_id=int(given["responsible"]) if given["responsible"] else None,
        evidence=given["evidence"],
        expires_on=given["expires_on"],
    )


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, person_id: uuid.UUID, consent_id: uuid.UUID) -> HttpResponse:
    """Takes a yes back on the person's word, having asked once."""
    page = _said(request, person_id)
    found = [each for each in page.consents if each.consent.pk == consent_id]
    if not found:
        raise Http404
    if request.method == "POST":
        try:
            withdraw_consent(by=request.viewer, consent_id=consent_id, at=clock.now())  # type: ignore[attr-defined]
        except CannotWithdraw as why:
            messages.warning(request, str(why))
        else:
            messages.success(request, "It is taken back, and holds from this moment.")
        return redirect("consent", person_id=page.person_id)
    consent = found[0].consent
    shown = {
        "page": page,
        "shown": found[0],
        "purpose": Purpose(consent.purpose).label,
        "between": words.between(consent),
    }
    return render(request, "sharing/consent_withdraw.html", shown)


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def service(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Writes down a yes or a no to a service."""
    page = _said(request, person_id)
    form = forms.ServiceForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        record_service_answer(
            by=request.viewer,  # type: ignore[attr-defined]
            person_id=page.person_id,
            service=given["service"],
            answer=ServiceAnswer(given["answer"]),
            method=Method(given["method"]),
            at=clock.now(),
        )
        messages.success(request, "It is written down. It changes nothing about sharing.")
        return redirect("consent", person_id=page.person_id)
    return render(request, "sharing/consent_service.html", {"page": page, "form": form})


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Writes down an assessment of one decision."""
    page = _said(request, person_id)
    form = forms.CapacityForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            record_capacity(
                by=request.viewer,  # type: ignore[attr-defined]
                person_id=page.person_id,
                decision=given["decision"],
                purpose=Purpose(given["purpose"]) if given["purpose"] else None,
                outcome=CapacityOutcome(given["outcome"]),
                best_interests=given["best_interests"],
                assessed_on=given["assessed_on"],
                at=clock.now(),
            )
        except CannotAssess as why:
            form.add_error("outcome", str(why))
        else:
            messages.success(request, "The assessment is written down.")
            return redirect("consent", person_id=page.person_id)
    return render(request, "sharing/consent_capacity.html", {"page": page, "form": form})
