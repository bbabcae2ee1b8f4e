"""Where something is: who answers, the clock, the hand-overs; and everything that is past its time."""

import uuid

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.access import looking
from joinedup.identity.sharing.looked import told_of
from joinedup.identity.sharing.models import Matter
from joinedup.support.handovers import presenters
from joinedup.support.handovers.queries import seen

ON_A_PAGE = 50


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def whereabouts(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Where a referral, an exit or a case is, for whoever sent it or works at it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="matter", subject_id=str(matter_id)):
        try:
            found = seen.where_is(viewer, matter_id)
        except Matter.DoesNotExist as gone:
            raise Http404 from gone
        told_of(matters=[matter_id])
        duty = seen.duty_of(viewer, matter_id)
    shown = {
        "matter": found.matter,
        "answers": presenters.answers(duty),
        "clock": presenters.clock_line(found.steps, at),
        "duties": presenters.duties(found.duties),
        "handovers": [
            (each, presenters.facts(each, at), [presenters.line_of(line) for line in said])
            for each, said in found.handovers
        ],
        "links": sorted({each.link for each, _ in found.handovers if each.link}),
    }
    return render(request, "handovers/whereabouts.html", shown)


@for_posts_that_may(Permission.TAKE_HANDOVERS, Permission.MANAGE_FRONT_DOOR)
@require_safe
def breaches(request: HttpRequest) -> HttpResponse:
    """Every step past its time in what the viewer's team works at or sent, longest late first."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    page = Paginator(seen.late_steps(viewer, at), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "late": presenters.breaches(seen.breaches_of(viewer, page.object_list), at),
        "pagination": pagination(page),
    }
    return render(request, "handovers/breaches.html", shown)
