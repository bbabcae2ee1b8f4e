"""Letters of other scripts written in A to Z, so that one name has one form."""

import unicodedata
from functools import lru_cache

_LATIN = {
    "Ł": "L", "Ø": "O", "Đ": "D", "Ð": "D", "Þ": "TH", "Æ": "AE", "Œ": "OE", "ẞ": "SS",
    "Ħ": "H", "Ŧ": "T", "Ŋ": "NG", "İ": "I", "ı": "I", "Ə": "A",
}  # fmt: skip
_CYRILLIC = dict(
    zip(
        "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐ",
        "A B V G D E E ZH Z I Y K L M N O P R S T U F KH TS CH SH SHCH  Y  E YU YA I I E G".split(
            " "
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        "A V G D E Z I TH I K L M N X O P R S T Y F CH PS O".split(" "),
        strict=True,
    )
)
_ARABIC = dict(
    zip(
        "اأإآبتثجحخدذرزسشصضطظعغفقكلمنهويىةءؤئپچژگکیےہھںٹڈڑۃ",
        "A A I A B T S J H KH D Z R Z S SH S D T Z A GH F Q K L M N H W Y A A  W Y "
        "P CH ZH G K Y E H H N T D R A".split(" "),
        strict=True,
    )
)
_TABLE = _LATIN | _CYRILLIC | _GREEK | _ARABIC


@lru_cache(maxsize=4096)
def _letter(char: str) -> str:
    """A to Z for one capital letter; the letter itself where no way of writing it is known."""
    if char in _TABLE:
        return _TABLE[char]
    base = unicodedata.normalize("NFKD", char)[0]
    if base in _TABLE:
        return _TABLE[base]
    if base.isascii():
        return base
    return char


def _indic(text: str) -> str:
    """Indian scripts by the names of their letters.

    A consonant carries an A unless a sign replaces it or the word ends there; a nasal sign is an N.
    """
    out: list[str] = []
    carries_a = False
    for char in f"{text} ":
        script, _, rest = unicodedata.name(char, "").partition(" ")
        kind, _, sound = rest.rpartition(" ")
        known = script in _INDIC
        nasal = kind == "SIGN" and sound in _NASAL
        if carries_a and (kind == "VOWEL SIGN" or sound == "VIRAMA" or char.isspace()):
            out[-1] = out[-1][:-1]
        carries_a = known and kind == "LETTER" and len(sound) > 1 and sound.endswith("A")
        if not known:
            out.append(char)
        elif kind in ("LETTER", "VOWEL SIGN") or nasal:
            out.append("N" if nasal else sound)
    return "".join(out).strip()


_NASAL = frozenset({"ANUSVARA", "CANDRABINDU", "BINDI", "TIPPI"})
_INDIC = frozenset(
    "DEVANAGARI BENGALI GURMUKHI GUJARATI TAMIL TELUGU KANNADA MALAYALAM SINHALA ORIYA".split()
)


def in_latin_capitals(text: str) -> str:
    """Write a text in capitals A to Z as far as that is known; other letters stay, in one form."""
    capitals = text.upper()
    if capitals.isascii():
        return capitals
    composed = unicodedata.normalize("NFC", capitals)
    if any("\u0900" <= char <= "\u0dff" for char in composed):
        composed = _indic(composed)
    letters = "".join(_letter(char) for char in composed)
    decomposed = unicodedata.normalize("NFKD", letters)
    return "".join(char for char in decomposed if not unicodedata.combining(char))
