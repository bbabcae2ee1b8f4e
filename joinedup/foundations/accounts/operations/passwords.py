"""Accounts are opened, invited and given a password by whoever they belong to."""

import datetime
import hashlib
import secrets
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from joinedup.foundations.accounts.models import Invitation, User
from joinedup.foundations.accounts.operations.attempts import CannotSignIn, attempt
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.operations.sessions import end_sessions
from joinedup.foundations.accounts.rules import INVITATION_LASTS

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 6, 4
WRONG_INVITATION = "That code is not right, has been used, or is older than a day"
WRONG_CURRENT = "Your present password is not right"


class CannotSetPassword(Exception):
    """A password is too easy; `messages` says what is wrong with it."""

    def __init__(self, messages: list[str]) -> None:
        super().__init__(" ".join(messages))
        self.messages = messages


def open_account(*, by: UUID | None, email: str, name: str, at: datetime.datetime) -> User:
    """Return the account of that e-mail, opened without a password where there was none.

    One that was closed is opened again, and its password no longer counts: whoever comes back sets another.
    """
    with transaction.atomic():
        known = User.objects.filter(email__iexact=email.strip()).first()
        if known is not None and not known.is_active:
            known.is_active = True
            known.set_unusable_password()
            known.save(update_fields=["is_active", "password"])
            record("account opened again", known.pk, at, by=by)
        if known is not None:
            return known
        user = User(email=email.strip(), name=name.strip())
        user.set_unusable_password()
        user.save()
        record("account opened", user.pk, at, by=by)
    return user


def close_account(*, by: UUID | None, user: User, at: datetime.datetime) -> None:
    """Let nobody sign in to an account, and end where it is signed in."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)
        end_sessions(by=by, user_id=user.pk, at=at)
        record("account closed", user.pk, at, by=by)


def invite(*, by: UUID | None, user: User, at: datetime.datetime) -> str:
    """Return a code by which the account's owner sets a password, once, within a day.

    It is handed over in person or by a way already known to be theirs. Codes before it are void; a
    second factor stays as it is.
    """
    code = "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )
    with transaction.atomic():
        Invitation.objects.filter(user=user, used_at__isnull=True).delete()
        Invitation.objects.create(
            user=user, digest=_digest(code), made_at=at, expires_at=at + INVITATION_LASTS
        )
        record("invited", user.pk, at, by=by)
    return code


def accept_invitation(
    *, email: str, code: str, password: str, address: str, at: datetime.datetime
) -> User:
    """Set the password that goes with a code handed over; raises CannotSignIn, CannotSetPassword."""

    def whose() -> Invitation | None:
        open_ones = Invitation.objects.select_related("user").filter(
            digest=_digest(code), used_at__isnull=True, expires_at__gt=at, user__is_active=True
        )
        return open_ones.filter(user__email__iexact=email.strip()).first()

    invitation = attempt(email=email, address=address, at=at, check=whose, wrong=WRONG_INVITATION)
    with transaction.atomic():
        _set(invitation.user, password)
        if not Invitation.objects.filter(pk=invitation.pk, used_at__isnull=True).update(used_at=at):
            raise CannotSignIn(WRONG_INVITATION)
        end_sessions(by=None, user_id=invitation.user_id, at=at)
        record("password set", invitation.user_id, at)
    return invitation.user


def change_password(
    *, by: UUID | None, user: User, present: str, new: str, address: str, at: datetime.datetime
) -> None:
    """Set a new password and end the account's other sessions; raises CannotSignIn, CannotSetPassword."""
    attempt(
        email=user.email,
        address=address,
        at=at,
        check=lambda: user.check_password(present) or None,
        wrong=WRONG_CURRENT,
        failed=lambda: record("password change failed", user.pk, at, by=by),
    )
    with transaction.atomic():
        _set(user, new)
        record("password changed", user.pk, at, by=by)


def _set(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as easy:
        raise CannotSetPassword(easy.messages) from easy
    user.set_password(password)
    user.save(update_fields=["password"])


def _digest(code: str) -> str:
    bare = "".join(letter for letter in code.casefold() if letter in _LETTERS)
    return hashlib.sha256(b"invitation" + bare.encode()).hexdigest()
