"""Whether somebody may carry out a function of the law on a day, and why not; when to warn of a lapse."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.partnership.workforce.choices import FunctionCode

WARNED_BEFORE = (90, 30, 7, 1)
"""Days before an approval ends on which its holder and managers are told."""


@dataclass(frozen=True)
class Held:
    """An approval as the rule reads it: from a day, until before another."""

    starts_on: datetime.date
    ends_on: datetime.date

    def holds(self, day: datetime.date) -> bool:
        """Whether it is in force on that day."""
        return self.starts_on <= day < self.ends_on


@dataclass(frozen=True)
class Answer:
    """Whether it may be done, and in a sentence why or why not; where it has lapsed, since when."""

    may: bool
    why: str
    lapsed_on: datetime.date | None = None

    def __bool__(self) -> bool:
        return self.may


def may_do(
    function: FunctionCode,
    day: datetime.date,
    *,
    name: str,
    operates: bool,
    somebody_operates: bool,
    approvals: Iterable[Held],
) -> Answer:
    """Whether this practitioner may carry out the function on that day.

    Their agency must carry it out, as the register says, and where the law keeps it for an approved
    role they must be approved on that very day.
    """
    about = function.about
    if not operates:
        if not somebody_operates:
            return Answer(
                False,
                f"Nobody is entered as carrying out “{about.name}” on that day. The partnership "
                "administrator keeps the register of functions.",
            )
        return Answer(
            False,
            f"“{about.name}” ({about.law}) is not carried out by {name}’s agency. Ask one that the "
            "register of functions names.",
        )
    if not about.approved_role:
        return Answer(True, f"Carried out by {name}’s agency: {about.law}.")
    found = sorted(approvals, key=lambda each: each.ends_on)
    for each in found:
        if each.holds(day):
            return Answer(True, f"{name} is approved as {about.approved_role}.")
    lapsed = [each for each in found if each.ends_on <= day]
    if lapsed:
        ended = lapsed[-1].ends_on
        return Answer(
            False,
            f"The approval of {name} as {about.approved_role} ended before "
            f"{ended.day} {ended:%B %Y}. Choose somebody who is approved, or have it renewed and entered.",
            ended,
        )
    return Answer(
        False,
        f"This is kept for an {about.approved_role}, and {name} is not entered as one."
        if about.approved_role[0] in "aeiou"
        else f"This is kept for a {about.approved_role}, and {name} is not entered as one.",
    )


def why_no_approval(
    function: FunctionCode, starts_on: datetime.date, ends_on: datetime.date
) -> str | None:
    """Why an approval cannot run so; None where it can."""
    about = function.about
    if not about.approved_role:
        return f"“{about.name}” needs no approval by name."
    if ends_on <= starts_on:
        return "It ends after it starts."
    years = about.longest_years
    if years and ends_on > _years_on(starts_on, years):
        return f"The law lets this approval run for {years} years at most."
    return None


def warning_due(ends_on: datetime.date, day: datetime.date) -> int | None:
    """The warning that stands on that day: 90, 30, 7, 1, or 0 once it has ended; None before them."""
    left = (ends_on - day).days
    if left <= 0:
        return 0
    return min((days for days in WARNED_BEFORE if left <= days), default=None)


def _years_on(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28) + datetime.timedelta(days=1)
