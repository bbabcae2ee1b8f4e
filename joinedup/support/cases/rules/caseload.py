"""What of a case asks for attention, and how much of a working week it weighs."""

import datetime
import uuid
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.client_group import ClientGroup

SOON = datetime.timedelta(days=7)
NO_CONTACT_AFTER_DAYS = 28
STALE_AFTER = datetime.timedelta(days=42)
"""Nothing written for so long: as long as the time to the next review (P33, propose)."""

WEIGHTS = {1: 1, 2: 2, 3: 3, 4: 5}
"""What a case weighs by its level; four of level 4 are a full week's work of twenty (propose)."""
FULL_WEEK = 20
_UNSAID = 2


class Mark(StrEnum):
    """Why a case asks for attention, most pressing first."""

    RISK_RISING = "risk_rising"
    OVERDUE = "overdue"
    OFF_PATHWAY = "off_pathway"
    NO_CONTACT = "no_contact"
    STALE = "stale"
    DUE = "due"

    @property
    def label(self) -> str:
        """The words shown on a page."""
        return {
            "risk_rising": "Risk rising",
            "overdue": "Overdue",
            "off_pathway": "Past a pathway’s limit",
            "no_contact": "No contact",
            "stale": "Nothing written",
            "due": "Due this week",
        }[self.value]


@dataclass(frozen=True)
class CaseFacts:
    """What a list of cases knows of one of them."""

    matter_id: uuid.UUID
    title: str
    persons: int
    programme: Programme
    lead_post_id: uuid.UUID | None
    lead_name: str
    opened_at: datetime.datetime
    level: int | None = None
    risk_rising: bool = False
    last_contact_at: datetime.datetime | None = None
    last_written_at: datetime.datetime | None = None
    review_due_on: datetime.date | None = None
    action_due_on: datetime.date | None = None
    overdue_actions: int = 0
    unsigned: int = 0
    steps_overdue: int = 0
    """Steps of its pathways that are past their limit."""
    groups: tuple[ClientGroup, ...] = ()
    """The groups of its people that the viewer may see."""

    @property
    def weight(self) -> int:
        """What it weighs: by level, and one more for each person after the second."""
        return WEIGHTS.get(self.level or 0, _UNSAID) + max(0, self.persons - 2)

    @property
    def next_due_on(self) -> datetime.date | None:
        """The first day on which something of it is due."""
        days = [day for day in (self.review_due_on, self.action_due_on) if day]
        return min(days, default=None)


def marks_of(
    case: CaseFacts, today: datetime.date, no_contact_days: int = NO_CONTACT_AFTER_DAYS
) -> tuple[Mark, ...]:
    """Every reason why a case asks for attention on that day, most pressing first."""
    found = []
    if case.risk_rising:
        found.append(Mark.RISK_RISING)
    late_review = case.review_due_on is not None and case.review_due_on < today
    if late_review or case.overdue_actions:
        found.append(Mark.OVERDUE)
    if case.steps_overdue:
        found.append(Mark.OFF_PATHWAY)
    if _days_since(case.last_contact_at or case.opened_at, today) > no_contact_days:
        found.append(Mark.NO_CONTACT)
    if _days_since(case.last_written_at or case.opened_at, today) > STALE_AFTER.days:
        found.append(Mark.STALE)
    if case.next_due_on is not None and today <= case.next_due_on <= today + SOON:
        found.append(Mark.DUE)
    return tuple(found)


@dataclass(frozen=True)
class Load:
    """What one lead carries."""

    lead_post_id: uuid.UUID | None
    lead_name: str
    cases: int
    weight: int
    full: int = FULL_WEEK
    """What they can carry: a full week, or their share of one."""

    @property
    def is_over(self) -> bool:
        """Whether it is more than their week's work."""
        return self.weight > self.full


def week_of(percent: int | None) -> int:
    """What a post of this share of a full week can carry; nothing said is a full week."""
    return FULL_WEEK if percent is None else max(1, round(FULL_WEEK * percent / 100))


def loads(cases: Iterable[CaseFacts], shares: Mapping[uuid.UUID, int] | None = None) -> list[Load]:
    """What each lead of these cases carries, heaviest first; `shares` of a week by post, in per cent."""
    part = shares or {}
    by: dict[tuple[uuid.UUID | None, str], list[CaseFacts]] = {}
    for case in cases:
        by.setdefault((case.lead_post_id, case.lead_name), []).append(case)
    found = [
        Load(
            post, name, len(each), sum(case.weight for case in each),
            week_of(part.get(post) if post else None),
        )
        for (post, name), each in by.items()
    ]  # fmt: skip
    return sorted(found, key=lambda load: (-load.weight, load.lead_name))


def in_order(
    cases: Sequence[CaseFacts], today: datetime.date, no_contact_days: int
) -> list[CaseFacts]:
    """The most pressing first; of two alike what is due first, then what is open longest."""
    order = list(Mark)

    def key(case: CaseFacts) -> tuple[int, datetime.date, datetime.datetime]:
        marks = marks_of(case, today, no_contact_days)
        first = order.index(marks[0]) if marks else len(order)
        return (first, case.next_due_on or datetime.date.max, case.opened_at)

    return sorted(cases, key=key)


@dataclass(frozen=True)
class Narrowed:
    """How the caseload is looked at."""

    q: str = ""
    whose: str = "mine"
    mark: str = ""
    programme: str = ""
    group: str = ""
    days: int = NO_CONTACT_AFTER_DAYS
    where: str = ""
    """A part of the place; which cases lie there is asked of the database."""


def narrow(
    cases: Iterable[CaseFacts],
    by: Narrowed,
    post_id: uuid.UUID | None,
    today: datetime.date,
    there: Container[uuid.UUID] | None = None,
) -> list[CaseFacts]:
    """Those that were asked for, most pressing first; `there` are those in the part of the place asked for."""
    wanted = by.q.casefold().split()
    found = [
        case
        for case in cases
        if (there is None or case.matter_id in there)
        and (by.whose != "mine" or case.lead_post_id == post_id)
        and (not by.programme or case.programme == by.programme)
        and (not by.group or by.group in case.groups)
        and (not by.mark or by.mark in marks_of(case, today, by.days))
        and all(word in case.title.casefold() for word in wanted)
    ]
    return in_order(found, today, by.days)


def _days_since(at: datetime.datetime, today: datetime.date) -> int:
    return (today - at.date()).days
