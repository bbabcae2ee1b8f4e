"""When it is asked what became of a decision, and the figures of a panel's work; small numbers kept (P44)."""

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from joinedup.pipeline import disclosure
from joinedup.support.panels.choices import DecisionKind

AFTER_WEEKS = (6, 26)
IN_TIME = 14
"""Days within which the ten working days of the one clock lie, whichever day somebody came in (P33)."""


def due_on(decided_on: datetime.date, weeks: int) -> datetime.date:
    """On which day it is asked what became of it."""
    return decided_on + datetime.timedelta(weeks=weeks)


@dataclass(frozen=True)
class Decided:
    """One decision as far as the figures ask of it."""

    kind: DecisionKind
    waited: int
    """Days from when it came before the panel until it was decided."""
    dissent: bool
    reversed: bool


@dataclass(frozen=True)
class Done:
    """One action as far as the figures ask of it."""

    is_open: bool
    is_done: bool
    in_time: bool
    late: bool


@dataclass(frozen=True)
class Figures:
    """The panel's own figures; None is a number that is not told to this reader."""

    decisions: int | None
    waited: float | None
    in_time: int | None
    """Per cent of decisions within the days of the clock."""
    dissent: int | None
    reversed: int | None
    actions: int | None
    done_in_time: int | None
    """Per cent of the actions that are settled or past their day."""
    kinds: dict[DecisionKind, int | None] = field(default_factory=dict)


def figures(decided: Sequence[Decided], actions: Iterable[Done], *, exact: bool) -> Figures:
    """The figures: exact for who holds the items, small numbers kept for everybody else (P44)."""
    over = [each for each in actions if not each.is_open or each.late]
    kinds = Counter(each.kind for each in decided)
    quick = sum(each.waited <= IN_TIME for each in decided)
    timely = sum(each.is_done and each.in_time for each in over)
    number, share = (_number, _share) if exact else (disclosure.shown, disclosure.share)
    known = exact or disclosure.shown(len(decided)) is not None
    return Figures(
        decisions=number(len(decided)),
        waited=median(each.waited for each in decided) if decided and known else None,
        in_time=share(quick, len(decided)),
        dissent=number(sum(each.dissent for each in decided)),
        reversed=number(sum(each.reversed for each in decided)),
        actions=number(len(over)),
        done_in_time=share(timely, len(over)),
        kinds=dict(kinds) if exact else dict(disclosure.breakdown(kinds)),
    )


def _number(count: int) -> int | None:
    return count


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None
