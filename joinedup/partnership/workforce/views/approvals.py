"""The register of functions and of approvals, kept by the partnership administrator."""

from collections.abc import Callable

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core import clock
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.pages import for_anybody_signed_in, for_posts_that_may
from joinedup.foundations.core.paging import pagination
from joinedup.partnership.workforce import operations
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.forms import approvals as forms
from joinedup.partnership.workforce.models import Approval, StatutoryFunction
from joinedup.partnership.workforce.presenters import approvals as presenters
from joinedup.partnership.workforce.queries import approvals as queries

ON_A_PAGE = 50
_REFUSALS = (operations.CannotEnterFunction, operations.CannotApprove)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def functions(request: HttpRequest) -> HttpResponse:
    """Who answers for each function and who carries it out; enter one (S4-19)."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    today = day_of(at)
    form = forms.FunctionForm(
        queries.bodies(viewer), request.POST or None, initial=forms.from_today(today)
    )

    def enter() -> None:
        operations.enter_function(by=viewer, at=at, **form.said())

    if form.is_valid() and _did(request, form, enter, "It is entered."):
        return redirect("functions")
    shown = {"form": form, "table": presenters.register(queries.register(viewer), today)}
    return render(request, "workforce/functions.html", shown)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def end_function(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Ends an entry of the register."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    entry = queries.register(viewer).filter(pk=entry_id).first()
    if entry is None:
        raise Http404
    form = forms.EndFunctionForm(request.POST or None, initial=forms.from_today(day_of(at)))

    def end() -> StatutoryFunction:
        return operations.end_function(by=viewer, entry_id=entry_id, at=at, **form.cleaned_data)

    if form.is_valid() and _did(request, form, end, "It ends on that day."):
        return redirect("functions")
    about = f"{FunctionCode(entry.function).label}, carried out by {entry.operating.name}"
    shown = {"form": form, "title": "It no longer holds", "about": about, "back": "functions"}
    return render(request, "workforce/end.html", shown)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def approvals(request: HttpRequest) -> HttpResponse:
    """Who is approved by name for what; approve somebody (S4-20, S4-21)."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    words = request.GET.get("q", "")
    form = forms.ApprovalForm(
        queries.bodies(viewer), request.POST or None, initial={"starts_on": day_of(at)}
    )

    def approve() -> None:
        said = dict(form.cleaned_data)
        post = queries.post_of_email(viewer, said.pop("email"), at)
        if post is None:
            raise operations.CannotApprove(
                "Nobody with that e-mail address holds a post today. Appoint them first."
            )
        function = FunctionCode(said.pop("function"))
        operations.approve(by=viewer, holder_id=post.user_id, function=function, at=at, **said)

    if form.is_valid() and _did(request, form, approve, "It is entered."):
        return redirect("approvals")
    page = Paginator(queries.approvals(viewer, words), ON_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "q": words,
        "table": presenters.approvals(page.object_list, day_of(at)),
        "pagination": pagination(page, q=words),
    }
    return render(request, "workforce/approvals.html", shown)


@for_posts_that_may(Permission.MANAGE_POSTS)
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Ends an approval early."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.approvals(viewer).filter(pk=approval_id).first()
    if found is None:
        raise Http404
    form = forms.WithdrawForm(request.POST or None, initial=forms.from_today(day_of(at)))

    def end() -> Approval:
        return operations.withdraw_approval(
            by=viewer, approval_id=approval_id, at=at, **form.cleaned_data
        )

    if form.is_valid() and _did(request, form, end, "It ends on that day. Managers are told."):
        return redirect("approvals")
    about = f"{found.holder.name}, {FunctionCode(found.function).about.approved_role}"
    shown = {"form": form, "title": "End an approval", "about": about, "back": "approvals"}
    return render(request, "workforce/end.html", shown)


@for_anybody_signed_in
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """One's own approvals, and those of whoever one manages or supervises."""
    viewer, at = request.viewer, clock.now()  # type: ignore[attr-defined]
    found = queries.approvals_near(viewer, at)
    table = presenters.approvals(found, day_of(at), linked=False)
    return render(request, "workforce/mine.html", {"table": table})


def _did(
    request: HttpRequest, form: django_forms.Form, do: Callable[[], object], told: str
) -> bool:
    try:
        do()
    except _REFUSALS as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, told)
    return True
