"""How the caseload reads: each case in a line, what each lead carries, what giving would do."""

import datetime
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.tables import Table, table
from joinedup.foundations.core.wording import day
from joinedup.support.cases.rules.caseload import (
    CaseFacts,
    Load,
    Mark,
    Narrowed,
    loads,
    marks_of,
    week_of,
)

_COLOURS = {
    Mark.RISK_RISING: "govuk-tag--red",
    Mark.OVERDUE: "govuk-tag--orange",
    Mark.OFF_PATHWAY: "govuk-tag--orange",
    Mark.NO_CONTACT: "govuk-tag--yellow",
    Mark.STALE: "govuk-tag--grey",
    Mark.DUE: "govuk-tag--blue",
}


@dataclass(frozen=True)
class Line:
    """One case in the list."""

    case: CaseFacts
    marks: tuple[tuple[str, str], ...]
    level: str
    contact: str
    due: str
    about: str


def line(case: CaseFacts, by: Narrowed, today: datetime.date) -> Line:
    """One case, in words."""
    marks = marks_of(case, today, by.days)
    return Line(
        case=case,
        marks=tuple((mark.label, _COLOURS[mark]) for mark in marks),
        level=str(case.level) if case.level else "Not said",
        contact=_ago(case.last_contact_at, today),
        due=_due(case, today),
        about=_about(case),
    )


def workload(cases: Iterable[CaseFacts], shares: Mapping[uuid.UUID, int]) -> Table | None:
    """What each lead carries of their week; nothing where there is one lead alone."""
    found = loads(cases, shares)
    if len(found) < 2:
        return None
    rows = [(load.lead_name or "Nobody", str(load.cases), _weight(load)) for load in found]
    return table("What each lead carries", ("Lead", "Cases", "Weight"), rows, stacks=False)


@dataclass(frozen=True)
class Preview:
    """What giving these cases to somebody would do, before it is done."""

    cases: tuple[CaseFacts, ...]
    before: Load
    after: Load

    @property
    def is_over(self) -> bool:
        """Whether it would be more than their week holds."""
        return self.after.is_over


def preview(
    cases: Sequence[CaseFacts],
    chosen: Collection[uuid.UUID],
    to: uuid.UUID,
    name: str,
    share: int | None = None,
) -> Preview:
    """Which cases would move, and what whoever gets them would carry then."""
    moves = tuple(case for case in cases if case.matter_id in chosen and case.lead_post_id != to)
    has = [case for case in cases if case.lead_post_id == to]

    def load(carried: Sequence[CaseFacts]) -> Load:
        weight = sum(case.weight for case in carried)
        return Load(to, name, len(carried), weight, week_of(share))

    return Preview(moves, load(has), load([*has, *moves]))


def _about(case: CaseFacts) -> str:
    said = [f"{case.programme.label}, open since {day(case.opened_at)}"]
    return ". ".join([*said, *(group.short for group in case.groups)])


def _weight(load: Load) -> str:
    return f"{load.weight} of {load.full}" + (", more than their week" if load.is_over else "")


def _ago(at: datetime.datetime | None, today: datetime.date) -> str:
    if at is None:
        return "Never"
    days = (today - day_of(at)).days
    if days <= 0:
        return "Today"
    return "Yesterday" if days == 1 else f"{days} days ago"


def _due(case: CaseFacts, today: datetime.date) -> str:
    said = []
    if case.review_due_on:
        late = case.review_due_on < today
        said.append(f"Review {'was ' if late else ''}due {day(case.review_due_on)}")
    if case.overdue_actions:
        many = "action is" if case.overdue_actions == 1 else "actions are"
        said.append(f"{case.overdue_actions} {many} overdue")
    elif case.action_due_on:
        said.append(f"Action due {day(case.action_due_on)}")
    if case.steps_overdue:
        many = "step of a pathway is" if case.steps_overdue == 1 else "steps of a pathway are"
        said.append(f"{case.steps_overdue} {many} past the limit")
    if case.unsigned:
        said.append(f"{case.unsigned} unsigned")
    return ". ".join(said) or "Nothing is due"
