"""An agency's records of people as it wrote them down, with its errors."""

import numpy as np

from joinedup.pipeline.synthetic.days import as_text
from joinedup.pipeline.synthetic.population.households import YEAR
from joinedup.pipeline.synthetic.population.people import People
from joinedup.pipeline.synthetic.randomness import Numbers
from joinedup.pipeline.synthetic.rates import BoroughRates, Drawn
from joinedup.pipeline.synthetic.records.addresses import write_addresses
from joinedup.pipeline.synthetic.records.agencies import Habits
from joinedup.pipeline.synthetic.records.births import write_birth_and_death
from joinedup.pipeline.synthetic.records.clerk import Clerk, Sheet, World
from joinedup.pipeline.synthetic.records.names import write_names
from joinedup.pipeline.synthetic.records.numbers import write_contacts, write_nhs_numbers

_WRONG_CHECK_DIGIT = "9990000010"
_MISTAKES = frozenset(
    """nhs_of_family_member nhs_invalid spelled_otherwise names_swapped given_typed_wrong
    family_typed_wrong given_initial_only junk_name still_earlier_name born_missing
    born_day_month_swapped born_typed_wrong born_age_only born_default birth_order_wrong sex_wrong sex_missing
    address_missing still_earlier_address postcode_typed_wrong address_typed_wrong""".split()
)
"""The rates that are errors; the others are habits, such as which columns are filled."""


def write_down(
    rng: np.random.Generator,
    world: World,
    habits: Habits,
    rates: BoroughRates,
    who: Numbers,
    updated: Numbers,
    *,
    errors: float = 1.0,
) -> Sheet:
    """Records of these people as the agency last wrote them down; `errors` scales its mistakes."""
    drawn = {
        name: value * errors if name in _MISTAKES else value
        for name, value in rates.agencies[habits.code].items()
    }
    sheet: Sheet = {}
    clerk = Clerk(rng, world, habits, drawn, who, updated)
    write_names(clerk, sheet)
    write_birth_and_death(clerk, sheet)
    write_nhs_numbers(clerk, sheet)
    write_addresses(clerk, sheet)
    write_contacts(clerk, sheet)
    sheet["updated_on"] = as_text(updated, habits.dates)
    sheet["sealed"] = np.full(len(who), "", dtype=object)
    wanted = {column.field for column in habits.contract.columns}
    return {name: column for name, column in sheet.items() if name in wanted}


def spoil(rng: np.random.Generator, sheet: Sheet, habits: Habits, rate: float, as_at: int) -> None:
    """Make some rows such that they must be kept back: dates that cannot be, a wrong check digit."""
    at = np.flatnonzero(rng.random(len(sheet["born_on"])) < rate)
    impossible = {"iso": "1987-02-31", "slashed": "31/02/1987", "dashed": "31-Feb-1987"}
    ahead = as_text(np.array([as_at + 400]), habits.dates)[0]
    kinds = ["day", "future"] + (["nhs"] if "nhs_number" in sheet else [])
    for spot in at.tolist():
        kind = kinds[int(rng.random() * len(kinds))]
        if kind == "nhs":
            sheet["nhs_number"][spot] = _WRONG_CHECK_DIGIT
        else:
            sheet["born_on"][spot] = impossible[habits.dates] if kind == "day" else ahead


def updated_days(
    rng: np.random.Generator, habits: Habits, rates: Drawn, people: People, who: Numbers, as_at: int
) -> Numbers:
    """The day each record was last changed: mostly lately; after a death that the agency knows of."""
    ago = np.floor(rng.random(len(who)) ** 2.2 * rates["years_old"] * YEAR).astype(np.int64)
    day = np.maximum(as_at - 1 - ago, np.minimum(people.born[who] + 3, as_at))
    died = people.died[who]
    dead = died <= as_at
    knows = dead & (rng.random(len(who)) < rates["died_known"])
    after = np.minimum(died + 2 + (ago % 20), as_at)
    before = np.maximum(np.minimum(day, died - 1), people.born[who])
    return np.where(knows, after, np.where(dead, before, day))
