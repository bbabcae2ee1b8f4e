"""The second thing beside the code to one's own page: chosen at the first opening, asked at each (P39)."""

import datetime
import uuid

from django.contrib.auth.hashers import check_password, make_password

from joinedup.foundations.accounts.operations.attempts import CannotSignIn, attempt
from joinedup.foundations.accounts.operations.factors import code_step
from joinedup.foundations.accounts.sealing import seal, unseal
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import acting
from joinedup.identity.sharing.choices import OwnFactor
from joinedup.identity.sharing.models import OwnAccess
from joinedup.identity.sharing.operations.own_access import OPENING, CannotOpenOwnPage
from joinedup.identity.sharing.queries.facts import identifiers_of

SHORTEST_NUMBER = 6
_ALIKE = 2
_DATES = ("%d%m%Y", "%d%m%y", "%Y%m%d", "%y%m%d", "%m%d%Y", "%m%d%y")
WRONG = "That is not it. Try again, or ask the person who gave you the code for a new one."


class CannotChooseFactor(Exception):
    """Why it cannot be the second thing; says how to mend it."""


def choose_number(*, access_id: uuid.UUID, number: str, at: datetime.datetime) -> OwnAccess:
    """Let a number that the person remembers be their second thing. Raises CannotChooseFactor."""
    digits = "".join(each for each in number if each.isdigit())
    if len(digits) < SHORTEST_NUMBER:
        raise CannotChooseFactor(f"Choose at least {SHORTEST_NUMBER} digits.")
    if len(set(digits)) <= _ALIKE or digits in "01234567890123456789 98765432109876543210":
        raise CannotChooseFactor("That number is easy to guess. Choose another.")
    if _is_birthday(access_id, digits):
        raise CannotChooseFactor(
            "That is your birthday: whoever finds the card may know it. Choose another number."
        )
    return _choose(access_id, OwnFactor.NUMBER, make_password(digits), 0, at)


def choose_app(*, access_id: uuid.UUID, seed: str, code: str, at: datetime.datetime) -> OwnAccess:
    """Let an app's codes be their second thing, once a first one was right. Raises CannotChooseFactor."""
    step = code_step(seed, code, at, after=0)
    if step is None:
        raise CannotChooseFactor("That code is not right. Use the one the app shows now.")
    return _choose(access_id, OwnFactor.APP, seal(seed.encode()).decode(), step, at)


def prove_factor(
    *, access_id: uuid.UUID, typed: str, at: datetime.datetime, address: str = ""
) -> OwnAccess:
    """Ask for the second thing; guesses are counted for the code. Raises CannotOpenOwnPage."""
    with acting(OPENING):
        try:
            return attempt(
                email=str(access_id),
                address=address,
                at_door="own page second ",
                at=at,
                check=lambda: _right(access_id, typed, at),
                wrong=WRONG,
            )
        except CannotSignIn as why:
            refused = str(why)
    raise CannotOpenOwnPage(refused)


def _is_birthday(access_id: uuid.UUID, digits: str) -> bool:
    """Whether the number is a birth date of theirs, in any usual order and length: what opened the first lock."""
    with acting(OPENING):
        access = OwnAccess.objects.get(pk=access_id)
        known = Record.objects.filter(person__in=identifiers_of(access.person_id), gone_on=None)
        born = set(known.values_list("born_on", flat=True))
    return any(day.strftime(form) == digits for day in born if day for form in _DATES)


def _choose(
    access_id: uuid.UUID, factor: OwnFactor, secret: str, step: int, at: datetime.datetime
) -> OwnAccess:
    with acting(OPENING):
        access = OwnAccess.objects.select_for_update().get(pk=access_id)
        if access.revoked_at is not None:
            raise CannotChooseFactor(
                "This code works no more. Ask the person who gave it to you for a new one."
            )
        if access.factor:
            raise CannotChooseFactor(
                "It has been chosen already. Open your page again with your code, and use what was chosen."
            )
        access.factor, access.factor_secret, access.factor_step = factor, secret, step
        access.save(update_fields=["factor", "factor_secret", "factor_step"])
        record_change(
            at=at,
            post_id=None,
            act="chose a second factor",
            subject_kind="own access",
            subject_id=str(access.pk),
            purpose="the person on their own page",
            person_id=access.person_id,
            detail={"factor": factor},
        )
    return access


def _right(access_id: uuid.UUID, typed: str, at: datetime.datetime) -> OwnAccess | None:
    access = (
        OwnAccess.objects.select_for_update().filter(pk=access_id, revoked_at__isnull=True).first()
    )
    if access is None or not access.factor:
        return None
    if access.factor == OwnFactor.NUMBER:
        digits = "".join(each for each in typed if each.isdigit())
        return access if check_password(digits, access.factor_secret) else None
    seed = unseal(access.factor_secret.encode()).decode()
    step = code_step(seed, typed, at, after=access.factor_step)
    if step is None:
        return None
    access.factor_step = step
    access.save(update_fields=["factor_step"])
    return access
