"""Names for whole households: whose name each person bears, and what marriage, birth and custom do to it."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.population import origins
from joinedup.pipeline.synthetic.population.family_names import draw_family_names, feminine
from joinedup.pipeline.synthetic.population.given_names import (
    GivenNames,
    alike_pairs,
    draw_given_names,
    draw_short_forms,
)
from joinedup.pipeline.synthetic.population.households import YEAR, Households, Kind, Role
from joinedup.pipeline.synthetic.randomness import Numbers, Words, chance, pick
from joinedup.pipeline.synthetic.rates import Drawn

NEVER = 10**6
"""A day that has not come."""
_OWN_SECOND_NAME = ("pakistani", "bangladeshi")
_TRAVELLER_SON_AFTER_FATHER = 0.25


@dataclass
class Names:
    """Everybody's names, and the day a family name changed."""

    origin: Numbers
    given: Words
    middle: Words
    family: Words
    goes_by: Words
    short: Words
    earlier_family: Words
    family_changed: Numbers


def name_households(
    rng: np.random.Generator, households: Households, as_at: int, rates: Drawn
) -> Names:
    """Name everybody in these households."""
    count = len(households.home)
    origin = _origins(rng, households)
    female, year = households.female, 1970 + np.floor(households.born / YEAR).astype(np.int64)
    first = draw_given_names(rng, origin, female, year, rates["goes_by_middle_name"])
    parents = _Parents.find(households)
    _name_sons_after_fathers(rng, first, households, origin, parents, rates)
    _tell_siblings_apart(rng, first, households, origin, year, rates)
    _name_twins_alike(rng, first, households, rates)
    own = draw_family_names(rng, origin, female, rates["two_part_name"])
    family = own.copy()
    names = Names(
        origin=origin, given=first.given, middle=first.middle, family=family, goes_by=first.goes_by,
        short=draw_short_forms(rng, first.given), earlier_family=np.full(count, "", dtype=object),
        family_changed=np.full(count, NEVER),
    )  # fmt: skip
    _marry(rng, names, households, parents, as_at, rates)
    _name_children(rng, names, households, parents, own, rates)
    _follow_customs(rng, names, households, parents)
    return names


@dataclass(frozen=True)
class _Parents:
    """Of each household, the position of its man and its woman who head it, or -1."""

    father: Numbers
    mother: Numbers

    @classmethod
    def find(cls, households: Households) -> "_Parents":
        homes = len(households.kind)
        father, mother = np.full(homes, -1), np.full(homes, -1)
        heads = np.flatnonzero(households.role <= Role.PARTNER)
        men, women = heads[~households.female[heads]], heads[households.female[heads]]
        father[households.home[men[::-1]]] = men[::-1]
        mother[households.home[women[::-1]]] = women[::-1]
        return cls(father, mother)


def _origins(rng: np.random.Generator, households: Households) -> Numbers:
    origin = households.origin[households.home].copy()
    count = len(origin)
    shares = np.array([each.share for each in origins.ORIGINS])
    drawn = pick(rng, shares, count)
    partner = (households.role == Role.PARTNER) & chance(rng, 0.08, count)
    unrelated = households.role == Role.UNRELATED
    return np.where(partner | unrelated, drawn, origin)


def _name_sons_after_fathers(
    rng: np.random.Generator,
    names: GivenNames,
    households: Households,
    origin: Numbers,
    parents: _Parents,
    rates: Drawn,
) -> None:
    count = len(origin)
    father = parents.father[households.home]
    rate = np.where(
        origin == origins.code("traveller"),
        _TRAVELLER_SON_AFTER_FATHER,
        rates["son_named_after_father"],
    )
    named = (households.role == Role.CHILD) & ~households.female & (father >= 0)
    at = np.flatnonzero(named & (rng.random(count) < rate) & (households.twin_of < 0))
    names.given[at] = names.given[father[at]]
    same_middle = rng.random(len(at)) < 0.5
    names.middle[at] = np.where(same_middle, names.middle[father[at]], names.middle[at])
    names.goes_by[at] = ""


def _tell_siblings_apart(
    rng: np.random.Generator,
    names: GivenNames,
    households: Households,
    origin: Numbers,
    year: Numbers,
    rates: Drawn,
) -> None:
    """Redraw a child's name that a sibling bears already; a few rounds leave none or next to none."""
    children = np.flatnonzero(households.role == Role.CHILD)
    for _ in range(4):
        home = households.home[children].tolist()
        called = np.where(names.goes_by != "", names.goes_by, names.given)[children].tolist()
        seen: set[tuple[int, str]] = set()
        again = []
        for at, key in zip(children.tolist(), zip(home, called, strict=True), strict=True):
            if key in seen:
                again.append(at)
            seen.add(key)
        redrawn = np.array(again, dtype=np.int64)
        names.put(
            redrawn,
            draw_given_names(
                rng,
                origin[redrawn],
                households.female[redrawn],
                year[redrawn],
                rates["goes_by_middle_name"],
            ),
        )


def _name_twins_alike(
    rng: np.random.Generator, names: GivenNames, households: Households, rates: Drawn
) -> None:
    second = np.flatnonzero(households.twin_of >= 0)
    first = households.twin_of[second]
    same_sex = households.female[second] == households.female[first]
    for twin, elder in zip(second[same_sex], first[same_sex], strict=True):
        if rng.random() < rates["alike_twins"]:
            pairs = alike_pairs(bool(households.female[twin]))
            pair = pairs[int(rng.integers(0, len(pairs)))]
            names.given[elder], names.given[twin] = pair
            names.goes_by[elder] = names.goes_by[twin] = ""


def _marry(
    rng: np.random.Generator,
    names: Names,
    households: Households,
    parents: _Parents,
    as_at: int,
    rates: Drawn,
) -> None:
    """Give wives their husbands' names, where that is the custom, from the day of the wedding."""
    count = len(names.origin)
    takes = np.array([each.takes_husbands_name for each in origins.ORIGINS])[names.origin]
    husband, wife = parents.father[households.home], parents.mother[households.home]
    married = (wife == np.arange(count)) & (husband >= 0) & takes
    married &= chance(rng, rates["wife_takes_name"], count)
    # Widows and divorced women mostly keep the name of the marriage.
    alone = np.isin(
        households.kind[households.home], [Kind.ALONE_OLDER, Kind.LONE_PARENT, Kind.CARE_HOME]
    )
    widow = alone & households.female & takes & (households.role != Role.CHILD)
    widow &= chance(rng, 0.6, count)
    again = draw_family_names(
        rng, names.origin, np.zeros(count, dtype=bool), rates["two_part_name"]
    )
    at = np.flatnonzero(married | widow)
    names.earlier_family[at] = names.family[at]
    taken = np.where(married, names.family[husband], again)[at]
    polish = names.origin[at] == origins.code("polish")
    names.family[at] = feminine(taken, polish)
    wedding = households.born[at] + (YEAR * (18.5 + 16 * rng.random(len(at)))).astype(np.int64)
    names.family_changed[at] = np.minimum(wedding, as_at - 30)
    young = names.family_changed[at] < households.born[at] + 16 * YEAR
    names.family[at[young]] = names.earlier_family[at[young]]
    names.earlier_family[at[young]] = ""
    names.family_changed[at[young]] = NEVER


def _name_children(
    rng: np.random.Generator,
    names: Names,
    households: Households,
    parents: _Parents,
    own: Words,
    rates: Drawn,
) -> None:
    homes = len(households.kind)
    father, mother = parents.father, parents.mother
    of_father = np.where(father >= 0, names.family[father], "")
    of_mother = np.where(mother >= 0, names.family[mother], "")
    absent = rng.random(homes) < 0.45  # a lone mother's children may bear their father's name
    first_own = np.full(homes, "", dtype=object)
    first_own[households.home[::-1]] = own[::-1]
    children = np.where(of_father != "", of_father, np.where(absent, first_own, of_mother))
    both = (of_father != "") & (of_mother != "") & (of_father != of_mother)
    plain = np.array([each.takes_husbands_name for each in origins.ORIGINS])[households.origin]
    hyphenated = both & plain & chance(rng, rates["hyphenated"] * 4, homes)
    children = np.where(hyphenated, of_mother + "-" + of_father, children)
    at = np.flatnonzero(
        (households.role == Role.CHILD)
        | ((households.role == Role.GRANDPARENT) & ~households.female)
    )
    names.family[at] = children[households.home[at]]
    _use_second_names(rng, names, households, own)
    polish = (names.origin == origins.code("polish")) & households.female
    names.family[:] = feminine(names.family, polish)


def _use_second_names(
    rng: np.random.Generator, names: Names, households: Households, own: Words
) -> None:
    """Pakistani and Bangladeshi children often bear a second name of their own, not the father's."""
    count = len(own)
    custom = np.isin(names.origin, [origins.code(name) for name in _OWN_SECOND_NAME])
    keeps_own = rng.random(count) < np.where(households.female, 0.55, 0.42)
    at = np.flatnonzero(custom & keeps_own & (households.role == Role.CHILD))
    names.family[at] = own[at]


def _follow_customs(
    rng: np.random.Generator, names: Names, households: Households, parents: _Parents
) -> None:
    """Singh and Kaur, fathers' names as middle names, and the Somali chain of three names."""
    count = len(names.origin)
    father = parents.father[households.home]
    child = (households.role == Role.CHILD) & (father >= 0)
    wife = (households.role <= Role.PARTNER) & households.female & (father >= 0)
    sikh = names.origin == origins.code("sikh")
    title = np.where(households.female, "Kaur", "Singh").astype(object)
    clan = (rng.random(len(households.kind)) < 0.5)[households.home]
    names.middle[:] = np.where(sikh & clan, title, names.middle)
    names.family[:] = np.where(sikh & ~clan, title, names.family)
    gujarati = names.origin == origins.code("gujarati")
    known = gujarati & (child | wife) & chance(rng, 0.7, count)
    names.middle[:] = np.where(known, names.given[father], names.middle)
    somali = names.origin == origins.code("somali")
    lone = somali & (names.middle == "")
    of_father = draw_given_names(
        rng, names.origin, np.zeros(count, dtype=bool), np.full(count, 1960), 0.0
    ).given
    names.middle[:] = np.where(lone, of_father, names.middle)
    chain = np.flatnonzero(somali & child)
    names.middle[chain] = names.given[father[chain]]
    names.family[chain] = names.middle[father[chain]]
