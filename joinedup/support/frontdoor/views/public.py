"""The public pages: help for oneself, for somebody else, without a name; left by one press (P23)."""

import datetime
import uuid
from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.accounts.entering import client_address
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody
from joinedup.support.frontdoor.choices import PublicAct
from joinedup.support.frontdoor.forms.adding import FileToAdd
from joinedup.support.frontdoor.forms.public import PublicForm
from joinedup.support.frontdoor.operations.cards import card_in_use
from joinedup.support.frontdoor.operations.drafts import (
    end_public_draft,
    keep_public_draft,
    new_key,
)
from joinedup.support.frontdoor.operations.files import CannotAddFile
from joinedup.support.frontdoor.operations.flood import TooMuch, came_from, count_act
from joinedup.support.frontdoor.operations.public import PASSING_ON, send_from_public
from joinedup.support.frontdoor.operations.public_files import (
    add_public_file,
    files_of_public_draft,
    take_public_file_out,
)
from joinedup.support.frontdoor.operations.sending_on import open_doors
from joinedup.support.frontdoor.presenters.refer import saved_at_words
from joinedup.support.frontdoor.queries.drafts import PublicDraft, public_draft
from joinedup.support.frontdoor.rules.files import LARGEST
from joinedup.support.frontdoor.rules.typed import TypedAnswers
from joinedup.support.frontdoor.views.asking import typed_answers
from joinedup.support.frontdoor.views.refer import typed_in
from joinedup.support.questions.forms.asking import QuestionForm, question_form
from joinedup.support.questions.queries.asking import version_for
from joinedup.support.questions.rules.drafting import Values
from joinedup.support.safeguarding.choices import Trigger
from joinedup.support.safeguarding.queries.lines import lines_now

SET = "front-door-public"
KEY, CARD, SENT, DOORS, SUBMISSION = "help_key", "help_card", "help_sent", "help_doors", "help_as"
SELF = "help_self"
"""The session's keys: of the draft, of a venue's card, of what was sent. One press forgets them all."""
ELSEWHERE = "https://www.bbc.co.uk/weather"
"""Where the quick exit leads: a page that anybody might have open."""


@for_anybody
@require_safe
def help_start(request: HttpRequest) -> HttpResponse:
    """Who it is for, what to ring instead, and that nobody watches this at night."""
    return render(request, "frontdoor/help.html", {"lines": _lines(clock.now())})


@for_anybody
@require_http_methods(["GET", "POST"])
def help_me(request: HttpRequest) -> HttpResponse:
    """Somebody asks for help for themself."""
    return _asked(request, themself=True)


@for_anybody
@require_http_methods(["GET", "POST"])
def help_someone(request: HttpRequest) -> HttpResponse:
    """A friend, a relative or a neighbour asks for somebody, with a name of their own or without."""
    return _asked(request, themself=False)


def _asked(request: HttpRequest, *, themself: bool) -> HttpResponse:
    now = clock.now()
    draft = _draft(request, themself=themself)
    values = typed_in(request) if request.method == "POST" else (draft.values if draft else {})
    do = request.POST.get("do", "") if request.method == "POST" else ""
    judged = do == "send"
    form = _form(values, now, themself=themself, judged=judged)
    questions = _questions(values, now, judged=judged)
    refused, adding = "", FileToAdd()
    if request.method == "POST":
        doors = _open_doors(request, form, questions, now)
        refused = _keep(request, {**values, "about": ["me" if themself else "someone"]}, now)[1]
        if doors:
            return redirect("help-sent")
        adding = adding if refused else _files(request, do, now)
        whole = form.is_valid() and (questions is None or questions.is_valid())
        if judged and whole and not adding.errors:
            try:
                return _send(request, form, questions, now)
            except TooMuch as why:
                refused = str(why)
        draft = _draft(request, themself=themself)
    return render(
        request,
        "frontdoor/help_form.html",
        {
            "form": form, "questions": questions, "themself": themself, "draft": draft,
            "code": request.session.get(KEY, "") if draft else "",
            "saved": saved_at_words(draft.saved_at) if draft else "",
            "refused": refused, "lines": _lines(now) if refused else [],
            "files": files_of_public_draft(request.session[KEY]) if draft else [],
            "adding": adding,
        },
    )  # fmt: skip


@for_anybody
@require_POST
def help_keep(request: HttpRequest) -> JsonResponse:
    """Keeps what is typed, under a key that whoever types holds; an answer of danger goes out at once."""
    values, now = typed_in(request), clock.now()
    themself = values.get("about") == ["me"]
    version, refused = _keep(request, values, now)
    told: dict[str, Any] = {
        "version": version, "saved": "Not kept yet" if refused else saved_at_words(now),
        "code": request.session.get(KEY, ""),
    }  # fmt: skip
    form = _form(values, now, themself=themself, judged=True)
    if _open_doors(request, form, _questions(values, now, judged=False), now):
        told["leads_to"] = reverse("help-sent")
    return JsonResponse(told)


@for_anybody
@require_http_methods(["GET", "POST"])
def help_back(request: HttpRequest) -> HttpResponse:
    """Comes back to what was begun, by the code; a wrong one is told nothing but that."""
    wrong = False
    if request.method == "POST":
        key = request.POST.get("code", "").strip().upper()[:40]
        try:
            _count(request, PublicAct.CODE_TRIED, clock.now())
        except TooMuch as why:
            shown = {"refused": str(why), "lines": _lines(clock.now())}
            return render(request, "frontdoor/help_back.html", shown)
        draft = public_draft(key)
        if draft is not None:
            request.session[KEY] = key
            me = draft.values.get("about") == ["me"]
            return redirect("help-me" if me else "help-someone")
        wrong = True
    return render(request, "frontdoor/help_back.html", {"wrong": wrong})


@for_anybody
@require_safe
def help_sent(request: HttpRequest) -> HttpResponse:
    """Says that it was received, or what to ring now; and shows nothing of what was written."""
    doors = [Trigger(each) for each in request.session.get(DOORS, [])]
    return render(
        request,
        "frontdoor/help_sent.html",
        {
            "reference": request.session.get(SENT, ""),
            "doors": doors,
            "lines": _lines(clock.now()),
            "begun": KEY in request.session,
        },
    )


@for_anybody
@require_safe
def help_leave(request: HttpRequest) -> HttpResponse:
    """Forgets this visit and goes somewhere ordinary."""
    request.session.flush()
    return HttpResponseRedirect(ELSEWHERE)


@for_anybody
@require_safe
def card(request: HttpRequest, code: str) -> HttpResponse:
    """A card from a venue: it says where somebody heard of this, and opens nothing (P18)."""
    found = card_in_use(code, day_of(clock.now()))
    if found is not None:
        request.session[CARD] = found.code
        return redirect("help-me")
    return render(request, "frontdoor/card_ended.html")


def _lines(at: datetime.datetime) -> list[Any]:
    """The numbers that answer now, the most urgent door first."""
    found = lines_now(at)
    ordered = (found[key] for key in sorted(found, key=lambda each: (each[0].rank, each[1])))
    return list({(line.name, line.number): line for line in ordered}.values())


def _form(values: Values, at: datetime.datetime, *, themself: bool, judged: bool) -> PublicForm:
    today = day_of(at)
    if judged:
        return PublicForm(MultiValueDict(values), today=today, themself=themself)
    initial = {
        name: each if name in {"communication", "unsafe_ways"} else each[0]
        for name, each in values.items()
        if each
    }
    return PublicForm(today=today, themself=themself, initial=initial)


def _questions(values: Values, at: datetime.datetime, *, judged: bool) -> QuestionForm | None:
    version = version_for(SET, day_of(at))
    if version is None:
        return None
    data = MultiValueDict(values) if judged else None
    return question_form(version, data, typed=typed_answers(values, version))


def _draft(request: HttpRequest, *, themself: bool) -> PublicDraft | None:
    key = request.session.get(KEY)
    draft = public_draft(key) if key else None
    about = ["me" if themself else "someone"]
    return draft if draft is not None and draft.values.get("about") == about else None


def _keep(request: HttpRequest, values: Values, at: datetime.datetime) -> tuple[int, str]:
    """Keep it under the key of this visit; another tab's words give way to these only if it read them.

    Gives its version, and why it is not kept where too much was begun from there.
    """
    key = request.session.get(KEY)
    if key is None:
        try:
            _count(request, PublicAct.BEGUN, at)
        except TooMuch as why:
            return 0, str(why)
        key = request.session[KEY] = new_key()
    was = request.POST.get("version", "")
    version = keep_public_draft(
        key=key, values=values, was=int(was) if was.isdecimal() and len(was) < 9 else 0
    )
    if version == 0:
        # Another tab of this visit was first: this one goes on under a key of its own, and both stay.
        key = request.session[KEY] = new_key()
        version = keep_public_draft(key=key, values=values, was=0)
    return version, ""


def _files(request: HttpRequest, do: str, at: datetime.datetime) -> FileToAdd:
    """Take a file in, or out; the box it is chosen in, with why it was not taken where it was not."""
    verb, _, which = do.partition(":")
    if verb == "take-out":
        with suppress(ValueError):
            take_public_file_out(key=request.session[KEY], file_id=uuid.UUID(which))
        return FileToAdd()
    if "file" not in request.FILES and do != "file":
        return FileToAdd()
    adding = FileToAdd({}, request.FILES)
    if adding.is_valid():
        sent = adding.cleaned_data["file"]
        try:
            _count(request, PublicAct.FILE_ADDED, at)
            add_public_file(
                key=request.session[KEY], name=sent.name, content=sent.read(LARGEST + 1), at=at
            )
        except (TooMuch, CannotAddFile) as why:
            adding.add_error("file", str(why))
    return adding if adding.errors else FileToAdd()


def _count(request: HttpRequest, act: PublicAct, at: datetime.datetime) -> None:
    """Count what is done from here; raises TooMuch. Nothing that tells of danger is counted (P19)."""
    if SELF not in request.session:
        request.session[SELF] = uuid.uuid4().hex
    of = came_from(browser=request.session[SELF], address=client_address(request), at=at)
    count_act(act=act, of=of, at=at)


def _open_doors(
    request: HttpRequest,
    form: PublicForm,
    questions: QuestionForm | None,
    at: datetime.datetime,
) -> list[uuid.UUID]:
    """Send what means danger where help is, at once; what was sent already is not sent again."""
    known = set(request.session.get(DOORS, []))
    new = [t for t in (questions.triggers if questions else []) if t not in known]
    if not new:
        return []
    request.session[DOORS] = sorted({*known, *map(str, new)})
    return open_doors(
        by=PASSING_ON, typed=form.typed(), key=_submission(request), triggers=new, at=at
    )


def _submission(request: HttpRequest) -> uuid.UUID:
    """The key of this visit's one submission: pressed twice, it is the same."""
    if SUBMISSION not in request.session:
        request.session[SUBMISSION] = str(uuid.uuid4())
    return uuid.UUID(request.session[SUBMISSION])


def _send(
    request: HttpRequest, form: PublicForm, questions: QuestionForm | None, at: datetime.datetime
) -> HttpResponse:
    _count(request, PublicAct.SENT, at)
    typed = form.typed()
    if questions is not None:
        answers = TypedAnswers(questions.version.id, questions.values)
        typed = typed.with_answers(answers)
    came_by, key = request.session.get(CARD, ""), request.session.get(KEY, "")
    files = files_of_public_draft(key)
    reference = send_from_public(
        key=_submission(request), entry=form.entry(came_by), typed=typed, at=at, card=came_by,
        draft_id=files[0].draft_id if files else None,
    )  # fmt: skip
    end_public_draft(key=request.session.pop(KEY, ""))
    request.session.pop(SUBMISSION, None)
    request.session.pop(CARD, None)
    request.session[SENT] = reference
    return redirect("help-sent")
