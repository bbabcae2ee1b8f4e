"""Counts contacts by service and reason, and says which threshold they reach; genuine kept apart (S0-83).

A person whom illness brings back, one who calls without need and one who calls to harm are three
different things, and so are a victim and a perpetrator: each has its own line and is never added up.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.support.frontdoor.choices import Characteristic, ContactReason, EmergencyService

_SHOWS = {
    ContactReason.GENUINE: Characteristic.FREQUENT_EMERGENCY,
    ContactReason.NOT_GENUINE: Characteristic.FREQUENT_EMERGENCY,
    ContactReason.MALICIOUS: Characteristic.MALICIOUS_CALLS,
    ContactReason.VICTIM: Characteristic.REPEAT_VICTIM,
    ContactReason.PERPETRATOR: Characteristic.REPEAT_PERPETRATOR,
}


@dataclass(frozen=True)
class Contact:
    """One contact that an agency holds: with which service, of what sort, when, of which category."""

    service: EmergencyService
    reason: ContactReason
    on: datetime.date
    holder: str
    category: str
    person: str = ""


@dataclass(frozen=True)
class Line:
    """From how many contacts in how many days use counts, and whose rule that is."""

    service: EmergencyService
    reason: ContactReason
    contacts: int
    days: int
    source: str

    @property
    def words(self) -> str:
        """The line as it is shown beside a count."""
        return f"{self.contacts} or more in {self.days} days ({self.source})"


@dataclass(frozen=True)
class Counted:
    """How many contacts of one sort one holder tells of, held against one line."""

    line: Line
    holder: str
    category: str
    person: str
    contacts: int
    last_on: datetime.date
    is_met: bool

    @property
    def shows(self) -> Characteristic | None:
        """The characteristic it is evidence for; None while it stays below the line."""
        return _SHOWS[self.line.reason] if self.is_met else None


def counted(
    contacts: Iterable[Contact], lines: Iterable[Line], today: datetime.date
) -> tuple[Counted, ...]:
    """Each line that something was counted for, holder by holder; of several met, the first told.

    A holder's counts stand by themselves: what one agency holds is never mixed with another's, for
    the sum would tell of both. Contacts after today or before the window count for nothing.
    """
    by_sort: dict[tuple[EmergencyService, ContactReason, str, str, str], list[datetime.date]] = {}
    for each in contacts:
        key = (each.service, each.reason, each.holder, each.category, each.person)
        by_sort.setdefault(key, []).append(each.on)
    found = []
    for (service, reason, holder, category, person), days in sorted(by_sort.items()):
        fitting = [line for line in lines if (line.service, line.reason) == (service, reason)]
        held = [
            _against(line, holder, category, person, days, today)
            for line in sorted(fitting, key=lambda line: (line.days, line.contacts))
        ]
        kept = [each for each in held if each is not None]
        best = next((each for each in kept if each.is_met), kept[-1] if kept else None)
        if best is not None:
            found.append(best)
    return tuple(found)


def _against(
    line: Line,
    holder: str,
    category: str,
    person: str,
    days: list[datetime.date],
    today: datetime.date,
) -> Counted | None:
    since = today - datetime.timedelta(days=line.days)
    within = [day for day in days if since < day <= today]
    if not within:
        return None
    return Counted(
        line=line,
        holder=holder,
        category=category,
        person=person,
        contacts=len(within),
        last_on=max(within),
        is_met=len(within) >= line.contacts,
    )


STANDARD: tuple[Line, ...] = (
    Line(
        EmergencyService.EMERGENCY_DEPARTMENT, ContactReason.GENUINE, 6, 30,
        "NHS England, high intensity use: more than 5 in a month",
    ),
    Line(EmergencyService.EMERGENCY_DEPARTMENT, ContactReason.GENUINE, 4, 60, "Proposed; set locally"),
    Line(
        EmergencyService.EMERGENCY_DEPARTMENT, ContactReason.GENUINE, 5, 365,
        "Royal College of Emergency Medicine, to be verified: 5 or more in a year",
    ),
    Line(
        EmergencyService.EMERGENCY_DEPARTMENT, ContactReason.NOT_GENUINE, 3, 365,
        "Greenfield, Emergency Medicine Journal: 3 or more in a year",
    ),
    Line(EmergencyService.AMBULANCE, ContactReason.GENUINE, 5, 30, "Proposed; set locally"),
    Line(EmergencyService.AMBULANCE, ContactReason.GENUINE, 12, 90, "Proposed; set locally"),
    Line(EmergencyService.AMBULANCE, ContactReason.NOT_GENUINE, 4, 90, "Proposed; set locally"),
    Line(EmergencyService.AMBULANCE, ContactReason.MALICIOUS, 2, 365, "Proposed; set locally"),
    Line(EmergencyService.POLICE, ContactReason.GENUINE, 6, 90, "Proposed; set locally"),
    Line(EmergencyService.POLICE, ContactReason.NOT_GENUINE, 4, 90, "Proposed; set locally"),
    Line(EmergencyService.POLICE, ContactReason.MALICIOUS, 2, 365, "Proposed; set locally"),
    Line(EmergencyService.POLICE, ContactReason.VICTIM, 2, 365, "Repeat victim: 2 or more in a year; proposed"),
    Line(
        EmergencyService.POLICE, ContactReason.PERPETRATOR, 2, 365,
        "Repeat perpetrator: 2 or more in a year; proposed",
    ),
    Line(EmergencyService.FIRE, ContactReason.GENUINE, 3, 365, "Proposed; set locally"),
    Line(EmergencyService.FIRE, ContactReason.NOT_GENUINE, 3, 365, "Proposed; set locally"),
    Line(EmergencyService.FIRE, ContactReason.MALICIOUS, 2, 365, "Proposed; set locally"),
)  # fmt: skip
"""What the front door begins with; each is a dated row from then on, and changed there."""
