"""Signing in: the password first, then the second factor; nobody is in before both."""

import datetime
from uuid import UUID

from django.contrib.auth import authenticate
from django.db import transaction

from joinedup.foundations.accounts.choices import CameBy
from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.attempts import attempt, forget_failures
from joinedup.foundations.accounts.operations.factors import (
    is_code,
    is_passkey,
    is_recovery_code,
)
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.passkeys import Answer

WRONG = "The e-mail address or the password is wrong"
WRONG_CODE = "That code is not right, or has been used already"
WRONG_PASSKEY = "That passkey is not one of yours"


def check_password(*, email: str, password: str, address: str, at: datetime.datetime) -> User:
    """Return whose password it is; raises CannotSignIn, alike for a wrong password and no account."""

    def whose() -> User | None:
        found = authenticate(None, username=email.strip(), password=password)
        return found if isinstance(found, User) else None

    return attempt(
        email=email, address=address, at=at, check=whose, wrong=WRONG,
        failed=lambda: _failed(email, at),
    )  # fmt: skip


def check_code(*, user: User, code: str, address: str, at: datetime.datetime) -> bool:
    """Tell whether it was a recovery code rather than one from the app; raises CannotSignIn."""

    def which() -> str | None:
        if is_code(user=user, code=code, at=at):
            return "code"
        return "recovery" if is_recovery_code(user=user, code=code, at=at) else None

    used = attempt(
        email=user.email, address=address, at=at, check=which, wrong=WRONG_CODE,
        failed=lambda: record("second factor failed", user.pk, at),
    )  # fmt: skip
    return used == "recovery"


def check_passkey(*, user: User, answer: Answer, address: str, at: datetime.datetime) -> None:
    """Go by if the passkey is the account's; raises CannotSignIn."""
    attempt(
        email=user.email,
        address=address,
        at=at,
        check=lambda: is_passkey(user=user, answer=answer, at=at) or None,
        wrong=WRONG_PASSKEY,
        failed=lambda: record("second factor failed", user.pk, at),
    )


def note_sign_in(*, user: User, how: CameBy, at: datetime.datetime) -> None:
    """Leave the line of a sign-in that has both factors, and start the count of failures anew."""
    with transaction.atomic():
        forget_failures(email=user.email, at=at)
        record("signed in", user.pk, at, how=how)


def note_sign_out(*, by: UUID | None, user_id: UUID, at: datetime.datetime) -> None:
    """Leave the line of signing out."""
    record("signed out", user_id, at, by=by)


def _failed(email: str, at: datetime.datetime) -> None:
    known = User.objects.filter(email__iexact=email.strip()).values_list("pk", flat=True).first()
    if known:
        record("sign-in failed", known, at)
