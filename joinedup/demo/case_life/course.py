"""How a life goes: well, only in part, with a setback, or not to the end; what that means for each thing in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from joinedup.demo.case_arcs import Arc, Happened
from joinedup.demo.case_more import More
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.choices.review import ClosingReason

SET_BACK_DAYS = 80
"""By how much a setback puts off what would have come."""
MOST = 4

LevelOn = tuple[int, int, str, LevelSource]
"""From which day which level, why, and by what."""


class Way(StrEnum):
    """Which way a life goes."""

    WELL = "well"
    IN_PART = "in_part"
    SET_BACK = "set_back"
    STOPPED = "stopped"


_OF_CLOSED = {Way.WELL: 48, Way.IN_PART: 20, Way.SET_BACK: 14, Way.STOPPED: 18}
_OF_OPEN = {Way.WELL: 50, Way.IN_PART: 25, Way.SET_BACK: 25}


@dataclass(frozen=True)
class Course:
    """One life's way: until which day it follows its arc, what set it back, and how it closes."""

    way: Way
    cut: int
    """The day after which nothing more of the arc happens."""
    setback: Happened | None
    closing: str
    reason: ClosingReason

    def day_of(self, day: int) -> int:
        """The day on which what the arc has on a day happens here."""
        if self.setback is not None and day > self.setback.day:
            return day + SET_BACK_DAYS
        return day

    def happens(self, day: int) -> bool:
        """Whether what the arc has on that day happens at all."""
        return day <= self.cut


def course_of(arc: Arc, more: More, length: int, *, is_closed: bool, chance: Random) -> Course:
    """Which way this life goes, over so many days."""
    ways = _OF_CLOSED if is_closed else _OF_OPEN
    way = chance.choices(tuple(ways), tuple(ways.values()))[0]
    last = arc.levels[-1][0]
    if is_closed and way is not Way.STOPPED and length < last:
        way = Way.IN_PART
    setback = chance.choice(more.setback) if way is Way.SET_BACK else None
    if setback is not None and is_closed and length < last + SET_BACK_DAYS:
        way, setback = Way.IN_PART, None
    cut = {Way.IN_PART: last - 12, Way.STOPPED: round(length * 0.5)}.get(way, 10_000)
    closing, reason = arc.closing, ClosingReason.GOALS_REACHED
    if way is Way.IN_PART:
        closing, reason = chance.choice(more.in_part), ClosingReason.OTHER
    if way is Way.STOPPED:
        closing = chance.choice(more.stopped)
        reason = reason_of(closing)
    return Course(way, cut, setback, closing, reason)


def reason_of(words: str) -> ClosingReason:
    """The reason that the words of a closing give."""
    told = words.casefold()
    for reason, signs in (
        (ClosingReason.MOVED_AWAY, ("moved", "another city")),
        (ClosingReason.ANOTHER_LEADS, ("authority leads", "nursing home")),
        (ClosingReason.CANNOT_BE_REACHED, ("nobody in", "lost touch", "did not answer")),
    ):
        if any(each in told for each in signs) and "moved in and" not in told:
            return reason
    return ClosingReason.DOES_NOT_WANT_IT


def levels_of(arc: Arc, course: Course) -> Sequence[LevelOn]:
    """The levels of a life, in order; what sets it back puts it up by one until it is over."""
    found: list[LevelOn] = []
    for day, level, because in arc.levels:
        if found and not course.happens(day):
            break
        source = LevelSource.OPENED if not found else LevelSource.JUDGEMENT
        if found and level < found[-1][1]:
            source = LevelSource.REVIEW
        found.append((course.day_of(day), level, because, source))
    setback = course.setback
    if setback is None or any(level >= MOST for _, level, *_ in found):
        return found
    before = [each for each in found if each[0] <= setback.day]
    after = [each for each in found if each[0] > setback.day]
    now = before[-1][1]
    worse: LevelOn = (setback.day + 2, now + 1, setback.what, LevelSource.JUDGEMENT)
    back: LevelOn = (
        setback.day + SET_BACK_DAYS, now, "It is as it was before it went wrong.", LevelSource.REVIEW,
    )  # fmt: skip
    return [*before, worse, back, *after]
