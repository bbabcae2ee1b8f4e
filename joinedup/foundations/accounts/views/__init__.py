"""Signing in, and keeping one's own account."""

from joinedup.foundations.accounts.views.signing_in import sign_out

__all__ = ["sign_out"]
