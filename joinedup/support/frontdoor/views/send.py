"""The questions of the front door, the exit that an answer opens, and sending the referral."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.agencies.choices import AgencyKind, Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.models import Draft
from joinedup.support.frontdoor.operations.drafts import note_in_draft
from joinedup.support.frontdoor.operations.sending_on import open_doors
from joinedup.support.frontdoor.operations.submit import CannotSubmit, submit
from joinedup.support.frontdoor.presenters.refer import saved_words
from joinedup.support.frontdoor.rules.ways_in import source_of, way_in
from joinedup.support.frontdoor.views.asking import Asking, answered_so_far, asking_of
from joinedup.support.frontdoor.views.refer import (
    keep_page,
    the_draft,
    two_stand,
    typed_in,
)
from joinedup.support.safeguarding.choices import Trigger


@for_posts_that_may(Permission.REFER)
@require_http_methods(["GET", "POST"])
def refer_questions(request: HttpRequest, draft_id: uuid.UUID) -> HttpResponse:
    """Asks what is not known yet, and sends; an answer that means danger goes out at once."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    draft = the_draft(viewer, draft_id)
    if draft.sent_as_id is not None:
        return redirect("sent-referral", matter_id=draft.sent_as_id)
    if request.method == "POST":
        kept = keep_page(request, viewer, draft)
        draft = kept.draft
        if kept.theirs is not None:
            return two_stand(request, draft, typed_in(request))
    asking = asking_of(viewer, draft, clock.now(), request.POST or None)
    if request.method == "POST" and (opened := _open_doors(viewer, draft, asking)):
        return redirect("exit", exit_id=opened)
    if not asking.first.is_valid():
        return redirect(f"{reverse('refer-form', args=[draft_id])}?judged=1")
    return _pressed(request, viewer, draft, asking)


def _pressed(request: HttpRequest, viewer: Viewer, draft: Draft, asking: Asking) -> HttpResponse:
    do = request.POST.get("do", "")
    if do == "send" and asking.is_valid():
        return _send(request, viewer, draft, asking)
    if do == "back":
        return redirect("refer-form", draft_id=draft.pk)
    return _shown(request, draft, asking)


@for_posts_that_may(Permission.REFER)
@require_POST
def refer_questions_keep(request: HttpRequest, draft_id: uuid.UUID) -> JsonResponse:
    """Keeps the answers as they are given; where one means danger, says where the exit is."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    draft = the_draft(viewer, draft_id)
    if draft.sent_as_id is not None:
        return JsonResponse({"sent": True}, status=409)
    kept = keep_page(request, viewer, draft)
    if kept.theirs is not None:
        return JsonResponse({"conflict": True}, status=409)
    now, draft = clock.now(), kept.draft
    told: dict[str, Any] = {"version": kept.version, "saved": saved_words(draft, now)}
    if opened := _open_doors(viewer, draft, answered_so_far(viewer, draft, now, request.POST)):
        told["leads_to"] = reverse("exit", args=[opened])
    return JsonResponse(told)


def _open_doors(viewer: Viewer, draft: Draft, asking: Asking) -> uuid.UUID | None:
    """Raise what the answers open and was not raised before; the most urgent exit, or none."""
    known = set(draft.draft.get("triggers", []))
    new = [trigger for trigger in asking.triggers if trigger not in known]
    if not new:
        return None
    opened = open_doors(
        by=viewer, typed=asking.first.so_far(), key=draft.pk, triggers=new, at=clock.now()
    )
    note_in_draft(
        by=viewer, draft_id=draft.pk, triggers=sorted({*known, *map(str, new)}),
        exits=list(dict.fromkeys([*draft.draft.get("exits", []), *map(str, opened)])),
    )  # fmt: skip
    return opened[0] if opened else None


def _send(request: HttpRequest, viewer: Viewer, draft: Draft, asking: Asking) -> HttpResponse:
    try:
        referral = submit(
            by=asking.viewer,
            submission_key=draft.pk,
            entry=way_in(finds_people=viewer.may(Permission.FIND_PEOPLE)),
            source=source_of(AgencyKind(viewer.agency_kind), viewer.role),
            typed=asking.typed(),
            at=clock.now(),
            draft_id=draft.pk,
        )
    except CannotSubmit as why:
        return _shown(request, draft, asking, refused=str(why))
    messages.success(request, f"Sent. Its number is {referral.reference}.")
    return redirect("sent-referral", matter_id=referral.pk)


def _shown(
    request: HttpRequest, draft: Draft, asking: Asking, *, refused: str = ""
) -> HttpResponse:
    exits = draft.draft.get("exits", [])
    doors = [Trigger(each).label for each in draft.draft.get("triggers", [])]
    return render(
        request,
        "frontdoor/refer_questions.html",
        {
            "draft": draft, "asking": asking, "form": asking.questions, "match": asking.match,
            "refused_lines": [{"text": refused}] if refused else [], "exits": exits,
            "doors": doors, "saved": saved_words(draft),
        },
    )  # fmt: skip
