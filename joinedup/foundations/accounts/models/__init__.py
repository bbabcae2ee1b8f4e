"""Accounts, what they prove themselves by, and the sessions they are signed in with."""

from joinedup.foundations.accounts.models.factor import Factor, RecoveryCode
from joinedup.foundations.accounts.models.failure import SignInFailure
from joinedup.foundations.accounts.models.invitation import Invitation
from joinedup.foundations.accounts.models.outside import OutsideSignIn
from joinedup.foundations.accounts.models.session import Session
from joinedup.foundations.accounts.models.user import User

__all__ = [
    "Factor", "Invitation", "OutsideSignIn", "RecoveryCode", "Session", "SignInFailure", "User",
]  # fmt: skip
