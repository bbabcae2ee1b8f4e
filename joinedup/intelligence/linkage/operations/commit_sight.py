"""What is seen follows whom the spine merged or parted, in the same transaction."""

import datetime

from joinedup.identity.sharing.operations import derive
from joinedup.identity.sharing.operations.parted import part

_WENT = """
SELECT l.was, l.person, l.record, EXISTS (
    SELECT FROM night_events e WHERE e.person = l.person AND e.kind IN ('split', 'returned'))
FROM night_linked l WHERE l.was <> l.person
"""


def part_people(*, at: datetime.datetime) -> int:
    """What was said and set of one person comes to both, where a night found them to be two."""
    return part(_WENT, at=at)


def write(*, at: datetime.datetime) -> int:
    """Derive anew what is seen of those in the temporary table `touched`; returns rows changed."""
    return derive.people_among("SELECT person FROM touched", at=at)
