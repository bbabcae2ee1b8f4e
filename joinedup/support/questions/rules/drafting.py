"""What a draft keeps of what was typed, and what differs between two who typed at once."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

Values = dict[str, list[str]]
"""What stands in a form, by the names of its boxes; a box may have several values."""

MOST_BOXES = 400
LONGEST_VALUE = 60_000
MOST_BESIDE = 5

_NOT_SHOWN = re.compile(
    r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]"
)


def clean(text: str) -> str:
    """The text without what no eye sees: control characters, marks that turn the writing round.

    A database takes no NUL, and a name that reads backwards deceives whoever looks for it.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    text = _NOT_SHOWN.sub("", text)
    kept = (c for c in text if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Co", "Cn"})
    return unicodedata.normalize("NFC", "".join(kept))


def kept_values(
    pairs: Iterable[tuple[str, Sequence[str]]], leave_out: Iterable[str] = ()
) -> Values:
    """What was typed, as a draft keeps it: everything but what a database cannot hold."""
    left_out = set(leave_out)
    kept: Values = {}
    for name, values in pairs:
        if name in left_out or len(kept) >= MOST_BOXES:
            continue
        texts = [clean(value)[:LONGEST_VALUE] for value in values][:MOST_BOXES]
        if any(texts):
            kept[clean(name)[:100]] = texts
    return kept


def differing(mine: Mapping[str, list[str]], theirs: Mapping[str, list[str]]) -> list[str]:
    """The boxes in which two versions of a draft differ, in the order they stand."""
    return [name for name in dict.fromkeys([*mine, *theirs]) if mine.get(name) != theirs.get(name)]


def with_beside(beside: Sequence[Values], mine: Values) -> list[Values]:
    """What others typed and nobody has chosen between yet, this one with it, the newest first."""
    return [mine, *(other for other in beside if other != mine)][:MOST_BESIDE]
