"""The groups that services are for: the tags of a case, giving and ending one, and the counts."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.pipeline.disclosure import LIMIT
from joinedup.support.cases.choices.client_group import ClientGroup
from joinedup.support.cases.forms.client_groups import EndGroupForm, GroupForm
from joinedup.support.cases.operations.client_groups import end_tag, tag_group
from joinedup.support.cases.presenters import client_groups as words
from joinedup.support.cases.presenters.assessment import typed_day
from joinedup.support.cases.queries import client_groups as queries
from joinedup.support.cases.views.frame import for_those_at_work, frame_or_404, page_of
from joinedup.support.cases.views.plan_rows import asked

PAGE, BACK = "groups", "case-groups"


@for_those_at_work
@require_safe
def groups(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """The tags of the case that the viewer may see."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.groups_of(viewer, frame, at)
    shown = {
        "tags": words.tags(found, matter_id, viewer.agency, is_open=frame.is_open)
        if found
        else None,
        "to_prepare": words.to_prepare(found),
        "may_tag": frame.is_open and bool(words.choices(viewer, day_of(at))),
    }
    return page_of(request, frame, "cases/groups.html", shown)


@for_those_at_work
@require_http_methods(["GET", "POST"])
def tag(request: HttpRequest, matter_id: uuid.UUID) -> HttpResponse:
    """Puts somebody into a group."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    offered = words.choices(viewer, day_of(at))
    if not offered:
        raise Http404
    people = [(each.person_id, each.name) for each in frame.persons]
    first = {
        "starts_on": typed_day(day_of(at)),
        "person": str(people[0][0]) if len(people) == 1 else "",
    }
    form = GroupForm(people, offered, request.POST or None, initial=first)
    return asked(
        request, frame, form,
        lambda: tag_group(by=viewer, matter_id=matter_id, said=form.said(), at=at),
        heading="Put somebody into a group", button="Put them into it", done="It is written down.",
        back=BACK,
        intro="It tells of their health, so that only those who may see such data of your agency see it: "
        "not everybody who works at this case.",
    )  # fmt: skip


@for_those_at_work
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, matter_id: uuid.UUID, tag_id: uuid.UUID) -> HttpResponse:
    """Ends that somebody is of a group."""
    frame = frame_or_404(request, matter_id, PAGE)
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = [e for e in queries.groups_of(viewer, frame, at) if e.tag.pk == tag_id]
    if not found or found[0].tag.ends_on is not None:
        raise Http404
    form = EndGroupForm(request.POST or None)
    return asked(
        request, frame, form,
        lambda: end_tag(by=viewer, tag_id=tag_id, because=form.cleaned_data["because"], at=at),
        heading="No longer in the group", button="End it", done="It has ended.", back=BACK,
        intro=f"{found[0].whose}: {ClientGroup(found[0].tag.group).label}.",
    )  # fmt: skip


@for_posts_that_may(Permission.SEE_ACCESS_FIGURES)
@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """How many people are in which group, small numbers gone (P44)."""
    at = clock.now()
    found = queries.figures(request.viewer, at)  # type: ignore[attr-defined]
    shown = {
        "table": words.figures_table(found),
        "limit": LIMIT,
        "at": at,
        **words.figures_words(found),
    }
    return render(request, "cases/group_figures.html", shown)
