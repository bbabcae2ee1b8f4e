"""The assessments of a case: the list, one of them, what they found, what they come to, a no to one."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.choices.eligibility import Outcome, Test
from joinedup.support.cases.forms.assessment import (
    BeginForm,
    DecisionForm,
    FindingForm,
    RefusalForm,
)
from joinedup.support.cases.models import Assessment, Finding
from joinedup.support.cases.operations.assessing import (
    CannotAssess,
    ask_section,
    begin_assessment,
    finish_assessment,
    refuse_assessment,
)
from joinedup.support.cases.operations.deciding_eligibility import sign_eligibility
from joinedup.support.cases.operations.findings import end_finding, record_finding
from joinedup.support.cases.presenters import assessment as in_words
from joinedup.support.cases.queries import assessment as queries
from joinedup.support.cases.queries.assessment import AssessmentShown
from joinedup.support.cases.queries.carers import carers_of
from joinedup.support.cases.queries.eligibility import overrides, tests_of
from joinedup.support.cases.queries.findings import findings_of
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of


@for_those_at_work
@require_safe
def assessments(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Every assessment of the case, what waits for whom, how many there have been."""
    frame = frame_or_404(request, matter_id, "assessments")
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.assessments_of(viewer, frame)
    many = queries.how_many(viewer, [each.person_id for each in frame.persons])
    shown = {
        "found": [(each, in_words.state_of(each)) for each in found],
        "undergone": in_words.undergone(frame, many),
        "overrides": in_words.overrides(overrides(viewer, [matter_id])),
    }
    return page_of(request, frame, "cases/assessments.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Begins an assessment."""
    frame = frame_or_404(request, matter_id, "assessments")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    carers = [
        (each.carer.pk, each.carer.name)
        for each in carers_of(viewer, frame, at)
        if each.carer.ends_on is None
    ]
    form = BeginForm(people_of(frame), carers, request.POST or None)
    if form.is_valid():
        try:
            made = begin_assessment(by=viewer, case_id=matter_id, at=at, **form.said())
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            return redirect("case-assessment-one", matter_id, made.pk)
    return page_of(request, frame, "cases/assessment_begin.html", {"form": form})


@for_those_at_work
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, matter_id: uuid.UUID, assessment_id: uuid.UUID) -> HttpResponse:
    """One assessment; the press at its end finishes it."""
    frame = frame_or_404(request, matter_id, "assessment")
    found = _one(request, frame, assessment_id)
    refused = ""
    if request.method == "POST":
        try:
            finish_assessment(
                by=request.viewer,  # type: ignore[attr-defined]
                assessment_id=assessment_id,
                at=clock.now(),  # type: ignore[attr-defined]
            )
        except CannotAssess as why:
            refused = str(why)
        else:
            messages.success(request, "The assessment is finished.")
            return redirect("case-assessment-one", matter_id, assessment_id)
    return _shown(request, frame, found, refused)


@for_those_at_work
@require_POST
def add_section(
    request: HttpRequest, matter_id: uuid.UUID, assessment_id: uuid.UUID
) -> HttpResponse:
    """Asks one section more."""
    frame = frame_or_404(request, matter_id, "assessment")
    found = _one(request, frame, assessment_id)
    chosen = request.POST.get("profession", "")
    if chosen not in set(Profession):
        return _shown(request, frame, found, "Choose which section to ask.")
    try:
        ask_section(
            by=request.viewer,  # type: ignore[attr-defined]
            assessment_id=assessment_id,
            profession=Profession(chosen),
            at=clock.now(),
        )
    except CannotAssess as why:
        return _shown(request, frame, found, str(why))
    messages.success(request, f"“{Profession(chosen).label}” is asked.")
    return redirect("case-assessment-one", matter_id, assessment_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def refuse(request: HttpRequest, matter_id: uuid.UUID, assessment_id: uuid.UUID) -> HttpResponse:
    """Writes down that it was declined, and what was decided."""
    frame = frame_or_404(request, matter_id, "assessment declined")
    found = _one(request, frame, assessment_id)
    at = clock.now()
    form = RefusalForm(request.POST or None, initial={"said_on": in_words.typed_day(day_of(at))})
    if form.is_valid():
        try:
            refuse_assessment(
                by=request.viewer,  # type: ignore[attr-defined]
                assessment_id=assessment_id,
                said=form.said(),
                at=at,  # type: ignore[attr-defined]
            )
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down.")
            return redirect("case-assessment-one", matter_id, assessment_id)
    return page_of(request, frame, "cases/assessment_refuse.html", {"form": form, "found": found})


@for_those_at_work
@require_http_methods(["GET", "POST"])
def findings(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Strengths first, then needs, and how they hang together; one more of either."""
    frame = frame_or_404(request, matter_id, "strengths and needs")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = findings_of(viewer, frame)
    others = [(each.finding.pk, each.finding.words) for each in found.needs]
    form = FindingForm(people_of(frame), others, request.POST or None)
    if form.is_valid():
        try:
            record_finding(by=viewer, case_id=matter_id, said=form.said(), at=at)
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down.")
            return redirect("case-findings", matter_id)
    shown = {"found": found, "form": form}
    return page_of(request, frame, "cases/findings.html", shown)


@for_those_at_work
@require_POST
def finding_over(request: HttpRequest, matter_id: uuid.UUID, finding_id: uuid.UUID) -> HttpResponse:
    """Says that a need is met, or a strength gone."""
    frame_or_404(request, matter_id, "strengths and needs")
    try:
        end_finding(by=request.viewer, finding_id=finding_id, at=clock.now())  # type: ignore[attr-defined]
    except Finding.DoesNotExist as missing:
        raise Http404 from missing
    except CannotAssess as why:
        messages.error(request, str(why))
    return redirect("case-findings", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def eligibility(
    request: HttpRequest, matter_id: uuid.UUID, assessment_id: uuid.UUID
) -> HttpResponse:
    """What the signed answers come to, and what a professional signs."""
    frame = frame_or_404(request, matter_id, "eligibility")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = _one(request, frame, assessment_id)
    shown = tests_of(viewer, found.assessment)
    pressed = request.POST.get("test", "")
    rows, wrong = [], None
    for each in shown:
        worked_out = each.worked_out.worked_out.outcome if each.worked_out else None
        data = request.POST if pressed == each.test else None
        form = DecisionForm(each.test, worked_out, data, prefix=each.test)
        if data is not None and _signed(viewer, assessment_id, form, at):
            messages.success(request, "The decision is signed.")
            return redirect("case-eligibility", matter_id, assessment_id)
        wrong = form if data is not None else wrong
        rows.append((each, in_words.conditions(each), in_words.decisions(each), form))
    context = {"found": found, "tests": rows, "form": wrong}
    return page_of(request, frame, "cases/eligibility.html", context)


def people_of(frame: Frame) -> list[tuple[uuid.UUID, str]]:
    """The people of a case, for a form to choose among."""
    return [(each.person_id, each.name) for each in frame.persons]


def _signed(viewer: Any, assessment_id: uuid.UUID, form: DecisionForm, at: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        sign_eligibility(
            by=viewer,
            assessment_id=assessment_id,
            test=Test(form.test),
            outcome=Outcome(form.cleaned_data["outcome"]),
            because=form.cleaned_data["because"],
            at=at,
        )
    except CannotAssess as why:
        form.add_error(None, str(why))
        return False
    return True


def _one(request: HttpRequest, frame: Frame, assessment_id: uuid.UUID) -> AssessmentShown:
    try:
        return queries.one_assessment(request.viewer, frame, assessment_id)  # type: ignore[attr-defined]
    except Assessment.DoesNotExist as missing:
        raise Http404 from missing


def _shown(
    request: HttpRequest, frame: Frame, found: AssessmentShown, refused: str = ""
) -> HttpResponse:
    tests = tests_of(request.viewer, found.assessment)  # type: ignore[attr-defined]
    shown = {
        "found": found, "state": in_words.state_of(found), "refused": refused,
        "sections": in_words.sections(found), "tests": in_words.tests(tests),
        "facts": in_words.facts(found),
    }  # fmt: skip
    return page_of(request, frame, "cases/assessment.html", shown, status=400 if refused else 200)
