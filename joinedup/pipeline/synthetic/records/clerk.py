"""The clerk: one agency's writing of records of some people, with that agency's rates and habits."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.population.dwellings import Dwellings
from joinedup.pipeline.synthetic.population.people import People
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, Words
from joinedup.pipeline.synthetic.rates import Drawn
from joinedup.pipeline.synthetic.records.agencies import Habits

Sheet = dict[str, Words]
"""A column of texts for each identity field."""
EMPTY = np.array([""], dtype=object)


@dataclass(frozen=True)
class World:
    """What the agencies write about: the people of a block, where they live, and the day."""

    place: Place
    dwellings: Dwellings
    people: People
    as_at: int

    @property
    def lsoa(self) -> Numbers:
        """The LSOA of each person's home."""
        return np.asarray(self.place.postcode_lsoa[self.dwellings.postcode[self.people.home]])


@dataclass
class Clerk:
    """Writes of `who`, as the agency held it on the days in `updated`."""

    rng: np.random.Generator
    world: World
    habits: Habits
    rates: Drawn
    who: Numbers
    updated: Numbers

    def happens(self, rate: str) -> Mask:
        """Where this happens, at the agency's rate."""
        return np.asarray(self.rng.random(len(self.who)) < self.rates[rate])

    def family_members(self, who: Numbers) -> Numbers:
        """Somebody else of the same home; the person themself where they live alone."""
        people = self.world.people
        order = np.argsort(people.home, kind="stable")
        place_in_order = np.empty(len(order), dtype=np.int64)
        place_in_order[order] = np.arange(len(order))
        at = place_in_order[who]
        after = order[np.minimum(at + 1, len(order) - 1)]
        before = order[np.maximum(at - 1, 0)]
        same_after = people.home[after] == people.home[who]
        same_before = people.home[before] == people.home[who]
        return np.where(same_after, after, np.where(same_before, before, who))


def choose(mask: Mask, these: Words, those: Words) -> Words:
    """These texts where the mask holds, else those."""
    return np.where(mask, these, those).astype(object)


def drawn_from(rng: np.random.Generator, choices: tuple[str, ...], size: int) -> Words:
    """So many of these texts, each as likely."""
    return np.asarray(np.array(choices, dtype=object)[rng.integers(0, len(choices), size)])


def upper(texts: Words) -> Words:
    """These texts in capitals."""
    return np.array([text.upper() for text in texts.tolist()], dtype=object)
