"""Names in one form: capitals A to Z, no titles, no placeholders."""

import re

from joinedup.pipeline.standardise.scripts import in_latin_capitals

LONGEST = 80
"""Letters kept of a name; what is longer is cut, not refused."""

_APOSTROPHES = re.compile(r"['’‘`´ʼʻ\u200b-\u200f\u2066-\u2069\ufeff]")
_ASIDE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?|\b(?:NEE|AKA|FORMERLY|A/K/A)\b.*")
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NOT_FIRST_LETTER = re.compile(r"^(O|MC|MAC|FITZ) (?=[A-Z]{3})")
_ONE_LETTER_AGAIN = re.compile(r"(.)\1{2,}|XX")
_NEWBORN = re.compile(r"(?:BABY|INFANT|NEWBORN|UNBORN|FOETUS|FETUS|TWIN|TRIPLET)\b")

_TITLES = frozenset(
    "MR MRS MISS MS MX MASTER DR PROF PROFESSOR REV REVEREND SIR DAME LADY LORD "
    "CLLR FR SR JR JNR SNR ESQ DECD DECEASED".split()
)
_PLACEHOLDERS = frozenset(
    "UNKNOWN|UNKOWN|UNKNWN|UNK|NOT KNOWN|NOTKNOWN|NOT GIVEN|NOT STATED|NOT RECORDED|"
    "NOT DISCLOSED|NOT APPLICABLE|"
    "NO NAME|NO FORENAME|NO SURNAME|NO FIRST NAME|NO LAST NAME|NONE|NULL|NIL|NA|N A|NK|N K|"
    "NFN|NMN|NONAME|"
    "ANON|ANONYMOUS|REFUSED|DECLINED|WITHHELD|MALE|FEMALE|SURNAME|FORENAME|MR|MRS|MISS|MS|DR|"
    "TEST|TESTER|TESTING|TEST PATIENT|TESTPATIENT|ZZTEST|ZZZTEST|TEST TEST|DUMMY|"
    "DO NOT USE|DUPLICATE|"
    "TBC|TBA|TO BE CONFIRMED|OCCUPIER|THE OCCUPIER|TENANT|RESIDENT|UNIDENTIFIED".split("|")
)
_NOT_A_NUMBER = frozenset({"nan", "NaN"})
"""What programs write where a table is empty. Nan and NAN are somebody's name."""


def standard_name(text: str | None) -> str | None:
    """Write a name in capitals A to Z, one space between parts; None where it is nobody's name.

    O'Brien and O Brien are OBRIEN; Smith-Jones is SMITH JONES; Mrs Smith (née Jones) is SMITH.
    """
    if not text:
        return None
    if text.strip() in _NOT_A_NUMBER:
        return None
    plain = _APOSTROPHES.sub("", in_latin_capitals(text[: 4 * LONGEST]))
    name = _words(_ASIDE.sub(" ", plain)) or _words(plain)
    name = _without_titles(name)
    if name in _PLACEHOLDERS or _ONE_LETTER_AGAIN.fullmatch(name) or _NEWBORN.match(name):
        return None
    return _NOT_FIRST_LETTER.sub(r"\1", name)[:LONGEST].rstrip() or None


def name_tokens(text: str | None) -> tuple[str, ...]:
    """The parts of a name in its standard form; none where there is no name."""
    name = standard_name(text)
    return tuple(name.split(" ")) if name else ()


def _words(text: str) -> str:
    return _NOT_LETTERS.sub(" ", text).strip()


def _without_titles(name: str) -> str:
    """A title goes from either end while something is left: Lord alone is a family name."""
    words = name.split(" ")
    while len(words) > 1 and words[0] in _TITLES:
        words.pop(0)
    while len(words) > 1 and words[-1] in _TITLES:
        words.pop()
    return " ".join(words)
