"""What a shipped set is made of."""

import datetime
from dataclasses import dataclass

from joinedup.support.questions.rules.asked import AskedSection

FIRST_DAY = datetime.date(2025, 1, 1)
"""From when shipped sets are asked where nothing else is said: before any first day of a partnership."""


@dataclass(frozen=True)
class ShippedSet:
    """A set that comes with the product, as its first version."""

    code: str
    title: str
    about: str
    introduction: str
    source: str
    licence: str
    tested: str
    sections: tuple[AskedSection, ...]
    starts_on: datetime.date = FIRST_DAY
