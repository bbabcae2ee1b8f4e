"""What is seen follows whom the spine merged or parted, in the same transaction."""

import datetime

from joinedup.identity.sharing.operations import derive


def write(*, at: datetime.datetime) -> int:
    """Derive anew what is seen of those in the temporary table `touched`; returns rows changed."""
    return derive.people_among("SELECT person FROM touched", at=at)
