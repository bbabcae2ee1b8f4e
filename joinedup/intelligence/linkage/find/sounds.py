"""How a name sounds, roughly: ways of writing it and slips of the pen come out alike."""

import re

LONGEST = 6

_STARTS = (("KN", "N"), ("WR", "R"), ("GN", "N"), ("PS", "S"), ("X", "S"), ("Y", "J"))
_SPELLINGS = (
    ("SCH", "S"), ("SZCZ", "S"), ("SZ", "S"), ("RZ", "S"), ("CZ", "S"), ("SH", "S"), ("CK", "K"),
    ("PH", "F"), ("GH", "G"), ("CH", "K"), ("CE", "SE"), ("CI", "SI"), ("CY", "SY"), ("C", "K"),
    ("Q", "K"), ("X", "KS"), ("Z", "S"), ("W", "V"),
)  # fmt: skip
_SILENT = str.maketrans("", "", "AEIOUYH ")
_ALIKE = str.maketrans("EIOUCQXZWJ", "AAAAKKSSVY")
_VOWELS = tuple("AEIOU")
_AGAIN = re.compile(r"(.)\1+")


def sound(name: str) -> str:
    """The consonants of a standard name as they sound, the first letter kept: SMYTHE is SMT."""
    heard = name
    for written, said in _STARTS:
        if heard.startswith(written):
            heard = said + heard[len(written) :]
            break
    for written, said in _SPELLINGS:
        heard = heard.replace(written, said)
    first = "A" if heard.startswith(_VOWELS) else heard[:1]
    return _AGAIN.sub(r"\1", first + heard[1:].translate(_SILENT))[:LONGEST]


def initial(name: str) -> int:
    """The first letter, as a number from 1 to 26, letters that sound alike as one; 0 for other scripts.

    Not of the sound: a slip after the first letter must leave it as it is.
    """
    place = ord(name[:1].translate(_ALIKE) or "@") - 64
    return place if 0 < place <= 26 else 0
