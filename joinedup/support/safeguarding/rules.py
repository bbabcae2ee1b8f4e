"""Which door opens, which line answers now, whom an exit rings next, and what is late (P19)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.core.dates import LONDON
from joinedup.support.handovers.rules.working_days import end_of_working_day, is_working_day
from joinedup.support.safeguarding.choices import (
    Audience,
    Basis,
    Decision,
    Door,
    Hours,
    StepOfRinging,
    Trigger,
)

GROWN_UP_AT = 18
OPENS, SHUTS = datetime.time(9), datetime.time(17)
RECORD_WITHIN = datetime.timedelta(hours=24)
DECIDED_WITHIN_WORKING_DAYS = 1
SILENT_AFTER_WORKING_DAYS = 3


@dataclass(frozen=True)
class Opened:
    """A door that an answer opened, for whom, and which answer it was."""

    door: Door
    audience: Audience
    because: Trigger


def audience_of(age: int | None) -> Audience | None:
    """Whose door it is at that age; a person is a child until the eighteenth birthday."""
    if age is None:
        return None
    return Audience.CHILD if age < GROWN_UP_AT else Audience.ADULT


def doors_for(triggers: Iterable[Trigger], age: int | None) -> list[Opened]:
    """The doors that these answers open, each once, the most urgent first.

    An answer about a child opens the children's door whoever is referred. Where the age is not
    known an answer counts as an adult's: whoever asks says the age if it is a child.
    """
    whose = audience_of(age) or Audience.ADULT
    opened: dict[tuple[Door, Audience], Opened] = {}
    for trigger in triggers:
        audience = trigger.about.audience or whose
        opened.setdefault((trigger.door, audience), Opened(trigger.door, audience, trigger))
    return sorted(opened.values(), key=lambda each: (each.door.rank, each.audience))


def basis_for(door: Door, audience: Audience | None) -> Basis:
    """What sending rests on instead of consent, before anybody has thought about it further."""
    if door is not Door.SAFEGUARDING:
        return Basis.VITAL_INTERESTS
    return Basis.SAFEGUARD_ADULT if audience is Audience.ADULT else Basis.SAFEGUARD_CHILD


def decisions_for(audience: Audience | None) -> tuple[Decision, ...]:
    """What can be decided of an adult, of a child, or of somebody whose age nobody said."""
    not_of = {
        Audience.ADULT: {Decision.SECTION_17, Decision.SECTION_47},
        Audience.CHILD: {Decision.SECTION_42},
    }
    left_out = not_of.get(audience, set()) if audience else set()
    return tuple(decision for decision in Decision if decision not in left_out)


def hours_at(at: datetime.datetime) -> Hours:
    """Whether that moment is within office hours by the clock here, bank holidays left out."""
    here = at.astimezone(LONDON)
    if is_working_day(here.date()) and OPENS <= here.time() < SHUTS:
        return Hours.OFFICE
    return Hours.OUT_OF_HOURS


@dataclass(frozen=True)
class Line:
    """A door's line as far as it is judged: when it answers, from which day until which."""

    door: Door
    audience: Audience
    hours: Hours
    starts_on: datetime.date
    ends_on: datetime.date | None
    key: int


def line_at[L: Line](
    lines: Iterable[L], door: Door, audience: Audience, at: datetime.datetime
) -> L | None:
    """The line that answers at that moment; where none does, any of the door rather than none."""
    today, hours = at.astimezone(LONDON).date(), hours_at(at)
    of_door = [
        line
        for line in lines
        if line.door is door
        and line.audience is audience
        and line.starts_on <= today
        and (line.ends_on is None or today < line.ends_on)
    ]
    order = {hours: 0, Hours.ALWAYS: 1}
    return min(of_door, key=lambda line: (order.get(line.hours, 2), line.key), default=None)


def step_of(number: int) -> StepOfRinging:
    """Whom that round rings: the team, then the deputy, then everybody, again and again."""
    steps = {1: StepOfRinging.TEAM, 2: StepOfRinging.DEPUTY}
    return steps.get(number, StepOfRinging.EVERYBODY)


def rings_at(last_rung_at: datetime.datetime, wait: datetime.timedelta) -> datetime.datetime:
    """When the next round is due; there is no last one."""
    return last_rung_at + wait


def storable(value: object) -> object:
    """What was typed as the database can keep it; nothing of it is a reason to refuse an exit."""
    if isinstance(value, dict):
        return {str(storable(str(key))): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [storable(each) for each in value]
    if value is None or isinstance(value, bool | int):
        return value
    return str(value).replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True)
class Due:
    """By when an exit is to be decided, to be written down, and to be asked about again."""

    record_by: datetime.datetime
    decide_by: datetime.datetime
    silent_from: datetime.datetime


def due_of(raised_at: datetime.datetime) -> Due:
    """The three limits of an exit, counted from the moment it was raised."""
    return Due(
        raised_at + RECORD_WITHIN,
        end_of_working_day(DECIDED_WITHIN_WORKING_DAYS, raised_at),
        end_of_working_day(SILENT_AFTER_WORKING_DAYS, raised_at),
    )
