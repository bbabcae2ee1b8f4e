"""Writing a draft: its words, its sections and its questions; two people at once lose nothing."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.rules.editing import merged
from joinedup.support.questions.forms.question import (
    COLUMNS,
    NewQuestionForm,
    WriteQuestionForm,
    as_text,
    seals_of,
)
from joinedup.support.questions.forms.writing import SectionForm, VersionForm
from joinedup.support.questions.models import Question, SetVersion
from joinedup.support.questions.operations import placing, writing
from joinedup.support.questions.presenters import sets as set_words
from joinedup.support.questions.presenters import versions as words
from joinedup.support.questions.queries import sets as queries
from joinedup.support.questions.queries.sets import VersionShown
from joinedup.support.questions.views.sets import shown_or_404

GONE = "Somebody took this out while you were writing. What you wrote stands here: save to put it back."


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def version_words(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """What a draft says of itself: source, licence, where it is asked."""
    shown = _open_or_404(request, version_id)
    places = queries.localities(shown.today)
    now = VersionForm.shown(
        {n: getattr(shown.version, n) for n in VersionForm.names}, shown.version
    )
    form = VersionForm(places, request.POST or None, initial=now)
    differences = None
    if form.is_valid():
        try:
            writing.edit_version(
                by=request.viewer,  # type: ignore[attr-defined]
                version_id=version_id,
                values=form.written,
                edited=form.cleaned_data["edited"],
                at=clock.now(),
            )
        except writing.WrittenMeanwhile as meanwhile:
            offered, found = merged(
                form.names, form.opened_with, vars(meanwhile.saved), form.written
            )
            form = VersionForm(places, initial=VersionForm.shown(offered, meanwhile.saved))
            differences = words.differences(found) or ()
        else:
            return redirect("question-version", version_id=version_id)
    return _page(request, shown, form, "What this version says of itself", differences)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def new_section(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Puts a section at the end."""
    shown = _open_or_404(request, version_id)
    form = SectionForm(request.POST or None)
    if form.is_valid():
        writing.add_section(
            by=request.viewer,  # type: ignore[attr-defined]
            version_id=version_id,
            at=clock.now(),
            **form.written,
        )
        return redirect("question-version", version_id=version_id)
    return _page(request, shown, form, "A new section", None)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, version_id: uuid.UUID, section_id: uuid.UUID) -> HttpResponse:
    """A section's heading and words."""
    shown = _open_or_404(request, version_id)
    saved = next((row for row, _ in shown.sections if row.pk == section_id), None)
    if saved is None and request.method == "GET":
        raise Http404
    values = {name: getattr(saved, name) for name in SectionForm.names} if saved else {}
    form = SectionForm(
        request.POST or None, initial=SectionForm.shown(values, saved) if saved else None
    )
    differences = None
    if form.is_valid():
        try:
            _save_section(request, version_id, section_id, form)
        except writing.WrittenMeanwhile as meanwhile:
            offered, found = merged(
                form.names, form.opened_with, vars(meanwhile.saved), form.written
            )
            form = SectionForm(initial=SectionForm.shown(offered, meanwhile.saved))
            differences = words.differences(found) or ()
        else:
            return redirect("question-version", version_id=version_id)
    return _page(request, shown, form, "A section", differences)


def _save_section(
    request: HttpRequest, version_id: uuid.UUID, section_id: uuid.UUID, form: SectionForm
) -> None:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        writing.edit_section(
            by=viewer, version_id=version_id, section_id=section_id, values=form.written,
            edited=form.cleaned_data["edited"] or 0, at=at,
        )  # fmt: skip
    except writing.TakenOutMeanwhile:
        writing.add_section(by=viewer, version_id=version_id, at=at, **form.written)
        messages.warning(request, "Somebody had taken this section out; yours is put back.")


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def new_question(
    request: HttpRequest, version_id: uuid.UUID, section_id: uuid.UUID
) -> HttpResponse:
    """Puts a question at the end of a section, and goes on to all that its kind has."""
    shown = _open_or_404(request, version_id)
    form = NewQuestionForm(request.POST or None)
    if form.is_valid():
        try:
            made = writing.add_question(
                by=request.viewer,  # type: ignore[attr-defined]
                version_id=version_id,
                section_id=section_id,
                values=form.cleaned_data,
                at=clock.now(),
            )
        except writing.TakenOutMeanwhile as why:
            form.add_error(None, f"{why} Go back and choose another section.")
        else:
            return redirect("question", version_id=version_id, question_id=made.pk)
    return _page(request, shown, form, "A new question", None, button="Save and go on")


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, version_id: uuid.UUID, question_id: uuid.UUID) -> HttpResponse:
    """A question with all that its kind has. Where somebody else saved first, both stand side by side."""
    shown = _open_or_404(request, version_id)
    saved = next((q for _, rows in shown.sections for q in rows if q.pk == question_id), None)
    if saved is None:
        return _gone(request, shown)
    form = _form(shown, saved, request.POST or None)
    differences = None
    if form.is_valid():
        try:
            writing.edit_question(
                by=request.viewer,  # type: ignore[attr-defined]
                version_id=version_id,
                question_id=question_id,
                values=form.written,
                edited=form.cleaned_data["edited"],
                at=clock.now(),
            )
        except writing.WrittenMeanwhile as meanwhile:
            theirs: Question = meanwhile.saved  # type: ignore[assignment]
            form, differences = _both(shown, form, theirs)
        else:
            return _after_saving(request, shown, saved, form.written)
    return _page(request, shown, form, saved.text, differences, template="questions/question.html")


def _form(
    shown: VersionShown, saved: Question, data: Any, values: dict[str, Any] | None = None
) -> WriteQuestionForm:
    return WriteQuestionForm(
        data,
        values=values or {name: getattr(saved, name) for name in COLUMNS},
        edited=saved.edited,
        was=seals_of(saved),
        earlier=queries.earlier_questions(shown, saved.code),
        words=queries.words_for_triage(shown.version.question_set_id),
    )


def _both(
    shown: VersionShown, form: WriteQuestionForm, theirs: Question
) -> tuple[WriteQuestionForm, Any]:
    """A form with what is to be saved next, and the two versions; what only they changed is theirs."""
    mine = form.written
    offered, found = merged(
        COLUMNS,
        form.opened_with,
        {name: as_text(getattr(theirs, name)) for name in COLUMNS},
        {name: as_text(mine[name]) for name in COLUMNS},
    )
    values = {
        name: mine[name] if offered[name] == as_text(mine[name]) else getattr(theirs, name)
        for name in offered
    }
    real = [
        type(each)(each.field, getattr(theirs, each.field), mine[each.field], each.both_changed)
        for each in found
    ]
    return _form(shown, theirs, None, values), words.differences(real) or ()


def _after_saving(
    request: HttpRequest, shown: VersionShown, saved: Question, written: dict[str, Any]
) -> HttpResponse:
    """To the version; back to the question where another answer, or more of them, is to be written."""
    if written["kind"] != saved.kind or "more" in request.POST:
        return redirect("question", version_id=shown.version.pk, question_id=saved.pk)
    messages.success(request, "The question is saved.")
    return redirect("question-version", version_id=shown.version.pk)


def _gone(request: HttpRequest, shown: VersionShown) -> HttpResponse:
    """Somebody took the question out: what was written of it can be put back as a new one."""
    if request.method == "GET" or not shown.sections:
        raise Http404
    typed = {"text": request.POST.get("text", ""), "kind": request.POST.get("kind", "")}
    form = NewQuestionForm(initial=typed)
    page = {
        "shown": shown,
        "form": form,
        "heading": "A question that was taken out",
        "gone": GONE,
        "section_id": shown.sections[-1][0].pk,
    }
    return render(request, "questions/write.html", page, status=409)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_POST
def move(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Moves a question or a section by one place."""
    viewer, at, up = request.viewer, clock.now(), request.POST.get("way") == "up"  # type: ignore[attr-defined]
    try:
        if "question" in request.POST:
            question_id = uuid.UUID(request.POST["question"])
            placing.move_question(
                by=viewer, version_id=version_id, question_id=question_id, up=up, at=at
            )
        else:
            section_id = uuid.UUID(request.POST.get("section", ""))
            placing.move_section(
                by=viewer, version_id=version_id, section_id=section_id, up=up, at=at
            )
    except writing.CannotWrite as why:
        messages.warning(request, str(why))
    except (ValueError, SetVersion.DoesNotExist) as missing:
        raise Http404 from missing
    return redirect("question-version", version_id=version_id)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_POST
def remove(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Takes out a question, or a section that asks nothing."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        if "question" in request.POST:
            placing.remove_question(
                by=viewer, version_id=version_id, question_id=uuid.UUID(request.POST["question"]),
                edited=int(request.POST.get("edited", "0")), at=at,
            )  # fmt: skip
        else:
            section_id = uuid.UUID(request.POST.get("section", ""))
            placing.remove_section(by=viewer, version_id=version_id, section_id=section_id, at=at)
    except writing.CannotWrite as why:
        messages.warning(request, str(why))
    except (ValueError, SetVersion.DoesNotExist) as missing:
        raise Http404 from missing
    return redirect("question-version", version_id=version_id)


def _open_or_404(request: HttpRequest, version_id: uuid.UUID) -> VersionShown:
    """A draft; a published version is written by a new one, which its page says."""
    shown = shown_or_404(request, version_id)
    if not shown.may_edit:
        raise Http404
    return shown


def _page(
    request: HttpRequest,
    shown: VersionShown,
    form: Any,
    heading: str,
    differences: Any,
    *,
    template: str = "questions/write.html",
    button: str = "Save",
) -> HttpResponse:
    page = {
        "shown": shown,
        "named": set_words.named(shown.version),
        "form": form,
        "heading": heading,
        "differences": differences,
        "button": button,
    }
    return render(request, template, page, status=409 if differences is not None else 200)
