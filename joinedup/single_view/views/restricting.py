"""Keep something of a person from sight, and end that: an address for safety, a post kept away (P13)."""

import datetime
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import NotPermitted, Viewer, people, reading
from joinedup.identity.sharing.choices import Category, RestrictionKind
from joinedup.identity.sharing.models import Restriction
from joinedup.identity.sharing.operations.restrict import (
    CannotRestrict,
    lift_restriction,
    set_restriction,
)
from joinedup.intelligence.linkage.operations.safety_address import lift_address, restrict_address
from joinedup.single_view import restricting_presenters as words
from joinedup.single_view.queries import restricted as queries
from joinedup.single_view.restricting_forms import ADDRESS, KIND_OF, MYSELF, SOMEBODY, RestrictForm

_NOT_YOURS = "Your post may not do that. Ask a manager of your agency."


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def restrictions(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """What one's own agency keeps of this person from sight; keep something more."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.restrictions_of(viewer, person_id, at=at)
    except Person.DoesNotExist as hidden:
        raise Http404 from hidden
    form = RestrictForm(request.POST or None, may_bar=viewer.may(Permission.BAR_POSTS))
    if form.is_valid():
        try:
            _keep(viewer, person_id, form, at)
        except CannotRestrict as why:
            form.add_error(None, str(why))
        except NotPermitted:
            form.add_error(None, _NOT_YOURS)
        else:
            messages.success(request, "It is kept from sight from now on.")
            return _back_to(viewer, person_id)
    shown = {"form": form, "person_id": person_id, "kept": words.kept(found)}
    return render(request, "single_view/restrictions.html", shown)


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, restriction_id: uuid.UUID) -> HttpResponse:
    """Ends one; an address kept for safety by a duty manager who did not set it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.restriction_of(viewer, restriction_id, at=at)
    except (Restriction.DoesNotExist, Person.DoesNotExist) as hidden:
        raise Http404 from hidden
    why_not = ""
    if request.method == "POST":
        lift = lift_address if found.kind == RestrictionKind.SAFETY_ADDRESS else lift_restriction
        try:
            lift(by=viewer, restriction_id=restriction_id, at=at)
        except CannotRestrict as why:
            why_not = str(why)
        except NotPermitted:
            why_not = "Only a duty manager of your agency who did not set it ends this."
        else:
            messages.success(request, "It is seen again as before.")
            return redirect("restrictions", person_id=found.person_id)
    shown = {
        "found": found,
        "what": words.what(found),
        "wrong": [{"text": why_not}] if why_not else [],
    }
    return render(request, "single_view/restriction_end.html", shown)


def _keep(viewer: Viewer, person_id: uuid.UUID, form: RestrictForm, at: datetime.datetime) -> None:
    said = form.cleaned_data
    because, ends_at = said["because"], said["until"]
    if said["what"] == ADDRESS:
        restrict_address(by=viewer, person_id=person_id, because=because, ends_at=ends_at, at=at)
        return
    barred = viewer.post_id if said["what"] == MYSELF else None
    if said["what"] == SOMEBODY:
        post = queries.post_at(said["email"], at)
        if post is None:
            raise CannotRestrict("Nobody with that e-mail address holds a post today.")
        barred = post.pk
    set_restriction(
        by=viewer, person_id=person_id, kind=KIND_OF[said["what"]], because=because,
        categories=[Category(each) for each in said["categories"]] if barred is None else [],
        barred_id=barred, ends_at=ends_at, at=at,
    )  # fmt: skip


def _back_to(viewer: Viewer, person_id: uuid.UUID) -> HttpResponse:
    """Whoever kept themselves away sees the page no more."""
    with reading(viewer):
        still = people(viewer).filter(pk=person_id).exists()
    return redirect("restrictions", person_id=person_id) if still else redirect("start")
