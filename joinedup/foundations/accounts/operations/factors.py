"""Second factors are added, used and taken away; recovery codes are made anew."""

import datetime
import hashlib
import hmac
import secrets
from uuid import UUID

import pyotp
from django.db import transaction

from joinedup.foundations.accounts.choices import FactorKind
from joinedup.foundations.accounts.models import Factor, RecoveryCode, User
from joinedup.foundations.accounts.operations.record import record
from joinedup.foundations.accounts.passkeys import Answer, NewPasskey, made, which
from joinedup.foundations.accounts.sealing import seal, unseal

STEP = 30
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No letter or digit that is taken for another."""
_CODES, _GROUPS, _GROUP = 8, 6, 4


class CannotAddFactor(Exception):
    """A second factor was not added; says why."""


class CannotRemoveFactor(Exception):
    """A second factor stays; says why."""


def new_seed() -> str:
    """A new seed for the codes of an app."""
    return pyotp.random_base32()


def add_code(
    *, by: UUID | None, user: User, seed: str, code: str, name: str, at: datetime.datetime
) -> Factor:
    """Let codes of that seed count, once a first one was right; raises CannotAddFactor."""
    step = code_step(seed, code, at, after=0)
    if step is None:
        raise CannotAddFactor("That code is not right. Use the one the app shows now.")
    with transaction.atomic():
        factor = Factor.objects.create(
            user=user,
            kind=FactorKind.CODE,
            name=name or FactorKind.CODE.label,
            added_at=at,
            sealed_seed=seal(seed.encode()),
            last_step=step,
        )
        record("second factor added", user.pk, at, by=by, kind=FactorKind.CODE)
    return factor


def add_passkey(
    *, by: UUID | None, user: User, answer: Answer, name: str, at: datetime.datetime
) -> Factor:
    """Let a passkey count that the browser has just made; raises CannotAddFactor."""
    passkey: NewPasskey | None = made(answer)
    if passkey is None or Factor.objects.filter(credential_id=passkey.credential_id).exists():
        raise CannotAddFactor("The passkey was not made. Try again.")
    with transaction.atomic():
        factor = Factor.objects.create(
            user=user,
            kind=FactorKind.PASSKEY,
            name=name or FactorKind.PASSKEY.label,
            added_at=at,
            credential_id=passkey.credential_id,
            credential=passkey.credential,
            sign_count=passkey.sign_count,
        )
        record("second factor added", user.pk, at, by=by, kind=FactorKind.PASSKEY)
    return factor


def remove_factor(*, by: UUID | None, user: User, factor_id: UUID, at: datetime.datetime) -> None:
    """Let a factor no longer count; raises CannotRemoveFactor for the last one."""
    with transaction.atomic():
        held = list(Factor.objects.select_for_update().filter(user=user).order_by("pk"))
        mine = next((factor for factor in held if factor.pk == factor_id), None)
        if mine is None:
            raise CannotRemoveFactor("It is gone already.")
        if len(held) == 1:
            raise CannotRemoveFactor("This is your only second factor. Add another one first.")
        mine.delete()
        record("second factor removed", user.pk, at, by=by, kind=FactorKind(mine.kind))


def clear_factors(*, by: UUID, user: User, at: datetime.datetime) -> None:
    """Take all of an account's factors, for somebody who lost them and proved in person who they are."""
    with transaction.atomic():
        count, _ = Factor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        record("second factors cleared", user.pk, at, by=by, factors=count)


def new_recovery_codes(*, by: UUID | None, user: User, at: datetime.datetime) -> list[str]:
    """Make recovery codes, each good once, in place of those before; nobody can show them again."""
    codes = [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
        for _ in range(_CODES)
    ]
    with transaction.atomic():
        RecoveryCode.objects.filter(user=user).delete()
        RecoveryCode.objects.bulk_create(
            [RecoveryCode(user=user, digest=_digest(code)) for code in codes]
        )
        record("recovery codes made", user.pk, at, by=by, codes=len(codes))
    return codes


def is_code(*, user: User, code: str, at: datetime.datetime) -> bool:
    """Whether an app of the account shows that code now and it was not used before; uses it."""
    factors = Factor.objects.select_for_update().filter(user=user, kind=FactorKind.CODE)
    for factor in factors.order_by("pk"):
        step = code_step(unseal(factor.sealed_seed).decode(), code, at, after=factor.last_step)
        if step is not None:
            factor.last_step, factor.last_used_at = step, at
            factor.save(update_fields=["last_step", "last_used_at"])
            return True
    return False


def is_recovery_code(*, user: User, code: str, at: datetime.datetime) -> bool:
    """Whether it is a recovery code of the account that was not used before; uses it."""
    unused = RecoveryCode.objects.filter(user=user, digest=_digest(code), used_at__isnull=True)
    used = bool(unused.update(used_at=at))
    if used:
        record("recovery code used", user.pk, at, left=_left(user))
    return used


def is_passkey(*, user: User, answer: Answer, at: datetime.datetime) -> bool:
    """Whether a passkey of the account answered; a count that fell back is a copy and is refused."""
    held = Factor.objects.select_for_update().filter(user=user, kind=FactorKind.PASSKEY)
    factors = list(held.order_by("pk"))
    used = which(answer, factors)
    if used is None:
        return False
    factor = next(f for f in factors if bytes(f.credential_id or b"") == used[0])
    if used[1] <= factor.sign_count and (used[1] or factor.sign_count):
        return False
    factor.sign_count, factor.last_used_at = used[1], at
    factor.save(update_fields=["sign_count", "last_used_at"])
    return True


def code_step(seed: str, code: str, at: datetime.datetime, *, after: int) -> int | None:
    """The half-minute that code belongs to: this one or either beside it, and later than `after`."""
    typed = "".join(code.split())
    now = int(at.timestamp()) // STEP
    codes = pyotp.TOTP(seed, interval=STEP)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(codes.at(step * STEP), typed):
            return step
    return None


def _digest(code: str) -> str:
    bare = "".join(letter for letter in code.casefold() if letter in _LETTERS)
    return hashlib.sha256(bare.encode()).hexdigest()


def _left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
