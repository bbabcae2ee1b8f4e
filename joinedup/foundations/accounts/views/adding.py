"""The page that adds a second factor, before the first sign-in or at any time after."""

import datetime
import json
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from pyotp import TOTP

from joinedup.foundations.accounts.entering import here, keep_challenge, passkey_answer
from joinedup.foundations.accounts.forms import FirstCodeForm, PasskeyForm
from joinedup.foundations.accounts.models import Factor, User
from joinedup.foundations.accounts.operations import factors
from joinedup.foundations.accounts.passkeys import ask_to_make
from joinedup.foundations.accounts.queries import ways_of
from joinedup.foundations.accounts.sealing import seal, unseal
from joinedup.foundations.accounts.squares import square_of

_SEED = "new_seed"


def adding(
    request: HttpRequest, user: User, *, by: uuid.UUID | None, at: datetime.datetime, template: str
) -> HttpResponse | Factor:
    """The page that asks for a new factor, or the factor once it was given."""
    way = request.POST.get("way")
    code = FirstCodeForm(request.POST if way == "code" else None)
    passkey = PasskeyForm(request.POST if way == "passkey" else None)
    factor = None
    if code.is_valid():
        factor = _code(request, user, code, by, at)
    elif passkey.is_valid():
        factor = _passkey(request, user, passkey, by, at)
    if factor is not None:
        request.session.pop(_SEED, None)
        return factor
    seed = _seed(request)
    options, challenge = ask_to_make(here(request), user, ways_of(user).passkeys)
    keep_challenge(request, challenge)
    shown = {
        "form": passkey if passkey.is_bound else code,
        "code_form": code,
        "passkey_form": passkey,
        "seed": " ".join(seed[start : start + 4] for start in range(0, len(seed), 4)),
        "picture": square_of(TOTP(seed).provisioning_uri(name=user.email, issuer_name="Joined Up")),
        "options": json.dumps(options),
    }
    return render(request, template, shown)


def _code(
    request: HttpRequest,
    user: User,
    form: FirstCodeForm,
    by: uuid.UUID | None,
    at: datetime.datetime,
) -> Factor | None:
    try:
        return factors.add_code(
            by=by, user=user, seed=_seed(request), code=form.cleaned_data["code"], name="", at=at
        )
    except factors.CannotAddFactor as wrong:
        form.add_error("code", str(wrong))
        return None


def _passkey(
    request: HttpRequest, user: User, form: PasskeyForm, by: uuid.UUID | None, at: datetime.datetime
) -> Factor | None:
    answer = passkey_answer(request, form.cleaned_data["passkey"])
    name = form.cleaned_data["name"]
    try:
        return factors.add_passkey(by=by, user=user, answer=answer, name=name, at=at)
    except factors.CannotAddFactor as wrong:
        form.add_error(None, str(wrong))
        return None


def _seed(request: HttpRequest) -> str:
    """The seed that this page offers, the same until it is taken; closed while it waits."""
    if _SEED not in request.session:
        request.session[_SEED] = seal(factors.new_seed().encode()).decode()
    return unseal(request.session[_SEED].encode()).decode()
