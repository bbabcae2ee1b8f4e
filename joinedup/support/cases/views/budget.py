"""The money of a case: what was asked and what is in force, and the first steps of a budget."""

import uuid
from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.partnership.funds.queries import table_on
from joinedup.support.cases.choices import ForWhom
from joinedup.support.cases.choices.budget import OfferAnswer
from joinedup.support.cases.forms import budget as asked
from joinedup.support.cases.models import PersonalBudget
from joinedup.support.cases.operations import budget as operations
from joinedup.support.cases.operations import budget_life as life
from joinedup.support.cases.operations.budget_grounds import CannotKeepBudget
from joinedup.support.cases.presenters import budget as words
from joinedup.support.cases.queries import budget as queries
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.budget import Offered, why_ask
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of

PAGE = "money"


@for_those_at_work
@require_safe
def money(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """What was asked, what is in force, what is spent."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, today = request.viewer, day_of(clock.now())  # type: ignore[attr-defined]
    names = {each.person_id: each.name for each in frame.persons}
    offers = queries.offers_of(viewer, matter_id)
    budgets = queries.budgets_of(viewer, matter_id, today)
    eligible = queries.eligible_of(viewer, matter_id)
    ask = [
        (each.name, why)
        for each in frame.persons
        if (
            why := why_ask(
                [
                    Offered(OfferAnswer(offer.answer), day_of(offer.at))
                    for offer in offers
                    if offer.person_id == each.person_id
                ],
                has_budget=any(seen.budget.person_id == each.person_id for seen in budgets),
                is_eligible=each.person_id in eligible,
                today=today,
                of_family=frame.for_whom is ForWhom.FAMILY,
            )
        )
    ]
    shown = {
        "budgets": [words.shown(seen, names) for seen in budgets],
        "offers": [(offer, OfferAnswer(offer.answer).label, names.get(offer.person_id, "")) for offer in offers],
        "ask": ask,
        "has_table": table_on(today) is not None,
    }  # fmt: skip
    return page_of(request, frame, "cases/money.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks whether somebody wants to direct their own support."""
    frame = frame_or_404(request, matter_id, PAGE)
    form = asked.OfferForm(_persons(frame), request.POST or None)
    return _asked(
        request, frame, form, "Ask about self-directed support", "It is written down.",
        lambda: operations.ask_about_it(
            by=request.viewer, matter_id=matter_id, person_id=form.person_id,  # type: ignore[attr-defined]
            answer=OfferAnswer(form.cleaned_data["answer"]), because=form.cleaned_data["because"],
            at=clock.now(),
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Begins a budget from the points table."""
    frame = frame_or_404(request, matter_id, PAGE)
    table = table_on(day_of(clock.now()))
    if table is None:
        messages.error(request, "No points table is published, so no budget can begin.")
        return redirect("case-money", matter_id)
    form = asked.BudgetForm(table, _persons(frame), request.POST or None)
    return _asked(
        request, frame, form, "Begin a personal budget", "The budget has begun. Plan it now.",
        lambda: operations.make_budget(
            by=request.viewer, matter_id=matter_id, said=form.said(), at=clock.now(),  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Asks for the lines of a support plan; what somebody else saved meanwhile stands beside."""
    frame = frame_or_404(request, matter_id, PAGE)
    seen = _one(request, matter_id, budget_id)
    initial = [
        {"what": line.what, "provider": line.provider, "route": line.route,
         "pence": f"{line.pence / 100:.2f}"}
        for line in seen.lines
    ]  # fmt: skip
    forms_ = asked.SupportPlan(request.POST or None, initial=initial, prefix="line")
    edited, other, status = seen.budget.edited, None, 200
    if request.method == "POST" and forms_.is_valid():
        typed = request.POST.get("edited", "")
        try:
            operations.write_support_plan(
                by=request.viewer,  # type: ignore[attr-defined]
                budget_id=budget_id,
                lines=asked.lines_said(forms_),
                edited=int(typed) if typed.isdigit() else -1,
                at=clock.now(),
            )
        except operations.BudgetChanged as why:
            other = words.side_by_side(words.as_rule(why.lines), asked.lines_said(forms_))
            edited, status = why.now.edited, 409
        except CannotKeepBudget as why:
            messages.error(request, str(why))
        else:
            messages.success(request, "The support plan is kept.")
            return redirect("case-money", matter_id)
    shown = {"seen": words.shown(seen, {}), "forms": forms_, "edited": edited, "other": other}
    return page_of(request, frame, "cases/support_plan.html", shown, status=status)


@for_those_at_work
@require_POST
def send(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Sends a budget to be authorised."""
    _one(request, matter_id, budget_id)
    return _press(
        request, matter_id, "It waits to be authorised.",
        lambda: operations.send_to_authorise(by=request.viewer, budget_id=budget_id, at=clock.now()),  # type: ignore[attr-defined]
    )  # fmt: skip


@for_those_at_work
@require_POST
def authorise(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Authorises a budget within the limit of whoever presses."""
    _one(request, matter_id, budget_id)
    return _press(
        request, matter_id, "It is authorised.",
        lambda: operations.authorise(by=request.viewer, budget_id=budget_id, at=clock.now()),  # type: ignore[attr-defined]
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def send_back(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Sends a budget back with what has to change."""
    frame = frame_or_404(request, matter_id, PAGE)
    _one(request, matter_id, budget_id)
    form = asked.WordsForm(request.POST or None)
    return _asked(
        request, frame, form, "Send the budget back", "It is sent back.",
        lambda: operations.send_back(
            by=request.viewer, budget_id=budget_id, because=form.cleaned_data["words"],  # type: ignore[attr-defined]
            at=clock.now(),
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def spend(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Asks what was spent."""
    frame = frame_or_404(request, matter_id, PAGE)
    lines = [(line.pk, line.what) for line in _one(request, matter_id, budget_id).lines]
    form = asked.SpendForm(lines, request.POST or None)
    return _asked(
        request, frame, form, "Write down what was spent", "It is written down.",
        lambda: life.spend(
            by=request.viewer, budget_id=budget_id, on=form.cleaned_data["on"],  # type: ignore[attr-defined]
            pence=form.cleaned_data["pence"], words=form.cleaned_data["words"], at=clock.now(),
            line_id=int(form.cleaned_data["line"]) if form.cleaned_data["line"] else None,
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def taper(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Asks from when less is needed."""
    frame = frame_or_404(request, matter_id, PAGE)
    _one(request, matter_id, budget_id)
    form = asked.TaperForm(request.POST or None)
    return _asked(
        request, frame, form, "Less from a day on", "The budget is lower from then on.",
        lambda: life.taper(
            by=request.viewer, budget_id=budget_id, at=clock.now(), **form.cleaned_data,  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Asks why a budget ends."""
    frame = frame_or_404(request, matter_id, PAGE)
    _one(request, matter_id, budget_id)
    form = asked.EndForm(request.POST or None)
    return _asked(
        request, frame, form, "End the budget", "The budget has ended.",
        lambda: life.end_budget(
            by=request.viewer, budget_id=budget_id, at=clock.now(), **form.cleaned_data,  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def year_on(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> HttpResponse:
    """Asks how somebody is a year on."""
    frame = frame_or_404(request, matter_id, PAGE)
    _one(request, matter_id, budget_id)
    form = asked.YearOnForm(request.POST or None)
    return _asked(
        request, frame, form, "How they are a year on", "It is written down.",
        lambda: life.follow_up(
            by=request.viewer, budget_id=budget_id, said=form.said(), at=clock.now(),  # type: ignore[attr-defined]
        ),
    )  # fmt: skip


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def uptake(request: HttpRequest) -> HttpResponse:
    """Who is asked and who directs their own support, by group."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="uptake of self-directed support"):
        found = queries.uptake(viewer, at)
    tables = [words.uptake_table(by, groups) for by, groups in found.items() if groups]
    return render(request, "cases/uptake.html", {"tables": tables})


def _persons(frame: Frame) -> list[tuple[uuid.UUID, str]]:
    return [(each.person_id, each.name) for each in frame.persons]


def _one(request: HttpRequest, matter_id: uuid.UUID, budget_id: uuid.UUID) -> queries.BudgetSeen:
    try:
        seen = queries.one_budget(request.viewer, budget_id, day_of(clock.now()))  # type: ignore[attr-defined]
    except PersonalBudget.DoesNotExist:
        raise Http404 from None
    if seen.budget.case_id != matter_id:
        raise Http404
    return seen


def _press(
    request: HttpRequest, matter_id: uuid.UUID, done: str, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except CannotKeepBudget as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done)
    return redirect("case-money", matter_id)


def _asked(
    request: HttpRequest,
    frame: Frame,
    form: forms.Form,
    heading: str,
    done: str,
    act: Callable[[], object],
) -> HttpResponse:
    """Shows a form; sent and whole it does what it says and goes back to the money."""
    if form.is_valid():
        try:
            act()
        except CannotKeepBudget as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, done)
            return redirect("case-money", frame.matter_id)
    return page_of(request, frame, "cases/money_form.html", {"form": form, "heading": heading})
