"""A page that opens only to somebody who has just proved again who they are."""

import datetime
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from joinedup.foundations.accounts.entering import has_proved, note_proof
from joinedup.foundations.accounts.forms import ProofForm
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.queries import single_sign_on_of, ways_of
from joinedup.foundations.accounts.second_factor import asked, take

View = Callable[..., HttpResponseBase]
Clock = Callable[[], datetime.datetime]
_OURS = ("csrfmiddlewaretoken", "proof", "code", "passkey")


def recently_proved(view: View, clock: Clock = timezone.now) -> View:
    """Opens a view only to somebody who gave a second factor within the last five minutes.

    Others are asked first. What they had typed comes along: it is sent again with the proof. Whoever
    is not signed in is left to the page's mark.
    """

    @wraps(view)
    def asks_first(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if isinstance(request.user, AnonymousUser) or has_proved(request, clock()):
            return view(request, *args, **kwargs)
        if request.headers.get("HX-Request"):
            return HttpResponse(headers={"HX-Redirect": _to_prove(request.get_full_path())})
        if request.method in {"GET", "HEAD"}:
            return redirect(_to_prove(request.get_full_path()))
        page = prove(request, clock())
        return view(request, *args, **kwargs) if page is None else page

    return asks_first


def prove(request: HttpRequest, at: datetime.datetime) -> HttpResponse | None:
    """Take a proof from a form, or return the page that asks for one; None once it was given."""
    form = ProofForm(request.POST if "proof" in request.POST else None)
    user: User = request.user  # type: ignore[assignment]
    ways = ways_of(user)
    by_pressing = not ways and settings.NOTHING_TO_PROVE_WITH
    if form.is_valid():
        try:
            if not by_pressing:
                take(request, user, form, at)
        except CannotSignIn as wrong:
            form.add_error(None, str(wrong))
        else:
            note_proof(request, at)
            record("proved again", user.pk, at)
            return None
    shown = {
        "form": form,
        "ways": ways,
        "options": asked(request, ways),
        "carried": _carried(request),
        "single_sign_on": None if ways else single_sign_on_of(user),
        "by_pressing": by_pressing,
        "going": request.GET.get("next", ""),
    }
    return render(request, "accounts/prove.html", shown)


def _carried(request: HttpRequest) -> list[tuple[str, Any]]:
    """What was typed into the page that asked, to be sent again with the proof."""
    names = [name for name in request.POST if name not in _OURS]
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def _to_prove(going: str) -> str:
    return f"{reverse('account-prove')}?{urlencode({'next': going})}"
