"""An agency writes down something that it holds of a person, and takes it back: it is nowhere any more (P15)."""

import uuid
from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.audit.queries.copies import Copy
from joinedup.foundations.core import clock, wording
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.people.models import Holding, Person
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.operations.holdings import (
    CannotRecallHolding,
    CannotRecordHolding,
    record_holding,
)
from joinedup.single_view.holding_forms import HoldingForm
from joinedup.single_view.operations.copied import take_back_holding
from joinedup.single_view.queries.restricted import holding_of, name_of

_DELIVERED = {
    Category.IDENTITY, Category.NHS_NUMBER, Category.ADDRESS, Category.CONTACT, Category.INVOLVEMENT,
}  # fmt: skip
"""What deliveries and rooms of their own tell: none of it is written by hand here."""


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def write_down(request: HttpRequest, person_id: uuid.UUID) -> HttpResponse:
    """Asks what one's agency holds; who else sees it is settled by what is agreed."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        name = name_of(viewer, person_id, at=at)
    except Person.DoesNotExist as hidden:
        raise Http404 from hidden
    carried = role(viewer.role).categories
    offered = [each for each in Category if each in carried and each not in _DELIVERED]
    today = {"starts_on": f"{day_of(at):%d %m %Y}"}
    form = HoldingForm(offered, request.POST or None, initial=today)
    if form.is_valid():
        said = dict(form.cleaned_data)
        said["category"] = Category(said["category"])
        try:
            record_holding(by=viewer, person_id=person_id, at=at, **said)
        except CannotRecordHolding as why:
            form.add_error(None, str(why))
        else:
            messages.success(
                request, "It is written down. Who sees it is settled by what is agreed."
            )
            return redirect("person", person_id=person_id)
    shown = {"form": form, "person_id": person_id, "name": name}
    return render(request, "single_view/write_down.html", shown)


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, holding_id: uuid.UUID) -> HttpResponse:
    """Asks once more, and takes it back with all its levels."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = holding_of(viewer, holding_id, at=at)
    except Holding.DoesNotExist as hidden:
        raise Http404 from hidden
    wrong: list[dict[str, str]] = []
    left: tuple[Copy, ...] = ()
    if request.method == "POST":
        try:
            left = take_back_holding(by=viewer, holding_id=holding_id, at=at)
        except CannotRecallHolding as why:
            wrong = [{"text": str(why)}]
        except Holding.DoesNotExist:
            pass  # somebody else took it back meanwhile: it is as was asked
        if not wrong:
            messages.success(
                request, f"It is taken back, and nobody sees it any more.{_to_look_at(left)}"
            )
            return redirect("person", person_id=found.person_id)
    shown = {"found": found, "category": Category(found.category).label, "wrong": wrong}
    return render(request, "single_view/take_back.html", shown)


def _to_look_at(left: Sequence[Copy]) -> str:
    """The agency's own copies that left, which somebody must look at by hand (P15)."""
    if not left:
        return ""
    said = ", ".join(f"{each.kind} as {each.place} on {wording.day(each.at)}" for each in left)
    return f" Your agency took files about this person out, which may say it; destroy what does: {said}."
