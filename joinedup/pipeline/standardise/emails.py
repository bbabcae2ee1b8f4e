"""E-mail addresses in one form: small letters, no spaces."""

import re

_SHAPE = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[a-z]{2,}")
_NOBODYS = frozenset(
    {"none", "noemail", "no.email", "no-email", "unknown", "na", "test", "noreply"}
)


def standard_email(text: str | None) -> str | None:
    """Write an address in small letters; None where it is not one or stands for none."""
    if not text:
        return None
    email = text[:320].strip().casefold().removeprefix("mailto:")
    if not _SHAPE.fullmatch(email) or email.partition("@")[0] in _NOBODYS:
        return None
    return email
