"""The person: who they are across agencies, why we think so, and telling a source what it has wrong."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.people.models import Person
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Purpose
from joinedup.identity.sharing.models import EmergencyAccess
from joinedup.identity.sharing.queries.emergency import open_access
from joinedup.identity.sharing.queries.held_placing import doubts_about
from joinedup.identity.sharing.queries.seen import what_is_seen
from joinedup.intelligence.linkage.operations.corrections import (
    CannotReportCorrection,
    report_correction,
)
from joinedup.intelligence.linkage.queries.person import PersonPage, the_evidence, the_person
from joinedup.single_view import presenters, seen_presenters
from joinedup.single_view.forms import CorrectionForm
from joinedup.single_view.views.find import SEARCH
from joinedup.support.frontdoor.views.looked_for import looked_for

PAIRS_SHOWN = 6
"""A picture for each pair takes its time: more of them only when asked."""


def _viewer(request: HttpRequest, person_id: uuid.UUID) -> tuple[Viewer, EmergencyAccess | None]:
    """Who looks at this person; with emergency access to them, for vital interests while it lasts."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if not viewer.may(Permission.EMERGENCY_ACCESS):
        return viewer, None
    opened = open_access(viewer, person_id, at=clock.now())
    if opened is None:
        return viewer, None
    return replace(viewer, purpose=Purpose.VITAL_INTEREST.value), opened


def _page(request: HttpRequest, person_id: uuid.UUID, *, with_others: bool = False) -> PersonPage:
    viewer, _ = _viewer(request, person_id)
    try:
        return the_person(viewer, person_id, at=clock.now(), with_others=with_others)
    except Person.DoesNotExist as gone:
        raise Http404 from gone


@for_posts_that_may(Permission.SEE_RECORD)
@require_safe
def person(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """One person. An identifier that was merged leads to the person it stands for today."""
    page = _page(request, person_id, with_others=True)
    if page.merged:
        messages.info(request, "Two entries were found to be one person. This is that person.")
        return redirect("person", person_id=page.person_id)
    today = timezone.localdate()
    shown = {
        "identities": presenters.identities(page),
        "earlier": presenters.earlier(page),
        "household": presenters.household(page, today),
        "possible": presenters.possible(page),
        "told_death": presenters.told_death(page),
        "together": presenters.held_together(page),
        "events": presenters.events(page),
        "looked_for": looked_for(request),
        **_held(request, page.person_id),
    }
    return render(
        request,
        "single_view/person.html",
        {"page": page, "today": today, "searched": SEARCH in request.session, **shown},
    )


def _held(request: HttpRequest, person_id: uuid.UUID) -> dict[str, Any]:
    """What agencies hold beyond identity, why each is shown, and what is told of the rest (P8)."""
    viewer, opened = _viewer(request, person_id)
    seen = what_is_seen(viewer, person_id, at=clock.now())
    doubts = doubts_about(viewer, person_id, [each.pk for each in seen.held])
    return {
        "doubts": doubts,
        "held": seen_presenters.by_holder(seen),
        "warnings": seen_presenters.warnings(seen),
        "withheld": seen.withheld,
        "known": seen.identities,
        "purpose": seen_presenters.purpose(viewer.purpose),
        "may_open_emergency": opened is None and viewer.may(Permission.EMERGENCY_ACCESS),
        "opened": opened,
        "may_tell_looks": viewer.may(Permission.TELL_LOOKS),
        "may_record_consent": viewer.may(Permission.RECORD_CONSENT),
    }


@for_posts_that_may(Permission.SEE_RECORD)
@require_safe
def evidence(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """The waterfall of every pair of records that made this one person."""
    page = _page(request, person_id)
    viewer, _ = _viewer(request, person_id)
    pairs = the_evidence(viewer, page.person_id, at=clock.now())
    shown = pairs if "all" in request.GET else pairs[:PAIRS_SHOWN]
    return render(
        request,
        "single_view/evidence.html",
        {
            "page": page,
            "drawn": [presenters.evidence(pair) for pair in shown],
            "more": len(pairs) - len(shown),
            "links": presenters.links(page),
        },
    )


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def correction(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Tells the agency that holds a record what it has wrong (P5)."""
    page = _page(request, person_id)
    form = CorrectionForm(presenters.records_to_correct(page), request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            report_correction(
                by=_viewer(request, person_id)[0],
                record_pk=int(given["record"]),
                field=given["field"],
                because=given["because"],
                at=clock.now(),
            )
        except CannotReportCorrection as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The agency that holds the record will be told.")
            return redirect("person", person_id=page.person_id)
    return render(request, "single_view/correction.html", {"page": page, "form": form})
