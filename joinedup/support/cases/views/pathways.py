"""Pathways: their versions to read, propose and publish; how many cases kept which limits."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.pipeline.disclosure import LIMIT
from joinedup.support.cases.forms.pathways import PathwayForm
from joinedup.support.cases.operations.pathways import (
    CannotPropose,
    CannotPublish,
    propose_pathway,
    publish_pathway,
    withdraw_pathway,
)
from joinedup.support.cases.presenters import pathways as words
from joinedup.support.cases.queries import pathways as queries
from joinedup.support.handovers.rules.roles import MANAGERS


@for_anybody_signed_in
@require_safe
def pathways(request: HttpRequest) -> HttpResponse:
    """The pathways in force, what is proposed, and what was before."""
    viewer = request.viewer  # type: ignore[attr-defined]
    now = {each.pk for each in queries.in_force(day_of(clock.now()))}
    found = queries.versions()
    shown = {
        "in_force": [(e, words.steps_table(e)) for e in found if e.pk in now],
        "proposed": [
            (e, words.steps_table(e)) for e in found if not e.published_at and not e.withdrawn_at
        ],
        "others": [each for each in found if each.published_at and each.pk not in now],
        "may_manage": viewer.role in MANAGERS,
        "may_count": viewer.may(Permission.SEE_ACCESS_FIGURES),
        "post_id": viewer.post_id,
    }
    return render(request, "cases/pathways.html", shown)


@for_posts_that_may(Permission.BAR_POSTS, Permission.MANAGE_FRONT_DOOR)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    """Asks for a new pathway, or for a new version of one, beginning with its words."""
    begun = _begun(request)
    initial = PathwayForm.beginning_with(begun) if begun else {}
    form = PathwayForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = form.said(begun.code if begun else "")
        try:
            propose_pathway(by=request.viewer, said=said, at=clock.now())  # type: ignore[attr-defined]
        except CannotPropose as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is proposed. A second manager reads and publishes it.")
            return redirect("pathways")
    return render(request, "cases/pathway_propose.html", {"form": form, "begun": begun})


def _begun(request: HttpRequest):  # type: ignore[no-untyped-def]
    asked = request.GET.get("of", "")
    if not asked:
        return None
    found = queries.one_version(int(asked)) if asked.isdecimal() and len(asked) < 10 else None
    if found is None:
        raise Http404
    return found


@for_posts_that_may(Permission.BAR_POSTS, Permission.MANAGE_FRONT_DOOR)
@require_POST
def decide(request: HttpRequest, pathway_id: int, what: str) -> HttpResponse:
    """Publishes a version that somebody else proposed, or lets it go."""
    acts = {"publish": publish_pathway, "let-go": withdraw_pathway}
    if what not in acts:
        raise Http404
    try:
        acts[what](by=request.viewer, pathway_id=pathway_id, at=clock.now())  # type: ignore[attr-defined]
    except CannotPublish as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "It is done.")
    return redirect("pathways")


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Version by version and step by step, how many cases kept the limit; small numbers gone (P44)."""
    at = clock.now()
    found = queries.figures_of_all(request.viewer, at)  # type: ignore[attr-defined]
    shown = {"tables": [words.figures_table(each) for each in found], "limit": LIMIT, "at": at}
    return render(request, "cases/pathway_figures.html", shown)
