"""A person's own page: opened by a code, left by one press; and the code handed over (journey 12, P39)."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.accounts.entering import client_address
from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody, for_posts_that_may
from joinedup.identity.accountability.queries import my_complaints
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, people
from joinedup.identity.sharing.models import Consent
from joinedup.identity.sharing.operations.consents import (
    CannotRecordConsent,
    CannotWithdraw,
    give_again,
    withdraw_consent,
)
from joinedup.identity.sharing.operations.own_access import (
    CannotHandOver,
    CannotOpenOwnPage,
    hand_over_code,
    open_own_page,
    revoke_codes,
)
from joinedup.single_view import own_page_presenters as presenters
from joinedup.single_view.forms import HandOverForm, OpenOwnPageForm
from joinedup.single_view.queries.own_page import codes_of, the_own_page
from joinedup.support.cases.queries.own import my_appointments, my_cases
from joinedup.support.cases.queries.own_signatures import my_parts

OWN = "own_access"
"""The session's key for the access that code and second factor opened."""
HALF = "own_access_half"
"""The session's key for the access whose code was right, and whose second factor is still to come."""
ELSEWHERE = "https://www.bbc.co.uk/weather"
"""Where the quick exit leads: a page that anybody might have open."""

View = Callable[..., HttpResponse]


def opened(view: Callable[..., HttpResponse]) -> View:
    """Hands the view the person as viewer; a code that was revoked shuts the page at once."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        access = request.session.get(OWN)
        if access is None:
            return redirect("own-page-open")
        try:
            response = view(request, Viewer.of_person(uuid.UUID(access)), *args, **kwargs)
        except NotPermitted:
            request.session.flush()
            return redirect("own-page-open")
        response.headers["Cache-Control"] = "no-store"
        return response

    return guarded


@for_anybody
@require_http_methods(["GET", "POST"])
def open_page(request: HttpRequest) -> HttpResponse:
    """Asks for the code and the date of birth; every wrong answer is told in the same words."""
    form = OpenOwnPageForm(request.POST or None)
    if form.is_valid():
        try:
            opened = open_own_page(
                **form.cleaned_data, address=client_address(request), at=clock.now()
            )
        except CannotOpenOwnPage as why:
            form.add_error(None, str(why))
        else:
            request.session.flush()
            request.session[HALF] = str(opened.pk)
            return redirect("own-page-second" if opened.factor else "own-page-choose")
    return render(request, "single_view/own_page_open.html", {"form": form})


@for_anybody
@require_safe
@opened
def own_page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who helps me, what I said yes to, who has looked and why, what is held about me."""
    try:
        before = parse_datetime(request.GET.get("before", "").replace(" ", "+"))
    except ValueError as wrong:
        raise Http404 from wrong
    at = clock.now()
    page = the_own_page(viewer, at=at, before=before)
    return render(
        request,
        "single_view/own_page.html",
        {
            "page": page,
            "cases": my_cases(viewer),
            "parts": my_parts(viewer),
            "appointments": my_appointments(viewer, at),
            "shared": presenters.shared(page),
            "asked": presenters.asked(page),
            "complaints": presenters.complaints(my_complaints(viewer)),
            "helpers": presenters.helpers(page),
            "held": presenters.held(page),
            "looks": presenters.looks(page),
            "opened": presenters.opened(page),
        },
    )


@for_anybody
@require_POST
@opened
def withdraw(request: HttpRequest, viewer: Viewer, consent_id: uuid.UUID) -> HttpResponse:
    """Takes one yes back; it holds at once."""
    try:
        withdraw_consent(by=viewer, consent_id=consent_id, at=clock.now())
    except Consent.DoesNotExist as gone:
        raise Http404 from gone
    except CannotWithdraw as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "You have taken it back. It holds from this moment.")
    return redirect("own-page")


@for_anybody
@require_POST
@opened
def give(request: HttpRequest, viewer: Viewer, consent_id: uuid.UUID) -> HttpResponse:
    """Says yes anew to one thing; it holds at once."""
    try:
        give_again(by=viewer, consent_id=consent_id, at=clock.now())
    except Consent.DoesNotExist as gone:
        raise Http404 from gone
    except CannotRecordConsent as why:
        messages.error(request, str(why))
    else:
        messages.success(
            request, "You said yes. It holds from this moment, and you can take it back."
        )
    return redirect("own-page")


@for_anybody
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forgets everything about this visit and goes somewhere ordinary."""
    request.session.flush()
    return HttpResponseRedirect(ELSEWHERE)


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Makes a code for the person in front of you, shown once; or revokes what was handed over."""
    viewer, code = request.viewer, ""  # type: ignore[attr-defined]
    try:
        with acting(viewer):
            people(viewer).get(pk=person_id)
    except Person.DoesNotExist as hidden:
        raise Http404 from hidden
    form = HandOverForm(request.POST or None)
    if request.POST.get("revoke"):
        revoke_codes(by=viewer, person_id=person_id, at=clock.now())
        messages.success(request, "Every code of this person has stopped working.")
        return redirect("hand-over", person_id=person_id)
    if form.is_valid():
        try:
            _, code = hand_over_code(
                by=viewer,
                person_id=person_id,
                asked_about_coercion=form.cleaned_data["asked"],
                at=clock.now(),
                held_by=form.held_by(),
            )
        except CannotHandOver as why:
            form.add_error(None, str(why))
    codes = presenters.codes(codes_of(viewer, person_id))
    shown = {"form": form, "code": code, "person_id": person_id, "codes": codes}
    return render(request, "single_view/hand_over.html", shown)
