"""One block of the place: its people, what each agency holds of them, and its nights."""

from dataclasses import dataclass

import numpy as np

from joinedup.pipeline.synthetic.days import as_text
from joinedup.pipeline.synthetic.place import Place
from joinedup.pipeline.synthetic.population.dwellings import Dwellings, make_dwellings
from joinedup.pipeline.synthetic.population.people import (
    People,
    Supply,
    earlier_identities,
    make_people,
    spread_over_earlier_homes,
)
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, Words, stream
from joinedup.pipeline.synthetic.rates import BoroughRates
from joinedup.pipeline.synthetic.records.agencies import (
    AGENCIES,
    Habits,
    hold,
    practices,
    share_held,
)
from joinedup.pipeline.synthetic.records.clerk import Sheet, World
from joinedup.pipeline.synthetic.records.identities import spoil, updated_days, write_down

_IDENTIFIERS = 9_999_991
"""A prime below ten million: multiplying by another number runs through all of them once."""
_STEP = 7_368_787
_SEALED_BUT_UNMARKED = 0.3
"""Of sealed children, those whose earlier identity children's services has not marked."""


@dataclass(frozen=True)
class Plan:
    """What a block is asked to make."""

    block: int
    blocks: int
    people: int
    lsoas: Numbers
    seed: int
    as_at: int
    nights: int
    supply: Supply
    newcomers: Supply
    """Numbers for those who come in further nights."""
    hostel: int


@dataclass
class Held:
    """An agency's records of the block: whom each is of, and the columns it sends."""

    habits: Habits
    who: Numbers
    identifiers: Words
    sheet: Sheet
    live: Mask
    change: Words
    """Tonight: A added, C changed, D deleted, or empty."""

    def __len__(self) -> int:
        return len(self.who)

    def append(self, other: "Held") -> None:
        """Add records after these."""
        self.who = np.concatenate([self.who, other.who])
        self.identifiers = np.concatenate([self.identifiers, other.identifiers])
        self.live = np.concatenate([self.live, other.live])
        self.change = np.concatenate([self.change, other.change])
        self.sheet = {f: np.concatenate([c, other.sheet[f]]) for f, c in self.sheet.items()}


@dataclass
class Block:
    """The block after its first day."""

    plan: Plan
    place: Place
    rates: BoroughRates
    dwellings: Dwellings
    people: People
    homes: int
    """Dwellings lived in at first; spare ones follow them, and then those elsewhere."""
    spare: int
    held: dict[str, Held]
    numbers_used: int
    issued: dict[str, int]
    """Record identifiers each agency has given out."""

    def world(self, day: int) -> World:
        """What agencies write about on a day."""
        return World(self.place, self.dwellings, self.people, day)

    def new_identifiers(self, habits: Habits, count: int) -> Words:
        """The agency's next record identifiers; no two blocks give out the same."""
        first = self.plan.block * (_IDENTIFIERS // self.plan.blocks) + self.issued[habits.code]
        self.issued[habits.code] += count
        own = 611_953 * len(habits.code) * ord(habits.code[0])
        scrambled = ((first + np.arange(count)) * _STEP + own) % _IDENTIFIERS
        return np.array([habits.identifier.format(n) for n in scrambled.tolist()], dtype=object)

    def record(
        self,
        rng: np.random.Generator,
        habits: Habits,
        who: Numbers,
        updated: Numbers,
        day: int,
        *,
        again: Numbers | None = None,
    ) -> Held:
        """New records of these people at the agency; `again` counts a person's earlier ones."""
        world = self.world(day)
        sheet = write_down(rng, world, habits, self.rates, who, updated)
        if habits.contract.controller_field:
            seconds = np.zeros(len(who), dtype=np.int64) if again is None else again
            at = practices(rng, self.place, world.lsoa[who], self.people.home[who], seconds)
            sheet[habits.contract.controller_field] = self.place.practice_codes[at]
        spoil(rng, sheet, habits, self.rates.agencies[habits.code]["bad_row"], day)
        sealed = self.people.sealed[who]
        if habits.code == "children":
            sealed &= rng.random(len(who)) >= _SEALED_BUT_UNMARKED
        sheet["sealed"] = np.where(sealed, "Y", "").astype(object)
        live, change = np.ones(len(who), dtype=bool), np.full(len(who), "", dtype=object)
        return Held(habits, who, self.new_identifiers(habits, len(who)), sheet, live, change)


def make_block(plan: Plan, place: Place, rates: BoroughRates) -> Block:
    """Make a block's people and what each agency holds of them on the first day."""
    rng = stream(plan.seed, "households", plan.block)
    naming = stream(plan.seed, "names", plan.block)
    people, households = make_people(
        rng, naming, people=plan.people, as_at=plan.as_at, rates=rates.people,
        supply=plan.supply, hostel=plan.hostel,
    )  # fmt: skip
    homes = len(households.kind)
    spare, elsewhere = homes // 14 + 60, homes // 8 + 40
    dwellings = make_dwellings(
        rng, place, plan.lsoas, households.kind, block=plan.block, spare=spare, elsewhere=elsewhere
    )
    spread_over_earlier_homes(
        rng, people, homes=homes + spare, elsewhere=(homes + spare, homes + spare + elsewhere)
    )
    people = people.joined_with(earlier_identities(rng, people, rates.people, plan.supply.nhs))
    block = Block(
        plan, place, rates, dwellings, people, homes, spare, {}, 0,
        {habits.code: 0 for habits in AGENCIES},
    )  # fmt: skip
    for position, habits in enumerate(AGENCIES):
        block.held[habits.code] = _first_records(block, habits, position)
    return block


def _first_records(block: Block, habits: Habits, position: int) -> Held:
    plan, people = block.plan, block.people
    rates = block.rates.agencies[habits.code]
    coverage = stream(plan.seed, "coverage", plan.block, position)
    rng = stream(plan.seed, "records", plan.block, position)
    lsoa = block.world(plan.as_at).lsoa
    shares = share_held(people, block.place, lsoa, habits.code, rates, plan.as_at)
    shares[people.sealed] = 0.0
    who = hold(coverage, people, shares, rates)
    if habits.code in ("gp", "children"):
        earlier = np.flatnonzero(people.sealed)
        if habits.code == "children":
            earlier = earlier[people.age_on(plan.as_at)[earlier] < 18]
        who = np.concatenate([who, earlier])
    order = coverage.permutation(len(who))
    again = _earlier_records(who)[order]
    who = who[order]
    updated = updated_days(coverage, habits, rates, people, who, plan.as_at)
    return block.record(rng, habits, who, updated, plan.as_at, again=again)


def _earlier_records(who: Numbers) -> Numbers:
    """For each record, how many of the same person come before it."""
    order = np.argsort(who, kind="stable")
    ordered = who[order]
    starts = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    run = np.arange(len(who)) - np.flatnonzero(starts)[np.cumsum(starts) - 1]
    earlier = np.empty(len(who), dtype=np.int64)
    earlier[order] = run
    return earlier


def written_on(habits: Habits, day: int, count: int) -> Words:
    """The agency's text for a day, so many times."""
    return np.repeat(as_text(np.array([day]), habits.dates), count)
