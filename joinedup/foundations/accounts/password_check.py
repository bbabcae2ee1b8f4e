"""What a new password is held against besides its length and the list of common ones."""

from django.core.exceptions import ValidationError

from joinedup.foundations.accounts.models import User
from joinedup.foundations.accounts.rules import why_too_easy


class NotTooEasy:
    """Refuses a password that is long and easy all the same; any letters and signs may be in it."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError where it is too easy."""
        why = why_too_easy(password)
        if why:
            raise ValidationError(why, code="password_too_easy")

    def get_help_text(self) -> str:
        """What Django's own forms would say."""
        return "Three words that do not belong together are better than one with signs in it."
