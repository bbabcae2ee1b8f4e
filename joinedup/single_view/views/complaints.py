"""Complaints about data: written down for somebody, and answered by the agency that they are about (P15)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.accountability import presenters, queries
from joinedup.identity.accountability.choices import ComplaintOutcome, ComplaintWay
from joinedup.identity.accountability.forms import (
    AcknowledgeForm,
    AnswerForm,
    ComplaintForm,
    ProgressForm,
)
from joinedup.identity.accountability.models import DataComplaint
from joinedup.identity.accountability.operations.complaints import (
    CannotAnswerComplaint,
    CannotComplain,
    acknowledge_complaint,
    answer_complaint,
    tell_progress,
    write_complaint_down,
)
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import acting, people

for_those_who_answer = for_posts_that_may(Permission.RELEASE_RESTRICTED)


@for_posts_that_may(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Writes a complaint down for somebody who made it in person, by phone or in writing."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with acting(viewer):
            people(viewer).get(pk=person_id)
    except Person.DoesNotExist as hidden:
        raise Http404 from hidden
    first = {"received_on": day_of(at)}
    form = ComplaintForm(queries.answering(at), request.POST or None, initial=first)
    if form.is_valid():
        try:
            written = write_complaint_down(
                by=viewer,
                person_id=person_id,
                agency=form.chosen,
                words=form.cleaned_data["words"],
                way=ComplaintWay(form.cleaned_data["way"]),
                received_on=form.cleaned_data["received_on"],
                at=at,
            )
        except CannotComplain as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request,
                f"It is with {form.chosen.name}. {presenters.complaint_state(written, day_of(at))}.",
            )
            return redirect("person", person_id=person_id)
    shown = {"form": form, "person_id": person_id}
    return render(request, "single_view/data_complaint_new.html", shown)


@for_those_who_answer
@require_safe
def complaints(request: HttpRequest) -> HttpResponse:
    """What people complain of about this agency, those that wait first."""
    found = queries.complaints(request.viewer)  # type: ignore[attr-defined]
    shown = {"found": presenters.waiting(found, day_of(clock.now())) if found else None}
    return render(request, "single_view/data_complaints.html", shown)


@for_those_who_answer
@require_http_methods(["GET", "POST"])
def complaint(request: HttpRequest, complaint_id: uuid.UUID) -> HttpResponse:
    """One complaint: acknowledge it, tell where it stands, answer it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.one_complaint(viewer, complaint_id)
    except DataComplaint.DoesNotExist:
        raise Http404 from None
    said = request.POST
    first = {"acknowledged_on": day_of(at)}
    acknowledging = AcknowledgeForm(said if "acknowledged_on" in said else None, initial=first)
    telling = ProgressForm(said if "progress" in said else None)
    answering = AnswerForm(said if "answer" in said else None)
    if _went(request, found, acknowledging, telling, answering):
        return redirect("data-complaint", complaint_id=complaint_id)
    waits = found.answered_at is None
    wrong = next((form for form in (acknowledging, telling, answering) if form.errors), None)
    shown = {
        "complaint": found,
        "facts": presenters.complaint_facts(found, day_of(at)),
        "may_be_another_s": queries.may_be_another_s(viewer, found),
        "form": wrong,
        "acknowledging": acknowledging if waits and found.acknowledged_on is None else None,
        "telling": telling if waits else None,
        "answering": answering if waits else None,
    }
    return render(request, "single_view/data_complaint.html", shown)


def _went(
    request: HttpRequest, found: DataComplaint, acknowledging: AcknowledgeForm,
    telling: ProgressForm, answering: AnswerForm,
) -> bool:  # fmt: skip
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        if acknowledging.is_valid():
            on = acknowledging.cleaned_data["acknowledged_on"]
            acknowledge_complaint(by=viewer, complaint_id=found.pk, on=on, at=at)
        elif telling.is_valid():
            words = telling.cleaned_data["progress"]
            tell_progress(by=viewer, complaint_id=found.pk, words=words, at=at)
        elif answering.is_valid():
            answer_complaint(
                by=viewer, complaint_id=found.pk, words=answering.cleaned_data["answer"],
                outcome=ComplaintOutcome(answering.cleaned_data["outcome"]), at=at,
            )  # fmt: skip
        else:
            return False
    except CannotAnswerComplaint as why:
        bound = next(form for form in (acknowledging, telling, answering) if form.is_bound)
        bound.add_error(None, str(why))
        return False
    messages.success(request, "It is written down, and they read it on their own page.")
    return True
