"""The reviews of an invented life, and its closing."""

import datetime
from collections.abc import Sequence

from joinedup.demo.case_life.calendar import working
from joinedup.demo.case_life.course import Way
from joinedup.demo.case_life.levels import A_REVIEW_EVERY, levels_by_day, review_days
from joinedup.demo.case_life.life import Life, Rows
from joinedup.demo.case_more import LESS_OF_YOU, MORE_OF_YOU, STAYS_OPEN
from joinedup.demo.case_turns import (
    HOLDS,
    LITTLE_NEW,
    TO_SEE_IT_HOLD,
    WHY_NOT_LESS,
    WOULD_CHOOSE,
    what_a_review_found,
)
from joinedup.foundations.core.dates import day_of
from joinedup.support.cases.choices import Significance
from joinedup.support.cases.choices.level import LevelSource
from joinedup.support.cases.choices.review import LeastStep
from joinedup.support.cases.models import CaseReview, Closing, Milestone, StoryEntry
from joinedup.support.contacts.models import Contact

_RULE = "42 working days after the last"


def write_reviews(life: Life, rows: Rows) -> None:
    """One every nine weeks or so; the next is booked, and a few are late; then the end."""
    booked = working(life.begins + datetime.timedelta(days=A_REVIEW_EVERY))
    since = life.begins
    for number, due in enumerate(review_days(life)):
        booked = due
        late = not life.is_closed and (life.until - due).days < 30 and life.chance.random() < 0.25
        if due > life.until or late:
            break
        rows.add(_held(life, rows, number, since, due))
        since = due
    if life.case.closed_at is None:
        rows.add(_booked(life, booked))
        return
    stopped = life.course.way is Way.STOPPED
    rows.add(
        Closing(
            case=life.case,
            reason=life.course.reason,
            words=life.said(life.course.closing),
            what_stays=life.one_of(STAYS_OPEN) if stopped else life.said(life.arc.stays),
            closed_at=life.case.closed_at,
            closed_by=life.going.lead,
        )
    )


def _booked(life: Life, due: datetime.date) -> CaseReview:
    recorded = life.moment(due - datetime.timedelta(days=A_REVIEW_EVERY))
    return CaseReview(case=life.case, due_on=due, rule=_RULE, recorded_at=recorded)


def _step(life: Life, since: datetime.date, due: datetime.date) -> LeastStep:
    """More, where something went wrong since the last; less, where the level went down with this review."""
    setback = life.course.setback
    if setback is not None and since <= life.on(setback.day) < due:
        return LeastStep.MORE
    if any(on == due and source is LevelSource.REVIEW for on, _, source, _ in levels_by_day(life)):
        return LeastStep.LESS
    return LeastStep.AS_IT_IS


def _held(
    life: Life, rows: Rows, number: int, since: datetime.date, due: datetime.date
) -> CaseReview:
    """What it found is what the story and the plan hold of the time since the one before."""
    step = _step(life, since, due)
    less = step is LeastStep.LESS
    reached = [on for on, _, source, _ in levels_by_day(life) if source is LevelSource.REVIEW]
    holds = bool(reached) and reached[-1] < due and not less
    return CaseReview(
        case=life.case,
        due_on=due,
        rule=_RULE,
        held_on=due,
        present=_present(life),
        person_words=_their_words(life, rows, since, due, less=less),
        found=_found(life, rows, number, since, due, less=less, holds=holds),
        least_step=step,
        why_not_less="" if less else _why_not_less(life, step, number, holds=holds),
        person_would_choose=_in_turn(
            life,
            {LeastStep.LESS: LESS_OF_YOU, LeastStep.MORE: MORE_OF_YOU}.get(step, WOULD_CHOOSE),
            number,
        ),
        held_by=life.going.lead,
        recorded_at=life.moment(due),
    )


def _present(life: Life) -> str:
    who = "their mother" if life.arc.family else "the person"
    lead = life.going.lead.user.name
    return life.chance.choice(
        (
            f"{lead}, {life.helper} and {who}",
            f"{lead} and {who}",
            f"{lead} and {who}; {life.helper} by telephone",
        )
    )


def _in_turn(life: Life, ways: Sequence[str], number: int) -> str:
    """One way to say it, and at the next review another."""
    return life.said(ways[(life.going.number + number) % len(ways)])


def _why_not_less(life: Life, step: LeastStep, number: int, *, holds: bool) -> str:
    if step is LeastStep.MORE and life.course.setback is not None:
        meant = life.course.setback.meant or life.course.setback.what
        return f"{life.said(meant)} More, until it is over."
    return _in_turn(life, TO_SEE_IT_HOLD if holds else WHY_NOT_LESS, number)


def _their_words(
    life: Life, rows: Rows, since: datetime.date, due: datetime.date, *, less: bool
) -> str:
    said = [
        each.their_words
        for each in rows.of(Contact, life.case)
        if each.their_words and since <= day_of(each.at) < due
    ]
    is_last = less and due == [on for on, *_ in levels_by_day(life)][-1]
    if is_last:
        return life.said(life.arc.said_at_review)
    return said[-1] if said else ""


def _found(
    life: Life, rows: Rows, number: int, since: datetime.date, due: datetime.date, *, less: bool,
    holds: bool,
) -> str:  # fmt: skip
    happened = [
        entry.what
        for entry in rows.of(StoryEntry, life.case)
        if since <= entry.starts_on < due and entry.significance != Significance.ORDINARY
    ]
    met = [
        each.words
        for each in rows.of(Milestone, life.case)
        if each.met_on and since <= each.met_on < due
    ]
    otherwise = _in_turn(life, HOLDS if holds else LITTLE_NEW, number)
    if less:
        otherwise = life.said(life.arc.review)
    return what_a_review_found(happened, met, otherwise)
