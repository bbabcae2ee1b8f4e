"""Signing in: a password or an employer's sign-in, then a second factor; and out."""

import datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from joinedup.foundations.accounts import entering
from joinedup.foundations.accounts.choices import CameBy
from joinedup.foundations.accounts.forms import InvitationForm, ProofForm, SignInForm
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations import factors, passwords, signing_in
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.sessions import drop_old_sessions
from joinedup.foundations.accounts.queries import providers, ways_of
from joinedup.foundations.accounts.second_factor import asked, take
from joinedup.foundations.accounts.views.adding import adding
from joinedup.foundations.core.pages import for_anybody


@for_anybody
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first factor: a password, or the way to one's employer."""
    form = SignInForm(request.POST or None)
    going = request.POST.get("next", request.GET.get("next", ""))
    if form.is_valid():
        at = timezone.now()
        try:
            user = signing_in.check_password(
                email=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                address=entering.client_address(request),
                at=at,
            )
        except CannotSignIn as wrong:
            form.add_error(None, str(wrong))
        else:
            entering.wait_for_second(request, user, first="password", going=going, at=at)
            return redirect("second-factor")
    shown = {"form": form, "next": going, "providers": list(providers().values())}
    return render(request, "accounts/sign_in.html", shown)


@for_anybody
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody whose first was right."""
    at = timezone.now()
    pending = entering.pending(request, at)
    if pending is None:
        return redirect("sign-in")
    ways = ways_of(pending.user)
    if not ways:
        return redirect("set-up-second-factor")
    form = ProofForm(request.POST or None)
    if form.is_valid():
        try:
            second = take(request, pending.user, form, at)
        except CannotSignIn as wrong:
            form.add_error(None, str(wrong))
        else:
            come_in(request, pending.user, CameBy(f"{pending.first}_and_{second}"), at)
            return redirect(entering.safe_way_on(request, pending.going))
    shown = {"form": form, "ways": ways, "options": asked(request, ways)}
    return render(request, "accounts/second_factor.html", shown)


@for_anybody
@require_http_methods(["GET", "POST"])
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """The first second factor of an account that has none; nothing else opens before it."""
    at = timezone.now()
    pending = entering.pending(request, at)
    if pending is None:
        return redirect("sign-in")
    if ways_of(pending.user):
        return redirect("second-factor")
    user = pending.user
    factor = adding(request, user, by=None, at=at, template="accounts/set_up.html")
    if isinstance(factor, HttpResponse):
        return factor
    codes = factors.new_recovery_codes(by=None, user=user, at=at)
    come_in(request, user, CameBy(f"{pending.first}_and_{factor.kind}"), at)
    going = entering.safe_way_on(request, pending.going)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "going": going})


@for_anybody
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Sets a password with the code that was handed over; the second factor comes after it."""
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        at, given = timezone.now(), form.cleaned_data
        address = entering.client_address(request)
        try:
            user = passwords.accept_invitation(**given, address=address, at=at)
        except CannotSignIn as wrong:
            form.add_error("code", str(wrong))
        except passwords.CannotSetPassword as easy:
            form.add_error("password", easy.messages)
        else:
            entering.wait_for_second(request, user, first="password", going="", at=at)
            return redirect("second-factor")
    return render(request, "accounts/first_password.html", {"form": form})


@for_anybody
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session."""
    if isinstance(request.user, User):
        viewer = getattr(request, "viewer", None)
        post = viewer.post_id if viewer else None
        signing_in.note_sign_out(by=post, user_id=request.user.pk, at=timezone.now())
    logout(request)
    return redirect("sign-in")


def come_in(request: HttpRequest, user: User, how: CameBy, at: datetime.datetime) -> None:
    """Let in somebody who gave all that was asked."""
    signing_in.note_sign_in(user=user, how=how, at=at)
    drop_old_sessions(at=at)
    entering.enter(request, user, at=at)
