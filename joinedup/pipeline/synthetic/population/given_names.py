"""Given names drawn by origin, sex and year of birth, with middle names and what people go by."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.population.origins import CODES, ORIGINS, Origin
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, Words, chance, pick_words, words
from joinedup.pipeline.synthetic.vocabulary import given_names as lists
from joinedup.pipeline.synthetic.vocabulary.nicknames import short_forms

_ERAS = (1945, 1970, 1992, 2015)
_ERA_ENDS = np.array([1958, 1982, 2004])
_MIDDLE_MALE = words(
    "John James William David Thomas Michael Robert Edward George Paul Lee Peter Joseph"
)
_MIDDLE_FEMALE = words(
    "Ann Marie Elizabeth Jane Louise Rose Grace Mary May Anne Jean Lynn Margaret Victoria"
)
_MUHAMMAD_SHARE = 0.34
"""Of Pakistani and Bangladeshi men, those with the Prophet's name before the one they go by."""


@dataclass
class GivenNames:
    """Side by side: given name, other given names, and what the person goes by, or empty."""

    given: Words
    middle: Words
    goes_by: Words

    def put(self, at: Numbers, other: "GivenNames") -> None:
        """Set the names at these positions."""
        self.given[at], self.middle[at], self.goes_by[at] = other.given, other.middle, other.goes_by


def draw_given_names(
    rng: np.random.Generator, origin: Numbers, female: Mask, year: Numbers, goes_by_middle: float
) -> GivenNames:
    """Given names for people of these origins, sexes and years of birth."""
    names = GivenNames(*(np.full(len(origin), "", dtype=object) for _ in range(3)))
    for position, each in enumerate(ORIGINS):
        at = np.flatnonzero(origin == position)
        if len(at):
            names.put(at, _of_origin(rng, each, female[at], year[at], goes_by_middle))
    return names


def _of_origin(
    rng: np.random.Generator, origin: Origin, female: Mask, year: Numbers, goes_by_middle: float
) -> GivenNames:
    count = len(female)
    given = _british(rng, female, year)
    if origin.male:
        own = np.where(
            female,
            pick_words(rng, words(origin.female), count, 0.7),
            pick_words(rng, words(origin.male), count, 0.7),
        )
        given = np.where((year > 1975) & chance(rng, origin.children_of_uk, count), given, own)
    middle = _middle_names(rng, origin.code, female, year)
    goes_by = np.where((middle != "") & chance(rng, goes_by_middle, count), middle, "")
    if origin.code in ("pakistani", "bangladeshi"):
        _put_muhammad_first(rng, given, middle, goes_by, female)
    if origin.code == "chinese":
        english = np.where(
            female,
            pick_words(rng, words(lists.CHINESE_ENGLISH_FEMALE), count),
            pick_words(rng, words(lists.CHINESE_ENGLISH_MALE), count),
        )
        goes_by = np.where(rng.random(count) < 0.6, english, goes_by)
        given = np.char.replace(given.astype(str), "-", " ").astype(object)
    return GivenNames(given.astype(object), middle.astype(object), goes_by.astype(object))


def _put_muhammad_first(
    rng: np.random.Generator, given: Words, middle: Words, goes_by: Words, female: Mask
) -> None:
    at = np.flatnonzero(~female & chance(rng, _MUHAMMAD_SHARE, len(given)))
    second = given[at].copy()
    goes_by[at] = np.where(rng.random(len(at)) < 0.85, second, "")
    middle[at] = second
    given[at] = pick_words(rng, words(lists.MUHAMMAD), len(at), 1.2)


def _british(rng: np.random.Generator, female: Mask, year: Numbers) -> Words:
    count = len(female)
    era = np.searchsorted(_ERA_ENDS, year + rng.integers(-8, 9, count))
    names = np.full(count, "", dtype=object)
    for number, middle_year in enumerate(_ERAS):
        for sex, listed in ((True, lists.BRITISH_FEMALE), (False, lists.BRITISH_MALE)):
            at = np.flatnonzero((era == number) & (female == sex))
            names[at] = pick_words(rng, words(listed[middle_year]), len(at))
    celtic = np.where(
        female,
        pick_words(rng, words(lists.CELTIC_FEMALE), count, 0.4),
        pick_words(rng, words(lists.CELTIC_MALE), count, 0.4),
    )
    return np.where(rng.random(count) < 0.05, celtic, names)


_HAVE_MIDDLE = {"polish": 0.35, "romanian": 0.3, "pakistani": 0.08, "bangladeshi": 0.12, "sikh": 0.0,
                "gujarati": 0.0, "chinese": 0.05, "arabic": 0.3, "somali": 0.0}  # fmt: skip
"""Of each origin, how many have a middle name of the British kind or, for others, a second name."""


def _middle_names(rng: np.random.Generator, code: str, female: Mask, year: Numbers) -> Words:
    count = len(female)
    origin = ORIGINS[CODES.index(code)]
    usual = np.where(
        female, pick_words(rng, _MIDDLE_FEMALE, count), pick_words(rng, _MIDDLE_MALE, count)
    )
    other = _british(rng, female, year)
    if code in _HAVE_MIDDLE:
        usual = other = np.where(
            female,
            pick_words(rng, words(origin.female), count, 0.5),
            pick_words(rng, words(origin.male), count, 0.5),
        )
    middle = np.where(rng.random(count) < 0.55, usual, other)
    return np.where(rng.random(count) < _HAVE_MIDDLE.get(code, 0.76), middle, "").astype(object)


def draw_short_forms(rng: np.random.Generator, given: Words) -> Words:
    """What each person is called for short, or empty where the name has no short form."""
    known = short_forms()
    which = rng.integers(0, 4, len(given))
    short = np.full(len(given), "", dtype=object)
    for at, name in enumerate(given.tolist()):
        forms = known.get(name)
        if forms:
            short[at] = forms[which[at] % len(forms)]
    return short


def alike_pairs(female: bool) -> list[tuple[str, str]]:
    """Pairs of names that twins of this sex are given because they sound alike."""
    pairs = lists.ALIKE["F" if female else "M"].split()
    return [(first, second) for first, second in (pair.split("/") for pair in pairs)]
