"""Every guess goes through here: counted, one at a time for each account, refused once too many failed."""

import datetime
from collections.abc import Callable

from django.db import connection, transaction

from joinedup.foundations.accounts.models import SignInFailure
from joinedup.foundations.accounts.rules import (
    MOST_FAILURES,
    MOST_FROM_AN_ADDRESS,
    WINDOW,
    counted_as,
    locked_until,
)
from joinedup.foundations.accounts.sealing import keyed_digest
from joinedup.foundations.core.wording import moment


class CannotSignIn(Exception):
    """Signing in was refused; the message is fit for the page and tells nothing of the account."""


def attempt[Found](
    *,
    email: str,
    address: str,
    at: datetime.datetime,
    check: Callable[[], Found | None],
    wrong: str,
    failed: Callable[[], object] = lambda: None,
    at_door: str = "",
) -> Found:
    """Return what `check` found; count a failure, call `failed` and raise CannotSignIn where it found nothing.

    Nothing is checked, or counted, while the account or the address is locked. Another door than
    signing in (`at_door`) counts by itself: guesses there lock nobody out here.
    """
    account, place = _subjects(email, address, at_door)
    with transaction.atomic():
        _one_at_a_time(account)
        locked = _locked(account, place, at)
        if locked:
            raise CannotSignIn(f"Too many attempts have failed. Try again after {moment(locked)}.")
        found = check()
        if found is None:
            subjects = filter(None, (account, place))
            SignInFailure.objects.bulk_create([SignInFailure(subject=s, at=at) for s in subjects])
            failed()
    if found is None:
        raise CannotSignIn(wrong)
    return found


def forget_failures(*, email: str, at: datetime.datetime) -> None:
    """Start an account's count anew once both factors were right, and drop what no longer counts."""
    SignInFailure.objects.filter(subject=_subjects(email, "")[0]).delete()
    SignInFailure.objects.filter(at__lt=at - WINDOW).delete()


def _subjects(email: str, address: str, at_door: str = "") -> tuple[str, str]:
    place = counted_as(address)
    return (
        keyed_digest(f"{at_door}account {email.strip().casefold()}"),
        keyed_digest(f"{at_door}address {place}") if place else "",
    )


def _one_at_a_time(account: str) -> None:
    """Guesses at one account wait for each other, so that a hundred at once are not all the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [account])


def _locked(account: str, place: str, at: datetime.datetime) -> datetime.datetime | None:
    ends = [
        locked_until(_failures(subject, at), most, at)
        for subject, most in ((account, MOST_FAILURES), (place, MOST_FROM_AN_ADDRESS))
        if subject
    ]
    return max(filter(None, ends), default=None)


def _failures(subject: str, at: datetime.datetime) -> list[datetime.datetime]:
    recent = SignInFailure.objects.filter(subject=subject, at__gt=at - WINDOW)
    return list(recent.values_list("at", flat=True))
