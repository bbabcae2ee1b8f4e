"""Postcodes in one form: capitals, one space before the last three."""

import re

_SHAPE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9])([A-Z]{2})")
_NOT_USED = re.compile(r"[^A-Z0-9]")
_PLACEHOLDERS = frozenset({"ZZ99"})
"""ZZ99 with three letters stands for no fixed address, not known or abroad (NHS directory)."""

_DIGIT_FOR = str.maketrans("OILSZ", "01152")
_LETTER_FOR = str.maketrans("015", "OIS")


def standard_postcode(text: str | None) -> str | None:
    """Write a postcode as AB1 2CD; None where it is not one, or stands for no address (ZZ99 3VZ).

    A letter O typed for a nought before the last two letters, or the other way round, is put right.
    """
    if not text:
        return None
    packed = _NOT_USED.sub("", text.upper()[:20])
    if not 5 <= len(packed) <= 7 or packed.isalpha():
        return None
    match = _SHAPE.fullmatch(packed) or _SHAPE.fullmatch(_mend(packed))
    if match is None or match[1] in _PLACEHOLDERS:
        return None
    return f"{match[1]} {match[2]}{match[3]}"


def outward(postcode: str) -> str:
    """The first half of a standard postcode: AB1 of AB1 2CD."""
    return postcode.partition(" ")[0]


def sector(postcode: str) -> str:
    """A standard postcode without its last two letters: AB1 2 of AB1 2CD."""
    return postcode[:-2]


def _mend(packed: str) -> str:
    """Letters and digits put right where only the one or the other may stand."""
    head, digit, tail = packed[:-3], packed[-3], packed[-2:]
    if len(head) == 2:
        head = head[0].translate(_LETTER_FOR) + head[1].translate(_DIGIT_FOR)
    return head + digit.translate(_DIGIT_FOR) + tail.translate(_LETTER_FOR)
