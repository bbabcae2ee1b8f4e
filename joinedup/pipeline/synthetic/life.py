"""What happens to people in a night: some arrive, are born, move, die and marry."""

import numpy as np

from joinedup.pipeline.synthetic.block import Block
from joinedup.pipeline.synthetic.population import origins
from joinedup.pipeline.synthetic.population.family_names import draw_family_names, feminine
from joinedup.pipeline.synthetic.population.given_names import draw_given_names, draw_short_forms
from joinedup.pipeline.synthetic.population.households import YEAR, Kind, Role
from joinedup.pipeline.synthetic.population.naming import NEVER
from joinedup.pipeline.synthetic.population.people import People, Supply, make_people
from joinedup.pipeline.synthetic.randomness import Mask, Numbers, bell, pick


def arrive(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """Households come to live here, from elsewhere; their people's positions."""
    if not count:
        return np.array([], dtype=np.int64)
    newcomers, households = make_people(
        rng, rng, people=count, as_at=day, rates=block.rates.people, supply=_next(block, count)
    )
    homes = len(households.kind)
    newcomers.home = _spare_homes(block, rng, homes)[households.home]
    newcomers.moved[:] = day - 5
    away = block.homes + block.spare
    newcomers.earlier_home = rng.integers(away, len(block.dwellings), homes)[households.home]
    newcomers.kind[newcomers.kind == Kind.CARE_HOME] = Kind.SHARERS
    return _join(block, newcomers)


def are_born(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """Women of the block have babies, now and then two at once; the babies' positions."""
    people = block.people
    age = people.age_on(day)
    may = _living(people, day) & people.female & (people.role <= Role.PARTNER)
    mothers = pick(rng, np.where(may & (age > 18) & (age < 43), 1.0, 0.0), count)
    twins = mothers[rng.random(count) < block.rates.people["twin_births"]]
    mothers = np.sort(np.concatenate([mothers, twins]))
    babies = people.take(mothers)
    size = len(mothers)
    babies.female = rng.random(size) < 0.49
    # One woman's babies of a night are twins and share the day.
    babies.born = day - 1 - mothers % 3
    babies.role[:] = Role.CHILD
    second = np.concatenate([[False], mothers[1:] == mothers[:-1]])[:size]
    babies.birth_order = np.where(second, 2, 0)
    babies.birth_order[np.flatnonzero(second) - 1] = 1
    named = draw_given_names(rng, babies.origin, babies.female, np.full(size, 2026), 0.03)
    babies.given, babies.middle, babies.goes_by = named.given, named.middle, named.goes_by
    babies.short = draw_short_forms(rng, babies.given)
    for column in (babies.earlier_family, babies.mobile, babies.email):
        column[:] = ""
    babies.family_changed[:] = NEVER
    babies.moved[:] = -NEVER
    babies.earlier_home[:] = -1
    supply = _next(block, size)
    babies.number, babies.nhs = supply.first_number + np.arange(size), supply.nhs
    return _join(block, babies)


def move(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """Households move within the block; the positions of those who moved."""
    people = block.people
    settled = ~np.isin(people.kind, [Kind.CARE_HOME, Kind.HOSTEL]) & _living(people, day)
    homes = rng.choice(np.unique(people.home[settled]), count, replace=False)
    at = np.flatnonzero(np.isin(people.home, homes) & settled)
    to = np.full(len(block.dwellings), -1)
    to[homes] = _spare_homes(block, rng, count)
    people.earlier_home[at] = people.home[at]
    people.home[at] = to[people.home[at]]
    people.moved[at] = day
    return at


def die(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """People die, the old first; their positions."""
    people = block.people
    age = people.age_on(day)
    weight = np.where(age > 75, 40.0, np.where(age > 55, 6.0, 0.4))
    at = np.unique(pick(rng, np.where(_living(people, day), weight, 0.0), count))
    people.died[at] = day - rng.integers(0, 3, len(at))
    people.died[at] = np.maximum(people.died[at], people.born[at])
    return at


def marry(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """Women marry and take another family name; their positions."""
    people = block.people
    takes = np.array([each.takes_husbands_name for each in origins.ORIGINS])[people.origin]
    age = people.age_on(day)
    may = _living(people, day) & people.female & takes & (people.earlier_family == "")
    may &= (age > 19) & (age < 55 + bell(rng, 0, 8, len(people)))
    at = np.unique(pick(rng, np.where(may, 1.0, 0.0), count))
    men = np.zeros(len(at), dtype=bool)
    taken = draw_family_names(rng, people.origin[at], men, block.rates.people["two_part_name"])
    polish = people.origin[at] == origins.code("polish")
    people.earlier_family[at] = people.family[at]
    people.family[at] = feminine(taken, polish)
    people.family_changed[at] = day
    return at


def adopt(block: Block, rng: np.random.Generator, count: int, day: int) -> Numbers:
    """Children are adopted: another family name and another NHS number; their positions."""
    people = block.people
    may = _living(people, day) & (people.role == Role.CHILD) & (people.age_on(day) < 12)
    at = np.unique(pick(rng, np.where(may, 1.0, 0.0), count))
    none = np.zeros(len(at), dtype=bool)
    people.family[at] = draw_family_names(
        rng, people.origin[at], none, block.rates.people["two_part_name"]
    )
    people.nhs[at] = _next(block, len(at)).nhs
    return at


def _living(people: People, day: int) -> Mask:
    return ~people.sealed & (people.died > day) & (people.born < day - YEAR / 365)


def _spare_homes(block: Block, rng: np.random.Generator, count: int) -> Numbers:
    return rng.integers(block.homes, block.homes + block.spare, count)


def _next(block: Block, count: int) -> Supply:
    """Numbers for so many more people."""
    used = block.numbers_used
    block.numbers_used += count
    supply = block.plan.newcomers
    return Supply(supply.first_number + used, supply.nhs[used : used + count])


def _join(block: Block, newcomers: People) -> Numbers:
    before = len(block.people)
    block.people = block.people.joined_with(newcomers)
    return np.arange(before, before + len(newcomers))
