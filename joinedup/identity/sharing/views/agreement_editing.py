"""Writing a draft: section by section, its parties, its schedule; two people at once lose nothing."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.wording import count
from joinedup.identity.sharing.choices import Category, Purpose
from joinedup.identity.sharing.forms import agreements as forms
from joinedup.identity.sharing.gateways import Gateway
from joinedup.identity.sharing.models import SharingAgreement, SharingFlow
from joinedup.identity.sharing.operations.agreement_life import CannotSign, ask_to_sign
from joinedup.identity.sharing.operations.agreements import (
    CannotAmend,
    CannotEdit,
    EditedMeanwhile,
    amend_agreement,
    edit_agreement,
    set_parties,
)
from joinedup.identity.sharing.operations.schedule import (
    CannotSchedule,
    Line,
    add_lines,
    remove_line,
)
from joinedup.identity.sharing.presenters import agreements as words
from joinedup.identity.sharing.queries import agreements as queries
from joinedup.identity.sharing.queries.agreements import AgreementShown
from joinedup.identity.sharing.rules.editing import merged
from joinedup.identity.sharing.rules.headings import Section
from joinedup.identity.sharing.rules.headings import section as section_of
from joinedup.identity.sharing.rules.schedule import gateways_that_fit
from joinedup.identity.sharing.views.agreements import shown_or_404


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, agreement_id: uuid.UUID, code: str) -> HttpResponse:
    """One section of a draft. Where somebody else saved first, both versions stand side by side."""
    page, section = shown_or_404(request, agreement_id), _section(code)
    if not page.may_edit:
        return _closed_to_editing(request, page)
    form = forms.SectionForm(
        section, request.POST or None, initial=forms.opened(section, page.agreement)
    )
    differences = None
    if form.is_valid():
        try:
            edit_agreement(
                by=request.viewer,  # type: ignore[attr-defined]
                agreement_id=agreement_id,
                values=form.written,
                edited=form.cleaned_data["edited"],
                at=clock.now(),
            )
        except CannotEdit as why:
            form.add_error(None, str(why))
        except EditedMeanwhile as meanwhile:
            form, differences = _both(form, section, meanwhile.saved)
        else:
            messages.success(request, f"{section.title} is saved.")
            return redirect("agreement", agreement_id=agreement_id)
    shown = {"page": page, "section": section, "form": form, "differences": differences}
    status = 409 if differences is not None else 200
    return render(request, "sharing/agreement_edit.html", shown, status=status)


def _both(
    form: forms.SectionForm, section: Section, saved: SharingAgreement
) -> tuple[forms.SectionForm, Any]:
    """A form with what is to be saved next, and the two versions; what only they changed is theirs."""
    offered, found = merged(section.fields, form.opened_with, vars(saved), form.written)
    again = forms.SectionForm(section, initial=forms.shown(section, offered, saved))
    return again, words.differences(found) or ()


def _section(code: str) -> Section:
    try:
        return section_of(code)
    except KeyError as missing:
        raise Http404 from missing


def _closed_to_editing(request: HttpRequest, page: AgreementShown) -> HttpResponse:
    return render(request, "sharing/agreement_signed.html", {"page": page})


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def parties(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Which agencies are party to a draft."""
    page = shown_or_404(request, agreement_id)
    if not page.may_edit:
        return _closed_to_editing(request, page)
    now = {"parties": [p.agency_id for p in page.parties], "edited": page.agreement.edited}
    agencies = queries.agencies_to_join(request.viewer)  # type: ignore[attr-defined]
    form = forms.PartiesForm(agencies, request.POST or None, initial=now)
    if form.is_valid():
        try:
            set_parties(
                by=request.viewer,  # type: ignore[attr-defined]
                agreement_id=agreement_id,
                parties=form.cleaned_data["parties"],
                edited=form.cleaned_data["edited"],
                at=clock.now(),
            )
        except (CannotEdit, EditedMeanwhile) as why:
            again = request.POST.copy()
            again["edited"] = str(page.agreement.edited)
            form = forms.PartiesForm(agencies, again)
            form.add_error("parties", _with_theirs(why))
        else:
            return redirect("agreement", agreement_id=agreement_id)
    return render(request, "sharing/agreement_parties.html", {"page": page, "form": form})


def _with_theirs(why: CannotEdit | EditedMeanwhile) -> str:
    if isinstance(why, CannotEdit):
        return str(why)
    names = why.saved.parties.values_list("agency__name", flat=True)
    return (
        f"{why} The parties saved now are {', '.join(sorted(names))}. Yours are still ticked here."
    )


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_http_methods(["GET", "POST"])
def schedule(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """The schedule of a draft: its lines, and a new one begun by who sends to whom for what."""
    page = shown_or_404(request, agreement_id)
    if not page.may_edit:
        return _closed_to_editing(request, page)
    agencies = [party.agency for party in page.parties]
    form = forms.LineForm(agencies, request.GET or None)
    fitting: tuple[Gateway, ...] = ()
    second: forms.GatewayForm | None = None
    if form.is_valid():
        fitting = _fitting(form, page)
        second = forms.GatewayForm(fitting, request.POST or None)
        if not fitting:
            form.add_error("purpose", _no_gateway(form))
        elif second.is_valid() and _added(request, agreement_id, form, second):
            messages.success(request, "The line stands in the schedule.")
            return redirect("agreement-schedule", agreement_id=agreement_id)
    shown = {
        "page": page,
        "first": form,
        "form": second if second is not None and second.errors else form,
        "second": second if fitting else None,
        "gateways": [(row, words.basis(row)) for row in fitting],
        "lines": page.lines,
        "schedule": [(line, words.categories(line.categories)) for line in page.lines],
        "summary": _summary(form) if fitting else "",
    }
    return render(request, "sharing/agreement_schedule.html", shown)


def _fitting(form: forms.LineForm, page: AgreementShown) -> tuple[Gateway, ...]:
    kinds = {party.agency_id: AgencyKind(party.agency.kind) for party in page.parties}
    given = form.cleaned_data
    return gateways_that_fit(
        Purpose(given["purpose"]), kinds[given["holder"]], kinds[given["recipient"]]
    )


def _no_gateway(form: forms.LineForm) -> str:
    return (
        f"No gateway in law leads {_summary(form)}. An agreement cannot make one: choose another "
        "purpose, or let the person’s own consent be asked under a purpose that has one."
    )


def _summary(form: forms.LineForm) -> str:
    given = form.cleaned_data
    names = dict(form.fields["holder"].choices)  # type: ignore[attr-defined]
    purpose = Purpose(given["purpose"]).label
    return f"from {names[given['holder']]} to {names[given['recipient']]}, for: {purpose}"


def _added(
    request: HttpRequest, agreement_id: uuid.UUID, form: forms.LineForm, second: forms.GatewayForm
) -> bool:
    given, more = form.cleaned_data, second.cleaned_data
    line = Line(
        holder=given["holder"],
        recipient=given["recipient"],
        purpose=Purpose(given["purpose"]),
        gateway=more["gateway"],
        categories=tuple(Category(code) for code in more["categories"]),
        consent_needed=more["consent_needed"],
        pseudonymised=more["pseudonymised"],
    )
    try:
        add_lines(by=request.viewer, agreement_id=agreement_id, lines=[line], at=clock.now())  # type: ignore[attr-defined]
    except (CannotSchedule, CannotEdit) as why:
        second.add_error("categories", str(why))
        return False
    return True


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_POST
def remove(request: HttpRequest, agreement_id: uuid.UUID, line_id: int) -> HttpResponse:
    """Takes a line out of the schedule."""
    try:
        remove_line(
            by=request.viewer,  # type: ignore[attr-defined]
            agreement_id=agreement_id,
            line_id=line_id,
            at=clock.now(),
        )
    except (SharingFlow.DoesNotExist, SharingAgreement.DoesNotExist) as missing:
        raise Http404 from missing
    except CannotEdit as why:
        messages.warning(request, str(why))
    return redirect("agreement-schedule", agreement_id=agreement_id)


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_POST
def ask(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Asks the parties' signatories to sign."""
    try:
        told = ask_to_sign(by=request.viewer, agreement_id=agreement_id, at=clock.now())  # type: ignore[attr-defined]
    except SharingAgreement.DoesNotExist as missing:
        raise Http404 from missing
    except CannotSign as why:
        messages.warning(request, str(why))
    else:
        messages.success(request, _asked(told))
    return redirect("agreement", agreement_id=agreement_id)


def _asked(told: int) -> str:
    if not told:
        return (
            "Nobody new to ask: no signatory is in post, or each was told of this version before."
        )
    return f"{count(told, 'signatory', 'signatories')} told that it waits for them."


@for_posts_that_may(Permission.MANAGE_AGREEMENTS)
@require_POST
def amend(request: HttpRequest, agreement_id: uuid.UUID) -> HttpResponse:
    """Begins the next version as a draft."""
    try:
        version = amend_agreement(
            by=request.viewer,  # type: ignore[attr-defined]
            agreement_id=agreement_id,
            at=clock.now(),
        )
    except SharingAgreement.DoesNotExist as missing:
        raise Http404 from missing
    except CannotAmend as why:
        messages.warning(request, str(why))
        return redirect("agreement", agreement_id=agreement_id)
    messages.success(
        request,
        "This is the new version, a draft. The one before stays in force until this one is signed "
        "by every party and has begun.",
    )
    return redirect("agreement", agreement_id=version.pk)
