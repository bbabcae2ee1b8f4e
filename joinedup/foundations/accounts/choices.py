"""Second factors, and how somebody came in."""

from enum import StrEnum


class FactorKind(StrEnum):
    """What somebody has besides a password."""

    CODE = "code"
    PASSKEY = "passkey"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {"code": "Codes from an app", "passkey": "Passkey"}[self.value]


class CameBy(StrEnum):
    """How somebody signed in, all factors together."""

    PASSWORD_AND_CODE = "password_and_code"
    PASSWORD_AND_PASSKEY = "password_and_passkey"
    PASSWORD_AND_RECOVERY = "password_and_recovery_code"
    SINGLE_SIGN_ON = "single_sign_on"
    SINGLE_SIGN_ON_AND_CODE = "single_sign_on_and_code"
    SINGLE_SIGN_ON_AND_PASSKEY = "single_sign_on_and_passkey"
    SINGLE_SIGN_ON_AND_RECOVERY = "single_sign_on_and_recovery_code"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return self.value.replace("_", " ").capitalize()
