"""One section of an assessment: kept as it is typed, signed by its author, corrected by another."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.core import clock
from joinedup.support.cases.forms.assessment import BecauseForm
from joinedup.support.cases.forms.own_signature import RoomSignForm
from joinedup.support.cases.models import AssessmentSection
from joinedup.support.cases.operations.assessing import CannotAssess
from joinedup.support.cases.operations.own_signing import sign_in_the_room
from joinedup.support.cases.operations.sections import (
    Kept,
    Signing,
    correct_section,
    keep_section,
    note_sent,
    settle_section,
    sign_section,
)
from joinedup.support.cases.presenters import sections as in_words
from joinedup.support.cases.queries.assessment import SectionPage, section_page
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.own_signatures import signature_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.questions.forms.asking import QuestionForm, question_form
from joinedup.support.questions.operations.danger import send_danger_on
from joinedup.support.questions.rules.drafting import Values, kept_values

NOT_TYPED = ("csrfmiddlewaretoken", "version", "do")
"""What the form sends beside what was typed."""


@for_those_at_work
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, matter_id: uuid.UUID, section_id: uuid.UUID) -> HttpResponse:
    """Reads a section, or writes in it; each press first keeps what was typed."""
    frame = frame_or_404(request, matter_id, "section of an assessment")
    page = _page(request, frame, section_id)
    if request.method == "GET" or not page.may_write:
        form = _form(page) if page.may_write and frame.is_open else None
        return _shown(request, frame, page, form)
    try:
        kept = _keep(request, section_id)
        if kept.theirs is not None:
            return redirect("case-section-two", matter_id, section_id)
        form = question_form(page.version, request.POST, page.known)
        opened = _danger(request, frame, page, form)
        if opened:
            return redirect("exit", exit_id=opened)
        if request.POST.get("do") != "sign":
            messages.success(request, "It is kept, and not signed yet.")
            return redirect("case-section", matter_id, section_id)
        if form.is_valid():
            sign_section(
                by=request.viewer,  # type: ignore[attr-defined]
                section_id=section_id,
                signing=Signing(form.values, form.confirmed, form.known),
                at=clock.now(),
            )
            messages.success(request, f"“{page.profession.label}” is signed by you.")
            return redirect("case-assessment-one", matter_id, page.section.assessment_id)
    except CannotAssess as why:
        form = question_form(page.version, request.POST, page.known)
        form.add_error(None, str(why))
    return _shown(request, frame, page, form)


@for_those_at_work
@require_POST
def keep(request: HttpRequest, matter_id: uuid.UUID, section_id: uuid.UUID) -> JsonResponse:
    """Keeps what was typed while it is typed; an answer of danger goes out at once (P19)."""
    frame = frame_or_404(request, matter_id, "section of an assessment")
    page = _page(request, frame, section_id)
    try:
        kept = _keep(request, section_id)
    except CannotAssess:
        return JsonResponse({"sent": True}, status=409)
    if kept.theirs is not None:
        return JsonResponse({"conflict": True}, status=409)
    told = {"version": kept.edited, "saved": in_words.saved_words(clock.now())}
    form = question_form(page.version, request.POST, page.known)
    opened = _danger(request, frame, page, form)
    if opened:
        told["leads_to"] = reverse("exit", args=[opened])
    return JsonResponse(told)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def two(request: HttpRequest, matter_id: uuid.UUID, section_id: uuid.UUID) -> HttpResponse:
    """Two wrote in one section: what each has, side by side, until one is chosen."""
    frame = frame_or_404(request, matter_id, "section of an assessment")
    page = _page(request, frame, section_id)
    beside: list[Values] = page.section.draft.get("beside", [])
    if not beside or not page.may_write:
        return redirect("case-section", matter_id, section_id)
    standing: Values = page.section.draft.get("values", {})
    if request.method == "POST":
        chosen = beside[0] if request.POST.get("keep") == "beside" else standing
        settle_section(
            by=request.viewer,  # type: ignore[attr-defined]
            section_id=section_id,
            values=chosen,
            at=clock.now(),  # type: ignore[attr-defined]
        )
        return redirect("case-section", matter_id, section_id)
    shown = {"page": page, "boxes": in_words.boxes(page.version, beside[0], standing)}
    return page_of(request, frame, "cases/section_two.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def theirs(request: HttpRequest, matter_id: uuid.UUID, section_id: uuid.UUID) -> HttpResponse:
    """Lets the person sign their own part, in the room and on this screen."""
    frame = frame_or_404(request, matter_id, "section of an assessment")
    page = _page(request, frame, section_id)
    form = RoomSignForm(request.POST or None)
    if form.is_valid():
        try:
            sign_in_the_room(
                by=request.viewer,  # type: ignore[attr-defined]
                section_id=section_id,
                signing=form.signing(),
                at=clock.now(),
            )
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "What they said to it stands with their part.")
            return redirect("case-section", matter_id, section_id)
    shown = {"page": page, "form": form, "signed": in_words.signed(page)}
    return page_of(request, frame, "cases/section_theirs.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, matter_id: uuid.UUID, section_id: uuid.UUID) -> HttpResponse:
    """Begins what will stand instead of a signed section."""
    frame = frame_or_404(request, matter_id, "section of an assessment")
    page = _page(request, frame, section_id)
    form = BecauseForm(request.POST or None)
    if form.is_valid():
        try:
            made = correct_section(
                by=request.viewer,  # type: ignore[attr-defined]
                section_id=section_id,
                because=form.cleaned_data["because"],
                values=in_words.as_typed(page.signed),
                at=clock.now(),
            )
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            return redirect("case-section", matter_id, made.pk)
    shown = {"page": page, "form": form}
    return page_of(request, frame, "cases/section_correct.html", shown)


def _page(request: HttpRequest, frame: Frame, section_id: uuid.UUID) -> SectionPage:
    try:
        return section_page(request.viewer, frame, section_id, clock.now())  # type: ignore[attr-defined]
    except AssessmentSection.DoesNotExist as missing:
        raise Http404 from missing


def _form(page: SectionPage) -> QuestionForm:
    values: Values = page.section.draft.get("values", {})
    return question_form(page.version, None, page.known, typed=in_words.typed(values, page.version))


def _keep(request: HttpRequest, section_id: uuid.UUID) -> Kept:
    was = request.POST.get("version", "")
    return keep_section(
        by=request.viewer,  # type: ignore[attr-defined]
        section_id=section_id,
        values=kept_values(request.POST.lists(), NOT_TYPED),
        was=int(was) if was.isdecimal() and len(was) < 9 else 0,
        at=clock.now(),
    )


def _danger(
    request: HttpRequest, frame: Frame, page: SectionPage, form: QuestionForm
) -> uuid.UUID | None:
    """Send on what means danger and did not go out yet; the exit to be shown, or none."""
    sent = set(page.section.draft.get("sent", []))
    new = [trigger for trigger in form.triggers if trigger not in sent]
    if not new:
        return None
    about = page.section.assessment.person_id
    exits = send_danger_on(
        by=request.viewer,  # type: ignore[attr-defined]
        matter_id=frame.matter_id,
        person_ids=[about] if about else [each.person_id for each in frame.persons],
        version=page.version,
        triggers=new,
        at=clock.now(),
    )
    note_sent(by=request.viewer, section_id=page.section.pk, triggers=new)  # type: ignore[attr-defined]
    return exits[0] if exits else None


def _shown(
    request: HttpRequest, frame: Frame, page: SectionPage, form: QuestionForm | None
) -> HttpResponse:
    shown = {
        "page": page, "form": form, "kept": in_words.kept(page.section),
        "signed": in_words.signed(page), "earlier": in_words.earlier(page),
        "theirs": in_words.theirs(signature_of(request.viewer, page.section.pk)),  # type: ignore[attr-defined]
        "may_sign_theirs": frame.is_open and page.may_be_signed_by_them,
        "why_not": in_words.why_not(page, request.viewer.agency_kind, is_open=frame.is_open),  # type: ignore[attr-defined]
    }  # fmt: skip
    return page_of(request, frame, "cases/section.html", shown)
