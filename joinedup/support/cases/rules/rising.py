"""Whether the risk in a case is rising: a level up, or something serious, in the last six weeks."""

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

LATELY = datetime.timedelta(days=42)
"""As long as the time to the next review (P33, propose)."""


@dataclass(frozen=True)
class At:
    """That a case was at a level from a moment on."""

    level: int
    since: datetime.datetime


def why_rising(
    levels: Sequence[At],
    at: datetime.datetime,
    *,
    serious_on: datetime.date | None = None,
    protection_at: datetime.datetime | None = None,
) -> str:
    """Why the risk is rising, in a few words; nothing where it is not. Levels come first to last."""
    for before, after in itertools.pairwise(levels):
        if after.level > before.level and at - after.since <= LATELY and after.since <= at:
            return f"From level {before.level} to level {after.level}"
    if protection_at is not None and at - protection_at <= LATELY:
        return "Sent for protection"
    if serious_on is not None and at.date() - serious_on <= LATELY:
        return "Something serious happened"
    return ""
