"""A further night: what agencies add, put right, hear of late, take out and seal."""

from collections.abc import Sequence

import numpy as np

from joinedup.pipeline.synthetic import life
from joinedup.pipeline.synthetic.block import Block, Held, written_on
from joinedup.pipeline.synthetic.randomness import Numbers, Words, pick, stream
from joinedup.pipeline.synthetic.records.agencies import AGENCIES, Habits, share_held
from joinedup.pipeline.synthetic.records.identities import write_down

Changes = dict[str, Words]
"""For each agency, A, C, D or nothing for each of its records."""

_ADDRESS = ("address", "postcode", "uprn", "previous_address", "previous_postcode")
_NAMES = ("family_name", "previous_family_name")
_TOLD_OF_MOVE = {
    "gp": 0.7,
    "adult_care": 0.5,
    "children": 0.4,
    "police": 0.15,
    "fire": 0.05,
    "housing": 0.5,
}
_TOLD_OF_DEATH = {
    "gp": 0.95,
    "adult_care": 0.6,
    "children": 0.0,
    "police": 0.0,
    "fire": 0.0,
    "housing": 0.4,
}
_TOLD_OF_MARRIAGE = {
    "gp": 0.7,
    "adult_care": 0.3,
    "children": 0.3,
    "police": 0.05,
    "fire": 0.05,
    "housing": 0.3,
}
_HELD_AT_ONCE = 0.35
"""Of the usual share, those of newcomers that agencies other than the GP hear of in the first night."""
_FEWER_ERRORS = 0.05
_MORE_ERRORS = 4.0


def make_night(block: Block, night: int) -> Changes:
    """Let a night pass over the block; what each agency has to send of it."""
    rng = stream(block.plan.seed, "night", block.plan.block, night)
    day = block.plan.as_at + night
    _Night(block, rng, day).pass_over()
    return _changes_of(block)


def _changes_of(block: Block) -> Changes:
    changes = {}
    for code, held in block.held.items():
        changes[code] = held.change.copy()
        held.change[:] = ""
    return changes


class _Night:
    def __init__(self, block: Block, rng: np.random.Generator, day: int) -> None:
        self.block, self.rng, self.day = block, rng, day
        self.rates = block.rates.night

    def some(self, rate: str, of: int) -> int:
        """How many of so many things happen tonight; a fraction is a chance of one more."""
        return int(self.rates[rate] * of + self.rng.random())

    def pass_over(self) -> None:
        """Everything that happens, people first and then the records on their own."""
        people = len(self.block.people)
        newcomers = life.arrive(self.block, self.rng, self.some("arrivals", people), self.day)
        babies = life.are_born(self.block, self.rng, self.some("births", people), self.day)
        moved = life.move(self.block, self.rng, self.some("moves", self.block.homes), self.day)
        died = life.die(self.block, self.rng, self.some("deaths", people), self.day)
        married = life.marry(self.block, self.rng, self.some("marriages", people), self.day)
        adopted = life.adopt(self.block, self.rng, self.some("adoptions", people), self.day)
        for habits in AGENCIES:
            held = self.block.held[habits.code]
            self._rewrite_on_their_own(held)
            self._tell(held, moved, _TOLD_OF_MOVE[habits.code], _ADDRESS)
            self._tell(held, married, _TOLD_OF_MARRIAGE[habits.code], _NAMES)
            self._tell(held, died, _TOLD_OF_DEATH[habits.code], ("died_on",))
            self._hold(habits, newcomers, babies)
            self._take_out(held)
            self._seal(habits, adopted)

    def _rewrite_on_their_own(self, held: Held) -> None:
        """Clerks put records right, and now and then type one anew and wrong."""
        live = np.flatnonzero(held.live & (held.sheet["sealed"] == ""))
        every = tuple(f for f in held.sheet if f not in ("sealed", "gp_practice"))
        for rate, errors in (("corrections", _FEWER_ERRORS), ("slips", _MORE_ERRORS)):
            count = min(self.some(rate, len(live)), len(live))
            rows = self.rng.choice(live, count, replace=False)
            self._rewrite(held, rows, every, errors)

    def _tell(self, held: Held, who: Numbers, share: float, fields: Sequence[str]) -> None:
        """Write what happened to these people into those of their records whose keepers hear of it."""
        rows = np.flatnonzero(held.live & np.isin(held.who, who) & (held.sheet["sealed"] == ""))
        rows = rows[self.rng.random(len(rows)) < share]
        self._rewrite(held, rows, [f for f in fields if f in held.sheet], 1.0)

    def _rewrite(self, held: Held, rows: Numbers, fields: Sequence[str], errors: float) -> None:
        if not len(rows) or not fields:
            return
        block = self.block
        fresh = write_down(
            self.rng,
            block.world(self.day),
            held.habits,
            block.rates,
            held.who[rows],
            np.full(len(rows), self.day),
            errors=errors,
        )
        for field in fields:
            held.sheet[field][rows] = fresh[field]
        held.sheet["updated_on"][rows] = written_on(held.habits, self.day, len(rows))
        held.change[rows] = "C"

    def _hold(self, habits: Habits, newcomers: Numbers, babies: Numbers) -> None:
        """Begin records: of newcomers and babies, and of others the agency hears of for the first time."""
        block, people = self.block, self.block.people
        rates = block.rates.agencies[habits.code]
        lsoa = block.world(self.day).lsoa
        shares = share_held(people, block.place, lsoa, habits.code, rates, self.day)
        arrived = np.concatenate([newcomers, babies])
        now = shares[arrived] * (1.0 if habits.code == "gp" else _HELD_AT_ONCE)
        who = arrived[self.rng.random(len(arrived)) < now]
        if habits.code != "gp":
            shares[people.sealed | (people.died <= self.day)] = 0.0
            fresh = self.some("newly_held", len(block.held[habits.code]))
            who = np.concatenate([who, pick(self.rng, shares, fresh)])
        self._begin(habits, who)

    def _begin(self, habits: Habits, who: Numbers) -> None:
        if not len(who):
            return
        updated = np.full(len(who), self.day)
        added = self.block.record(self.rng, habits, who, updated, self.day)
        added.change[:] = "A"
        self.block.held[habits.code].append(added)

    def _take_out(self, held: Held) -> None:
        live = np.flatnonzero(held.live & (held.change == ""))
        rows = self.rng.choice(
            live, min(self.some("deletions", len(live)), len(live)), replace=False
        )
        held.live[rows] = False
        held.change[rows] = "D"

    def _seal(self, habits: Habits, adopted: Numbers) -> None:
        """Seal what is held of these children under the earlier name; begin again under the new one."""
        if habits.code not in ("gp", "children") or not len(adopted):
            return
        held = self.block.held[habits.code]
        rows = np.flatnonzero(held.live & np.isin(held.who, adopted))
        held.sheet["sealed"][rows] = "Y"
        held.sheet["updated_on"][rows] = written_on(habits, self.day, len(rows))
        held.change[rows] = np.where(held.change[rows] == "A", "A", "C")
        self._begin(habits, adopted if habits.code == "gp" else np.unique(held.who[rows]))
