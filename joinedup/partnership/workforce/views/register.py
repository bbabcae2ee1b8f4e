"""The register of who can lead what; one practitioner; courses, gaps and the balance of managers."""

import uuid
from collections.abc import Callable
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.identity.sharing.access import NotPermitted
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex
from joinedup.partnership.workforce.forms import register as forms
from joinedup.partnership.workforce.models import Competence
from joinedup.partnership.workforce.operations import capacity as capacities
from joinedup.partnership.workforce.operations import keeping_register as keeping
from joinedup.partnership.workforce.operations import leave as leaving
from joinedup.partnership.workforce.operations import training
from joinedup.partnership.workforce.presenters import register as words
from joinedup.partnership.workforce.queries import competence as queries
from joinedup.partnership.workforce.queries.approvals import agency_names
from joinedup.partnership.workforce.rules import training as rules

ON_A_PAGE = 50
_REFUSALS = (
    keeping.CannotKeepRegister,
    leaving.CannotEnterLeave,
    capacities.CannotSayCapacity,
    NotPermitted,
)
for_the_register = for_posts_that_may(Permission.MANAGE_POSTS, Permission.TAKE_HANDOVERS)


@for_the_register
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Who of those the viewer keeps can lead what, and who is away."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    asked = request.GET.get("q", "")
    posts = queries.posts_kept(viewer, at, asked)
    page = Paginator(posts, ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "q": asked,
        "table": words.register(queries.lines(list(page.object_list), at), day_of(at)),
        "pagination": pagination(page, q=asked),
        "own": viewer.post_id,
    }
    return render(request, "workforce/register.html", shown)


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, post_id: uuid.UUID) -> HttpResponse:
    """One practitioner: read by themself and their keeper; each enters what is theirs to enter."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.practitioner(viewer, post_id, at)
    except Post.DoesNotExist:
        raise Http404 from None
    what = request.POST.get("what", "")
    boxes = _boxes(request, found, what)
    form = boxes.get(what)
    if form is not None and form.is_valid() and _did(request, form, what, found):
        return redirect("workforce-person", post_id=post_id)
    today = day_of(at)
    shown = {
        "found": found,
        "competences": words.competences(found.competences, today, linked=found.keeps),
        "courses": words.attended(found.courses, today),
        "capacity": words.capacity(found.capacity, today),
        "boxes": boxes,
        "form": form,
        "today": today,
    }
    return render(request, "workforce/person.html", shown)


@for_anybody_signed_in
@require_POST
def leave_end(request: HttpRequest, post_id: uuid.UUID, leave_id: int) -> HttpResponse:
    """Takes leave back, or ends it today."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.practitioner(viewer, post_id, at)
    except Post.DoesNotExist:
        raise Http404 from None
    if leave_id not in {each.pk for each in found.leave}:
        raise Http404
    leaving.end_leave(by=viewer, leave_id=leave_id, at=at)
    messages.success(request, "It is taken back, or ends today.")
    return redirect("workforce-person", post_id=post_id)


@for_the_register
@require_http_methods(["GET", "POST"])
def competence_end(request: HttpRequest, competence_id: int) -> HttpResponse:
    """Asks whether a competence ends today, and ends it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    try:
        found = queries.competence_kept(viewer, competence_id, at)
        if request.method == "GET":
            about = f"{found.holder.name}: {CompetenceCode(found.code).label}. It ends today."
            shown = {"title": "End it today", "about": about, "back": "workforce-register"}
            return render(request, "workforce/end.html", shown)
        ended = keeping.end_competence(
            by=viewer, competence_id=competence_id, ends_on=day_of(at), at=at
        )
    except (Competence.DoesNotExist, NotPermitted):
        raise Http404 from None
    except keeping.CannotKeepRegister as why:
        messages.error(request, str(why))
        return redirect("workforce-register")
    messages.success(request, f"“{CompetenceCode(ended.code).label}” ends today.")
    return redirect("workforce-register")


@for_the_register
@require_http_methods(["GET", "POST"])
def courses(request: HttpRequest) -> HttpResponse:
    """Courses, how far they are covered, what each staff group lacks, how managers are made up."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    may = viewer.may(Permission.MANAGE_POSTS)
    form = forms.CourseForm(request.POST or None) if may else None

    def keep() -> object:
        said = dict(form.cleaned_data)  # type: ignore[union-attr]
        gives = CompetenceCode(said.pop("gives")) if said["gives"] else said.pop("gives") or None
        return training.keep_course(by=viewer, gives=gives, at=at, **said)

    if form is not None and form.is_valid() and _refused(form, keep) is None:
        messages.success(request, "The course is kept.")
        return redirect("workforce-courses")
    found, staff = queries.courses(viewer), queries.staff(viewer, at)
    needed = queries.required(found)
    shown = {
        "form": form,
        "courses": words.courses(found),
        "coverage": words.coverage(
            rules.coverage(needed, staff), {each.pk: each.name for each in found}, agency_names()
        ),
        "matrix": words.matrix(rules.matrix(needed, staff)),
        "balance": queries.balance_of_managers(at),
    }
    return render(request, "workforce/courses.html", shown)


def _boxes(
    request: HttpRequest, found: queries.Practitioner, what: str
) -> dict[str, django_forms.Form]:
    """The forms that are the viewer's to fill in; the one that was sent keeps what was typed."""

    def data(name: str) -> Any:
        return request.POST if name == what else None

    boxes: dict[str, django_forms.Form] = {
        "leave": forms.LeaveForm(data("leave"), auto_id="leave_%s"),
        "languages": forms.LanguageForm(
            data("languages"), auto_id="languages_%s", initial={"names": "\n".join(found.languages)}
        ),
    }
    if found.is_self:
        boxes["works_as"] = forms.WorksAsForm(
            data("works_as"), auto_id="works_as_%s", initial={"sex": found.works_as}
        )
    if found.keeps:
        boxes["capacity"] = forms.CapacityForm(data("capacity"), auto_id="capacity_%s")
        boxes["competence"] = forms.CompetenceForm(data("competence"), auto_id="competence_%s")
        offered = queries.courses(request.viewer)  # type: ignore[attr-defined]
        if offered:
            boxes["course"] = forms.AttendedForm(offered, data("course"), auto_id="course_%s")
    return boxes


def _did(
    request: HttpRequest, form: django_forms.Form, what: str, found: queries.Practitioner
) -> bool:
    viewer, at, said = request.viewer, clock.now(), form.cleaned_data  # type: ignore[attr-defined]
    holder = found.post.user_id
    does: dict[str, Callable[[], object]] = {
        "leave": lambda: leaving.enter_leave(by=viewer, post_id=found.post.pk, at=at, **said),
        "languages": lambda: keeping.say_languages(
            by=viewer, holder_id=holder, names=said["names"].splitlines(), at=at
        ),
        "works_as": lambda: keeping.say_works_as(
            by=viewer, sex=WorkerSex(said["sex"]) if said["sex"] else None, at=at
        ),
        "competence": lambda: keeping.enter_competence(
            by=viewer, holder_id=holder, at=at, **{**said, "code": CompetenceCode(said["code"])}
        ),
        "capacity": lambda: capacities.say_capacity(
            by=viewer, post_id=found.post.pk, at=at, **said
        ),
        "course": lambda: training.record_attended(
            by=viewer, course_id=int(said["course"]), holder_id=holder, on=said["on"], at=at
        ),
    }
    if _refused(form, does[what]) is not None:
        return False
    messages.success(request, "It is entered.")
    return True


def _refused(form: django_forms.Form, do: Callable[[], object]) -> str | None:
    try:
        do()
    except _REFUSALS as why:
        form.add_error(None, str(why))
        return str(why)
    return None
