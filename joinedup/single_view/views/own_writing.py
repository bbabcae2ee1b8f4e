"""What a person does on their own page: write, tick what they promised, ask for everything held."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody
from joinedup.foundations.core.wording import day
from joinedup.identity.accountability.forms import OwnComplaintForm
from joinedup.identity.accountability.operations.complaints import (
    CannotComplain,
    complain_on_own_page,
)
from joinedup.identity.accountability.queries import answering
from joinedup.identity.accountability.rules import acknowledge_by
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import SubjectAnswer
from joinedup.identity.sharing.operations.subject import CannotAskForAll, ask_for_everything
from joinedup.single_view.forms import AskForAllForm, OwnWordsForm
from joinedup.single_view.queries.subject import answer_for_me
from joinedup.single_view.subject_presenters import pdf_of
from joinedup.single_view.views.own_page import opened
from joinedup.support.cases.choices.own import OwnKind
from joinedup.support.cases.forms.own_signature import OwnSignForm
from joinedup.support.cases.models import AssessmentSection, Case, PlanAction
from joinedup.support.cases.operations.assessing import CannotAssess
from joinedup.support.cases.operations.own import CannotWrite, tick_own_action, write_own_words
from joinedup.support.cases.operations.own_signing import sign_on_own_page
from joinedup.support.cases.queries import own_signatures as queries


@for_anybody
@require_http_methods(["GET", "POST"])
@opened
def write(request: HttpRequest, viewer: Viewer, matter_id: uuid.UUID) -> HttpResponse:
    """Asks what somebody wants to say, or what is wrong."""
    form = OwnWordsForm(request.POST or None)
    if form.is_valid():
        try:
            write_own_words(
                by=viewer,
                case_id=matter_id,
                kind=OwnKind(form.cleaned_data["kind"]),
                words=form.cleaned_data["words"],
                at=clock.now(),
            )
        except Case.DoesNotExist:
            raise Http404 from None
        except CannotWrite as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The person who leads your plan is told, and answers here.")
            return redirect("own-page")
    return render(request, "single_view/own_write.html", {"form": form})


@for_anybody
@require_http_methods(["GET", "POST"])
@opened
def my_part(request: HttpRequest, viewer: Viewer, section_id: uuid.UUID) -> HttpResponse:
    """One's own part of an assessment: read it, and sign it or say what is wrong."""
    try:
        answers = queries.my_part(viewer, section_id)
    except AssessmentSection.DoesNotExist:
        raise Http404 from None
    form = OwnSignForm(request.POST or None)
    if form.is_valid():
        try:
            sign_on_own_page(
                by=viewer, section_id=section_id, signing=form.signing(), at=clock.now()
            )
        except CannotAssess as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "What you said stands with your part, and is read with it.")
            return redirect("own-page")
    return render(request, "single_view/own_part.html", {"form": form, "answers": answers})


@for_anybody
@require_POST
@opened
def tick(request: HttpRequest, viewer: Viewer, action_id: uuid.UUID) -> HttpResponse:
    """Says that something one promised is done."""
    try:
        tick_own_action(by=viewer, action_id=action_id, words="", at=clock.now())
    except PlanAction.DoesNotExist:
        raise Http404 from None
    messages.success(request, "Well done. Those who help you see that it is done.")
    return redirect("own-page")


@for_anybody
@require_POST
@opened
def answer(request: HttpRequest, viewer: Viewer, part_id: uuid.UUID) -> HttpResponse:
    """What one controller holds, as it was released to the person themselves."""
    try:
        said = answer_for_me(viewer, part_id)
    except SubjectAnswer.DoesNotExist:
        raise Http404 from None
    return HttpResponse(
        pdf_of(said),
        content_type="application/pdf",
        headers={"Content-Disposition": 'attachment; filename="what-is-held-about-me.pdf"'},
    )


@for_anybody
@require_http_methods(["GET", "POST"])
@opened
def ask_for_all(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Asks for everything that is held; a clock of one calendar month starts."""
    form = AskForAllForm(request.POST or None)
    if form.is_valid():
        try:
            asked = ask_for_everything(by=viewer, words=form.cleaned_data["words"], at=clock.now())
        except CannotAskForAll as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"You have asked. You get it by {day(asked.due_on)}.")
            return redirect("own-page")
    return render(request, "single_view/own_ask.html", {"form": form})


@for_anybody
@require_http_methods(["GET", "POST"])
@opened
def complain(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Takes a complaint about what an agency did with what it knows; a clock of 30 days starts (P15)."""
    at = clock.now()
    form = OwnComplaintForm(answering(at), request.POST or None)
    if form.is_valid():
        try:
            made = complain_on_own_page(
                by=viewer, agency=form.chosen, words=form.cleaned_data["words"], at=at
            )
        except CannotComplain as why:
            form.add_error(None, str(why))
        else:
            last = day(acknowledge_by(made.received_on))
            messages.success(request, f"They have it, and tell you so by {last}. It stands here.")
            return redirect("own-page")
    return render(request, "single_view/own_complain.html", {"form": form})
