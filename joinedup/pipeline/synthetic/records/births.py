"""Sex, dates of birth and dates of death as agencies write them."""

from datetime import date

import numpy as np

from joinedup.pipeline.synthetic.days import YEAR_OF, as_text, day_number, number_of
from joinedup.pipeline.synthetic.population.households import YEAR
from joinedup.pipeline.synthetic.population.naming import NEVER
from joinedup.pipeline.synthetic.population.people import ages_about
from joinedup.pipeline.synthetic.records.clerk import EMPTY, Clerk, Sheet, choose
from joinedup.pipeline.synthetic.records.slips import mistype_dates, swap_day_and_month

_DEFAULT_DAY = number_of(date(1900, 1, 1))
_ORDERS_SINCE = number_of(date(2002, 10, 29))
"""From then on a number is given at birth, and the order of birth with it."""
_BORN_ALONE = 8


def write_birth_and_death(clerk: Clerk, sheet: Sheet) -> None:
    """Write sex, birth and, where the agency has heard of it, death."""
    people, who, form = clerk.world.people, clerk.who, clerk.habits.dates
    born = people.born[who].copy()
    swap_day_and_month(born, np.flatnonzero(clerk.happens("born_day_month_swapped")))
    mistype_dates(clerk.rng, born, np.flatnonzero(clerk.happens("born_typed_wrong")))
    guessed = np.flatnonzero(clerk.happens("born_age_only"))
    age = ages_about(clerk.rng, (clerk.updated[guessed] - people.born[who][guessed]) / YEAR)
    year = YEAR_OF[clerk.updated[guessed]] - age.astype(np.int64)
    one = np.ones(len(year), dtype=np.int64)
    born[guessed] = day_number(year, one, one)
    born = np.where(clerk.happens("born_default"), _DEFAULT_DAY, born)
    born = np.minimum(born, clerk.world.as_at)
    sheet["born_on"] = choose(clerk.happens("born_missing"), EMPTY, as_text(born, form))
    died = people.died[who]
    told = (died <= clerk.updated) & (died < NEVER)
    texts = as_text(np.where(told, died, 0), form)
    sheet["died_on"] = choose(told, texts, EMPTY)
    female = people.female[who] ^ clerk.happens("sex_wrong")
    sexes = np.array(clerk.habits.sexes, dtype=object)
    alone = (people.birth_order[who] == 0) ^ clerk.happens("birth_order_wrong")
    order = np.where(alone, _BORN_ALONE, np.maximum(people.birth_order[who], 1))
    known = (people.born[who] >= _ORDERS_SINCE) & clerk.happens("birth_order_present")
    sheet["birth_order"] = choose(known, order.astype(str).astype(object), EMPTY)
    sheet["sex"] = sexes[np.where(clerk.happens("sex_missing"), 2, np.where(female, 0, 1))]
