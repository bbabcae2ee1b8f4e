"""What may stand in a line of the audit as it is: codes and counts. All else is words, kept apart."""

import hashlib
import re
import uuid
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

Coded = bool | int | str | None | list[Any] | dict[str, Any]

WORDS = frozenset({"", "find", "household", "possibly the same", "is this one of ours"})
"""Phrases that pages put beside a look to say where it was; no name is among them."""

CODED_KEYS = frozenset(
    {"agency", "holder", "recipient", "from", "to", "field", "answer", "state", "kind", "role",
     "category", "outcome", "purpose", "contract", "population"}
)  # fmt: skip
"""What stands under these is a code by what the key means, though it be one plain word."""

_PLAIN = re.compile(r"[a-z][a-z_]{1,29}")
_KEY = re.compile(r"[a-z][a-z0-9_ .-]{0,39}")
_CODE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)+|[A-Za-z]{1,3}[0-9]{1,3}[a-z]?(\.[0-9]{1,2})?")
_MOST = 1 << 31
"""No count is larger; an NHS or telephone number written as a number is."""


def parted(detail: Mapping[str, Any]) -> tuple[dict[str, Coded], dict[str, Any]]:
    """Parts a detail into codes and counts, and whatever else there is.

    A word alone is no code: "smith" is a word. It counts as one where its type says so (a StrEnum),
    where it has the form of one (`early_help`, `L12`), or where its key does.
    """
    coded: dict[str, Coded] = {}
    words: dict[str, Any] = {}
    for key, value in detail.items():
        name = str(key)
        if _KEY.fullmatch(name) and (_is_coded(value) or _is_code_of(name, value)):
            coded[name] = _plain(value)
        else:
            words[name] = value
    return coded, words


def _is_code_of(key: str, value: Any) -> bool:
    return key in CODED_KEYS and isinstance(value, str) and bool(_PLAIN.fullmatch(value))


def _is_coded(value: Any) -> bool:
    match value:
        case None | bool() | uuid.UUID() | StrEnum():
            return True
        case int():
            return abs(value) < _MOST
        case str():
            return value in WORDS or bool(_CODE.fullmatch(value)) or _is_uuid(value)
        case Mapping():
            return all(_KEY.fullmatch(str(key)) and _is_coded(one) for key, one in value.items())
        case list() | tuple() | set() | frozenset():
            return all(_is_coded(one) for one in value)
    return False


def _plain(value: Any) -> Coded:
    match value:
        case None | bool() | int():
            return value
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case set() | frozenset():
            return sorted(str(one) for one in value)
        case list() | tuple():
            return [_plain(one) for one in value]
    return str(value)


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text
    except ValueError:
        return False


def salted(salt: bytes, words: str) -> str:
    """The fingerprint of words: with another salt it is another, so none can be guessed once it is gone."""
    return hashlib.sha256(salt + words.encode()).hexdigest()


STATED_IN_WORDS = "stated in words of one’s own"
"""What stands for a purpose that may name somebody; the words themselves are kept apart."""


def is_plain_purpose(purpose: str) -> bool:
    """Whether a purpose is such as the product itself has: no long numbers, addresses or names."""
    words = purpose.replace("Joined Up", "us").split()
    if "@" in purpose or sum(letter.isdigit() for letter in purpose) > 6:
        return False
    return not any(_is_name_like(word) for word in words[1:])


def _is_name_like(word: str) -> bool:
    bare = word.strip("(),.;:’'“”")
    return bare[:1].isupper() and not bare.isupper()


_ID = re.compile(r"[a-z0-9][a-z0-9_.:/-]*")


def is_plain_id(subject_id: str) -> bool:
    """Whether an identifier is one of ours: not a name, and no number as long as an NHS number."""
    if subject_id == "" or _is_uuid(subject_id):
        return True
    digits = sum(letter.isdigit() for letter in subject_id)
    return bool(_ID.fullmatch(subject_id)) and digits < 10
