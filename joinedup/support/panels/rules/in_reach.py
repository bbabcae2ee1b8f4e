"""On which days a service's sessions at a host are held, and where its plan stands (S0-57, S2-27)."""

import datetime
from collections.abc import Mapping

from joinedup.support.panels.choices import ClinicStands, Rhythm
from joinedup.support.panels.rules.rhythm import meeting_days


def sessions(
    *,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    weekday: int,
    rhythm: Rhythm,
    changes: Mapping[datetime.date, datetime.date | None],
    today: datetime.date,
    many: int,
) -> list[datetime.date]:
    """The next so many days from today on: in the rhythm, without those called off, with those moved to."""
    before = max(today, starts_on) - datetime.timedelta(days=1)
    due = meeting_days(
        starts_on=starts_on, weekday=weekday, rhythm=rhythm, after=before, many=many + len(changes)
    )
    held = {each for each in due if each not in changes}
    held |= {each for each in changes.values() if each is not None and each >= today}
    return [each for each in sorted(held) if ends_on is None or each < ends_on][:many]


def stands(
    *, starts_on: datetime.date, ends_on: datetime.date | None, is_pilot: bool, today: datetime.date
) -> ClinicStands:
    """Where a part of a service's plan stands on a day."""
    if ends_on is not None and ends_on <= today:
        return ClinicStands.ENDED
    if starts_on > today:
        return ClinicStands.PLANNED
    return ClinicStands.PILOT if is_pilot else ClinicStands.RUNS


def why_not_changed(
    on: datetime.date,
    moved_to: datetime.date | None,
    because: str,
    *,
    held: list[datetime.date],
    today: datetime.date,
) -> str:
    """Why a session cannot be moved or called off so; nothing where it can."""
    if on < today or on not in held:
        return "No session is held on that day. Choose one of the next sessions."
    if not because.strip():
        return "Say why."
    if moved_to is not None and (moved_to < today or moved_to in held):
        return "Move it to a day to come on which no other session is held."
    return ""
