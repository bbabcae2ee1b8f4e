"""The six agencies: their habits of writing, and whom each of them holds."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.contracts.columns import Contract
from joinedup.pipeline.contracts.identity import (
    ACTIVE_CASELOAD,
    ADULT_CARE,
    CHILDREN,
    FIRE,
    GP,
    HOUSING,
    POLICE,
    WHOLE_REGISTER,
)
from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.population.people import People
from joinedup.pipeline.synthetic.randomness import Numbers
from joinedup.pipeline.synthetic.rates import Drawn


@dataclass(frozen=True)
class Habits:
    """How an agency's system writes, and how its file is sent."""

    contract: Contract
    population: str
    identifier: str
    """The pattern of its record identifiers."""
    encoding: str = "utf-8"
    delimiter: str = ","
    dates: str = "iso"
    capitals: bool = False
    accents_lost: float = 1.0
    """Of names with accents, those held without."""
    address: str = "{front}{number} {street}, {town}"
    nhs_spaced: bool = False
    phone: str = "plain"
    sexes: tuple[str, str, str] = ("F", "M", "U")
    line_breaks: float = 0.0
    """Of addresses, those with a line break in place of the first comma."""
    postcode_spaced: bool = True
    full_every_night: bool = False

    @property
    def code(self) -> str:
        """The agency."""
        return self.contract.agency


AGENCIES: tuple[Habits, ...] = (
    Habits(GP, WHOLE_REGISTER, "P{:07d}", accents_lost=0.5, sexes=("F", "M", "U")),
    Habits(ADULT_CARE, ACTIVE_CASELOAD, "ASC{:07d}", encoding="utf-8-sig", dates="slashed",
           accents_lost=0.8, nhs_spaced=True, phone="spaced", line_breaks=0.02,
           sexes=("Female", "Male", "Unknown"), full_every_night=True,
           address="{front}{number} {street}, {town}, {county}"),
    Habits(CHILDREN, ACTIVE_CASELOAD, "CS-{:07d}", dates="iso", accents_lost=0.7,
           address="{front}{number} {street}, {town}"),
    Habits(POLICE, ACTIVE_CASELOAD, "NM/{:07d}", dates="slashed", capitals=True,
           address="{front}{number} {street} {town}"),
    Habits(FIRE, ACTIVE_CASELOAD, "HSV{:07d}", encoding="cp1252", delimiter=";", dates="slashed",
           postcode_spaced=False, address="{front}{number}, {street}, {town}"),
    Habits(HOUSING, WHOLE_REGISTER, "T{:07d}", dates="dashed", accents_lost=0.9,
           phone="international", sexes=("2", "1", "9"), address="{front}{number} {street}"),
)  # fmt: skip
_DECILE_PULL = np.array([1.0, 1.45, 1.3, 1.18, 1.06, 0.95, 0.86, 0.78, 0.7, 0.63, 0.56])
"""How much likelier the people of each decile are to be known; position 0 is nowhere."""
_GP_OTHER_LOCALITY = 0.06


def share_held(
    people: People, place: Place, lsoa: Numbers, code: str, rates: Drawn, day: int
) -> np.ndarray:
    """How likely each person is to be held by the agency."""
    age = people.age_on(day)
    base = np.where(
        age < 18, rates["under_18"], np.where(age < 65, rates["adults"], rates["older"])
    )
    if code == "gp":
        return np.where(people.no_address, base * 0.75, base)
    usual = _DECILE_PULL[place.lsoa_decile].mean()
    pull = _DECILE_PULL[np.where(lsoa >= 0, place.lsoa_decile[lsoa], 0)] / usual
    return np.minimum(0.97, base * pull * (0.35 + 1.3 * people.need))


def hold(rng: np.random.Generator, people: People, shares: np.ndarray, rates: Drawn) -> Numbers:
    """Positions of people, once for each record the agency holds of them."""
    drawn = rng.random(len(people))
    if rates["by_household"]:
        first = np.unique(people.home, return_index=True)[1]
        drawn = drawn[first[np.searchsorted(people.home[first], people.home)]]
    held = np.flatnonzero(drawn < shares)
    return np.concatenate([held, *_again(rng, held, rates["again"])])


def _again(rng: np.random.Generator, held: Numbers, again: float) -> list[Numbers]:
    """Those with a second record, a third, …: as many extra on average as the rate says."""
    more, repeats = held, []
    chance_of_more = again / (1 + again)
    for _ in range(8):
        more = more[rng.random(len(more)) < chance_of_more]
        repeats.append(more)
    return repeats


def practices(
    rng: np.random.Generator, place: Place, lsoa: Numbers, home: Numbers, again: np.ndarray
) -> Numbers:
    """The practice of each GP record: one near the home, and for a second record another."""
    count = len(place.practice_codes)
    lsoas = len(place.lsoa_codes)
    where = np.where(lsoa >= 0, lsoa, home % lsoas)
    nearest = where * count // lsoas
    aside = np.array([-1, 0, 0, 0, 1])[(home * 7 + home // 5) % 5]
    aside = np.where(
        rng.random(len(home)) < _GP_OTHER_LOCALITY, rng.integers(0, count, len(home)), aside
    )
    return np.asarray((nearest + aside + again * (1 + home % 3)) % count)
