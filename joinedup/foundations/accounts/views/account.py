"""One's own account: ways to prove oneself, the password, and where one is signed in."""

import uuid

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundations.accounts import entering
from joinedup.foundations.accounts.entering import SignedIn
from joinedup.foundations.accounts.forms import HomeForm, PasswordForm
from joinedup.foundations.accounts.operations import factors, passwords
from joinedup.foundations.accounts.operations import sessions as session_operations
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.staff import CannotKeepHome, keep_home
from joinedup.foundations.accounts.queries import sessions_of, single_sign_on_of, ways_of
from joinedup.foundations.accounts.sessions import name_of
from joinedup.foundations.accounts.views.adding import adding
from joinedup.foundations.accounts.views.proving import prove as take_proof
from joinedup.foundations.accounts.views.proving import recently_proved
from joinedup.foundations.core.pages import for_anybody_signed_in
from joinedup.foundations.core.wording import moment


@for_anybody_signed_in
@require_safe
def account(request: SignedIn) -> HttpResponse:
    """Everything one signs in with, and where to change it."""
    user = request.user
    shown = {
        "ways": ways_of(user),
        "sessions": len(sessions_of(user)),
        "has_password": user.has_usable_password(),
        "single_sign_on": single_sign_on_of(user),
        "user": user,
    }
    return render(request, "accounts/account.html", shown)


@for_anybody_signed_in
@require_safe
def sessions(request: SignedIn) -> HttpResponse:
    """Where one is signed in."""
    rows = [
        {
            "name": name_of(row.session_key),
            "browser": row.browser or "A browser",
            "address": row.address or "",
            "since": moment(row.signed_in_at),
            "seen": moment(row.seen_at),
            "this": row.session_key == request.session.session_key,
        }
        for row in sessions_of(request.user)
    ]
    return render(request, "accounts/sessions.html", {"rows": rows})


@for_anybody_signed_in
@require_POST
@recently_proved
def end_session(request: SignedIn) -> HttpResponse:
    """Ends one other session of one's own, or all of them."""
    by, at, user_id = request.viewer.post_id, timezone.now(), request.user.pk
    name = request.POST.get("session")
    if name:
        ended = int(session_operations.end_session(by=by, user_id=user_id, name=name, at=at))
    else:
        here = request.session.session_key
        ended = session_operations.end_sessions(by=by, user_id=user_id, at=at, but=here)
    messages.success(request, "Signed out there." if ended else "It had ended already.")
    return redirect("account-sessions")


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def home(request: SignedIn) -> HttpResponse:
    """Takes one's own home, of which a digest alone is kept."""
    form = HomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, at = request.viewer.post_id, timezone.now()
        try:
            keep_home(by=by, user=request.user, at=at, **form.cleaned_data)
        except CannotKeepHome as why:
            form.add_error("address", str(why))
        else:
            kept = any(form.cleaned_data.values())
            messages.success(request, "Your home is known." if kept else "Your home is forgotten.")
            return redirect("account")
    return render(request, "accounts/home.html", {"form": form})


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
@recently_proved
def password(request: SignedIn) -> HttpResponse:
    """Changes one's password, and signs out everywhere else."""
    user = request.user
    form = PasswordForm(request.POST or None)
    if user.has_usable_password() and form.is_valid():
        by, at = request.viewer.post_id, timezone.now()
        address, given = entering.client_address(request), form.cleaned_data
        try:
            passwords.change_password(
                by=by, user=user, present=given["present"], new=given["password"],
                address=address, at=at,
            )  # fmt: skip
        except CannotSignIn as wrong:
            form.add_error("present", str(wrong))
        except passwords.CannotSetPassword as easy:
            form.add_error("password", easy.messages)
        else:
            update_session_auth_hash(request, user)
            here = request.session.session_key
            session_operations.end_sessions(by=by, user_id=user.pk, at=at, but=here)
            messages.success(
                request, "Your password is changed. You are signed out everywhere else."
            )
            return redirect("account")
    has_password = user.has_usable_password()
    return render(request, "accounts/password.html", {"form": form, "has_password": has_password})


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
@recently_proved
def add_way(request: SignedIn) -> HttpResponse:
    """Adds a second factor."""
    by, at = request.viewer.post_id, timezone.now()
    factor = adding(request, request.user, by=by, at=at, template="accounts/add_way.html")
    if isinstance(factor, HttpResponse):
        return factor
    messages.success(request, "It counts from now on.")
    return redirect("account")


@for_anybody_signed_in
@require_POST
@recently_proved
def remove_way(request: SignedIn, factor_id: uuid.UUID) -> HttpResponse:
    """Takes a second factor away, unless it is the only one."""
    by, at = request.viewer.post_id, timezone.now()
    try:
        factors.remove_factor(by=by, user=request.user, factor_id=factor_id, at=at)
    except factors.CannotRemoveFactor as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, "It no longer counts.")
    return redirect("account")


@for_anybody_signed_in
@require_POST
@recently_proved
def recovery_codes(request: SignedIn) -> HttpResponse:
    """Makes recovery codes anew and shows them this once."""
    by, at = request.viewer.post_id, timezone.now()
    codes = factors.new_recovery_codes(by=by, user=request.user, at=at)
    return render(request, "accounts/recovery_codes.html", {"codes": codes, "going": "/account/"})


@for_anybody_signed_in
@require_http_methods(["GET", "POST"])
def prove(request: SignedIn) -> HttpResponse:
    """Asks once more for a second factor, and goes on to what wanted it."""
    page = take_proof(request, timezone.now())
    if page is not None:
        return page
    return redirect(entering.safe_way_on(request, request.GET.get("next", "")))
