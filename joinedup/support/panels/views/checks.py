"""Agency checks: an agency's list on one page, one answered in a short form, nothing known by one key."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.support.cases.presenters.plan import differences
from joinedup.support.panels.choices import CheckState
from joinedup.support.panels.forms.checks import AnswerForm, RestForm
from joinedup.support.panels.models import AgencyCheck
from joinedup.support.panels.operations import checks as operations
from joinedup.support.panels.presenters import checks as words
from joinedup.support.panels.queries import checks as queries
from joinedup.support.panels.views.frame import for_panels


@for_panels
@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """What the viewer's agency is asked before each meeting."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.to_answer(viewer, at=at)
    queries.leave_the_looks(viewer, found, at)
    return render(request, "panels/checks.html", {"lists": words.lists(found)})


@for_panels
@require_POST
def nothing(request: HttpRequest, check_id: uuid.UUID) -> HttpResponse:
    """Nothing is known of whom this is about; then the next."""
    try:
        done = operations.nothing_known(by=request.viewer, check_ids=[check_id], at=clock.now())  # type: ignore[attr-defined]
    except AgencyCheck.DoesNotExist:
        raise Http404 from None
    except operations.CannotAnswer as why:
        messages.error(request, str(why))
        return redirect("panel-checks")
    if not done:
        messages.error(
            request, "It is answered already, or your records hold something. Open it to answer."
        )
    return redirect("panel-checks")


@for_panels
@require_http_methods(["GET", "POST"])
def rest(request: HttpRequest, meeting_id: uuid.UUID) -> HttpResponse:
    """Nothing is known of the rest, all at once; what one's own records hold something of is left out."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = [each for each in queries.to_answer(viewer, at=at) if each.meeting.pk == meeting_id]
    if not found:
        raise Http404
    queries.leave_the_looks(viewer, found, at)
    (shown,) = words.lists(found)
    lines = words.rest(shown)
    form = RestForm(lines, request.POST or None, initial={"check": words.unknown(shown)})
    if form.is_valid():
        try:
            done = operations.nothing_known(by=viewer, check_ids=form.checks, at=at)
        except operations.CannotAnswer as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, f"Nothing known: answered for {len(done)}.")
            return redirect("panel-checks")
    left = [each.names for each in shown.lines if each.waits and each.by_itself]
    return render(
        request,
        "panels/checks_rest.html",
        {"form": form, "list": shown, "left": left, "any": lines},
    )


@for_panels
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, check_id: uuid.UUID) -> HttpResponse:
    """One check: what one's own records hold, the short form, to whom it is opened."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.one_check(viewer, check_id, at=at)
    except AgencyCheck.DoesNotExist:
        raise Http404 from None
    form = AnswerForm(found.table, request.POST or None, initial=_initial(found))
    differ, status = None, 200
    if found.is_open and form.is_valid():
        try:
            operations.answer_check(
                by=viewer, check_id=check_id, answer=form.answer, open_to=form.posts,
                version=form.edited, at=at, filled_from=found.own.filled_from(),
            )  # fmt: skip
        except operations.CannotAnswer as why:
            form.add_error(None, str(why))
        except operations.AnsweredMeanwhile as meanwhile:
            saved = _values(meanwhile.saved)
            offered, where = form.beside(saved)
            offered["since_on"] = words.typed(offered["since_on"])
            differ, status = differences(where, form) or (), 409
            opened = AnswerForm.opened(offered, saved, meanwhile.saved.version)
            form = AnswerForm(
                found.table, initial={**opened, "open_to": form.cleaned_data["open_to"]}
            )
        else:
            messages.success(request, "Your agency’s answer is kept.")
            return redirect("panel-checks")
    shown = {
        "form": form, "found": found, "names": [each.name for each in found.people],
        "differences": differ, "answered": found.check.state == CheckState.ANSWERED,
        "own": words.own_lines(found.own.lines), "household": words.own_lines(found.own.household),
        "registered": words.own_lines(found.own.registered),
    }  # fmt: skip
    return render(request, "panels/check.html", shown, status=status)


def _values(check: AgencyCheck) -> dict[str, object]:
    return {name: getattr(check, name) for name in AnswerForm.names}


def _initial(found: queries.OneCheck) -> dict[str, object]:
    """What is saved; of a check that waits, what the agency's own records suggest, to be confirmed."""
    saved = _values(found.check)
    if found.check.state == CheckState.ANSWERED:
        opened: list[str] = [str(each) for each in found.opened_to]
        offered = {**saved, "since_on": words.typed(found.check.since_on)}
    else:
        opened = [str(each) for each in operations.usually_opened_to(found.check)]
        offered = {
            **saved,
            "known": found.own.known or "",
            "since_on": words.typed(found.own.since_on),
        }
    return {**AnswerForm.opened(offered, saved, found.check.version), "open_to": opened}
