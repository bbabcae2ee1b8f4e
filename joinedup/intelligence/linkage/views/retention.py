"""How long what an agency deleted is kept: the rules, how they ran, and setting them (P15)."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.intelligence.linkage.forms import EndRetentionForm, RetentionForm
from joinedup.intelligence.linkage.models import RetentionRule
from joinedup.intelligence.linkage.operations.retention import (
    CannotSetRetention,
    end_retention,
    set_retention,
)
from joinedup.intelligence.linkage.presenters import retention as words
from joinedup.intelligence.linkage.queries import retention as queries

ENDING = "end"


@for_posts_that_may(Permission.SEE_DELIVERIES)
@require_http_methods(["GET", "POST"])
def retention(request: HttpRequest) -> HttpResponse:
    """The agency's own rules with what goes next, the last runs, and two forms for whoever sends deliveries."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if request.method == "POST":
        viewer.must(Permission.SEND_DELIVERIES)
    everything = list(queries.everything_set(viewer))
    names = queries.controllers(viewer.agency)
    setting, ending = _forms(request, names, everything)
    if _went(request, setting, ending):
        return redirect("retention")
    found, runs = queries.rulings(viewer, at), queries.runs_that_did_something(viewer)
    may_set = viewer.may(Permission.SEND_DELIVERIES)
    shown = {
        "rules": words.rules(found, names),
        "runs": words.runs(runs, names),
        "copies": words.copies(queries.copies_to_see_to(viewer, at)),
        "earlier": words.earlier(everything, names),
        "form": ending if ending.errors else setting,
        "setting": setting if may_set else None,
        "ending": ending if may_set and found else None,
    }
    return render(request, "linkage/retention.html", shown)


def _forms(
    request: HttpRequest, names: dict[str, str], everything: list[RetentionRule]
) -> tuple[RetentionForm, EndRetentionForm]:
    seen = everything[0].pk if everything else 0
    ends = f"{ENDING}-seen" in request.POST
    sets = request.method == "POST" and not ends
    return (
        RetentionForm(words.whose(names), seen, request.POST if sets else None),
        EndRetentionForm(
            words.whose_was_set(everything, names),
            seen,
            request.POST if ends else None,
            prefix=ENDING,
        ),
    )


def _went(request: HttpRequest, setting: RetentionForm, ending: EndRetentionForm) -> bool:
    given = {"by": request.viewer, "agency": request.viewer.agency, "at": clock.now()}  # type: ignore[attr-defined]
    for form, does, said in (
        (setting, set_retention, "The rule is set."),
        (ending, end_retention, "The rule ends."),
    ):
        if not form.is_valid():
            continue
        asked = {name: value for name, value in form.cleaned_data.items() if name != "controller"}
        try:
            does(controller=form.of, **asked, **given)
        except CannotSetRetention as why:
            form.refuse(str(why), why.field)
            return False
        messages.success(request, said)
        return True
    return False
