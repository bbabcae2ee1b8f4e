"""Looks that people are not told of: read by their agency, told by its decision, and kept back again (P14)."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.operations.told_looks import (
    CannotTellLook,
    take_back_telling,
    tell_look,
)
from joinedup.single_view import kept_looks_presenters as words
from joinedup.single_view.audit_forms import TellLookForm
from joinedup.single_view.queries.kept_looks import look_kept, looks_kept

for_those_who_tell = for_posts_that_may(Permission.TELL_LOOKS)


@for_those_who_tell
@require_safe
def kept_looks(request: HttpRequest) -> HttpResponse:
    """The agency's looks that leave no trace for the person, newest first; or those at one person."""
    try:
        before = parse_datetime(request.GET.get("before", "").replace(" ", "+"))
        asked = request.GET.get("person", "")
        person = uuid.UUID(asked) if asked else None
    except ValueError as wrong:
        raise Http404 from wrong
    found = looks_kept(
        request.viewer,  # type: ignore[attr-defined]
        at=clock.now(),
        before=before,
        person_id=person,
    )
    shown = {"looks": words.looks(found), "found": found, "person": person}
    return render(request, "single_view/kept_looks.html", shown)


@for_those_who_tell
@require_http_methods(["GET", "POST"])
def kept_look(request: HttpRequest, entry_id: uuid.UUID) -> HttpResponse:
    """One look: what was decided of it, and deciding it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = look_kept(viewer, entry_id, at=at)
    if found is None:
        raise Http404
    form = TellLookForm(request.POST or None, is_told=found.is_told)
    if form.is_valid():
        act = take_back_telling if found.is_told else tell_look
        try:
            act(by=viewer, entry_id=entry_id, because=form.cleaned_data["because"], at=at)
        except CannotTellLook as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The person is no longer told." if found.is_told else TOLD)
            return redirect("kept-look", entry_id)
    shown = {
        "kept": found,
        "facts": words.facts(found),
        "decided": words.decided(found),
        "form": form,
    }
    return render(request, "single_view/kept_look.html", shown)


TOLD = "The person reads of this look on their own page from now on."
