"""After: what became of a panel's decisions, and its own figures."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.identity.sharing.access import looking
from joinedup.support.panels.forms.after import FollowUpForm
from joinedup.support.panels.models import FollowUp
from joinedup.support.panels.operations.after import CannotFollow, say_what_became
from joinedup.support.panels.presenters import after as words
from joinedup.support.panels.queries import after as queries
from joinedup.support.panels.views.frame import for_panels, frame_or_404, page_of


@for_panels
@require_safe
def after(request: HttpRequest, code: str) -> HttpResponse:
    """The figures of a panel, and what became of each decision after 6 and 26 weeks."""
    frame = frame_or_404(request, code)
    viewer, exact = request.viewer, frame.standing.keeps  # type: ignore[attr-defined]
    with looking(viewer, at=frame.at, subject_kind="decisions of a panel"):
        found = queries.follow_ups(viewer, frame.panel) if exact else []
    figures = queries.figures_of(viewer, frame.panel, exact=exact, at=frame.at)
    kinds, chart = words.kinds(figures)
    shown = {
        "measures": words.measures(figures, exact=exact), "kinds": kinds, "chart": chart,
        "exact": exact, "follow_ups": words.follow_ups(found), "any": bool(figures.kinds),
    }  # fmt: skip
    return page_of(request, frame, "panels/after.html", shown)


@for_panels
@require_http_methods(["GET", "POST"])
def follow_up(request: HttpRequest, follow_up_id: int) -> HttpResponse:
    """What had become of one decision; the coordinator says more of it."""
    viewer = request.viewer  # type: ignore[attr-defined]
    try:
        found = queries.one_follow_up(viewer, follow_up_id)
    except FollowUp.DoesNotExist:
        raise Http404 from None
    frame = frame_or_404(request, found.row.item.panel.code, to_keep=True)
    form = FollowUpForm(request.POST or None, initial={"words": found.row.words})
    if form.is_valid():
        try:
            say_what_became(
                by=viewer, follow_up_id=follow_up_id, words=form.cleaned_data["words"], at=frame.at
            )
        except CannotFollow as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "What became of it is kept.")
            return redirect("panel-after", frame.panel.code)
    shown = {
        "form": form, "found": found, "title": words.title(found.row),
        "lines": words.lines(found), "on": words.on_the_day(found.row),
    }  # fmt: skip
    return page_of(request, frame, "panels/follow_up.html", shown)
