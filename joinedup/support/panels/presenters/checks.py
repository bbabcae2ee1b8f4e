"""How checks read: what an agency answered, what is kept, what its own records suggest; never as no risk (P8)."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.core.wording import count, day, listed
from joinedup.identity.sharing.choices import Telling
from joinedup.support.panels.choices import Known
from joinedup.support.panels.models import AgencyCheck
from joinedup.support.panels.queries.checks import (
    CheckTold,
    ListOfMeeting,
    OwnLine,
    OwnRecords,
    Shown,
    ToAnswer,
)

NOT_NO_RISK = "This is not to be read as no risk."
WHAT_IS_NOT_SHOWN = (
    "An agency may know more than stands here, and not every agency can be told of. "
    "What is not shown is not to be read as no risk."
)


@dataclass(frozen=True)
class CheckShown:
    """One agency's check as it reads at an item."""

    agency: str
    heading: str
    lines: tuple[tuple[str, str], ...]
    note: str = ""
    tag: str = ""


def told(found: CheckTold) -> CheckShown:
    """What somebody at the table reads of one agency's check."""
    if found.shown is Shown.WAITING:
        return CheckShown(
            found.agency_name,
            "Asked, not answered",
            (),
            f"Nobody has answered yet. {NOT_NO_RISK}",
            "yellow",
        )
    if found.shown is Shown.KEPT or found.check is None:
        why = (
            f" Ask {found.agency_name} to open it to you." if found.told is Telling.IN_FULL else ""
        )
        return CheckShown(
            found.agency_name, "Has answered, and has not opened it to you", (),
            f"{NOT_NO_RISK}{why}", "grey",
        )  # fmt: skip
    known = Known(found.check.known)
    note = f"Answered by {found.answered_by}, {day(found.check.answered_at)}"
    return CheckShown(
        found.agency_name, known.label, tuple(answer_lines(found.check)),
        f"{note}. {NOT_NO_RISK}" if known is Known.NOT_SAID else note,
    )  # fmt: skip


def answer_lines(check: AgencyCheck) -> list[tuple[str, str]]:
    """The boxes of an answer that hold something, each with its name."""
    said = [
        ("Since", day(check.since_on)), ("Works with them", check.lead), ("What helps", check.helps),
        ("Risks", check.risks), ("View", check.view),
    ]  # fmt: skip
    return [(name, words) for name, words in said if words]


@dataclass(frozen=True)
class LineShown:
    """One item on an agency's list."""

    key: str
    names: str
    state: str
    note: str
    waits: bool
    by_itself: bool
    """The agency's own records hold something: it is answered in the form, and not by one key."""
    is_next: bool
    is_registered: bool
    """The agency's own records hold who they are, and nothing else."""


@dataclass(frozen=True)
class ListShown:
    """What an agency is asked before one meeting."""

    meeting: ListOfMeeting
    lines: tuple[LineShown, ...]
    waiting: int
    rest: int

    @property
    def heading(self) -> str:
        """Which meeting it is for."""
        return self.meeting.meeting.body


def lists(found: Sequence[ListOfMeeting]) -> list[ListShown]:
    """The lists, with the first item that waits marked: there the keyboard begins."""
    shown, marked = [], False
    for each in found:
        lines = []
        for line in each.lines:
            is_next = line.waits and not marked
            marked = marked or is_next
            lines.append(_line(line, is_next))
        shown.append(
            ListShown(
                each, tuple(lines), sum(line.waits for line in lines),
                sum(line.waits and not line.by_itself for line in lines),
            )
        )  # fmt: skip
    return shown


def _line(line: ToAnswer, is_next: bool) -> LineShown:
    state = "Not answered yet" if line.waits else Known(line.check.known).label
    note = _of_records(line.own) if line.waits else _answered(line.check)
    return LineShown(
        str(line.check.pk),
        listed(line.names),
        state,
        note,
        line.waits,
        line.own.any,
        is_next,
        bool(line.own.registered),
    )


def _answered(check: AgencyCheck) -> str:
    by = f"{check.answered_by.user.name}, " if check.answered_by else ""
    return f"{by}{day(check.answered_at)}"


def _of_records(own: OwnRecords) -> str:
    if own.lines:
        return f"Your records hold {count(len(own.lines), 'entry', 'entries')} on them"
    if own.household:
        return "Your records hold something on somebody at their address"
    if own.registered:
        return "Your records hold who they are and nothing else"
    return "Your records hold nothing on them"


def rest(shown: ListShown) -> list[tuple[str, str]]:
    """Those that may be answered together, each by its names; and whether one's own records know who they are."""
    return [
        (
            each.key,
            f"{each.names} (your records hold who they are)" if each.is_registered else each.names,
        )
        for each in shown.lines
        if each.waits and not each.by_itself
    ]


def unknown(shown: ListShown) -> list[str]:
    """Those of them of whom one's own records hold nothing at all: these are ticked to begin with."""
    left = {key for key, _ in rest(shown)}
    return [each.key for each in shown.lines if each.key in left and not each.is_registered]


def typed(on: object) -> object:
    """A day as one would type it."""
    return f"{on.day} {on.month} {on.year}" if isinstance(on, datetime.date) else on


def own_lines(lines: Sequence[OwnLine]) -> list[str]:
    """Lines of an agency's own records, each with its source and date."""
    said = [f"{each.text}{_when(each)} ({each.source}, {day(each.sent_on)})" for each in lines]
    return list(dict.fromkeys(said))


def _when(line: OwnLine) -> str:
    if line.starts_on is None:
        return ""
    if line.ends_on is not None:
        return f", {day(line.starts_on)} to {day(line.ends_on)}"
    return f", since {day(line.starts_on)}"
