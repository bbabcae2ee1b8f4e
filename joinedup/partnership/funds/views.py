"""The points table and the delegated limits: to read, and for whoever keeps the funds to set."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Agency
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.tables import Column, table
from joinedup.foundations.core.wording import day
from joinedup.partnership.funds.forms import LimitForm, PointsTableForm
from joinedup.partnership.funds.operations import (
    CannotPublishTable,
    CannotSetLimit,
    publish_table,
    set_limit,
)
from joinedup.partnership.funds.queries import TableOnADay, limits_on, table_on
from joinedup.partnership.funds.rules import pounds


@for_posts_that_may(Permission.KEEP_FUNDS, Permission.TAKE_HANDOVERS)
@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """What needs are worth today, and who may authorise how much."""
    today = day_of(clock.now())
    found = table_on(today)
    rows = [
        (limit.agency.name, role(limit.role).name, pounds(limit.up_to_pence),
         pounds(limit.alone_up_to_pence), limit.scheme, day(limit.starts_on))
        for limit in limits_on(today)
    ]  # fmt: skip
    columns = (
        "Employer", "Role", Column("Up to, a year", numeric=True),
        Column("Alone", numeric=True), "Scheme", "Since",
    )  # fmt: skip
    shown = {
        "found": found,
        "a_point": pounds(found.table.pence_a_point) if found else "",
        "limits": table("Who may authorise how much", columns, rows) if rows else None,
        "keeps": request.viewer.may(Permission.KEEP_FUNDS),  # type: ignore[attr-defined]
    }
    return render(request, "funds/funds.html", shown)


@for_posts_that_may(Permission.KEEP_FUNDS)
@require_http_methods(["GET", "POST"])
def new_table(request: HttpRequest) -> HttpResponse:
    """Asks for the next version of the points table."""
    at = clock.now()
    form = PointsTableForm(request.POST or None, initial=_as_typed(table_on(day_of(at))))
    if form.is_valid():
        try:
            publish_table(by=request.viewer, at=at, **form.cleaned_data)  # type: ignore[attr-defined]
        except CannotPublishTable as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The table is published.")
            return redirect("funds")
    shown = {"form": form, "heading": "Publish the next points table", "button": "Publish it"}
    return render(request, "funds/form.html", shown)


@for_posts_that_may(Permission.KEEP_FUNDS)
@require_http_methods(["GET", "POST"])
def new_limit(request: HttpRequest) -> HttpResponse:
    """Asks for a limit of the posts of a role."""
    agencies = list(Agency.objects.order_by("name").values_list("code", "name"))
    form = LimitForm(agencies, request.POST or None)
    if form.is_valid():
        try:
            set_limit(
                by=request.viewer,  # type: ignore[attr-defined]
                said=form.said(),
                starts_on=form.cleaned_data["starts_on"],
                at=clock.now(),
            )
        except CannotSetLimit as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "The limit is set.")
            return redirect("funds")
    shown = {"form": form, "heading": "Set a delegated limit", "button": "Set it"}
    return render(request, "funds/form.html", shown)


def _as_typed(found: TableOnADay | None) -> dict[str, str]:
    """The table of today in the boxes, so that the next version starts from it."""
    if found is None:
        return {}
    lines = [
        f"{line.question} | {line.answer} | {line.points}"
        for _, answers in found.questions
        for line in answers
    ]
    worth = found.table.pence_a_point / 100
    return {"lines": "\n".join(lines), "pence_a_point": f"{worth:.2f}"}
