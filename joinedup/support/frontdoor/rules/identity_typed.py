"""Names, addresses and ways to reach somebody as they are typed: what is kept, what is refused and why."""

import re
import unicodedata
from collections.abc import Callable

from joinedup.pipeline.standardise.emails import standard_email
from joinedup.pipeline.standardise.phones import standard_phone
from joinedup.pipeline.standardise.postcodes import standard_postcode
from joinedup.support.questions.rules.drafting import clean

LONGEST_NAME = 200
LONGEST_ADDRESS = 300
LONGEST_TEXT = 10_000

_SPACES = re.compile(r"[^\S\n]+")
_MANY_LINES = re.compile(r"\n{4,}")
_INTERNATIONAL = re.compile(r"\+[1-9]\d{6,14}")
_NO_NAMES = re.compile(r"https?:|www\.|[@<>{}|\\%$=;^_\[\]]")
_NO_ADDRESS = re.compile(r"(?:https?:|www\.|<\s*/?\s*\w|\x00)", re.I)


def line(text: str) -> str:
    """One line of text, cleaned, single-spaced."""
    return _SPACES.sub(" ", clean(text).replace("\n", " ")).strip()


def words(text: str) -> str:
    """Text of several lines, cleaned."""
    kept = "\n".join(_SPACES.sub(" ", each).rstrip() for each in clean(text).split("\n"))
    return _MANY_LINES.sub("\n\n\n", kept).strip()


def name(text: str) -> str:
    """A name as it is written: apostrophes, hyphens, one letter, any script. Raises ValueError."""
    typed = line(text)
    if not typed:
        return ""
    if len(typed) > LONGEST_NAME:
        raise ValueError(
            f"A name has up to {LONGEST_NAME} letters and this has {len(typed)}. Write the name alone, "
            "and the rest under what is going on."
        )
    if _NO_NAMES.search(typed):
        raise ValueError("Write the name alone, without an address of a page, an e-mail or signs.")
    if not any(unicodedata.category(c).startswith("L") for c in typed):
        raise ValueError("A name has letters. If you do not know it, write what people call them.")
    if sum(c.isdigit() for c in typed) > 2:
        raise ValueError("Write the name alone; numbers belong in the boxes below.")
    return typed


def address(text: str) -> str:
    """An address in one line; raises ValueError."""
    typed = line(text.replace("\n", ", "))
    if len(typed) > LONGEST_ADDRESS:
        raise ValueError(
            f"An address has up to {LONGEST_ADDRESS} letters and this has {len(typed)}. Write house, "
            "street and town, and the rest under what is going on."
        )
    if _NO_ADDRESS.search(typed):
        raise ValueError("Write the house, the street and the town, without an address of a page.")
    return typed


def of_at_most(most: int) -> Callable[[str], str]:
    """The rule of a line of so many letters; it raises ValueError for a longer one."""

    def judged(text: str) -> str:
        typed = line(text)
        if len(typed) > most:
            raise ValueError(
                f"This has {len(typed)} letters and {most} can be kept here. Shorten it, and write "
                "the rest under what is going on."
            )
        return typed

    return judged


def postcode(text: str) -> str:
    """A postcode however it is spaced, as AB1 2CD; raises ValueError."""
    typed = line(text)
    if not typed:
        return ""
    found = standard_postcode(typed) if len(typed) <= 20 else None
    if found is None:
        raise ValueError(
            "This is not a whole postcode, like LS1 4DY. If you do not know it, leave it empty and "
            "write the street and the town."
        )
    return found


def phone(text: str) -> str:
    """A telephone number in digits, or one from abroad with its +; raises ValueError."""
    typed = line(text)
    if not typed:
        return ""
    if len(typed) <= 40 and not re.search(r"[A-Za-z]{4,}", typed):
        packed = re.sub(r"[^\d+]", "", typed)
        if found := standard_phone(typed):
            return found
        if _INTERNATIONAL.fullmatch(packed) and not packed.startswith("+44"):
            return packed
    raise ValueError(
        "Write one telephone number, like 07700 900123, or one from abroad with + in front. If there "
        "are several, write the others under what is going on."
    )


def reach(text: str) -> str:
    """How somebody may be reached: a telephone number or an e-mail address; raises ValueError."""
    typed = line(text)
    if not typed:
        return ""
    if "@" in typed:
        if len(typed) <= LONGEST_NAME and (found := standard_email(typed)):
            return found
        raise ValueError(
            "Write one whole e-mail address, like name@example.org, or a telephone number."
        )
    try:
        return phone(typed)
    except ValueError:
        raise ValueError(
            "Write one telephone number, like 07700 900123, or an e-mail address."
        ) from None


def told(text: str, *, missing: str, most: int = LONGEST_TEXT) -> str:
    """What is told in words; raises ValueError with `missing` where nothing is, or where it is too long."""
    typed = words(text)
    if not any(unicodedata.category(c)[0] in "LN" for c in typed):
        if missing:
            raise ValueError(missing)
        return ""
    if len(typed) > most:
        raise ValueError(
            f"This has {len(typed):,} letters and {most:,} can be kept. Shorten it, or put the whole "
            "in a file and add that."
        )
    return typed
