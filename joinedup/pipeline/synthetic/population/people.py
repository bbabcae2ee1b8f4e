"""The people of one block of the place: who they truly are, apart from what any agency wrote down."""

from dataclasses import dataclass, fields

import numpy as np

from joinedup.pipeline.synthetic.population import origins
from joinedup.pipeline.synthetic.population.households import (
    YEAR,
    Households,
    Kind,
    Role,
    make_households,
)
from joinedup.pipeline.synthetic.population.naming import NEVER, Names, name_households
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, Words, bell, chance
from joinedup.pipeline.synthetic.rates import Drawn

_LIVING_ALONE = 0.07
"""About this share of people live alone and are of working age, or live in the hostel."""
_HOSTS = ("example.com", "example.org", "example.net")


@dataclass
class People:
    """Side by side: one position for each person."""

    number: Numbers
    """Among all people of the place, for ever."""
    nhs: Numbers
    origin: Numbers
    female: Mask
    born: Numbers
    birth_order: Numbers
    """1 and on of twins and more; 0 of those born alone."""
    died: Numbers
    kind: Numbers
    """Of the household."""
    role: Numbers
    home: Numbers
    """The dwelling; who shares it is a household."""
    earlier_home: Numbers
    """The dwelling before, or -1."""
    moved: Numbers
    no_address: Mask
    given: Words
    middle: Words
    family: Words
    goes_by: Words
    short: Words
    earlier_family: Words
    family_changed: Numbers
    mobile: Words
    email: Words
    need: np.ndarray
    """From 0 to 1: how likely the person is to be known to agencies."""
    sealed: Mask
    """An earlier identity of somebody: same number, another NHS number and name; never to be linked."""

    def __len__(self) -> int:
        return len(self.number)

    def take(self, at: Numbers) -> "People":
        """The people at these positions, as people of their own."""
        return People(**{each.name: getattr(self, each.name)[at] for each in fields(self)})

    def joined_with(self, other: "People") -> "People":
        """These people and after them the others."""
        both = {
            each.name: np.concatenate([getattr(self, each.name), getattr(other, each.name)])
            for each in fields(self)
        }
        return People(**both)

    def age_on(self, day: int) -> np.ndarray:
        """Years of age on a day."""
        return (day - self.born) / YEAR


@dataclass(frozen=True)
class Supply:
    """Numbers set aside for a block: nobody else's NHS numbers, and running numbers of people."""

    first_number: int
    nhs: Numbers


def make_people(
    rng: np.random.Generator,
    naming: np.random.Generator,
    *,
    people: int,
    as_at: int,
    rates: Drawn,
    supply: Supply,
    hostel: int = 0,
) -> tuple[People, Households]:
    """Make so many people in households; `home` counts their households from 0."""
    households = make_households(rng, people, as_at, rates, hostel=hostel)
    names = name_households(naming, households, as_at, rates)
    made = _as_people(rng, households, names, as_at, rates, supply)
    _let_some_die(rng, made, as_at, rates)
    return made, households


def _as_people(
    rng: np.random.Generator,
    households: Households,
    names: Names,
    as_at: int,
    rates: Drawn,
    supply: Supply,
) -> People:
    count = len(households.home)
    number = supply.first_number + np.arange(count)
    kind = households.kind[households.home]
    no_address = _without_address(rng, households, names, kind, rates)
    moved = _moved_on(rng, households, kind, as_at, rates)
    return People(
        number=number,
        nhs=supply.nhs[:count],
        origin=names.origin,
        female=households.female,
        born=households.born,
        birth_order=_birth_orders(households.twin_of),
        died=np.full(count, NEVER),
        kind=kind,
        role=households.role,
        home=households.home.copy(),
        earlier_home=np.full(count, -1),
        moved=moved,
        no_address=no_address,
        given=names.given,
        middle=names.middle,
        family=names.family,
        goes_by=names.goes_by,
        short=names.short,
        earlier_family=names.earlier_family,
        family_changed=names.family_changed,
        mobile=_mobiles(rng, number, (as_at - households.born) / YEAR, rates),
        email=_emails(rng, names, number, (as_at - households.born) / YEAR, rates),
        need=rng.random(count),
        sealed=np.zeros(count, dtype=bool),
    )


def _birth_orders(twin_of: Numbers) -> Numbers:
    order = np.zeros(len(twin_of), dtype=np.int64)
    for later in np.flatnonzero(twin_of >= 0).tolist():  # few, and in the order of birth
        first = twin_of[later]
        order[first] = 1
        order[later] = 1 + np.count_nonzero(twin_of[: later + 1] == first)
    return order


def _without_address(
    rng: np.random.Generator, households: Households, names: Names, kind: Numbers, rates: Drawn
) -> Mask:
    """Who has no fixed address: some who live alone or in the hostel, and Traveller families as one."""
    alone = np.isin(kind, [Kind.ALONE, Kind.HOSTEL])
    rough = alone & (rng.random(len(kind)) < rates["no_fixed_address"] / _LIVING_ALONE)
    travelling = rng.random(len(households.kind)) < rates["travellers_without_address"]
    return rough | ((names.origin == origins.code("traveller")) & travelling[households.home])


def _moved_on(
    rng: np.random.Generator, households: Households, kind: Numbers, as_at: int, rates: Drawn
) -> Numbers:
    """The day each moved to where they live: households together, those who share one by one."""
    count, homes = len(households.home), len(households.kind)
    together = np.where(
        rng.random(homes) < rates["moved_in_last_ten_years"],
        as_at - 20 - np.floor(rng.random(homes) ** 1.3 * 3600),
        -NEVER,
    )[households.home]
    own = as_at - 20 - np.floor(rng.random(count) ** 1.5 * 1500)
    mobile = np.isin(kind, [Kind.SHARERS, Kind.STUDENTS, Kind.HOSTEL, Kind.CARE_HOME])
    moved = np.where(mobile, own, together)
    return np.where(moved > households.born, moved, -NEVER).astype(np.int64)


def _mobiles(rng: np.random.Generator, number: Numbers, age: np.ndarray, rates: Drawn) -> Words:
    # 072 lies in the plan's mobile range; the digits run through it in steps that do not repeat.
    scrambled = (number * 48_611_393 + 7_654_321) % 99_999_989
    texts = np.array([f"072{n:08d}" for n in scrambled.tolist()], dtype=object)
    share = rates["has_mobile"] * np.where(age < 12, 0.02, np.where(age > 80, 0.6, 1.0))
    return np.where(rng.random(len(number)) < share, texts, "")


def _emails(
    rng: np.random.Generator, names: Names, number: Numbers, age: np.ndarray, rates: Drawn
) -> Words:
    share = rates["has_email"] * np.where(age < 13, 0.0, np.where(age > 75, 0.4, 1.15))
    emails = np.full(len(number), "", dtype=object)
    for at in np.flatnonzero(rng.random(len(number)) < share).tolist():
        given = "".join(c for c in names.given[at].lower() if c.isascii() and c.isalpha())
        family = "".join(c for c in names.family[at].lower() if c.isascii() and c.isalpha())
        emails[at] = f"{given}.{family}{_own_digits(number[at])}@{_HOSTS[number[at] % 3]}"
    return emails


def _own_digits(number: int) -> int:
    """Digits that hardly two people of one name share: an e-mail address is nobody else's."""
    return int(number * 611_953 % 99_991)


def _let_some_die(rng: np.random.Generator, people: People, as_at: int, rates: Drawn) -> None:
    age = people.age_on(as_at)
    rate = rates["died_still_held"] * np.where(age > 75, 5.5, np.where(age > 55, 0.9, 0.12))
    at = np.flatnonzero((rng.random(len(people)) < rate) & (age > 1))
    people.died[at] = as_at - 3 - np.floor(rng.random(len(at)) * 720).astype(np.int64)
    people.died[at] = np.maximum(people.died[at], people.born[at] + 1)


def earlier_identities(
    rng: np.random.Generator, people: People, rates: Drawn, nhs: Numbers
) -> People:
    """The sealed earlier identities of adopted children and of people with gender recognition.

    They take their NHS numbers from the end of `nhs`.
    """
    count = len(people)
    young = (people.role == Role.CHILD) & (people.born > people.born.max() - 18 * YEAR)
    adult = people.role <= Role.PARTNER
    adopted = np.flatnonzero(young & chance(rng, rates["adopted"], count))
    recognised = np.flatnonzero(adult & chance(rng, rates["gender_recognition"], count))
    if not len(adopted):  # even the smallest borough shows one
        adopted = np.flatnonzero(young)[:1]
    child, grown = people.take(adopted), people.take(recognised)
    child.family = people.family[rng.integers(0, count, len(adopted))]
    renamed = (rng.random(len(adopted)) < 0.4) & (child.middle != "")
    child.given = np.where(renamed, child.middle, child.given)
    grown.given = people.given[rng.integers(0, count, len(recognised))]
    grown.female = ~grown.female
    earlier = child.joined_with(grown)
    earlier.nhs = nhs[len(nhs) - len(earlier) :]
    earlier.sealed[:] = True
    for column in (earlier.middle, earlier.goes_by, earlier.short, earlier.earlier_family):
        column[:] = ""
    earlier.family_changed[:] = NEVER
    return earlier


def spread_over_earlier_homes(
    rng: np.random.Generator, people: People, *, homes: int, elsewhere: tuple[int, int]
) -> None:
    """Say where those who moved lived before: in another home here, or elsewhere in the land."""
    count = len(people)
    moved = people.moved > -NEVER
    here = rng.integers(0, homes, count)
    away = rng.integers(elsewhere[0], elsewhere[1], count)
    # A household moved together, so its members draw by the home and not each alone.
    together = ~np.isin(people.kind, [Kind.SHARERS, Kind.STUDENTS, Kind.HOSTEL, Kind.CARE_HOME])
    first = np.unique(people.home, return_index=True)[1]
    lead = first[np.searchsorted(people.home[first], people.home)]
    away_share = np.where(people.kind == Kind.STUDENTS, 0.95, 0.4)
    source = np.where(together, lead, np.arange(count))
    chosen = np.where(rng.random(count) < away_share, away, here)[source]
    people.earlier_home = np.where(moved, chosen, -1)


def ages_about(rng: np.random.Generator, age: np.ndarray) -> np.ndarray:
    """Ages as a stranger guesses them."""
    return np.maximum(0, np.rint(age + bell(rng, 0, 1.6, len(age))))
