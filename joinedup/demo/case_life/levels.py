"""The level of an invented life over time: what is less is found at a review, and what is more when it is needed."""

import datetime
from collections.abc import Iterator

from joinedup.demo.case_life.calendar import working
from joinedup.demo.case_life.course import levels_of
from joinedup.demo.case_life.life import Life, Rows
from joinedup.foundations.core.dates import LONDON
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.models import CaseLevel, ThresholdDocument

A_REVIEW_EVERY = 60


def review_days(life: Life) -> Iterator[datetime.date]:
    """The days on which it is looked at again."""
    day = life.begins
    for _ in range(14):
        day = working(day + datetime.timedelta(days=A_REVIEW_EVERY))
        yield day


def levels_by_day(life: Life) -> list[tuple[datetime.date, int, LevelSource, str]]:
    """Each level that was reached, and its day."""
    found: list[tuple[datetime.date, int, LevelSource, str]] = []
    for day, level, because, source in levels_of(life.arc, life.course):
        on = life.at_work(day) if day else life.begins
        if source is LevelSource.REVIEW:
            on = next((each for each in review_days(life) if each >= on), on)
        if on <= life.until and (not found or on > found[-1][0]):
            found.append((on, level, source, because))
    return found


def write_levels(life: Life, rows: Rows, document: ThresholdDocument | None) -> None:
    """The level over time; the last one goes on, or ends with the case."""
    begun = levels_by_day(life)
    for place, (on, level, source, because) in enumerate(begun):
        ends = life.case.closed_at
        if place + 1 < len(begun):
            ends = datetime.datetime.combine(begun[place + 1][0], datetime.time(10), LONDON)
        starts = datetime.datetime.combine(on, datetime.time(10), LONDON)
        starts = min(max(starts, life.case.opened_at), life.at)
        rows.add(
            CaseLevel(
                case=life.case,
                level=level,
                source=source,
                because=life.said(because),
                document=document,
                by_post=life.going.lead,
                starts_at=starts,
                ends_at=max(ends, starts) if ends else None,
            )
        )
