"""The agencies of the partnership, and the exit of one: foretold, decided, settled, taken back (P15)."""

import datetime
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.operations.leaving import CannotLeave, exit_of
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.operations.leaving import MAY_FORETELL, foretell_exit
from joinedup.identity.sharing.presenters.previews import told
from joinedup.single_view import leaving_presenters as presenters
from joinedup.single_view.leaving_forms import ForetellForm, StayForm, form_for
from joinedup.single_view.operations.leaving import let_leave, let_stay
from joinedup.single_view.queries import leaving as queries


@for_posts_that_may(*MAY_FORETELL)
@require_safe
def agencies(request: HttpRequest) -> HttpResponse:
    """Every agency, and whether it leaves."""
    found = queries.agencies(request.viewer)  # type: ignore[attr-defined]
    shown = {"found": presenters.agencies(found, day_of(clock.now()))}
    return render(request, "single_view/agencies.html", shown)


@for_posts_that_may(*MAY_FORETELL)
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, code: str) -> HttpResponse:
    """What an exit would change, before it is decided; what is to be settled, after."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    agency = get_object_or_404(Agency, pk=code)
    decides = viewer.may(Permission.MANAGE_POSTS)
    form = form_for(decides=decides)(request.POST if "leaves_on" in request.POST else None)
    staying = StayForm(request.POST if "stays_because" in request.POST else None)
    if decides and _went(request, agency, form, staying):
        return redirect("agency-leaving", code=code)
    form.is_valid()
    asked = form.cleaned_data.get("leaves_on") if form.is_bound else None
    found = queries.to_settle(viewer, agency, at=at, day=_day(agency, asked, at))
    foretold = None
    if asked and found.exit is None and asked >= day_of(at):
        preview = foretell_exit(by=viewer, agency=agency, leaves_on=asked, at=at)
        foretold = replace(told(preview), lost=presenters.lost(preview))
    shown = {
        "agency": agency,
        "exit": found.exit,
        "standing": presenters.standing(found.exit, day_of(at)),
        "things": presenters.to_settle(found, day_of(at)),
        "form": (staying if staying.errors else None) if found.exit else form,
        "staying": staying if found.exit and decides else None,
        "foretold": foretold,
        "decides": decides,
    }
    return render(request, "single_view/agency_leaving.html", shown)


def _day(agency: Agency, asked: datetime.date | None, at: datetime.datetime) -> datetime.date:
    standing = exit_of(agency)
    return standing.leaves_on if standing else asked or day_of(at)


def _went(request: HttpRequest, agency: Agency, form: ForetellForm, staying: StayForm) -> bool:
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        if staying.is_bound:
            if not staying.is_valid():
                return False
            let_stay(by=viewer, agency=agency, because=staying.cleaned_data["stays_because"], at=at)
            messages.success(
                request,
                f"{agency.name} stays. Appoint anew whoever works there; whom they work with they say anew.",
            )
            return True
        if form.is_valid():
            said = {
                name: form.cleaned_data[name] for name in ("leaves_on", "because", "data_becomes")
            }
            let_leave(by=viewer, agency=agency, at=at, **said)
            messages.success(request, f"{agency.name} leaves on {day(said['leaves_on'])}.")
            return True
    except CannotLeave as why:
        if staying.is_bound:
            # Somebody else took it back meanwhile: the page shows how it is.
            messages.error(request, str(why))
            return True
        form.add_error(None, str(why))
    return False
