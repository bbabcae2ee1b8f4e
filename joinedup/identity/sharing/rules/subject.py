"""The clock of a subject access request (standards 1.6): a calendar month, and two more if told in time."""

import datetime

from joinedup.foundations.core.dates import months_on


def due_on(asked_on: datetime.date, *, extended: bool = False) -> datetime.date:
    """By when it is answered: within a month of the day it was asked, or within three where extended."""
    return months_on(asked_on, 3 if extended else 1)


def why_not_extend(
    asked_on: datetime.date, today: datetime.date, *, is_extended: bool, because: str
) -> str:
    """Why a request cannot be extended today; empty where it can."""
    if is_extended:
        return "It has been extended already, and cannot be twice."
    if today > due_on(asked_on):
        return "An extension is told within the first month, and that is over."
    if not because.strip():
        return "Say why more time is needed: the person is told."
    return ""
