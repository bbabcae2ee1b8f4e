"""What pages ask about one's own account: ways to prove oneself, sessions, single sign-on."""

from dataclasses import dataclass

from django.conf import settings

from joinedup.foundations.accounts.choices import FactorKind
from joinedup.foundations.accounts.models import Factor, OutsideSignIn, RecoveryCode, Session, User
from joinedup.foundations.accounts.openid import Provider


@dataclass(frozen=True)
class Ways:
    """What an account can prove itself by besides its password."""

    factors: tuple[Factor, ...]
    recovery_codes: int

    def __bool__(self) -> bool:
        return bool(self.factors)

    @property
    def passkeys(self) -> tuple[Factor, ...]:
        """The passkeys among them."""
        return tuple(f for f in self.factors if f.kind == FactorKind.PASSKEY)

    @property
    def has_codes(self) -> bool:
        """Whether an app shows codes for it."""
        return any(f.kind == FactorKind.CODE for f in self.factors)


def ways_of(user: User) -> Ways:
    """The account's own second factors."""
    unused = RecoveryCode.objects.filter(user=user, used_at__isnull=True).count()
    return Ways(tuple(Factor.objects.filter(user=user).order_by("added_at", "pk")), unused)


def sessions_of(user: User) -> list[Session]:
    """Where the account is signed in, the latest used first."""
    return list(Session.objects.filter(user=user).order_by("-seen_at", "session_key"))


def providers() -> dict[str, Provider]:
    """The single sign-ons the site is set up for, by code."""
    return Provider.known(settings.SINGLE_SIGN_ON)


def single_sign_on_of(user: User) -> Provider | None:
    """The single sign-on the account is joined to, or None."""
    issuers = set(OutsideSignIn.objects.filter(user=user).values_list("issuer", flat=True))
    return next((p for p in providers().values() if p.issuer in issuers), None)
