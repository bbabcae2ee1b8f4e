"""How minutes are numbered, parted where people must be kept apart, corrected and approved; what a referrer hears."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.meetings.choices import MinutesState
from joinedup.support.panels.choices import DecisionKind

_SHORT = 3


def initials(panel: str) -> str:
    """TLP, of the Transforming Lives panel; of a name of one word its first letters."""
    words = [word for word in "".join(c if c.isalnum() else " " for c in panel).split() if word]
    short = "".join(word[0] for word in words) if len(words) > 1 else "".join(words)[:_SHORT]
    return short.upper()[:8] or "P"


def number(panel: str, year: int, place: int) -> str:
    """TLP/2026/014: the panel, the year, the place in it."""
    return f"{initials(panel)}/{year}/{place:03d}"


def volumes[Key](items: Sequence[Key], apart: Iterable[tuple[Key, Key]]) -> list[list[Key]]:
    """The items in as few minutes as need be, so that no two that must be kept apart stand together (P28).

    In the order given; each goes into the first volume that holds nobody it is kept apart from.
    """
    against: dict[Key, set[Key]] = {}
    for one, other in apart:
        against.setdefault(one, set()).add(other)
        against.setdefault(other, set()).add(one)
    found: list[list[Key]] = []
    for item in items:
        for volume in found:
            if not against.get(item, set()) & set(volume):
                volume.append(item)
                break
        else:
            found.append([item])
    return found


@dataclass(frozen=True)
class Drafted:
    """Minutes as far as it is asked whether they may be corrected or approved."""

    state: MinutesState
    correct_by: datetime.date
    unanswered: int = 0


def why_not_corrected(drafted: Drafted, today: datetime.date) -> str:
    """Why no correction can be asked for any more; nothing where it can."""
    if drafted.state is MinutesState.APPROVED:
        return "These minutes are approved. Ask for the correction at the next meeting."
    if today > drafted.correct_by:
        return f"Corrections could be asked for until {_day(drafted.correct_by)}."
    return ""


def why_not_approved(drafted: Drafted, today: datetime.date) -> str:
    """Why the chair cannot approve them yet; nothing where they can (P29)."""
    if drafted.state is MinutesState.APPROVED:
        return "These minutes are approved already."
    if today <= drafted.correct_by:
        return f"Agencies can ask for corrections until {_day(drafted.correct_by)}. Approve them after that."
    if drafted.unanswered:
        return "A correction waits for your answer. Answer it first."
    return ""


def _day(on: datetime.date) -> str:
    return f"{on.day} {on:%B %Y}"


def seen_by_all[Key](opened: Collection[frozenset[Key]]) -> frozenset[Key]:
    """What every one of several readers sees: what an agency files, all of them may come to read."""
    found = list(opened)
    return frozenset.intersection(*found) if found else frozenset()


_TOLD = {
    DecisionKind.ALLOCATE: "The panel has met and agreed which agency is to lead. They will get in touch.",
    DecisionKind.COORDINATE: "The panel has met and agreed who coordinates the care.",
    DecisionKind.STEP_UP: "The panel has met and agreed who is to lead from now on.",
    DecisionKind.STAYS: "The panel has met. Help goes on where it is now.",
    DecisionKind.ADVICE: "The panel has met and gives advice. Its coordinator will tell you.",
    DecisionKind.ANOTHER_ROUTE: "The panel has met and sends this another way.",
    DecisionKind.MORE_IS_NEEDED: "The panel has met and needs to know more before it decides.",
    DecisionKind.NOTHING_FURTHER: "The panel has met and does nothing further for now.",
}


_WAITS = "The panel has met. What it agreed has effect once the agencies that must approve it have."


def told_to_referrer(kind: DecisionKind, *, waits: bool = False) -> str:
    """What whoever sent a referral hears of a decision: that it was made, and no name (P18).

    Nothing of what was decided while agencies have still to approve it (S0-30).
    """
    return _WAITS if waits else _TOLD[kind]
