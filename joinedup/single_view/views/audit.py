"""The record of looks: how its tree stands, what is unusual, and what became of that."""

import datetime
import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.choices import Conclusion
from joinedup.foundations.audit.operations.inquire import CannotConclude, conclude
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.access import acting
from joinedup.single_view import audit_presenters as words
from joinedup.single_view.audit_forms import ConclusionForm
from joinedup.single_view.queries import unusual as queries

ON_A_PAGE = 50
LINES_ON_A_PAGE = 200


@for_posts_that_may(Permission.READ_AUDIT)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """How the tree over all lines stands."""
    state = queries.state(request.viewer)  # type: ignore[attr-defined]
    shown = {"state": state, "verdict": words.verdict(state), "heads": words.heads(state)}
    return render(request, "single_view/audit.html", shown)


@for_posts_that_may(Permission.READ_AUDIT)
@require_safe
def unusual(request: HttpRequest) -> HttpResponse:
    """The last days' unusual looks."""
    found = queries.unusual(request.viewer, at=clock.now())  # type: ignore[attr-defined]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "found": words.unusual(page.object_list) if found else None,
        "days": queries.SHOWN_DAYS,
        "pagination": pagination(page),
    }
    return render(request, "single_view/unusual.html", shown)


@for_posts_that_may(Permission.READ_AUDIT)
@require_http_methods(["GET", "POST"])
def day(request: HttpRequest, post_id: uuid.UUID, day: str) -> HttpResponse:
    """One post's looks of one day, and what became of them."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        on = datetime.date.fromisoformat(day)
        found = queries.day_of_post(viewer, post_id, on)
    except (ValueError, ObjectDoesNotExist) as missing:
        raise Http404 from missing
    form = ConclusionForm(request.POST or None)
    if form.is_valid():
        chosen = Conclusion(form.cleaned_data["conclusion"])
        try:
            with acting(viewer):
                conclude(
                    by=viewer.post_id, post_id=post_id, on=on, conclusion=chosen, at=clock.now()
                )
        except CannotConclude as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The conclusion is kept.")
            return redirect("audit-unusual")
    page = Paginator(found.lines, LINES_ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "day": found,
        "lines": words.lines(page),
        "concluded": words.concluded(found.inquiry),
        "pagination": pagination(page),
        "form": form if found.lines else None,
    }
    return render(request, "single_view/audit_day.html", shown)
