"""Where a case stands on its pathway: which steps are done against the limit, late, past it or left out (S1-33)."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import start_of
from joinedup.pipeline import disclosure
from joinedup.pipeline.disclosure import Shown
from joinedup.support.cases.choices.pathway import Became, CountedFrom, StepSign, StepState
from joinedup.support.handovers.rules.working_days import (
    end_of_working_day,
    last_day,
    working_days_from,
)

SETTLED = frozenset({StepState.ON_TIME, StepState.LATE, StepState.LEFT_OUT})


@dataclass(frozen=True)
class StepSaid:
    """A step as its pathway has it."""

    id: int
    place: int
    what: str
    who: str
    shared: str
    days: int
    counted: CountedFrom
    sign: StepSign | None = None


@dataclass(frozen=True)
class Marked:
    """What somebody said became of a step, and on which day."""

    became: Became
    on: datetime.date
    words: str = ""


@dataclass(frozen=True)
class Followed:
    """A step beside what became of it."""

    step: StepSaid
    state: StepState
    due_on: datetime.date | None = None
    done_on: datetime.date | None = None
    words: str = ""
    is_read: bool = False
    """Read from the case itself, and written by nobody."""
    late_by: int = 0
    """Working days past the limit."""


def follow(
    steps: Sequence[StepSaid],
    starts_on: datetime.date,
    today: datetime.date,
    *,
    marks: Mapping[int, Marked],
    signs: Mapping[StepSign, datetime.date],
    ends_on: datetime.date | None = None,
) -> list[Followed]:
    """Each step against its limit, in order; where the pathway ended no limit runs any more.

    `marks` are by the step's id and stand before `signs`: the first day since the pathway began on
    which the case itself shows such a thing.
    """
    found: list[Followed] = []
    before: datetime.date | None = starts_on
    for step in sorted(steps, key=lambda each: each.place):
        since = starts_on if step.counted is CountedFrom.START else before
        due = None if since is None else due_on(since, step.days)
        found.append(_followed(step, due, today, marks.get(step.id), signs, ends_on))
        before = found[-1].done_on
    return found


def due_on(since: datetime.date, days: int) -> datetime.date:
    """The last day of so many working days."""
    return last_day(end_of_working_day(days, start_of(since)))


def _followed(
    step: StepSaid,
    due: datetime.date | None,
    today: datetime.date,
    mark: Marked | None,
    signs: Mapping[StepSign, datetime.date],
    ends_on: datetime.date | None,
) -> Followed:
    if mark is not None and mark.became is Became.LEFT_OUT:
        return Followed(step, StepState.LEFT_OUT, due, mark.on, mark.words)
    if mark is not None and mark.became is Became.DONE:
        return _done(step, due, mark.on, mark.words, is_read=False)
    read = signs.get(step.sign) if step.sign is not None else None
    if read is not None and mark is None and (ends_on is None or read <= ends_on):
        return _done(step, due, read, "", is_read=True)
    if ends_on is not None:
        return Followed(step, StepState.ENDED)
    if due is None:
        return Followed(step, StepState.WAITS)
    if today > due:
        return Followed(step, StepState.OVERDUE, due, late_by=working_days_from(due, today))
    return Followed(step, StepState.DUE, due)


def _done(
    step: StepSaid, due: datetime.date | None, on: datetime.date, words: str, *, is_read: bool
) -> Followed:
    late = due is not None and on > due
    by = working_days_from(due, on) if due is not None and late else 0
    state = StepState.LATE if late else StepState.ON_TIME
    return Followed(step, state, due, on, words, is_read, by)


def is_finished(found: Iterable[Followed]) -> bool:
    """Whether every step is done or left out."""
    return all(each.state in SETTLED for each in found)


def next_of(found: Iterable[Followed]) -> Followed | None:
    """The open step that is due first."""
    waiting = [each for each in found if each.state in {StepState.OVERDUE, StepState.DUE}]
    return min(
        waiting, key=lambda each: (each.due_on or datetime.date.max, each.step.place), default=None
    )


COUNTED = (StepState.ON_TIME, StepState.LATE, StepState.OVERDUE, StepState.LEFT_OUT)
"""What is counted by itself; all else is not due yet, or was not reached."""


@dataclass(frozen=True)
class StepFigures:
    """How many cases stand how at one step, as it may be shown (P44)."""

    step: StepSaid
    counts: tuple[Shown, ...]
    """In the order of COUNTED, and last those of which it is not known yet."""
    on_time: Shown
    """Per cent of those whose time has run and who did not leave it out."""


def figures(steps: Sequence[StepSaid], cases: Sequence[Sequence[Followed]]) -> list[StepFigures]:
    """Step by step over all the cases; the rows add up to the same total, so small ones go together."""
    by_step = {each.id: Counter[StepState]() for each in steps}
    for followed in cases:
        for one in followed:
            by_step[one.step.id][one.state] += 1
    raw = [
        [*(by_step[step.id][state] for state in COUNTED), _rest(by_step[step.id])] for step in steps
    ]
    shown = disclosure.table(raw)
    return [
        StepFigures(step, tuple(shown[row]), _share(raw[row], shown[row]))
        for row, step in enumerate(steps)
    ]


def _rest(counts: Counter[StepState]) -> int:
    return sum(many for state, many in counts.items() if state not in COUNTED)


def _share(raw: Sequence[int], shown: Sequence[Shown]) -> Shown:
    """Nothing where any of what it is reckoned from was withheld: it would give that away."""
    run = slice(0, 3)
    if any(each is None for each in shown[run]):
        return None
    return disclosure.share(raw[0], sum(raw[run]))


def why_not_proposed(steps: Sequence[tuple[str, str, int | None]]) -> str:
    """Why these steps (what, who, days) make no pathway, fit for the page; nothing where they do."""
    if len(steps) < 2:
        return "A pathway has two steps or more: write what is done and whose it is."
    for place, (what, who, days) in enumerate(steps, 1):
        if not what.strip():
            return f"Say what is done in step {place}."
        if not who.strip():
            return f"Say whose step {place} is."
        if not days or days < 1:
            return f"Say within how many working days step {place} is done."
    return ""
