"""The questions of a matter: what was answered, and asking another set."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.wording import count
from joinedup.identity.sharing.models import Matter
from joinedup.support.questions.forms.asking import QuestionForm, question_form
from joinedup.support.questions.operations.answering import CannotAnswer, record_answers
from joinedup.support.questions.operations.danger import send_danger_on
from joinedup.support.questions.presenters import matters as words
from joinedup.support.questions.queries import matters as queries
from joinedup.support.questions.queries.matters import ToAsk


@for_posts_that_may(Permission.SEE_RECORD)
@require_safe
def of_matter(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Every answer of a matter with its source, and the sets that may be asked."""
    try:
        found = queries.of_matter(request.viewer, matter_id, at=clock.now())  # type: ignore[attr-defined]
    except Matter.DoesNotExist as missing:
        raise Http404 from missing
    shown = {
        "matter_id": matter_id,
        "answered": words.answered(found.answered),
        "spared": count(found.spared, "question") if found.spared else "",
        "to_ask": found.to_ask,
    }
    return render(request, "questions/of_matter.html", shown)


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, matter_id: uuid.UUID, code: str) -> HttpResponse:
    """Asks a set in a matter; what is known is shown and not asked again."""
    at = clock.now()
    try:
        found = queries.to_ask(request.viewer, matter_id, code, at=at)  # type: ignore[attr-defined]
    except Matter.DoesNotExist as missing:
        raise Http404 from missing
    if found is None:
        raise Http404
    form = question_form(found.version, request.POST or None, found.known)
    if form.is_bound and form.triggers:
        return _stopped(request, found, form)
    if form.is_valid() and _recorded(request, found, form):
        return redirect("matter-questions", matter_id=matter_id)
    shown = {"matter_id": matter_id, "version": found.version, "form": form}
    return render(request, "questions/ask.html", shown)


def _stopped(request: HttpRequest, found: ToAsk, form: QuestionForm) -> HttpResponse:
    """An answer that means danger: it is sent at once, what was answered is kept, the number is shown."""
    exits = send_danger_on(
        by=request.viewer,  # type: ignore[attr-defined]
        matter_id=found.matter_id,
        person_ids=found.people,
        version=found.version,
        triggers=form.triggers,
        at=clock.now(),
    )
    form.is_valid()
    _recorded(request, found, form)
    return redirect("exit", exit_id=exits[0])


def _recorded(request: HttpRequest, found: ToAsk, form: QuestionForm) -> bool:
    try:
        record_answers(
            by=request.viewer,  # type: ignore[attr-defined]
            matter_id=found.matter_id,
            version_id=found.version.id,
            values=form.values,
            at=clock.now(),
            confirmed=form.confirmed,
            known=form.known,
        )
    except CannotAnswer as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, "The answers are kept.")
    return True
