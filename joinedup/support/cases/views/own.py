"""What people of a case wrote on their own page, and the answers."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from joinedup.foundations.core import clock
from joinedup.support.cases.forms.own import AnswerForm
from joinedup.support.cases.models import OwnWords
from joinedup.support.cases.operations.own import CannotAnswer, answer_own_words
from joinedup.support.cases.queries.own import own_words_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of


@for_those_at_work
@require_http_methods(["GET", "POST"])
def own_words(
    request: HttpRequest, matter_id: uuid.UUID, words_id: uuid.UUID | None = None
) -> HttpResponse:
    """Each thing they wrote, and a place to say what was done about it."""
    frame = frame_or_404(request, matter_id, "their own words")
    form = AnswerForm(request.POST or None)
    if words_id is not None and form.is_valid():
        try:
            answer_own_words(
                by=request.viewer,  # type: ignore[attr-defined]
                words_id=words_id,
                answer=form.cleaned_data["answer"],
                at=clock.now(),
            )
        except OwnWords.DoesNotExist:
            raise Http404 from None
        except CannotAnswer as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "They read your answer on their own page.")
            return redirect("case-own-words", matter_id)
    names = {each.person_id: each.name for each in frame.persons}
    found = own_words_of(request.viewer, matter_id)  # type: ignore[attr-defined]
    shown = {
        "words": [(each, names.get(each.person_id, "")) for each in found],
        "form": form,
        "answering": words_id,
    }
    return page_of(request, frame, "cases/own_words.html", shown)
