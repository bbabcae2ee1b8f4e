"""Equity of access and referral fatigue: the figures, and the alerts to answer."""

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.access import acting
from joinedup.support.frontdoor.forms.figures import AlertForm
from joinedup.support.frontdoor.models import FatigueAlert
from joinedup.support.frontdoor.operations.fatigue import CannotAnswerAlert
from joinedup.support.frontdoor.operations.fatigue import answer_alert as answer
from joinedup.support.frontdoor.presenters import figures as words
from joinedup.support.frontdoor.queries import access as queries
from joinedup.support.frontdoor.queries import fatigue as fatigue_queries
from joinedup.support.frontdoor.rules.access import Split, lines
from joinedup.support.frontdoor.rules.fatigue import LIMIT, fatigue_of

ON_A_PAGE = 25


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def access(request: HttpRequest) -> HttpResponse:
    """Who is offered an assessment, who is sent elsewhere and who waits, by group."""
    came = queries.came_in(request.viewer, at=clock.now())  # type: ignore[attr-defined]
    shown = {
        "any": bool(came),
        "splits": [words.split(each, lines(came, each)) for each in Split],
    }
    return render(request, "frontdoor/access.html", shown)


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def fatigue(request: HttpRequest) -> HttpResponse:
    """How often people are passed on before help comes; for the manager, whom it concerns."""
    viewer = request.viewer  # type: ignore[attr-defined]
    ways = queries.ways(viewer, at=clock.now())
    shown = {"measure": words.fatigue(fatigue_of(ways)), "limit": LIMIT, "any": bool(ways)}
    if viewer.may(Permission.MANAGE_FRONT_DOOR):
        with acting(viewer):
            page = Paginator(fatigue_queries.alerts(viewer), ON_A_PAGE).get_page(
                request.GET.get("page")
            )
            found = list(page.object_list)
            shown["alerts"] = words.alerts(found, fatigue_queries.references(viewer, found))
        shown["pagination"] = pagination(page)
        shown["manages"] = True
    return render(request, "frontdoor/fatigue.html", shown)


@for_posts_that_may(Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def answer_alert(request: HttpRequest, alert_id: uuid.UUID) -> HttpResponse:
    """What is done so that somebody is not passed on again."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        with acting(viewer):
            alert = fatigue_queries.alerts(viewer).get(pk=alert_id)
            reference = fatigue_queries.references(viewer, [alert]).get(alert.matter_id, "")
    except ObjectDoesNotExist as missing:
        raise Http404 from missing
    form = AlertForm(request.POST or None)
    if form.is_valid():
        try:
            answer(by=viewer, alert_id=alert_id, at=clock.now(), **form.cleaned_data)
        except (CannotAnswerAlert, FatigueAlert.DoesNotExist) as wrong:
            form.add_error(None, str(wrong))
        else:
            messages.success(request, "What is done about it is kept.")
            return redirect("fatigue")
    shown = {"alert": alert, "reference": reference, "form": form}
    return render(request, "frontdoor/fatigue_answer.html", shown)
