"""Slips of the pen: what typing, hearing and scanning do to a word, a postcode or a date."""

import unicodedata
from collections.abc import Callable

import numpy as np

from joinedup.pipeline.synthetic.days import DAY_OF, MONTH_OF, YEAR_OF, day_number
from joinedup.pipeline.synthetic.randomness import Numbers, Words

_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "mb", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "xs",
}  # fmt: skip
_HEARD = (
    ("ph", "f"), ("ck", "k"), ("ie", "ei"), ("ei", "ie"), ("ee", "ea"), ("ea", "ee"), ("th", "t"),
    ("ll", "l"), ("tt", "t"), ("nn", "n"), ("ss", "s"), ("mm", "m"), ("y", "i"), ("ai", "ay"),
    ("c", "k"), ("k", "c"), ("z", "s"), ("s", "z"), ("v", "w"), ("a", "e"), ("o", "u"), ("i", "y"),
)  # fmt: skip
_SCANNED = (
    ("m", "rn"),
    ("rn", "m"),
    ("cl", "d"),
    ("l", "1"),
    ("o", "0"),
    ("i", "l"),
    ("h", "b"),
    ("u", "v"),
)
_FOLD = str.maketrans("łŁđĐøØ", "lLdDoO")


def _insert(text: str, at: int, draw: float) -> str:
    return (
        text[: at + 1] + text[at].lower() + text[at + 1 :]
        if draw < 0.6
        else _near(text, at, draw, 1)
    )


def _near(text: str, at: int, draw: float, keep: int = 0) -> str:
    near = _NEIGHBOURS.get(text[at].lower(), "e")
    return text[: at + keep] + near[int(draw * 97) % len(near)] + text[at + 1 :]


def _delete(text: str, at: int, draw: float) -> str:
    return text[:at] + text[at + 1 :]


def _transpose(text: str, at: int, draw: float) -> str:
    at = min(at, len(text) - 2)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _replace(text: str, draw: float, pairs: tuple[tuple[str, str], ...]) -> str:
    start = int(draw * len(pairs))
    for turn in range(len(pairs)):
        old, new = pairs[(start + turn) % len(pairs)]
        at = text.lower().find(old, 1)
        if at > 0:
            return text[:at] + new + text[at + len(old) :]
    return _delete(text, len(text) - 1, draw)


_KINDS: tuple[tuple[float, Callable[[str, int, float], str]], ...] = (
    (0.14, _insert),
    (0.34, _delete),
    (0.52, _transpose),
    (0.72, _near),
    (0.94, lambda text, at, draw: _replace(text, draw, _HEARD)),
    (1.00, lambda text, at, draw: _replace(text, draw, _SCANNED)),
)
"""Running shares: a letter too many, one too few, two exchanged, a key beside, misheard, misread."""


def mistype(rng: np.random.Generator, texts: Words, at: Numbers) -> None:
    """Put one slip into each of these texts."""
    draws = rng.random((len(at), 3)).tolist()
    for position, (kind, place, draw) in zip(at.tolist(), draws, strict=True):
        text = texts[position]
        if len(text) < 3:
            continue
        change = next(change for upto, change in _KINDS if kind < upto)
        where = 1 + int(place * (len(text) - 1))
        changed = change(text, where, draw)
        texts[position] = changed[:1].upper() + changed[1:]


def mistype_postcodes(rng: np.random.Generator, postcodes: Words, at: Numbers) -> None:
    """Change one character after the area: a digit for a digit, a letter for a letter."""
    draws = rng.random((len(at), 2)).tolist()
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    for position, (place, draw) in zip(at.tolist(), draws, strict=True):
        text = postcodes[position]
        spots = [n for n in range(2, len(text)) if text[n] != " "]
        spot = spots[int(place * len(spots))]
        digit = str(1 + int(draw * 9))
        new = digit if text[spot].isdigit() else letters[int(draw * 20)]
        postcodes[position] = text[:spot] + new + text[spot + 1 :]


def exchange_digits(number: int, spot: int) -> int:
    """The number with two different neighbouring digits exchanged, from the fourth on."""
    text = str(number)
    for turn in range(6):
        at = 3 + (spot + turn) % 6
        if text[at] != text[at + 1]:
            return int(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
    return number + 1


def without_accents(texts: Words, at: Numbers) -> None:
    """Fold these texts to plain letters, as systems without accents hold them."""
    for position in at.tolist():
        text = texts[position]
        if not text.isascii():
            plain = unicodedata.normalize("NFKD", text.translate(_FOLD))
            texts[position] = "".join(c for c in plain if not unicodedata.combining(c))


def swap_day_and_month(days: Numbers, at: Numbers) -> None:
    """Exchange day and month where both readings are dates."""
    at = at[DAY_OF[days[at]] <= 12]
    days[at] = day_number(YEAR_OF[days[at]], DAY_OF[days[at]], MONTH_OF[days[at]])


def mistype_dates(rng: np.random.Generator, days: Numbers, at: Numbers) -> None:
    """Put one slip into each date: a day or a year beside, another month, a decade, digits exchanged."""
    kind = rng.random(len(at))
    step = np.where(rng.random(len(at)) < 0.5, 1, -1)
    year, month, day = YEAR_OF[days[at]], MONTH_OF[days[at]], DAY_OF[days[at]]
    flipped = day % 10 * 10 + day // 10
    use_flip = (kind >= 0.85) & (flipped >= 1) & (flipped <= 28)
    new_year = np.where((kind >= 0.55) & (kind < 0.75), year + step, year)
    new_year = np.where((kind >= 0.75) & (kind < 0.85), year + 10 * step, new_year)
    new_month = np.where((kind >= 0.35) & (kind < 0.55), (month - 1 + step) % 12 + 1, month)
    new_day = np.where((kind < 0.35) | ((kind >= 0.85) & ~use_flip), day + step, day)
    new_day = np.clip(np.where(use_flip, flipped, new_day), 1, 28 + (new_day == day) * 3)
    new_year = np.where(new_year > 2026, year - 1, new_year)
    days[at] = day_number(new_year, new_month, np.minimum(new_day, 28 + 3 * (new_month == month)))
