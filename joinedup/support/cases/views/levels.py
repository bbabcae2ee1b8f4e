"""The threshold document to read, propose and publish; how many people are in two programmes at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.pipeline.disclosure import LIMIT
from joinedup.support.cases.forms.thresholds import ThresholdForm
from joinedup.support.cases.operations.thresholds import (
    CannotPropose,
    CannotPublish,
    propose_thresholds,
    publish_thresholds,
    withdraw_thresholds,
)
from joinedup.support.cases.presenters.steps import overlap_table
from joinedup.support.cases.queries.levels import document_in_force, documents
from joinedup.support.cases.queries.overlap import overlap
from joinedup.support.handovers.rules.roles import MANAGERS


@for_anybody_signed_in
@require_safe
def thresholds(request: HttpRequest) -> HttpResponse:
    """The document in force, what is proposed, and what was before."""
    today = day_of(clock.now())
    found = documents()
    now = document_in_force(today)
    shown = {
        "now": next((each for each in found if now and each.pk == now.pk), None),
        "proposed": [e for e in found if e.published_at is None and e.withdrawn_at is None],
        "others": [e for e in found if e.published_at and (not now or e.pk != now.pk)],
        "may_manage": request.viewer.role in MANAGERS,  # type: ignore[attr-defined]
        "post_id": request.viewer.post_id,  # type: ignore[attr-defined]
    }
    return render(request, "cases/thresholds.html", shown)


@for_posts_that_may(Permission.BAR_POSTS, Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Asks for the words of a new version, beginning with those in force."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    now = document_in_force(day_of(at))
    initial: dict[str, object] = {"title": now.title, "source": now.source} if now else {}
    for each in now.levels.all() if now else ():
        for part in ("name", "sentence", "descriptors", "who_leads"):
            initial[f"{part}_{each.level}"] = getattr(each, part)
    form = ThresholdForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = {k: form.cleaned_data[k] for k in ("title", "source", "because", "starts_on")}
        try:
            propose_thresholds(by=viewer, levels=form.levels(), at=at, **said)
        except CannotPropose as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is proposed. A second manager reads and publishes it.")
            return redirect("levels-of-need")
    return render(request, "cases/threshold_propose.html", {"form": form})


@for_posts_that_may(Permission.BAR_POSTS, Permission.MANAGE_FRONT_DOOR)
@require_POST
def decide(request: HttpRequest, version: int, what: str) -> HttpResponse:
    """Publishes a version that somebody else proposed, or lets it go."""
    acts = {"publish": publish_thresholds, "let-go": withdraw_thresholds}
    try:
        acts[what](by=request.viewer, version=version, at=clock.now())  # type: ignore[attr-defined]
    except (CannotPublish, KeyError) as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "It is done.")
    return redirect("levels-of-need")


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """Programme by programme, how many people are in both; small numbers gone (S0-21, P44)."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    shown = {"table": overlap_table(overlap(viewer, at)), "limit": LIMIT, "at": at}
    return render(request, "cases/overlap.html", shown)
