"""Refer somebody: the short form, kept as it is typed; who it may be; the questions; sending it."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.choices import Purpose
from joinedup.support.frontdoor.forms.adding import FileToAdd
from joinedup.support.frontdoor.forms.refer import MOST_PEOPLE, ReferralForm
from joinedup.support.frontdoor.models import Attachment, Draft
from joinedup.support.frontdoor.operations.drafts import (
    CannotKeepDraft,
    Kept,
    begin_draft,
    keep_draft,
    settle_draft,
    throw_draft_away,
)
from joinedup.support.frontdoor.operations.files import CannotAddFile, add_file, take_file_out
from joinedup.support.frontdoor.operations.matching import MatchLine, ask_who_it_is
from joinedup.support.frontdoor.presenters.refer import boxes_that_differ, name_in, saved_words
from joinedup.support.frontdoor.queries.drafts import files_of_draft, my_draft, my_drafts
from joinedup.support.frontdoor.rules.files import LARGEST
from joinedup.support.questions.rules.drafting import Values, kept_values

NOT_TYPED = ("csrfmiddlewaretoken", "version", "do", "file", "page")
"""What a form sends beside what was typed."""


@for_posts_that_may(Permission.REFER)
@require_http_methods(["GET", "POST"])
def refer(request: HttpRequest) -> HttpResponse:
    """What was begun and not sent yet, and the beginning of another."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    if request.method == "POST":
        draft = begin_draft(by=viewer, at=clock.now())
        return redirect("refer-form", draft_id=draft.pk)
    drafts = [(each, saved_words(each), name_in(each)) for each in my_drafts(viewer)]
    return render(request, "frontdoor/refer.html", {"drafts": drafts})


@for_posts_that_may(Permission.REFER)
@require_http_methods(["GET", "POST"])
def refer_form(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """The one short form; each press first keeps what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    draft = the_draft(viewer, draft_id)
    if draft.sent_as_id is not None:
        return redirect("sent-referral", matter_id=draft.sent_as_id)
    if request.method == "GET":
        form = _form(viewer, values_of(draft), judged="judged" in request.GET)
        return _shown(request, draft, form)
    if request.POST.get("do") == "throw":
        throw_draft_away(by=viewer, draft_id=draft_id)
        messages.success(request, "The draft is thrown away.")
        return redirect("refer")
    kept = keep_page(request, viewer, draft)
    if kept.theirs is not None:
        return two_stand(request, kept.draft, typed_in(request))
    return _pressed(request, viewer, kept.draft)


def _pressed(request: HttpRequest, viewer: Viewer, draft: Draft) -> HttpResponse:
    do, here = request.POST.get("do", ""), redirect("refer-form", draft_id=draft.pk)
    if do == "file" or (do == "on" and request.FILES):
        return _add_file(request, viewer, draft) or (
            here if do == "file" else _go_on(request, viewer, draft)
        )
    if do.startswith("take-out:"):
        _take_out(viewer, draft, do.removeprefix("take-out:"))
        return here
    if do == "on":
        return _go_on(request, viewer, draft)
    if do == "add-person":
        here["Location"] += f"#id_p{people_in(values_of(draft))}_relation"
    return here


def _go_on(request: HttpRequest, viewer: Viewer, draft: Draft) -> HttpResponse:
    form = _form(viewer, values_of(draft), judged=True)
    if form.is_valid():
        return redirect("refer-questions", draft_id=draft.pk)
    return _shown(request, draft, form)


@for_posts_that_may(Permission.REFER)
@require_POST
def refer_keep(request: HttpRequest, draft_id: uuid.UUID) -> JsonResponse:
    """Keeps what was typed while it is typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    draft = the_draft(viewer, draft_id)
    if draft.sent_as_id is not None:
        return JsonResponse({"sent": True}, status=409)
    kept = keep_page(request, viewer, draft)
    if kept.theirs is not None:
        return JsonResponse({"conflict": True}, status=409)
    now = clock.now()
    return JsonResponse({"version": kept.version, "saved": saved_words(draft, now)})


@for_posts_that_may(Permission.FIND_PEOPLE)
@require_POST
def refer_match(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Who it may be, asked as the identity is typed; it keeps nothing of what was typed."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    try:
        line = match_of(viewer, draft_id, typed_in(request), clock.now())
    except Draft.DoesNotExist as hidden:
        raise Http404 from hidden
    return render(request, "frontdoor/match.html", {"match": line})


@for_posts_that_may(Permission.REFER)
@require_http_methods(["GET", "POST"])
def refer_two(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Two tabs wrote in one draft: what each has, side by side, until one is chosen."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    draft = the_draft(viewer, draft_id)
    beside: list[Values] = draft.draft.get("beside", [])
    if draft.sent_as_id is not None or not beside:
        return redirect("refer-form", draft_id=draft_id)
    wrong = ""
    if request.method == "POST":
        chosen = {"beside": beside[0], "standing": values_of(draft)}.get(
            request.POST.get("keep", "")
        )
        if chosen is None:
            wrong = "Choose which of the two to keep"
        elif request.POST.get("version") != str(draft.version):
            wrong = "More was typed in the other tab meanwhile. Read both again and choose"
        else:
            settle_draft(by=viewer, draft_id=draft_id, values=chosen, at=clock.now())
            return redirect("refer-form", draft_id=draft_id)
    return two_stand(request, draft, beside[0], status=200, wrong=wrong)


@for_posts_that_may(Permission.REFER)
@require_GET
def refer_token(request: HttpRequest) -> HttpResponse:
    """A fresh token for a form that was open while its writer signed in again."""
    return render(request, "frontdoor/token.html")


def the_draft(viewer: Viewer, draft_id: uuid.UUID) -> Draft:
    """A draft of one's own, or 404."""
    try:
        return my_draft(viewer, draft_id)
    except Draft.DoesNotExist as hidden:
        raise Http404 from hidden


def values_of(draft: Draft) -> Values:
    """What stands in a draft."""
    values: Values = draft.draft.get("values", {})
    return values


def typed_in(request: HttpRequest) -> Values:
    """What stands in the form that was sent."""
    return kept_values(request.POST.lists(), NOT_TYPED)


def people_in(values: Mapping[str, list[str]]) -> int:
    """How many people a draft has boxes for."""
    said = values.get("people", ["1"])[0]
    return min(max(int(said) if said.isdecimal() and len(said) < 4 else 1, 1), MOST_PEOPLE)


def referral_form(
    values: Values, *, today: datetime.date, purposes: tuple[Purpose, ...], judged: bool = False
) -> ReferralForm:
    """The form with what a draft holds; judged, or only shown again."""
    people = people_in(values)
    if judged:
        return ReferralForm(MultiValueDict(values), today=today, people=people, purposes=purposes)
    several = {"communication", "unsafe_ways"}
    initial = {name: each if name in several else each[0] for name, each in values.items() if each}
    return ReferralForm(today=today, people=people, purposes=purposes, initial=initial)


def purposes_of(viewer: Viewer) -> tuple[Purpose, ...]:
    """Why this post may look at somebody it refers; none for whoever only refers (P17)."""
    if not viewer.may(Permission.FIND_PEOPLE):
        return ()
    return tuple(Purpose(each) for each in role(viewer.role).purposes)


def _form(viewer: Viewer, values: Values, *, judged: bool = False) -> ReferralForm:
    today = day_of(clock.now())
    return referral_form(values, today=today, purposes=purposes_of(viewer), judged=judged)


def match_of(
    viewer: Viewer, draft_id: uuid.UUID, values: Values, at: datetime.datetime
) -> MatchLine | None:
    """Who the first person of the form may be; nothing for whoever only refers (P17)."""
    purposes = purposes_of(viewer)
    if not purposes:
        return None
    form = referral_form(values, today=day_of(at), purposes=purposes, judged=True)
    subject = form.so_far().subjects[0]
    return ask_who_it_is(
        by=viewer, draft_id=draft_id, purpose=values.get("purpose", [""])[0], subject=subject, at=at
    )


def keep_page(request: HttpRequest, viewer: Viewer, draft: Draft) -> Kept:
    """Keep what one page of the form has, with what the other page had."""
    was, values = request.POST.get("version", ""), typed_in(request)
    if request.POST.get("do") == "add-person":
        values["people"] = [str(min(people_in(values) + 1, MOST_PEOPLE))]
    of_questions = request.POST.get("page") == "questions"
    others = {
        name: each for name, each in values_of(draft).items() if _is_answer(name) != of_questions
    }
    here = {name: each for name, each in values.items() if _is_answer(name) == of_questions}
    try:
        return keep_draft(
            by=viewer, draft_id=draft.pk, values={**others, **here}, at=clock.now(),
            was=int(was) if was.isdecimal() and len(was) < 9 else 0,
        )  # fmt: skip
    except (Draft.DoesNotExist, CannotKeepDraft) as gone:
        raise Http404 from gone


def _is_answer(name: str) -> bool:
    """Whether a box stands on the second page."""
    return name.startswith("q-") or name == "person"


def _add_file(request: HttpRequest, viewer: Viewer, draft: Draft) -> HttpResponse | None:
    """Takes the file in; the page again where it is refused, with everything typed still there."""
    adding = FileToAdd({}, request.FILES)
    if adding.is_valid():
        sent = adding.cleaned_data["file"]
        content = sent.read(LARGEST + 1)
        try:
            add_file(by=viewer, draft_id=draft.pk, name=sent.name, content=content, at=clock.now())
        except CannotAddFile as why:
            adding.add_error("file", str(why))
        else:
            return None
    return _shown(request, draft, _form(viewer, values_of(draft)), adding)


def _take_out(viewer: Viewer, draft: Draft, file_id: str) -> None:
    try:
        take_file_out(by=viewer, draft_id=draft.pk, file_id=uuid.UUID(file_id))
    except (ValueError, Attachment.DoesNotExist) as gone:
        raise Http404 from gone


def _shown(
    request: HttpRequest, draft: Draft, form: ReferralForm, adding: FileToAdd | None = None
) -> HttpResponse:
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    now = clock.now()
    values = values_of(draft)
    return render(
        request,
        "frontdoor/refer_form.html",
        {
            "form": form,
            "draft": draft,
            "people": people_in(values),
            "may_add": people_in(values) < MOST_PEOPLE,
            "match": match_of(viewer, draft.pk, values, now),
            "files": files_of_draft(viewer, draft.pk),
            "adding": adding or FileToAdd(),
            "saved": saved_words(draft),
            "beside": bool(draft.draft.get("beside")),
        },
    )


def two_stand(
    request: HttpRequest, draft: Draft, mine: Values, status: int = 409, wrong: str = ""
) -> HttpResponse:
    """The page where two tabs' words stand side by side; 409 where a press was stopped by it."""
    shown = {
        "draft": draft,
        "boxes": boxes_that_differ(mine, values_of(draft)),
        "wrong_lines": [{"text": wrong, "href": "#keep"}] if wrong else [],
    }
    return render(request, "frontdoor/refer_two.html", shown, status=status)


def with_purpose(viewer: Viewer, purpose: str) -> Viewer:
    """The viewer under the purpose chosen in the form, where the post has it."""
    if purpose in {str(each) for each in purposes_of(viewer)}:
        return dataclasses.replace(viewer, purpose=purpose)
    return viewer
