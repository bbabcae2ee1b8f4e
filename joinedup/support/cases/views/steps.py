"""Level and steps: where a case stands, send it up or down, answer, disagree, tell the family."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import Settled
from joinedup.support.cases.forms import stepping as forms
from joinedup.support.cases.models import CaseStep
from joinedup.support.cases.operations import disagreeing, stepping
from joinedup.support.cases.presenters import steps as words
from joinedup.support.cases.presenters.alongside import open_twice
from joinedup.support.cases.queries import levels, steps
from joinedup.support.cases.queries.alongside import cases_alongside, same_programme
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of, sought
from joinedup.support.handovers import presenters as handed
from joinedup.support.handovers.choices import Force, ReturnReason
from joinedup.support.handovers.operations import CannotAsk, NoPart, answer, ask
from joinedup.support.handovers.queries.seen import may_take
from joinedup.support.handovers.rules.returning import reasons_for

_REFUSALS = (
    stepping.CannotStep, disagreeing.CannotDisagree, disagreeing.CannotSettle, CannotAsk, NoPart,
)  # fmt: skip


@for_those_at_work
@require_safe
def level_and_steps(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The level over time, every step, and what else stands beside the case."""
    frame = frame_or_404(request, matter_id, "level and steps")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    over_time = levels.levels_over_time(viewer, matter_id)
    names = words.names_of(levels.document_in_force(day_of(at)))
    overview = levels.for_overview(viewer, frame, at)
    return page_of(request, frame, "cases/steps.html", {
        "level": words.level_words(overview.now.level, names),
        "now": overview.now,
        "waits": overview.step_id,
        "drawn": words.drawn(over_time, at),
        "levels": words.levels_table(over_time, names),
        "steps": words.steps_table(steps.steps_of(viewer, matter_id)),
        "schools": steps.schools_of(viewer, matter_id, at),
        "gathered": steps.gathered_by_us(viewer, matter_id),
        "may_send": frame.is_open and overview.step_id is None,
    })  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def send(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Asks where the case steps to and why, and sends it."""
    frame = frame_or_404(request, matter_id, "step")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    who, sent, typed = sought(request)
    teams = steps.teams_like(who, at)
    names = words.names_of(levels.document_in_force(day_of(at)))
    schools = steps.schools_of(viewer, matter_id, at)
    initial = {**forms.today(day_of(at)), "school": schools[0].school if schools else ""}
    if typed:
        initial = {"stays_beside": False, **typed}  # what is not ticked is not sent
    form = forms.StepForm(teams, words.level_choices(names), sent, initial=initial)

    def act() -> None:
        made = stepping.step(by=viewer, matter_id=matter_id, stepping=form.said(), at=at)
        told = "It is sent. You lead until they accept."
        if made.is_protection:
            told = "It is sent and counts from now: they lead, and you stay beside them."
        messages.success(request, told)
        programme = Programme(made.to_programme)
        for each in same_programme(viewer, matter_id, programme, at=at):
            messages.warning(request, open_twice(each))

    if form.is_valid() and _did(form, act):
        return redirect("case-steps", matter_id)
    shown = {
        "form": form,
        "who": who,
        "nobody_found": bool(who) and not teams,
        "writes": bool(teams or request.POST),
        "alongside": words.alongside_table(
            cases_alongside(viewer, matter_id, at=at), _named(frame)
        ),
        "known_schools": steps.known_schools(at),
    }
    return page_of(request, frame, "cases/step_send.html", shown)


@for_those_at_work
@require_safe
def one(request: HttpRequest, matter_id: uuid.UUID, step_id: uuid.UUID) -> HttpResponse:
    """One step: what was sent, what passed, and what can be done about it."""
    frame = frame_or_404(request, matter_id, "one step")
    whole = _whole(request, matter_id, step_id)
    names = words.names_of(levels.document_in_force(day_of(clock.now())))
    return page_of(request, frame, "cases/step.html", {
        "title": words.title_of(whole.step),
        "step": whole.step,
        "state": words.state_of(whole.step),
        "facts": words.facts(whole.step, names),
        "tellings": words.tellings(whole.tellings),
        "told": any(each.telling == "told" for each in whole.tellings),
        "release": whole.release,
        "lines": words.messages(whole.messages),
        "disagreements": [words.disagreement(*each) for each in whole.disagreements],
        "schools": whole.schools,
        "can": whole.can,
        "can_refuse": whole.can_refuse,
        "can_disagree": whole.can_disagree,
    })  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def act(request: HttpRequest, matter_id: uuid.UUID, step_id: uuid.UUID, what: str) -> HttpResponse:
    """Asks what has to be asked, then does it: take on, send back, take back, ask, disagree, tell."""
    if what not in _TITLES:
        raise Http404
    frame = frame_or_404(request, matter_id, "answer a step")
    whole = _whole(request, matter_id, step_id)
    form = _form(request, whole, what)

    def do() -> None:
        _DOES[what](request, whole, form)

    if form.is_valid() and _did(form, do):
        messages.success(request, _TOLD[what])
        gone = what in {"back", "settle"}
        return redirect("caseload") if gone else redirect("case-step", matter_id, step_id)
    title, button = _TITLES[what]
    shown = {"form": form, "title": title, "button": button, "step": whole.step,
             "back": "case-step", "about": words.title_of(whole.step)}  # fmt: skip
    return page_of(request, frame, "cases/step_act.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def gathered(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Writes down what was gathered for safeguarding: one's own team reads it (P11)."""
    frame = frame_or_404(request, matter_id, "gathered for safeguarding")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    form = forms.GatheredForm(request.POST or None)

    def write() -> None:
        stepping.gather(by=viewer, matter_id=matter_id, at=at, **form.cleaned_data)

    if form.is_valid() and _did(form, write):
        messages.success(request, "It is kept for your team, and follows no step.")
        return redirect("case-steps", matter_id)
    shown = {"form": form, "title": "Gathered for safeguarding", "button": "Keep it",
             "about": "Your own team reads it; it follows no step of the case."}  # fmt: skip
    return page_of(request, frame, "cases/step_act.html", shown)


def _named(frame: Frame) -> dict[object, str]:
    return {each.person_id: each.name for each in frame.persons}


def _whole(request: HttpRequest, matter_id: uuid.UUID, step_id: uuid.UUID) -> steps.WholeStep:
    try:
        return steps.whole_step(request.viewer, matter_id, step_id, clock.now())  # type: ignore[attr-defined]
    except CaseStep.DoesNotExist:
        raise Http404 from None


def _did(form: django_forms.Form, do: Callable[[], None]) -> bool:
    try:
        do()
    except _REFUSALS as why:
        form.add_error(None, str(why))
        return False
    return True


_TITLES = {
    "take": ("Take it on", "Take it on"),
    "back": ("Send it back", "Send it back"),
    "withdraw": ("Take it back", "Take it back"),
    "ask": ("Ask the sender", "Send the question"),
    "answer": ("Answer the question", "Send the answer"),
    "disagree": ("Disagree", "Disagree, and take it up"),
    "say": ("Say something of it", "Say it"),
    "up": ("Take it up a rung", "Take it up"),
    "settle": ("Settle it", "Settle it"),
    "tell": ("The family is told", "Write it down"),
}
_TOLD = {
    "take": "It is yours now. Whoever sent it has been told.",
    "back": "It has gone back. Whoever sent it leads, and has been told why.",
    "withdraw": "You have taken it back, and lead. The other side has been told.",
    "ask": "Your question has gone to the sender.",
    "answer": "Your answer has gone to the other side.",
    "disagree": "It is on the ladder. The safer position holds until it is settled.",
    "say": "The others read it.",
    "up": "It has gone up.",
    "settle": "It is settled. Both sides read it.",
    "tell": "It is written down.",
}
_LABELS = {
    "withdraw": "Why you take it back",
    "ask": "Your question",
    "answer": "Your answer",
    "disagree": "Why you disagree",
    "say": "What you have to say",
    "up": "Why it goes up",
}


def _form(request: HttpRequest, whole: steps.WholeStep, what: str) -> django_forms.Form:
    data, at = request.POST or None, clock.now()
    if what == "take":
        viewer = request.viewer  # type: ignore[attr-defined]
        posts = handed.posts(may_take(viewer, whole.step.handover, at))
        initial = {"post": str(whole.step.handover.to_post_id or viewer.post_id)}
        return forms.TakeOnForm(posts, data, initial=initial)
    if what == "back":
        return forms.GiveBackForm(reasons_for(Force(whole.step.handover.force)), data)
    if what == "settle":
        return forms.SettleForm(data)
    if what == "tell":
        return forms.TellingForm(data, initial=forms.today(day_of(at)))
    return forms.WordsForm(_LABELS[what], data)


def _take(request: Any, whole: steps.WholeStep, form: Any) -> None:
    stepping.accept_step(
        by=request.viewer, step_id=whole.step.pk, post_id=form.post_id(), at=clock.now()
    )


def _back(request: Any, whole: steps.WholeStep, form: Any) -> None:
    said = form.cleaned_data
    stepping.give_back_step(
        by=request.viewer, step_id=whole.step.pk, reason=ReturnReason(said["reason"]),
        words=said["words"], at=clock.now(),
    )  # fmt: skip


def _withdraw(request: Any, whole: steps.WholeStep, form: Any) -> None:
    words_ = form.cleaned_data["words"]
    stepping.withdraw_step(by=request.viewer, step_id=whole.step.pk, words=words_, at=clock.now())


def _ask(request: Any, whole: steps.WholeStep, form: Any) -> None:
    said = form.cleaned_data["words"]
    ask(by=request.viewer, handover_id=whole.step.handover_id, words=said, at=clock.now())


def _answer(request: Any, whole: steps.WholeStep, form: Any) -> None:
    said = form.cleaned_data["words"]
    answer(by=request.viewer, handover_id=whole.step.handover_id, words=said, at=clock.now())


def _disagree(request: Any, whole: steps.WholeStep, form: Any) -> None:
    because = form.cleaned_data["words"]
    disagreeing.disagree(by=request.viewer, step_id=whole.step.pk, because=because, at=clock.now())


def _say(request: Any, whole: steps.WholeStep, form: Any) -> None:
    disagreeing.say_of_it(
        by=request.viewer, disagreement_id=_standing(whole), at=clock.now(), **form.cleaned_data
    )


def _up(request: Any, whole: steps.WholeStep, form: Any) -> None:
    disagreeing.go_up(
        by=request.viewer, disagreement_id=_standing(whole), at=clock.now(), **form.cleaned_data
    )


def _settle(request: Any, whole: steps.WholeStep, form: Any) -> None:
    said = form.cleaned_data
    disagreeing.settle_disagreement(
        by=request.viewer, disagreement_id=_standing(whole), settled=Settled(said["settled"]),
        words=said["words"], at=clock.now(),
    )  # fmt: skip


def _tell(request: Any, whole: steps.WholeStep, form: Any) -> None:
    stepping.tell_family(by=request.viewer, step_id=whole.step.pk, told=form.told(), at=clock.now())


def _standing(whole: steps.WholeStep) -> uuid.UUID:
    for each, _ in whole.disagreements:
        if each.settled_at is None:
            return each.pk
    raise disagreeing.CannotSettle("Nothing is disagreed about here now.")


_DOES: dict[str, Callable[[Any, steps.WholeStep, Any], None]] = {
    "take": _take, "back": _back, "withdraw": _withdraw, "ask": _ask, "answer": _answer,
    "disagree": _disagree, "say": _say, "up": _up, "settle": _settle, "tell": _tell,
}  # fmt: skip
