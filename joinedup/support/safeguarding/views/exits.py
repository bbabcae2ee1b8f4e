"""The pages of exits: what rings, one exit, and what a named person does about it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.identity.sharing.access import Viewer, looking
from joinedup.identity.sharing.choices import Category
from joinedup.identity.sharing.looked import told_of
from joinedup.support.safeguarding.choices import Basis, Decision, Knows
from joinedup.support.safeguarding.forms.answering import (
    DecisionForm,
    MoreForm,
    PassOnForm,
    RecordForm,
)
from joinedup.support.safeguarding.models import Exit
from joinedup.support.safeguarding.operations import (
    CannotAcknowledge,
    CannotDecide,
    CannotWriteRecord,
    acknowledge,
    add_words,
    decide,
    pass_on,
    write_record,
)
from joinedup.support.safeguarding.presenters import exits as presenters
from joinedup.support.safeguarding.presenters import numbers
from joinedup.support.safeguarding.queries.exits import ExitShown, exits_of, one_exit, state_of
from joinedup.support.safeguarding.queries.lines import MAY_ANSWER

for_those_who_answer = for_posts_that_may(*MAY_ANSWER)


@for_anybody_signed_in
@require_safe
def exits(request: HttpRequest) -> HttpResponse:
    """What rings this post, what it has, and what it raised itself."""
    viewer, at = _viewer(request), clock.now()
    answers = any(viewer.may(permission) for permission in MAY_ANSWER)
    rang = exits_of(viewer, rang=True) if answers else []
    shown = {
        "answers": answers,
        "keeps": viewer.may(Permission.MANAGE_FRONT_DOOR),
        "ringing": presenters.ringing(rang),
        "at_work": presenters.at_work(rang, at),
        "done": presenters.done(rang),
        "mine": presenters.mine(exits_of(viewer, rang=False)),
    }
    return render(request, "safeguarding/exits.html", shown)


@for_anybody_signed_in
@require_safe
def one(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """One exit: whether somebody has it, what was sent, and what is left to do."""
    viewer, at = _viewer(request), clock.now()
    found = _found(viewer, exit_id)
    shown = {
        "found": found,
        "answers": found.works and any(viewer.may(permission) for permission in MAY_ANSWER),
        "facts": presenters.facts(found),
        "rounds": presenters.rounds(found),
        "records": presenters.records(found),
        "limits": presenters.limits(found, at),
        "numbers": numbers.numbers_now(
            {(line.door, line.audience): line for line in found.lines}, found.audience
        ),
        "more": MoreForm(),
    }
    return render(request, "safeguarding/exit.html", shown)


@for_anybody_signed_in
@require_safe
def state(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Whether somebody has it by now, for the page of whoever waits to know."""
    try:
        found = state_of(_viewer(request), exit_id)
    except Exit.DoesNotExist as gone:
        raise Http404 from gone
    return render(request, "safeguarding/exit_state.html", {"found": found})


@for_anybody_signed_in
@require_POST
def more(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Takes what is known since."""
    form = MoreForm(request.POST)
    if form.is_valid():
        try:
            add_words(
                by=_viewer(request), exit_id=exit_id, words=form.cleaned_data["words"],
                at=clock.now(),
            )  # fmt: skip
        except Exit.DoesNotExist as gone:
            raise Http404 from gone
        messages.success(request, "It has been added, and whoever has it can read it.")
    return redirect("exit", exit_id)


@for_those_who_answer
@require_POST
def has_it(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Says by name that one has it."""
    try:
        acknowledge(by=_viewer(request), exit_id=exit_id, at=clock.now())
    except Exit.DoesNotExist as gone:
        raise Http404 from gone
    except CannotAcknowledge as why:
        messages.error(request, str(why))
    else:
        messages.success(request, "You have it. Whoever raised it has been told so, by your name.")
    return redirect("exit", exit_id)


@for_those_who_answer
@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Asks what is decided and why."""
    viewer = _viewer(request)
    found = _worked_at(viewer, exit_id)
    form = DecisionForm(found.audience, request.POST or None)

    def act() -> None:
        said = form.cleaned_data
        decide(
            by=viewer, exit_id=exit_id, decision=Decision(said["decision"]), words=said["words"],
            told=said["told"], at=clock.now(),
        )  # fmt: skip

    return _asked(request, form, act, exit_id, "Decide", "The decision is on record.")


@for_those_who_answer
@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Asks which door it belongs to, and rings there."""
    viewer = _viewer(request)
    _worked_at(viewer, exit_id)
    form = PassOnForm(request.POST or None)

    def act() -> None:
        door, audience = form.door()
        pass_on(
            by=viewer, exit_id=exit_id, door=door, audience=audience,
            words=form.cleaned_data["words"], at=clock.now(),
        )  # fmt: skip

    return _asked(
        request, form, act, exit_id, "Send it to another door",
        "It rings there now, until a named person has it.",
    )  # fmt: skip


@for_those_who_answer
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, exit_id: uuid.UUID) -> HttpResponse:
    """Asks for the written record; what was written before stands in the boxes."""
    viewer = _viewer(request)
    found = _worked_at(viewer, exit_id)
    last, _ = found.records[-1]
    form = RecordForm(
        request.POST or None,
        initial={
            "words": last.words, "basis": last.basis, "knows": last.knows,
            "why_not_told": last.why_not_told,
        },
    )  # fmt: skip

    def act() -> None:
        said = form.cleaned_data
        write_record(
            by=viewer, exit_id=exit_id, words=said["words"], basis=Basis(said["basis"]),
            knows=Knows(said["knows"]), why_not_told=said["why_not_told"], at=clock.now(),
        )  # fmt: skip

    return _asked(request, form, act, exit_id, "Write it down", "It is written down.")


def _asked(
    request: HttpRequest,
    form: object,
    act: Callable[[], None],
    exit_id: uuid.UUID,
    heading: str,
    done: str,
) -> HttpResponse:
    """Shows the form; where it is sent and whole does what it says, and goes back to the exit."""
    if form.is_valid():  # type: ignore[attr-defined]
        try:
            act()
        except (CannotDecide, CannotWriteRecord) as why:
            form.add_error(None, str(why))  # type: ignore[attr-defined]
        else:
            messages.success(request, done)
            return redirect("exit", exit_id)
    shown = {"form": form, "exit_id": exit_id, "heading": heading}
    return render(request, "safeguarding/exit_form.html", shown)


def _viewer(request: HttpRequest) -> Viewer:
    return request.viewer  # type: ignore[attr-defined, no-any-return]


def _worked_at(viewer: Viewer, exit_id: uuid.UUID) -> ExitShown:
    found = _found(viewer, exit_id)
    if not found.works:
        raise Http404
    return found


def _found(viewer: Viewer, exit_id: uuid.UUID) -> ExitShown:
    """The exit, and the line of the look, one for each person it is about."""
    at = clock.now()
    try:
        with looking(viewer, at=at, subject_kind="exit", subject_id=str(exit_id)):
            found = one_exit(viewer, exit_id, at=at)
            told_of(matters=[exit_id], categories=[Category.SAFEGUARDING])
    except Exit.DoesNotExist as gone:
        raise Http404 from gone
    return found
