"""The list of sets, one set, one version as it stands, and what it changed."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.support.questions.forms.writing import SetForm
from joinedup.support.questions.models import QuestionSet, SetVersion
from joinedup.support.questions.operations import writing
from joinedup.support.questions.presenters import sets as words
from joinedup.support.questions.presenters import versions as version_words
from joinedup.support.questions.queries import sets as queries
from joinedup.support.questions.queries.sets import VersionShown
from joinedup.support.questions.rules.comparing import compare
from joinedup.support.questions.rules.writing import faults


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every question set."""
    viewer = request.viewer  # type: ignore[attr-defined]
    found = queries.sets(viewer, today=day_of(clock.now()))
    shown = {
        "found": words.register(found) if found else None,
        "may_write": viewer.may(Permission.WRITE_QUESTIONS),
    }
    return render(request, "questions/sets.html", shown)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Begins a set."""
    form = SetForm(request.POST or None)
    if form.is_valid():
        try:
            draft = writing.make_set(by=request.viewer, at=clock.now(), **form.cleaned_data)  # type: ignore[attr-defined]
        except writing.CannotWrite as why:
            form.add_error("title", str(why))
        else:
            return redirect("question-version", version_id=draft.pk)
    return render(request, "questions/set_new.html", {"form": form})


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One set, with every version of it."""
    try:
        shown = queries.one_set(request.viewer, code, today=day_of(clock.now()))  # type: ignore[attr-defined]
    except QuestionSet.DoesNotExist as missing:
        raise Http404 from missing
    return render(
        request, "questions/set.html", {"shown": shown, "versions": words.versions(shown)}
    )


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def version(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """One version as it stands; a draft with what writes it."""
    shown = shown_or_404(request, version_id)
    return render(
        request,
        "questions/version.html",
        {
            "shown": shown,
            "named": words.named(shown.version),
            "state": words.state_words(shown.version, shown),
            "where": words.where(shown.version),
            "sections": version_words.sections(shown),
            "said": version_words.said(shown),
            "publish_href": reverse("question-publish", args=[version_id]),
            "faults": faults(shown.asked) if shown.may_edit else [],
        },
    )


@for_posts_that_may(*queries.MAY_READ)
@require_safe
def compared(request: HttpRequest, version_id: uuid.UUID, other_id: uuid.UUID) -> HttpResponse:
    """What a version changed against another of its set."""
    shown = shown_or_404(request, version_id)
    try:
        other = queries.other_version(request.viewer, shown.version, other_id)  # type: ignore[attr-defined]
    except SetVersion.DoesNotExist as missing:
        raise Http404 from missing
    found = compare(other, shown.asked)
    page = {
        "shown": shown,
        "named": words.named(shown.version),
        "other": other,
        "tables": version_words.changes(found),
    }
    return render(request, "questions/compared.html", page)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_POST
def draft(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Begins the next version from this one."""
    try:
        begun = writing.start_draft(by=request.viewer, version_id=version_id, at=clock.now())  # type: ignore[attr-defined]
    except SetVersion.DoesNotExist as missing:
        raise Http404 from missing
    messages.success(request, "This is a draft. What is asked today goes on until it is published.")
    return redirect("question-version", version_id=begun.pk)


@for_posts_that_may(Permission.WRITE_QUESTIONS)
@require_http_methods(["GET", "POST"])
def throw_away(request: HttpRequest, version_id: uuid.UUID) -> HttpResponse:
    """Takes a draft out, once it was asked whether that is meant."""
    shown = shown_or_404(request, version_id)
    if not shown.may_edit:
        raise Http404
    if request.method == "POST":
        writing.throw_away(by=request.viewer, version_id=version_id, at=clock.now())  # type: ignore[attr-defined]
        messages.success(request, "The draft is gone.")
        return redirect("question-sets")
    page = {"shown": shown, "named": words.named(shown.version)}
    return render(request, "questions/throw_away.html", page)


def shown_or_404(request: HttpRequest, version_id: uuid.UUID) -> VersionShown:
    """The version as this viewer sees it; Http404 where there is none."""
    try:
        return queries.one_version(request.viewer, version_id, today=day_of(clock.now()))  # type: ignore[attr-defined]
    except SetVersion.DoesNotExist as missing:
        raise Http404 from missing
