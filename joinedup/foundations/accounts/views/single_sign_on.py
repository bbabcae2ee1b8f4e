"""To an employer's single sign-on and back: to come in, or to prove oneself again."""

import secrets
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from joinedup.foundations.accounts import entering, openid
from joinedup.foundations.accounts.choices import CameBy
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.operations.single_sign_on import account_of
from joinedup.foundations.accounts.queries import providers
from joinedup.foundations.accounts.rules import PROOF_LASTS, is_fresh
from joinedup.foundations.accounts.views.signing_in import come_in
from joinedup.foundations.core.pages import for_anybody

_ASKED = "single_sign_on"
_LOST = "That answer belongs to no question of ours. Start again from the sign-in page."
_NOT_NOW = "Your employer’s sign-in did not ask you again, so it proves nothing new."
_OTHER = "You proved yourself as somebody else than who is signed in here."


@for_anybody
@require_safe
def sign_in_with(request: HttpRequest, code: str) -> HttpResponse:
    """Sends the browser to an employer's sign-in."""
    provider = providers().get(code)
    if provider is None:
        raise Http404
    proving = "prove" in request.GET and request.user.is_authenticated
    asked = openid.Asked.anew(provider)
    try:
        address = openid.address_to_ask(provider, asked, _back(request), again=proving)
    except openid.CannotSignOn as wrong:
        return _refused(request, str(wrong))
    going = request.GET.get("next", "")
    request.session[_ASKED] = {"asked": asdict(asked), "going": going, "proving": proving}
    return redirect(address)


@for_anybody
@require_safe
def sign_in_back(request: HttpRequest) -> HttpResponse:
    """Takes the answer of an employer's sign-in."""
    kept = request.session.pop(_ASKED, None)
    state = request.GET.get("state", "")
    if kept is None or not secrets.compare_digest(state, kept["asked"]["state"]):
        return _refused(request, _LOST)
    asked = openid.Asked(**kept["asked"])
    try:
        provider = providers()[asked.provider]
        named = openid.named(provider, asked, request.GET.get("code", ""), _back(request))
        at = timezone.now()
        user = account_of(named=named, provider=provider, at=at)
    except (openid.CannotSignOn, CannotSignIn) as wrong:
        return _refused(request, str(wrong))
    if kept["proving"]:
        return _proved(request, user, named, kept["going"])
    if not named.with_second_factor:
        entering.wait_for_second(request, user, first="single_sign_on", going=kept["going"], at=at)
        return redirect("second-factor")
    come_in(request, user, CameBy.SINGLE_SIGN_ON, at)
    return redirect(entering.safe_way_on(request, kept["going"]))


def _proved(request: HttpRequest, user: User, named: openid.Named, going: str) -> HttpResponse:
    at = timezone.now()
    if user != request.user:
        return _refused(request, _OTHER)
    if not is_fresh(named.proved_at, PROOF_LASTS, at):
        return _refused(request, _NOT_NOW)
    entering.note_proof(request, at)
    record("proved again", user.pk, at)
    return redirect(entering.safe_way_on(request, going))


def _back(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sign-in-back"))


def _refused(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "accounts/cannot_sign_in.html", {"why": why}, status=403)
