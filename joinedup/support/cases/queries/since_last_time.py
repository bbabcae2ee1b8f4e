"""What a review lays side by side: the level of need, the measures, and the plan, last time and now."""

import datetime

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.models import CaseLevel, CaseReview
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.queries.levels import levels_over_time
from joinedup.support.cases.queries.measures import measures_of
from joinedup.support.cases.queries.reviews import last_held_before, plan_since
from joinedup.support.cases.rules.reviewing import Compared


def since_last_time(
    viewer: Viewer, frame: Frame, review: CaseReview, today: datetime.date
) -> list[Compared]:
    """Each as it stood when the case was reviewed last, or began, and as it stands or stood then."""
    last = last_held_before(viewer, review)
    then = last.held_on if last and last.held_on else day_of(frame.opened_at)
    now = review.held_on or today
    told = day_of(review.recorded_at) if review.held_on else today
    return [
        *_level(levels_over_time(viewer, frame.matter_id), then, told),
        *_measures(viewer, frame, then, now),
        *plan_since(viewer, review),
    ]


def _level(rows: list[CaseLevel], then: datetime.date, now: datetime.date) -> list[Compared]:
    before, after = _on(rows, then), _on(rows, now)
    return [Compared("Level of need", before, after)] if after else []


def _on(rows: list[CaseLevel], on: datetime.date) -> str:
    begun = [row for row in rows if day_of(row.starts_at) <= on]
    return NeedLevel(begun[-1].level).label if begun else ""


def _measures(
    viewer: Viewer, frame: Frame, then: datetime.date, now: datetime.date
) -> list[Compared]:
    found = []
    for measure in measures_of(viewer, frame):
        for each in measure.scales:
            known = [
                (taken.on, taken.values[each.scale.code])
                for taken in measure.takings
                if each.scale.code in taken.values and taken.on <= now
            ]
            before = [one for one in known if one[0] <= then][-1:] or known[:1]
            if known:
                what = f"{each.scale.name}, {measure.whose}"
                found.append(Compared(what, _number(before[-1]), _number(known[-1])))
    return found


def _number(taken: tuple[datetime.date, int]) -> str:
    return f"{taken[1]}, on {day(taken[0])}"
