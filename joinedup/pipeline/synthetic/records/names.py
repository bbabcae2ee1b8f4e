"""Names as agencies write them."""

import numpy as np

from joinedup.pipeline.synthetic.randomness import Words
from joinedup.pipeline.synthetic.records.clerk import EMPTY, Clerk, Sheet, choose, drawn_from, upper
from joinedup.pipeline.synthetic.records.slips import mistype, without_accents
from joinedup.pipeline.synthetic.vocabulary.spellings import (
    JUNK_FAMILY,
    JUNK_GIVEN,
    other_spellings,
)

_SPELLINGS = other_spellings()
_NAME_FIELDS = ("given_name", "middle_names", "family_name", "previous_family_name", "known_as")


def write_names(clerk: Clerk, sheet: Sheet) -> None:
    """Write names: short forms and second names in use, earlier names still held, slips and junk."""
    people, who = clerk.world.people, clerk.who
    given, middle = _given_names(clerk)
    earlier, now = people.earlier_family[who], people.family[who]
    before = clerk.updated < people.family_changed[who]
    still = (earlier != "") & before & clerk.happens("still_earlier_name")
    family = choose(still, earlier, now)
    shown = (earlier != "") & ~still & clerk.happens("previous_name_present")
    _misspell(clerk, given, family)
    _write_junk(clerk, given, family)
    swapped = clerk.happens("names_swapped") & (given != "") & (family != "")
    given, family = choose(swapped, family, given), choose(swapped, given, family)
    sheet["given_name"], sheet["family_name"] = given, family
    sheet["middle_names"] = middle
    sheet["previous_family_name"] = choose(shown, earlier, EMPTY)
    other = choose(people.goes_by[who] != "", people.goes_by[who], people.short[who])
    known = (other != given) & clerk.happens("known_as_present")
    sheet["known_as"] = choose(known, other, EMPTY)
    _fold(clerk, sheet)


def _given_names(clerk: Clerk) -> tuple[Words, Words]:
    people, who = clerk.world.people, clerk.who
    given = people.given[who]
    middle = choose(clerk.happens("middle_present"), people.middle[who], EMPTY)
    short = (people.short[who] != "") & clerk.happens("nickname")
    given = choose(short, people.short[who], given)
    other = (people.goes_by[who] != "") & clerk.happens("middle_as_given")
    middle = choose(other & (middle == people.goes_by[who]), EMPTY, middle)
    return choose(other, people.goes_by[who], given), middle


def _misspell(clerk: Clerk, given: Words, family: Words) -> None:
    for names, rate in ((given, "given_typed_wrong"), (family, "family_typed_wrong")):
        for at in np.flatnonzero(clerk.happens("spelled_otherwise")).tolist():
            others = _SPELLINGS.get(names[at])
            if others:
                names[at] = others[int(clerk.rng.random() * len(others))]
        mistype(clerk.rng, names, np.flatnonzero(clerk.happens(rate) & (names != "")))
    _respace(clerk, family)
    for at in np.flatnonzero(clerk.happens("given_initial_only")).tolist():
        given[at] = given[at][:1]


def _respace(clerk: Clerk, family: Words) -> None:
    """Hyphens, apostrophes and spaces are what forms lose first."""
    chance = min(0.3, 3 * clerk.rates["spelled_otherwise"])
    for at in np.flatnonzero(clerk.rng.random(len(family)) < chance).tolist():
        name, turn = family[at], at % 3
        if "'" in name:
            family[at] = name.replace("'", ("", " ", "\N{RIGHT SINGLE QUOTATION MARK}")[turn])
        elif "-" in name:
            family[at] = (name.replace("-", " "), name.split("-")[0], name.split("-")[1])[turn]
        elif name.startswith("Mc"):
            family[at] = ("Mac" + name[2:], "Mc " + name[2:], name.capitalize())[turn]
        elif " " in name:
            joined, last = name.replace(" ", ""), name.split(" ")[-1]
            family[at] = (joined, name.replace(" ", "-"), last)[turn]


def _write_junk(clerk: Clerk, given: Words, family: Words) -> None:
    junk = np.flatnonzero(clerk.happens("junk_name"))
    given[junk] = drawn_from(clerk.rng, JUNK_GIVEN, len(junk))
    both = junk[clerk.rng.random(len(junk)) < 0.15]
    family[both] = drawn_from(clerk.rng, JUNK_FAMILY, len(both))


def _fold(clerk: Clerk, sheet: Sheet) -> None:
    lost = np.flatnonzero(clerk.rng.random(len(clerk.who)) < clerk.habits.accents_lost)
    for name in _NAME_FIELDS:
        without_accents(sheet[name], lost)
        if clerk.habits.capitals:
            sheet[name] = upper(sheet[name])
