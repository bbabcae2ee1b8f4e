"""NHS numbers: ten digits, the last a check by modulus 11; some pass it and are still nobody's."""

import re

_SEPARATORS = re.compile(r"[\s\u00a0-]+")
_JUNK = frozenset(
    "1234567881 2345678910 1234567890 0123456789 9876543210 9999999999 0000000000 "
    "9876543217 1000000001 1111111111 2222222222 3333333333 1212121212 4567899876".split()
)


def standard_nhs_number(text: str | None) -> str | None:
    """Ten digits without spaces where they are a valid NHS number and not junk; None otherwise."""
    if not text:
        return None
    digits = text if text.isdigit() else _SEPARATORS.sub("", text[:40])
    return digits if is_valid(digits) and not is_junk(digits) else None


def is_valid(digits: str) -> bool:
    """Ten digits whose last is the check digit of the nine before (NHS Data Dictionary)."""
    if len(digits) != 10 or not (digits.isascii() and digits.isdigit()):
        return False
    a, b, c, d, e, f, g, h, i, check = map(int, digits)
    total = 10 * a + 9 * b + 8 * c + 7 * d + 6 * e + 5 * f + 4 * g + 3 * h + 2 * i
    return (total + check) % 11 == 0


def is_junk(digits: str) -> bool:
    """Typed to fill the box: one digit over and over, a run, or a number known to be used so."""
    return digits in _JUNK or len(set(digits)) <= 2
