"""For which purpose somebody works: every look states one, and what is shown follows from it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.roles import role
from joinedup.foundations.core.pages import for_posts_that_may
from joinedup.identity.sharing.choices import Purpose
from joinedup.single_view.forms import PurposeChoice

PURPOSE = "purpose"
"""The session's key for the purpose chosen; the middleware reads it."""


@for_posts_that_may(Permission.SEE_RECORD)
@require_http_methods(["GET", "POST"])
def your_purpose(request: HttpRequest) -> HttpResponse:
    """Lets a post choose among the purposes of its role; it holds until another is chosen."""
    viewer = request.viewer  # type: ignore[attr-defined]
    # Vital interests are entered by opening emergency access to one person, never by choice.
    every = [Purpose(code) for code in role(viewer.role).purposes]
    offered = [each for each in every if each is not Purpose.VITAL_INTEREST]
    going = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(going, allowed_hosts={request.get_host()})
    form = PurposeChoice(offered, request.POST or None, initial={"purpose": viewer.purpose})
    if form.is_valid():
        chosen = Purpose(form.cleaned_data["purpose"])
        request.session[PURPOSE] = chosen.value
        messages.success(request, f"You now work for: {chosen.label}.")
        return redirect(going if safe else "start")
    return render(
        request, "single_view/your_purpose.html", {"form": form, "next": going if safe else ""}
    )
