"""Family names drawn by origin: common ones from lists, rarer ones composed."""

import numpy as np

from joinedup.pipeline.synthetic.population.origins import CODES
from joinedup.pipeline.synthetic.randomness import (
    Mask,
    Numbers,
    Words,
    falling,
    pick,
    pick_words,
    words,
)
from joinedup.pipeline.synthetic.vocabulary import family_names as lists

_LISTS: dict[str, tuple[str, str]] = {
    "english": (lists.ENGLISH, lists.ENGLISH),
    "welsh": (lists.WELSH, lists.WELSH),
    "scottish": (lists.SCOTTISH, lists.SCOTTISH),
    "irish": (lists.IRISH, lists.IRISH),
    "caribbean": (lists.CARIBBEAN, lists.CARIBBEAN),
    "pakistani": (lists.PAKISTANI_MALE, lists.PAKISTANI_FEMALE),
    "bangladeshi": (lists.BANGLADESHI_MALE, lists.BANGLADESHI_FEMALE),
    "sikh": (lists.SIKH_CLAN, lists.SIKH_CLAN),
    "gujarati": (lists.GUJARATI, lists.GUJARATI),
    "polish": (lists.POLISH, lists.POLISH),
    "romanian": (lists.ROMANIAN, lists.ROMANIAN),
    "west_african": (lists.WEST_AFRICAN, lists.WEST_AFRICAN),
    "somali": (lists.SOMALI, lists.SOMALI),
    "chinese": (lists.CHINESE, lists.CHINESE),
    "arabic": (lists.ARABIC, lists.ARABIC),
    "traveller": (lists.TRAVELLER, lists.TRAVELLER),
}
_COMPOSED: dict[str, tuple[str, str, float]] = {
    "english": (lists.FRONT, lists.BACK, 0.34),
    "polish": (lists.POLISH_FRONT, lists.POLISH_BACK, 0.40),
    "west_african": (lists.WEST_AFRICAN_FRONT, lists.WEST_AFRICAN_BACK, 0.45),
    "romanian": (lists.ROMANIAN_FRONT, lists.ROMANIAN_BACK, 0.40),
}
"""Front part, back part, and the share of the origin's people with a composed name."""
_POLISH_ENDINGS = (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"))


def draw_family_names(
    rng: np.random.Generator, origin: Numbers, female: Mask, two_part: float
) -> Words:
    """A family name for each person, as if each were born to parents of their own."""
    names = np.full(len(origin), "", dtype=object)
    for position, code in enumerate(CODES):
        at = np.flatnonzero(origin == position)
        if len(at):
            names[at] = _of_origin(rng, code, female[at], two_part)
    return names


def _of_origin(rng: np.random.Generator, code: str, female: Mask, two_part: float) -> Words:
    count = len(female)
    male_list, female_list = (words(text) for text in _LISTS[code])
    names = np.where(
        female, pick_words(rng, female_list, count), pick_words(rng, male_list, count)
    ).astype(object)
    if code in _COMPOSED:
        front, back, share = _COMPOSED[code]
        composed = pick_words(rng, words(front), count, 0.3) + pick_words(
            rng, words(back), count, 0.5
        )
        names = np.where(rng.random(count) < share, composed, names)
    if code == "english":
        parts = np.char.replace(words(lists.PREFIXED).astype(str), "-", " ").astype(object)
        names = np.where(rng.random(count) < two_part * 2, pick_words(rng, parts, count), names)
        other = np.concatenate([words(t) for t in (lists.IRISH, lists.WELSH, lists.SCOTTISH)])
        at = pick(rng, falling(len(other), 0.2), count)
        names = np.where(rng.random(count) < 0.12, other[at], names)
    return feminine(names, female) if code == "polish" else names


def feminine(names: Words, female: Mask) -> Words:
    """Polish family names as women bear them: Kowalski, Kowalska."""
    changed = names.copy()
    for at in np.flatnonzero(female):
        for ending, hers in _POLISH_ENDINGS:
            if names[at].endswith(ending):
                changed[at] = names[at][: -len(ending)] + hers
    return changed
