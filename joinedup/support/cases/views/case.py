"""The overview of one case, and who helps with it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.forms.member import MemberForm
from joinedup.support.cases.models import CaseMember
from joinedup.support.cases.operations import CannotJoin, join_case, leave_case
from joinedup.support.cases.presenters import overview as words
from joinedup.support.cases.presenters import story as story_words
from joinedup.support.cases.presenters.alongside import open_twice
from joinedup.support.cases.presenters.members import members as in_words
from joinedup.support.cases.presenters.pathways import overview_says
from joinedup.support.cases.queries import assessment as assessments
from joinedup.support.cases.queries import levels, reviews, story_told
from joinedup.support.cases.queries import plan as plans
from joinedup.support.cases.queries.alongside import same_programme
from joinedup.support.cases.queries.members import members_of, practitioners_like
from joinedup.support.cases.queries.own import own_words_of
from joinedup.support.cases.queries.pathways import pathways_of
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of, sought


@for_those_at_work
@require_safe
def case(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The case on one page."""
    frame = frame_or_404(request, matter_id, "overview")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    plan = plans.for_overview(viewer, frame, at)
    review, review_is_late = words.review_says(reviews.for_overview(viewer, matter_id), today)
    level = levels.for_overview(viewer, frame, at)
    twice = same_programme(viewer, matter_id, frame.programme, at=at) if frame.is_open else []
    shown = {
        "glance": story_words.glance(story_told.for_overview(viewer, frame, at)),
        "level": words.level(level),
        "is_rising": level.now.is_rising,
        "pathway": overview_says(pathways_of(viewer, matter_id, at)) if frame.is_open else "",
        "step": level.step_id if level.step_waits else None,
        "next_actions": words.next_actions(plan, today),
        "overdue": plan.overdue,
        "open_goals": plan.open_goals,
        "plan_says": words.plan_says(plan, frame),
        "review": review,
        "review_is_late": review_is_late,
        "assessment": words.assessment_says(assessments.for_overview(viewer, frame, at)),
        "unanswered": sum(not each.answer for each in own_words_of(viewer, matter_id)),
        "open_twice": [open_twice(each) for each in twice],
        "members": in_words(each for each in members_of(viewer, matter_id) if each.ends_at is None),
    }
    return page_of(request, frame, "cases/case.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Who helps, and one more."""
    frame = frame_or_404(request, matter_id, "who helps")
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    who, sent, typed = sought(request)
    found = practitioners_like(who, at)
    form = MemberForm(found, sent, initial=typed)
    if form.is_valid():
        try:
            join_case(by=viewer, matter_id=matter_id, joining=form.said(), at=at)
        except CannotJoin as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, "They help from now on.")
            return redirect("case-members", matter_id)
    shown = {
        "members": in_words(members_of(viewer, matter_id)),
        "form": form,
        "who": who,
        "nobody_found": bool(who) and not found,
    }
    return page_of(request, frame, "cases/members.html", shown)


@for_those_at_work
@require_POST
def leave(request: HttpRequest, matter_id: uuid.UUID, member_id: uuid.UUID) -> HttpResponse:
    """Ends that somebody helps."""
    frame_or_404(request, matter_id, "who helps")
    try:
        leave_case(by=request.viewer, member_id=member_id, at=clock.now())  # type: ignore[attr-defined]
    except CaseMember.DoesNotExist:
        raise Http404 from None
    messages.success(request, "They no longer help with this case.")
    return redirect("case-members", matter_id)
