"""The register of agreements, one agreement as it stands, and what a version changed."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.choices import AgreementState
from joinedup.identity.sharing.forms.agreements import DraftForm, RegisterSearch
from joinedup.identity.sharing.models import SharingAgreement
from joinedup.identity.sharing.operations.agreements import CannotDraft, draft_agreement
from joinedup.identity.sharing.presenters import agreements as words
from joinedup.identity.sharing.queries import agreements as queries
from joinedup.identity.sharing.queries.agreements import AgreementShown

ON_A_PAGE = 50


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The central log of agreements: searched, by state, those that close soon first."""
    form = RegisterSearch(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.register(
        request.viewer,  # type: ignore[attr-defined]
        at=clock.now(),
        words=asked.get("words", ""),
        state=AgreementState(asked["state"]) if asked.get("state") else None,
        due=asked.get("due", False),
    )
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    kept = {name: str(value) for name, value in asked.items() if value}
    return render(
        request,
        "sharing/agreements.html",
        {
            "form": form,
            "asked": any(asked.values()),
            "found": words.register(list(page.object_list), len(found)) if found else None,
            "pagination": pagination(page, **kept),
            "may_write": request.viewer.may(Permission.MANAGE_AGREEMENTS),  # type: ignore[attr-defined]
        },
    )


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begins an agreement between agencies."""
    viewer = request.viewer  # type: ignore[attr-defined]
    form = DraftForm(queries.agencies_to_join(viewer), request.POST or None)
    if form.is_valid():
        try:
            drafted = draft_agreement(by=viewer, at=clock.now(), **form.cleaned_data)
        except CannotDraft as why:
            form.add_error("reference", str(why))
        else:
            return redirect("agreement", agreement_id=drafted.pk)
    return render(request, "sharing/agreement_new.html", {"form": form})


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def agreement(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """One agreement: where it stands, the picture, every heading, signatures and history."""
    page = shown_or_404(request, agreement_id)
    drawing, schedule = words.drawn(page)
    return render(
        request,
        "sharing/agreement.html",
        {
            "page": page,
            "says": words.said_of_state(page),
            "tag": words.TAGS[page.state],
            "warned": words.warned(page.warned),
            "picture": drawing,
            "schedule": schedule,
            "parties": words.parties(page.parties),
            "sections": words.sections(page),
            "acts": words.acts(page.acts),
            "versions": words.versions(page),
            "may_write": request.viewer.may(Permission.MANAGE_AGREEMENTS),  # type: ignore[attr-defined]
        },
    )


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def compared(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """What a version changed against the one before it."""
    try:
        changed = queries.compared(request.viewer, agreement_id)  # type: ignore[attr-defined]
    except SharingAgreement.DoesNotExist as missing:
        raise Http404 from missing
    if changed is None:
        return redirect("agreement", agreement_id=agreement_id)
    shown = {
        "changed": changed,
        "headings": words.changed_fields(changed),
        "schedule": words.changed_schedule(changed),
    }
    return render(request, "sharing/agreement_compared.html", shown)


def shown_or_404(request: HttpRequest, agreement_id: uuid.UUID) -> AgreementShown:
    """The agreement as this viewer sees it now; Http404 where there is none."""
    try:
        return queries.agreement(request.viewer, agreement_id, at=clock.now())  # type: ignore[attr-defined]
    except SharingAgreement.DoesNotExist as missing:
        raise Http404 from missing
