"""What the law makes of a carer by their age, and what is owed to them."""

import datetime

from joinedup.identity.people.choices import RelationshipKind

CARES = (RelationshipKind.CARER, RelationshipKind.YOUNG_CARER)
"""Ties in agencies' records by which somebody cares for another."""

ADULT = 18


def age_on(born_on: datetime.date | None, day: datetime.date) -> int | None:
    """Whole years on a day; None where the birth date is not known."""
    if born_on is None:
        return None
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def is_young_carer(born_on: datetime.date | None, day: datetime.date) -> bool:
    """Whether they are under 18: a child is assessed under section 17ZA of the Children Act 1989."""
    years = age_on(born_on, day)
    return years is not None and years < ADULT


def what_is_owed(born_on: datetime.date | None, day: datetime.date) -> str:
    """The assessment that is offered, by name and law."""
    if born_on is None:
        return "Birth date not known: ask it, because a carer under 18 is assessed as a young carer"
    if is_young_carer(born_on, day):
        return "Young carer: a young carer’s needs assessment (Children Act 1989 s17ZA)"
    return "A carer’s assessment (Care Act 2014 s10)"
