"""The register of commitments, and one of them: what became of it (S2-38)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import NotPermitted
from joinedup.identity.sharing.choices import CommitmentKind
from joinedup.identity.sharing.forms.commitments import CommitmentForm, SettleForm
from joinedup.identity.sharing.operations.commitments import (
    CannotCommit,
    commit,
    settle_commitment,
)
from joinedup.identity.sharing.presenters import commitments as words
from joinedup.identity.sharing.queries import commitments as queries
from joinedup.identity.sharing.queries.agreements import MAY_READ


@for_posts_that_may(*MAY_READ)
@require_http_methods(["GET", "POST"])
def commitments(request: HttpRequest) -> HttpResponse:
    """The register, and a new line in it for whoever may sign for their agency."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = CommitmentForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            commit(
                by=viewer, kind=CommitmentKind(said["kind"]), what=said["what"],
                due_on=said["due_on"], at=at,
            )  # fmt: skip
        except (CannotCommit, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It stands in the register.")
            return redirect("commitments")
    found = list(queries.commitments(viewer))
    shown = {
        "form": form if viewer.may(Permission.SIGN_AGREEMENTS) else None,
        "found": words.register(found, day_of(at)) if found else None,
    }
    return render(request, "sharing/commitments.html", shown)


@for_posts_that_may(*MAY_READ)
@require_http_methods(["GET", "POST"])
def commitment(request: HttpRequest, commitment_id: int) -> HttpResponse:
    """One commitment; whoever may says what became of it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.commitments(viewer).filter(pk=commitment_id).first()
    if found is None:
        raise Http404
    form = SettleForm(request.POST or None) if queries.may_settle(viewer, found) else None
    if form is not None and form.is_valid():
        said = form.cleaned_data
        try:
            settle_commitment(
                by=viewer, commitment_id=found.pk, kept=said["kept"] == "yes",
                became=said["became"], at=at,
            )  # fmt: skip
        except (CannotCommit, NotPermitted) as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "It is written down.")
            return redirect("commitment", commitment_id=commitment_id)
    shown = {"commitment": found, "facts": words.facts(found, day_of(at)), "form": form}
    return render(request, "sharing/commitment.html", shown)
