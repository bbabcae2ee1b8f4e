"""What stands beside the lead: other cases, the line of accountability, advice, stays in a bed."""

import uuid
from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import looking
from joinedup.identity.sharing.looked import told_of
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.support.cases.choices.placement import BedKind, StayOutcome
from joinedup.support.cases.forms import beside as forms
from joinedup.support.cases.forms.stepping import WordsForm
from joinedup.support.cases.models import FunctionUsed, InReach, Placement
from joinedup.support.cases.operations import coordinating, functions, in_reach, placements
from joinedup.support.cases.presenters import steps as words
from joinedup.support.cases.queries import alongside as others
from joinedup.support.cases.queries import coordination as asked
from joinedup.support.cases.queries import in_reach as advice_asked
from joinedup.support.cases.queries import line_of as lines
from joinedup.support.cases.queries import placements as stays
from joinedup.support.cases.queries.steps import teams_like
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of, sought
from joinedup.support.handovers.operations import NoPart
from joinedup.support.handovers.rules.roles import MANAGERS

_REFUSALS = (
    coordinating.CannotCoordinate, functions.CannotUseFunction, in_reach.CannotAskForAdvice,
    in_reach.CannotAdvise, placements.CannotPlace, placements.CannotKeepPlaces, NoPart,
)  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def alongside(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Other open cases of the same people, who coordinates, and asking the other leads."""
    frame = frame_or_404(request, matter_id, "cases alongside")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = others.cases_alongside(viewer, matter_id, at=at)
    people = [(each.person_id, each.name) for each in frame.persons]
    cases = [
        (each.key, f"{each.programme.label}, {each.agency_name}")
        for each in (found.own, *found.cases)
    ]
    form = forms.CoordinateForm(people, cases, request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        coordinating.ask_to_coordinate(
            by=viewer, matter_id=matter_id, person_id=uuid.UUID(said["person"]),
            other=uuid.UUID(said["other"]), because=said["because"], at=at,
        )  # fmt: skip

    if form.is_valid() and _did(form, act):
        messages.success(request, "The other leads are asked.")
        return redirect("case-alongside", matter_id)
    shown = {
        "found": found,
        "table": words.alongside_table(found, dict(people)),
        "asked": asked.asked_here(viewer, matter_id),
        "form": form,
    }
    return page_of(request, frame, "cases/alongside.html", shown)


@for_those_at_work
@require_POST
def coordinate(
    request: HttpRequest, matter_id: uuid.UUID, coordination_id: uuid.UUID
) -> HttpResponse:
    """The lead of a case says yes or no to who coordinates."""
    frame_or_404(request, matter_id, "who coordinates")
    try:
        coordinating.answer_coordination(
            by=request.viewer, matter_id=matter_id, coordination_id=coordination_id,  # type: ignore[attr-defined]
            agrees=request.POST.get("agrees") == "yes", words=request.POST.get("words", ""),
            at=clock.now(),
        )  # fmt: skip
    except _REFUSALS as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "The other leads read it.")
    return redirect("case-alongside", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def line(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Who answers for the case, and under which functions of the law it is done (S4-43)."""
    frame = frame_or_404(request, matter_id, "line of accountability")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    posts = [
        (each.pk, f"{each.user.name}, {each.team}")
        for each in lines.may_be_given(viewer, matter_id)
    ]
    form = forms.FunctionUsedForm(posts, request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        functions.use_function(
            by=viewer, matter_id=matter_id, function=FunctionCode(said["function"]),
            post_id=uuid.UUID(said["post"]), because=said["because"], at=at,
        )  # fmt: skip

    if form.is_valid() and _did(form, act):
        messages.success(request, "It is written down.")
        return redirect("case-line", matter_id)
    found = lines.line_of(viewer, matter_id, at)
    shown = {
        "rows": words.line_rows(found),
        "functions": words.functions_table(found.functions),
        "used": found.functions,
        "parts": words.parts_table(found),
        "form": form,
    }
    return page_of(request, frame, "cases/line.html", shown)


@for_those_at_work
@require_POST
def end_function(request: HttpRequest, matter_id: uuid.UUID, used_id: uuid.UUID) -> HttpResponse:
    """A function of the law is no longer used in a case."""
    frame_or_404(request, matter_id, "line of accountability")
    try:
        functions.end_function_used(by=request.viewer, used_id=used_id, at=clock.now())  # type: ignore[attr-defined]
    except FunctionUsed.DoesNotExist:
        raise Http404 from None
    messages.success(request, "It is no longer used here.")
    return redirect("case-line", matter_id)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def advice(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Advice asked for and given; ask for more. Nothing is handed over."""
    frame = frame_or_404(request, matter_id, "advice")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    who, sent, typed = sought(request)
    teams = teams_like(who, at)
    form = forms.AdviceForm(teams, sent, initial=typed)

    def act() -> None:
        in_reach.ask_for_advice(by=viewer, matter_id=matter_id, at=at, **form.said())

    if form.is_valid() and _did(form, act):
        messages.success(request, "They are asked. You lead as before.")
        return redirect("case-advice", matter_id)
    shown = {
        "asked": [words.advice(each) for each in advice_asked.asked_in(viewer, matter_id)],
        "form": form,
        "who": who,
        "nobody_found": bool(who) and not teams,
        "writes": bool(teams or request.POST),
    }
    return page_of(request, frame, "cases/advice.html", shown)


@for_those_at_work
@require_POST
def advice_back(request: HttpRequest, matter_id: uuid.UUID, in_reach_id: uuid.UUID) -> HttpResponse:
    """Takes a question back."""
    frame_or_404(request, matter_id, "advice")
    try:
        in_reach.withdraw_question(by=request.viewer, in_reach_id=in_reach_id, at=clock.now())  # type: ignore[attr-defined]
    except InReach.DoesNotExist:
        raise Http404 from None
    except _REFUSALS as why:
        messages.error(request, str(why))
    return redirect("case-advice", matter_id)


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_safe
def asked_of_us(request: HttpRequest) -> HttpResponse:
    """What other teams ask ours for advice about."""
    viewer = request.viewer  # type: ignore[attr-defined]
    with looking(viewer, at=clock.now(), subject_kind="advice"):
        found = [words.advice(each) for each in advice_asked.asked_of_us(viewer)]
    return render(request, "cases/advice_asked.html", {"asked": found})


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def give_advice(request: HttpRequest, in_reach_id: uuid.UUID) -> HttpResponse:
    """One question to our team: what was sent, and nothing else; answer it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        with looking(viewer, at=at, subject_kind="advice", subject_id=str(in_reach_id)):
            found = advice_asked.one_asked_of_us(viewer, in_reach_id)
            told_of(people=advice_asked.whom_it_is_about(found))
    except InReach.DoesNotExist:
        raise Http404 from None
    form = WordsForm("Your advice", request.POST or None)

    def act() -> None:
        in_reach.give_advice(
            by=viewer, in_reach_id=in_reach_id, advice=form.cleaned_data["words"], at=at
        )

    if form.is_valid() and _did(form, act):
        messages.success(request, "Your advice has gone to whoever asked.")
        return redirect("advice-asked")
    return render(request, "cases/advice_give.html", {"one": words.advice(found), "form": form})


@for_those_at_work
@require_http_methods(["GET", "POST"])
def beds(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Stays in community beds; begin one where a place is free (S0-47)."""
    frame = frame_or_404(request, matter_id, "stays")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    sites = stays.sites(at)
    people = [(each.person_id, each.name) for each in frame.persons]
    form = forms.StayForm(
        people, words.site_choices(sites), request.POST or None,
        initial=forms.from_today(day_of(at)),
    )  # fmt: skip

    def act() -> None:
        placements.place(by=viewer, matter_id=matter_id, stay=form.said(), at=at)

    if form.is_valid() and _did(form, act):
        messages.success(request, "The stay has begun. Lead and level stay as they are.")
        return redirect("case-beds", matter_id)
    shown = {
        "stays": words.stays_table(stays.stays_of(viewer, matter_id), frame),
        "free": words.site_choices(sites),
        "form": form,
    }
    return page_of(request, frame, "cases/beds.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def end_stay(request: HttpRequest, matter_id: uuid.UUID, stay_id: uuid.UUID) -> HttpResponse:
    """Ends a stay, with where the person went."""
    frame = frame_or_404(request, matter_id, "end a stay")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    if stay_id not in {each.pk for each in stays.stays_of(viewer, matter_id)}:
        raise Http404
    form = forms.EndStayForm(request.POST or None, initial=forms.from_today(day_of(at)))

    def act() -> None:
        said = form.cleaned_data
        placements.end_stay(
            by=viewer, placement_id=stay_id, ends_on=said["ends_on"],
            outcome=StayOutcome(said["outcome"]), words=said["words"], at=at,
        )  # fmt: skip

    try:
        if form.is_valid() and _did(form, act):
            messages.success(request, "The stay has ended.")
            return redirect("case-beds", matter_id)
    except Placement.DoesNotExist:
        raise Http404 from None
    shown = {"form": form, "title": "End a stay", "button": "It has ended"}
    return page_of(request, frame, "cases/step_act.html", shown)


@for_posts_that_may(Permission.TAKE_HANDOVERS)
@require_http_methods(["GET", "POST"])
def bed_sites(request: HttpRequest) -> HttpResponse:
    """Sites and their places; a manager says how many places one has."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = forms.PlacesForm(request.POST or None, initial=forms.from_today(day_of(at)))

    def act() -> None:
        said = form.cleaned_data
        placements.keep_places(
            by=viewer, name=said["name"], kind=BedKind(said["kind"]), places=said["places"],
            starts_on=said["starts_on"], at=at,
        )  # fmt: skip

    if form.is_valid() and _did(form, act):
        messages.success(request, "It is kept.")
        return redirect("bed-sites")
    shown = {
        "table": words.sites_table(stays.sites(at)),
        "form": form,
        "may_keep": viewer.role in MANAGERS,
    }
    return render(request, "cases/bed_sites.html", shown)


def _did(form: django_forms.Form, do: Callable[[], None]) -> bool:
    try:
        do()
    except _REFUSALS as why:
        form.add_error(None, str(why))
        return False
    return True
