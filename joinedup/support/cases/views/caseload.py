"""The cases somebody works at: narrowed, kept under a name, given to another lead after a preview."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.operations.saved_looks import CannotKeepLook
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.foundations.places.queries import parts_to_choose
from joinedup.identity.sharing.access import looking
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.support.cases.forms.caseload import GiveForm, NarrowForm
from joinedup.support.cases.operations import caseload as operations
from joinedup.support.cases.presenters import caseload as words
from joinedup.support.cases.queries import caseload as queries
from joinedup.support.cases.queries.where import cases_in
from joinedup.support.cases.rules.caseload import narrow

ON_A_PAGE = 50
for_leads = for_posts_that_may(Permission.TAKE_HANDOVERS)


@for_leads
@require_safe
def caseload(request: HttpRequest) -> HttpResponse:
    """Every open case the viewer works at, most pressing first."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    with looking(viewer, at=at, subject_kind="caseload") as about:
        cases = queries.caseload(viewer, at=at)
        # Who sees no group of any case is asked for none: the page is that of a place without them (P8).
        groups = any(case.groups for case in cases)
        parts = parts_to_choose(today)
        form = NarrowForm(parts, request.GET, groups=groups)
        by = form.narrowed()
        ids = [case.matter_id for case in cases]
        there = cases_in(by.where, ids, as_at=today) if by.where else None
        kept = queries.kept_views(viewer)
        about["no_involvement"] = False
    found = narrow(cases, by, viewer.post_id, today, there)
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    asked = form.as_query()
    shown = {
        "narrow": NarrowForm(parts, initial=vars(by), groups=groups) if form.is_valid() else form,
        "asked": asked,
        "query": urlencode(asked),
        "whose": by.whose,
        "all_count": len(cases),
        "count": len(found),
        "lines": [words.line(case, by, today) for case in page.object_list],
        "workload": words.workload(found, queries.shares_of(found, at))
        if by.whose == "team"
        else None,
        "colleagues": queries.colleagues(viewer, at),
        "kept": kept,
        "pagination": pagination(page, **asked),
    }
    return render(request, "cases/caseload.html", shown)


@for_leads
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Shows what giving the chosen cases to somebody would do; pressed again, does it."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    with looking(viewer, at=at, subject_kind="caseload") as about:
        cases = queries.caseload(viewer, at=at)
        about["no_involvement"] = False
    colleagues = queries.colleagues(viewer, at)
    form = GiveForm([case.matter_id for case in cases], colleagues, request.POST)
    if not form.is_valid():
        why = next(iter(form.errors.values()))[0]
        messages.error(request, f"{why}. Nothing was moved.")
        return _back(request)
    chosen, to = set(form.cleaned_data["case"]), form.cleaned_data["to"]
    if "sure" not in request.POST:
        share = percent_on([to], day_of(at)).get(to)
        seen = words.preview(cases, chosen, to, dict(colleagues)[to], share)
        shown = {"preview": seen, "to": to, "query": request.POST.get("query", "")}
        return render(request, "cases/give.html", shown)
    not_given = operations.give_cases(by=viewer, matter_ids=list(chosen), post_id=to, at=at)
    titles = {case.matter_id: case.title for case in cases}
    for each in not_given:
        messages.error(request, f"{titles[each.matter_id]}: {each.why}")
    moved = len(chosen) - len(not_given)
    messages.success(request, f"{moved} {'case has' if moved == 1 else 'cases have'} a new lead.")
    return _back(request)


@for_leads
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Keeps the way the cases are looked at now under a name."""
    try:
        kept = operations.keep_view(
            by=request.viewer,  # type: ignore[attr-defined]
            title=request.POST.get("title", ""),
            query=request.POST.get("query", ""),
        )
    except CannotKeepLook as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, f"Kept as “{kept.title}”.")
    return _back(request)


@for_leads
@require_POST
def forget_view(request: HttpRequest, view_id: int) -> HttpResponse:
    """Forgets a way of looking."""
    operations.forget_view(by=request.viewer, view_id=view_id)  # type: ignore[attr-defined]
    messages.success(request, "It is forgotten.")
    return redirect("caseload")


def _back(request: HttpRequest) -> HttpResponse:
    query = request.POST.get("query", "")
    return redirect(reverse("caseload") + (f"?{query}" if query else ""))
