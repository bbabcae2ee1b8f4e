"""Try a version, publish it, retire it, say how it was tested."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.wording import day
from joinedup.support.questions.forms.asking import question_form
from joinedup.support.questions.forms.writing import PublishForm, RetireForm, TestedForm
from joinedup.support.questions.operations import publishing
from joinedup.support.questions.presenters import sets as set_words
from joinedup.support.questions.presenters import versions as words
from joinedup.support.questions.presenters.tried import tried
from joinedup.support.questions.queries import sets as queries
from joinedup.support.questions.rules.comparing import compare
from joinedup.support.questions.rules.writing import faults
from joinedup.support.questions.views.sets import shown_or_404


@for_posts_that_may(*queries.MAY_READ)
@require_http_methods(["GET", "POST"])
def try_it(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Asks a version as it would be asked, and says what the answers would do. Nothing is kept."""
    shown = shown_or_404(request, version_id)
    form = question_form(shown.asked, request.POST if request.method == "POST" else None)
    page = {
        "shown": shown,
        "named": set_words.named(shown.version),
        "form": form,
        "tried": tried(shown.asked, form) if form.is_bound else None,
    }
    return render(request, "questions/try.html", page)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """What publishing a draft would change, and the day it begins."""
    shown = shown_or_404(request, version_id)
    if not shown.may_edit:
        raise Http404
    start = {"read": publishing.mark(shown.version), "starts_on": _typed(shown.today)}
    form = PublishForm(request.POST or None, initial=start)
    if form.is_valid():
        try:
            begun = publishing.publish(
                by=request.viewer,  # type: ignore[attr-defined]
                version_id=version_id,
                at=clock.now(),
                **form.cleaned_data,
            )
        except publishing.CannotPublish as why:
            again = {"starts_on": _typed(form.cleaned_data["starts_on"]), "read": start["read"]}
            form = PublishForm(again)
            form.add_error("starts_on", str(why))
        else:
            messages.success(request, f"It is asked from {day(begun.starts_on)} on.")
            return redirect("question-version", version_id=version_id)
    before = queries.what_is_replaced(shown.version, shown.today)
    page = {
        "shown": shown,
        "named": set_words.named(shown.version),
        "where": set_words.where(shown.version),
        "form": form,
        "faults": faults(shown.asked),
        "replaced": [set_words.named(each) for each in before],
        "tables": words.changes(
            compare(queries.other_version(request.viewer, shown.version, before[0].pk), shown.asked)  # type: ignore[attr-defined]
        )
        if before
        else [],
    }
    return render(request, "questions/publish.html", page)


def _typed(on: datetime.date) -> str:
    """A day as people type it."""
    return f"{on.day} {on.month} {on.year}"


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def retire(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """From which day a version is asked no more."""
    shown = shown_or_404(request, version_id)
    form = RetireForm(request.POST or None, initial={"ends_on": _typed(shown.today)})
    if form.is_valid():
        try:
            publishing.retire(
                by=request.viewer,  # type: ignore[attr-defined]
                version_id=version_id,
                at=clock.now(),
                **form.cleaned_data,
            )
        except publishing.CannotRetire as why:
            form.add_error("ends_on", str(why))
        else:
            messages.success(request, "It is retired. What was answered stays as it was asked.")
            return redirect("question-version", version_id=version_id)
    page = {"shown": shown, "named": set_words.named(shown.version), "form": form}
    return render(request, "questions/retire.html", page)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def tested(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """How a version was tested and with what result, also after it began."""
    shown = shown_or_404(request, version_id)
    form = TestedForm(request.POST or None, initial={"tested": shown.version.tested})
    if form.is_valid():
        publishing.note_test(
            by=request.viewer,  # type: ignore[attr-defined]
            version_id=version_id,
            at=clock.now(),
            **form.cleaned_data,
        )
        return redirect("question-version", version_id=version_id)
    page = {"shown": shown, "named": set_words.named(shown.version), "form": form}
    return render(request, "questions/tested.html", page)
