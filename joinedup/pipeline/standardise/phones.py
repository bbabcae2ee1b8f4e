"""Telephone numbers in one form: digits, national, with the leading nought."""

import re

_NOT_DIGITS = re.compile(r"[^0-9]")


def standard_phone(text: str | None) -> str | None:
    """Write a United Kingdom number as 07700900123; None where it is not one."""
    if not text:
        return None
    digits = text if text.isdecimal() else _NOT_DIGITS.sub("", text.replace("(0)", "")[:40])
    if digits.startswith("0044"):
        digits = digits[4:]
    elif digits.startswith("44") and len(digits) >= 11:
        digits = digits[2:]
    digits = "0" + digits.lstrip("0")
    return digits if 10 <= len(digits) <= 11 and digits.isascii() and len(set(digits)) > 2 else None
