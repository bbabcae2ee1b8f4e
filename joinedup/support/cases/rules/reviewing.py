"""When a case is to be reviewed, what changed since last time, and when a young person's help changes hands."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from joinedup.foundations.core.dates import months_on
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.choices.plan import ActionState, PlanKind
from joinedup.support.cases.choices.review import LeastStep
from joinedup.support.handovers.rules.limits import Limit
from joinedup.support.handovers.rules.working_days import end_of_working_day, last_day

Said = Mapping[str, object]
"""A plan as a version holds it."""


@dataclass(frozen=True)
class ReviewRule:
    """How soon a plan of this kind is reviewed, from a day on, and whose word that is."""

    kind: PlanKind
    from_on: datetime.date
    first_months: int
    then_months: int
    source: str


_EVER = datetime.date(2010, 1, 1)
RULES: tuple[ReviewRule, ...] = (
    ReviewRule(
        PlanKind.CHILD_PROTECTION, _EVER, 3, 6,
        "child protection: first review within 3 months, then within 6 (standards 2.9)",
    ),
    ReviewRule(
        PlanKind.ZERO_TO_25, _EVER, 12, 12, "education, health and care: each year (to be verified)",
    ),
)  # fmt: skip
"""Dated, so that what was booked under an older word stays right; a kind not named has P33's days."""


@dataclass(frozen=True)
class Due:
    """The last day for a review, and whose word that is."""

    on: datetime.date
    rule: str


def next_review(
    kind: PlanKind, since: datetime.datetime, *, held_before: bool, usual: Limit
) -> Due:
    """By when the next review is to be held, counted from the plan or from the review before.

    `usual` is the clock's own limit, for plans that no rule of their own names.
    """
    day = since.date()
    rules = [each for each in RULES if each.kind is kind and each.from_on <= day]
    if rules:
        rule = max(rules, key=lambda each: each.from_on)
        return Due(
            months_on(day, rule.then_months if held_before else rule.first_months), rule.source
        )
    return Due(
        last_day(end_of_working_day(usual.days, since)),
        f"{usual.days} working days, {usual.source}",
    )


def why_not_booked(day: datetime.date, due: Due, today: datetime.date) -> str | None:
    """Why a review is not booked for that day; earlier than the rule is always right."""
    if day < today:
        return "Book a day to come."
    if day > due.on:
        return (
            f"The next review is due by {due.on:%-d %-m %Y} ({due.rule}). Book no later than that."
        )
    return None


def proposed_level(now: NeedLevel, step: LeastStep) -> NeedLevel:
    """The level of need that a review proposes by the least that helps from here.

    One lower or higher where the continuum goes that far; what ends keeps its level until it closes.
    """
    moved = now + {LeastStep.LESS: -1, LeastStep.MORE: 1}.get(step, 0)
    return NeedLevel(min(max(moved, min(NeedLevel)), max(NeedLevel)))


@dataclass(frozen=True)
class Compared:
    """One line of a plan as it stood last time and as it stands now."""

    what: str
    then: str
    now: str

    @property
    def is_changed(self) -> bool:
        """Whether anything moved."""
        return self.then != self.now


NOT_YET, GONE = "Not there yet", "No longer there"


def compared(then: Said, now: Said) -> list[Compared]:
    """Goals, milestones and actions of two versions side by side, each told once, in the order of now."""
    found = []
    for name, told in (("goals", _goal), ("milestones", _milestone), ("actions", _action)):
        old, new = _by_id(then, name), _by_id(now, name)
        for key in [*new, *(each for each in old if each not in new)]:
            row = new.get(key) or old[key]
            found.append(
                Compared(
                    str(row.get("words", "")),
                    told(old[key]) if key in old else NOT_YET,
                    told(new[key]) if key in new else GONE,
                )
            )
    return found


def _by_id(said: Said, name: str) -> dict[str, Mapping[str, object]]:
    rows = said.get(name)
    if not isinstance(rows, Sequence):
        return {}
    return {str(row["id"]): row for row in rows}


def _goal(row: Mapping[str, object]) -> str:
    outcome = str(row.get("outcome") or "")
    return outcome.capitalize() if outcome else "Worked towards"


def _milestone(row: Mapping[str, object]) -> str:
    if row.get("met_on"):
        return f"Met on {_day(row['met_on'])}"
    return "Given up" if row.get("given_up_because") else f"Due by {_day(row.get('due_on'))}"


def _action(row: Mapping[str, object]) -> str:
    state = ActionState(str(row["state"])).label
    return f"{state}, due by {_day(row['due_on'])}" if row.get("due_on") else state


def _day(value: object) -> str:
    found = datetime.date.fromisoformat(str(value)[:10])
    return f"{found.day} {found:%B %Y}"


TRANSITIONS: tuple[tuple[int, str], ...] = (
    (
        14,
        "Preparing for adulthood begins: ask what they want of adult life, and who will be there.",
    ),
    (
        16,
        "They decide for themselves where they can (Mental Capacity Act); name who helps from 18 on.",
    ),
    (18, "Adult services take over where the need goes on: both sides meet before the birthday."),
    (
        25,
        "An education, health and care plan ends: what goes on is handed over, and nothing stops silently.",
    ),
)
"""Ages at which the help of a young person changes hands (S0-74); a plan has no upper or lower age."""


@dataclass(frozen=True)
class Transition:
    """A birthday on which help changes hands, and what is to be ready for it."""

    age: int
    on: datetime.date
    ready: str


def next_transition(born_on: datetime.date | None, today: datetime.date) -> Transition | None:
    """The next birthday at which help changes hands; None where the birth date or any such is missing."""
    if born_on is None:
        return None
    for age, ready in TRANSITIONS:
        birthday = months_on(born_on, 12 * age)
        if birthday >= today:
            return Transition(age, birthday, ready)
    return None
