"""Approved step-downs sent as a file: send one, read what became of each row, take back the faulty ones."""

import uuid

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import acting, looking
from joinedup.support.frontdoor.choices import Source
from joinedup.support.frontdoor.forms.keeping import BatchForm
from joinedup.support.frontdoor.models import Batch, BatchRow
from joinedup.support.frontdoor.operations.batches import CannotTakeBatch, take_batch
from joinedup.support.frontdoor.presenters import keeping as words
from joinedup.support.frontdoor.queries import keeping as queries
from joinedup.support.frontdoor.rules.batch_rows import COLUMNS, NEEDED


@for_posts_that_may(*queries.MAY_BATCH)
@require_http_methods(["GET", "POST"])
def step_downs(request: HttpRequest) -> HttpResponse:
    """The batches there were, and a new one."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = BatchForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            batch = take_batch(
                by=viewer, name=sent.name, content=sent.read(), at=at,
                approval=form.cleaned_data["approval"], source=Source(form.cleaned_data["source"]),
            )  # fmt: skip
        except CannotTakeBatch as why:
            form.add_error("file", str(why))
        else:
            messages.success(request, "The batch was read. What became of each row stands here.")
            return redirect("step-down", batch_id=batch.pk)
    with acting(viewer):
        found = list(queries.batches_of(viewer)[:100])
    shown = {
        "form": form,
        "found": words.batches(found) if found else None,
        "needed": NEEDED,
        "others": [name for name in COLUMNS if name not in NEEDED],
    }
    return render(request, "frontdoor/step_downs.html", shown)


@for_posts_that_may(*queries.MAY_BATCH)
@require_safe
def step_down(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """What became of each row of a batch."""
    viewer = request.viewer  # type: ignore[attr-defined]
    batch, rows = _read(request, batch_id)
    shown = {
        "batch": batch,
        "became": words.became(rows),
        "rows": words.batch_rows(rows, works_at_door=viewer.may(Permission.WORK_FRONT_DOOR)),
        "returned": any(row.state == "returned" for row in rows),
    }
    return render(request, "frontdoor/step_down.html", shown)


@for_posts_that_may(*queries.MAY_BATCH)
@require_safe
def returned(request: HttpRequest, batch_id: uuid.UUID) -> HttpResponse:
    """The returned rows as a file, with what is wrong with each."""
    _, rows = _read(request, batch_id)
    return HttpResponse(
        words.returned_csv(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="returned.csv"'},
    )


def _read(request: HttpRequest, batch_id: uuid.UUID) -> tuple[Batch, list[BatchRow]]:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="batch", subject_id=str(batch_id)):
            return queries.batch_of(viewer, batch_id)
    except ObjectDoesNotExist as why:
        raise Http404 from why
