"""The nights' deliveries, the reconciliation of one, and its rows to mend."""

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations.copies import record_copy
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.intelligence.linkage.models import Delivery
from joinedup.intelligence.linkage.operations.recall import COPY
from joinedup.intelligence.linkage.presenters import deliveries as words
from joinedup.intelligence.linkage.presenters.capture import capture_map
from joinedup.intelligence.linkage.presenters.mending import csv_to_mend, file_name
from joinedup.intelligence.linkage.queries import deliveries as queries
from joinedup.pipeline.contracts.identity import CONTRACTS

ON_A_PAGE = 60
ROWS_SHOWN = 200


@for_posts_that_may(Permission.SEE_DELIVERIES)
@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    """Every night's deliveries, newest first, with what is far from usual."""
    sent = queries.deliveries(request.viewer)  # type: ignore[attr-defined]
    sent = sent.order_by("-night_id", "agency__name", "pk")
    page = Paginator(sent, ON_A_PAGE).get_page(request.GET.get("page"))
    viewer = request.viewer  # type: ignore[attr-defined]
    shown = {
        "corrections": words.corrections(queries.corrections(viewer, viewer.agency)),
        "nights": words.by_night(page.object_list),
        "alarms": [delivery for delivery in page.object_list if delivery.alarm],
        "inbox": settings.INBOX,
        "inbox_days": settings.INBOX_DAYS,
        "names": words.name_patterns(CONTRACTS),
        "pagination": words.pagination(page),
    }
    return render(request, "linkage/deliveries.html", shown)


@for_posts_that_may(Permission.SEE_DELIVERIES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Which system each figure comes from, who enters it, how it is merged, how complete it came (S4-47)."""
    shown = {"table": capture_map(queries.latest(request.viewer))}  # type: ignore[attr-defined]
    return render(request, "linkage/figures.html", shown)


def _delivery(request: HttpRequest, delivery_id: int) -> Delivery:
    try:
        return queries.delivery(request.viewer, delivery_id)  # type: ignore[attr-defined]
    except ObjectDoesNotExist as missing:
        raise Http404 from missing


@for_posts_that_may(Permission.SEE_DELIVERIES)
@require_safe
def delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One delivery: rows sent, loaded, kept back and what they changed, against last time."""
    one = _delivery(request, delivery_id)
    rows = queries.kept_back(request.viewer, delivery_id, at=clock.now())  # type: ignore[attr-defined]
    shown = {
        "delivery": one,
        "status": words.status(one),
        "about": f"{words.population(one)}, {words.extent(one)}",
        "findings": words.findings(one),
        "reconciliation": words.reconciliation(one),
        "kept_back": words.kept_back(rows[:ROWS_SHOWN], len(rows)) if rows else None,
        "may_mend": any(row.raw for row in rows),
    }
    return render(request, "linkage/delivery.html", shown)


@for_posts_that_may(Permission.SEND_DELIVERIES)
@require_safe
def to_mend(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """The quarantined rows as the agency sent them, as a file to mend and send again."""
    one = _delivery(request, delivery_id)
    rows = queries.kept_back(request.viewer, delivery_id, at=clock.now())  # type: ignore[attr-defined]
    if not any(row.raw for row in rows):
        raise Http404
    viewer = request.viewer  # type: ignore[attr-defined]
    record_copy(
        by=viewer.post_id, kind=COPY, of=str(one.pk), holder=one.agency_id, place="download",
        purpose=viewer.purpose, at=clock.now(),
    )  # fmt: skip
    return HttpResponse(
        csv_to_mend(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file_name(one)}"'},
    )
