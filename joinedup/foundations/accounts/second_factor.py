"""Asks a browser for a second factor, and takes what it answers."""

import datetime
import json

from django.http import HttpRequest

from joinedup.foundations.accounts.entering import (
    client_address,
    here,
    keep_challenge,
    passkey_answer,
)
from joinedup.foundations.accounts.forms import ProofForm
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.signing_in import check_code, check_passkey
from joinedup.foundations.accounts.passkeys import ask_for
from joinedup.foundations.accounts.queries import Ways

NOTHING_GIVEN = "Enter a code, or use your passkey"


def asked(request: HttpRequest, ways: Ways) -> str:
    """What the browser is to ask a passkey, as JSON for the page; nothing where there is none."""
    if not ways.passkeys:
        return ""
    options, challenge = ask_for(here(request), ways.passkeys)
    keep_challenge(request, challenge)
    return json.dumps(options)


def take(request: HttpRequest, user: User, form: ProofForm, at: datetime.datetime) -> str:
    """Return what was given: `code`, `passkey` or `recovery_code`; raises CannotSignIn."""
    address = client_address(request)
    if form.cleaned_data["passkey"]:
        answer = passkey_answer(request, form.cleaned_data["passkey"])
        check_passkey(user=user, answer=answer, address=address, at=at)
        return "passkey"
    if not form.cleaned_data["code"]:
        raise CannotSignIn(NOTHING_GIVEN)
    recovered = check_code(user=user, code=form.cleaned_data["code"], address=address, at=at)
    return "recovery_code" if recovered else "code"
