"""What is kept of practitioners for people's sake: who is protected, and which home is their own."""

import datetime
from uuid import UUID

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.rules import home_of
from joinedup.foundations.accounts.sealing import keyed_digest


class CannotKeepHome(Exception):
    """An address is of no one home; the message says what is missing."""


def protect_staff(*, by: UUID | None, user: User, protected: bool, at: datetime.datetime) -> None:
    """Say that people are not told of this one's looks, or that they are again (P14)."""
    if (
        User.objects.filter(pk=user.pk)
        .exclude(is_protected=protected)
        .update(is_protected=protected)
    ):
        record("protected" if protected else "no longer protected", user.pk, at, by=by)


def keep_home(
    *, by: UUID | None, user: User, address: str, postcode: str, at: datetime.datetime
) -> None:
    """Keep a digest of one's own home, so that looks at one's neighbours show; without any, forget it.

    The address itself is kept nowhere. Raises CannotKeepHome.
    """
    said = bool(address.strip() or postcode.strip())
    where = home_of(address, postcode)
    if said and not where:
        raise CannotKeepHome("Enter the number or name of the house, and the whole postcode.")
    User.objects.filter(pk=user.pk).update(home=digest_of_home(where))
    record("own home kept" if where else "own home forgotten", user.pk, at, by=by)


def digest_of_home(where: str) -> str:
    """The keyed digest under which a home is known; nothing is known under none."""
    return keyed_digest(f"home {where}") if where else ""
