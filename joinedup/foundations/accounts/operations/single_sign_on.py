"""Somebody comes from their employer's single sign-on: whose account that is."""

import datetime

from django.db import transaction

from joinedup.foundations.accounts.models import OutsideSignIn, User
from joinedup.foundations.accounts.openid import Named, Provider
from joinedup.foundations.accounts.operations.attempts import CannotSignIn
from joinedup.foundations.accounts.operations.record import record

NOBODY = (
    "Your employer’s sign-in worked, but it leads to no account here. "
    "Ask your partnership’s administrator to enter your post."
)


def account_of(*, named: Named, provider: Provider, at: datetime.datetime) -> User:
    """Return the account a provider means, joined to it the first time; raises CannotSignIn.

    It is known by issuer and subject. The first time it is known by an e-mail address that the
    provider says it checked, and only within the domains the provider may speak for.
    """
    with transaction.atomic():
        known = OutsideSignIn.objects.select_related("user").filter(
            issuer=named.issuer, subject=named.subject
        )
        joined = known.first()
        user = joined.user if joined else _by_email(named, provider)
        if user is None or not user.is_active:
            raise CannotSignIn(NOBODY)
        if joined is None:
            OutsideSignIn.objects.create(
                user=user, issuer=named.issuer, subject=named.subject, joined_at=at
            )
            record("single sign-on joined", user.pk, at)
    return user


def _by_email(named: Named, provider: Provider) -> User | None:
    if not named.email or not provider.speaks_for(named.email):
        return None
    unjoined = User.objects.filter(email__iexact=named.email).exclude(
        outside_sign_ins__issuer=named.issuer
    )
    return unjoined.first()
