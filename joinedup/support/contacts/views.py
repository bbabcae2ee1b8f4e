"""The pages of contacts: what there was, one more, how somebody is safely reached, what they need."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of
from joinedup.support.contacts import presenters
from joinedup.support.contacts.forms import ContactForm, NeedsForm, ProfileForm
from joinedup.support.contacts.operations import (
    CannotRecordContact,
    CannotSetNeeds,
    CannotSetProfile,
    NotSafe,
    record_contact,
    set_needs,
    set_profile,
)
from joinedup.support.contacts.queries import contacts_of, profile_of, reach_of
from joinedup.support.safeguarding.forms.danger import key_of
from joinedup.support.safeguarding.queries.plans import persons_of, works_at

for_those_at_work = for_posts_that_may(Permission.SEE_RECORD)


@for_those_at_work
@require_safe
def contacts(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """How to reach the person, and every contact there was."""
    viewer = _must_work(request, matter_id)
    with looking(viewer, at=clock.now(), subject_kind="contacts", subject_id=str(matter_id)):
        told_of(matters=[matter_id], categories=[Category.CONTACT])
        found = contacts_of(viewer, matter_id)
    shown = {
        "matter_id": matter_id,
        "reach": reach_of(viewer, matter_id),
        "contacts": found,
        "next": presenters.appointments(found, clock.now()),
    }
    return render(request, "contacts/contacts.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def record(
    request: HttpRequest, matter_id: uuid.UUID, contact_id: uuid.UUID | None = None
) -> HttpResponse:
    """Asks for a contact, or for what stands instead of one that was wrong."""
    viewer = _must_work(request, matter_id)
    at, persons = clock.now(), persons_of(viewer, matter_id)
    here = timezone.localtime(at)
    earlier = _one(viewer, matter_id, contact_id)
    initial = presenters.as_form(earlier) if earlier else presenters.moment_as_form(here)
    form = ContactForm(persons, request.POST or None, initial=initial)
    only = persons[0][0] if len(persons) == 1 else None

    def act() -> None:
        said = form.said(only, contact_id)
        record_contact(by=viewer, matter_id=matter_id, said=said, at=at)

    heading = "Correct a contact" if earlier else "Record a contact"
    return _asked(request, form, act, matter_id, heading, "It is recorded.")


@for_those_at_work
@require_http_methods(["GET", "POST"])
def safe_contact(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks how somebody is safely reached; what stands is in the boxes."""
    viewer = _must_work(request, matter_id)
    form = ProfileForm(
        persons_of(viewer, matter_id), request.POST or None,
        initial=presenters.profile_as_form(profile_of(viewer, matter_id)),
    )  # fmt: skip

    def act() -> None:
        set_profile(
            by=viewer, matter_id=matter_id, said=form.said(), at=clock.now(),
            person_id=key_of(form.cleaned_data.get("person", "")),
        )  # fmt: skip

    return _asked(
        request, form, act, matter_id, "How they are safely reached",
        "From now on this rules every way to them.",
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def needs(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks what somebody needs to understand and be understood; what stands is ticked."""
    viewer = _must_work(request, matter_id)
    form = NeedsForm(
        persons_of(viewer, matter_id), request.POST or None,
        initial=presenters.needs_as_form(reach_of(viewer, matter_id)),
    )  # fmt: skip

    def act() -> None:
        set_needs(
            by=viewer, matter_id=matter_id, needs=form.said(), at=clock.now(),
            person_id=key_of(form.cleaned_data.get("person", "")),
        )  # fmt: skip

    return _asked(
        request, form, act, matter_id, "What they need to be understood",
        "It stands above every contact from now on.",
    )  # fmt: skip


def _asked(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], None],
    matter_id: uuid.UUID,
    heading: str,
    done: str,
) -> HttpResponse:
    """Shows the form; where it is sent and whole does what it says, and goes back to the contacts."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            act()
        except NotSafe as why:
            form.add_error("despite", str(why))
        except (CannotRecordContact, CannotSetProfile, CannotSetNeeds) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return redirect("contacts", matter_id)
    shown: dict[str, Any] = {"form": form, "matter_id": matter_id, "heading": heading}
    shown["reach"] = reach_of(viewer, matter_id)
    return render(request, "contacts/form.html", shown)


def _must_work(request: HttpRequest, matter_id: uuid.UUID) -> Viewer:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not works_at(viewer, matter_id):
        raise Http404
    return viewer


def _one(viewer: Viewer, matter_id: uuid.UUID, contact_id: uuid.UUID | None) -> Any:
    if contact_id is None:
        return None
    found = [each for each in contacts_of(viewer, matter_id) if each.pk == contact_id]
    if not found:
        raise Http404
    return found[0]
