"""Whether a source may refer to the programme on a day, and where to go if not (S0-93, S0-94, P22).

What is shut is the programme. Help by another route, and the exit for somebody in danger, never are.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.support.frontdoor.choices import Source
from joinedup.support.frontdoor.rules.routing import in_words


@dataclass(frozen=True)
class Opening:
    """That a source is open from a day until before another, by which phase."""

    source: Source
    phase: str
    opens_on: datetime.date
    closes_on: datetime.date | None = None

    def holds(self, day: datetime.date) -> bool:
        """Whether it is open on that day."""
        return self.opens_on <= day and (self.closes_on is None or day < self.closes_on)


@dataclass(frozen=True)
class SourceAnswer:
    """Whether the source is open, and the words for whoever is refused."""

    is_open: bool
    words: str


def source_answer(
    source: Source, openings: Iterable[Opening], today: datetime.date
) -> SourceAnswer:
    """Whether this source may refer to the programme today; if not, when, and where to go instead."""
    of_source = [each for each in openings if each.source is source]
    now = next((each for each in of_source if each.holds(today)), None)
    if now is not None:
        return SourceAnswer(True, f"{source.label} may refer to the programme ({now.phase}).")
    later = min((each.opens_on for each in of_source if each.opens_on > today), default=None)
    when = (
        f"It opens to them on {in_words(later)}."
        if later
        else "When it opens to them was not decided yet."
    )
    return SourceAnswer(
        False,
        f"The programme does not take referrals from this source now: {source.label.lower()}. {when} "
        "The front door finds another way to help; for somebody in danger the exit is always open.",
    )
