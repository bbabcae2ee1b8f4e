"""Keep the numbers of the doors: from a day on another, and what stood before stays on record."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Team
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.safeguarding.choices import Audience, Door, Hours
from joinedup.support.safeguarding.models import DoorLine
from joinedup.support.safeguarding.operations.ringing import answering_in


class CannotSetLine(Exception):
    """Why the line cannot be set so, fit for the page."""


@dataclass(frozen=True)
class LineSaid:
    """What is said of a line: who answers, at which number, which teams it rings, whose word it is."""

    door: Door
    audience: Audience
    hours: Hours
    name: str
    number: str
    source: str
    team_id: int | None = None
    deputy_team_id: int | None = None
    procedures: str = ""


def set_line(
    *, by: Viewer, said: LineSaid, starts_on: datetime.date, at: datetime.datetime
) -> DoorLine:
    """Let a door answer at that number from that day; the one before it ends that day.

    A number for any hour takes the place of those of the day and of the night.

    Raises CannotSetLine, or NotPermitted.
    """
    by.must(Permission.MANAGE_FRONT_DOOR)
    why = _why_not(said, starts_on, at)
    if why:
        raise CannotSetLine(why)
    with transaction.atomic():
        same = DoorLine.objects.select_for_update().filter(door=said.door, audience=said.audience)
        if said.hours is not Hours.ALWAYS:
            same = same.filter(hours=said.hours)
        later = same.filter(starts_on__gt=starts_on).exists()
        if later:
            raise CannotSetLine("A later change of this line is set already. Change that one.")
        for before in same.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)):
            before.ends_on = starts_on
            before.save(update_fields=["ends_on"])
        made = DoorLine.objects.create(
            door=said.door, audience=said.audience, hours=said.hours, name=said.name.strip(),
            number=said.number.strip(), source=said.source.strip(), team_id=said.team_id,
            deputy_team_id=said.deputy_team_id, procedures=said.procedures.strip(),
            starts_on=starts_on,
        )  # fmt: skip
        record_change(
            at=at, post_id=by.post_id, act="set a door line", subject_kind="door line",
            subject_id=str(made.pk), purpose=by.purpose, agency=by.agency, role=by.role,
            detail={"door": said.door, "audience": said.audience, "hours": said.hours},
        )  # fmt: skip
    return made


def _why_not(said: LineSaid, starts_on: datetime.date, at: datetime.datetime) -> str:
    if not said.name.strip() or not any(letter.isdigit() for letter in said.number):
        return "Give the number, and say who answers it."
    if not said.source.strip():
        return "Say where the number is from, so that it can be checked."
    if starts_on < day_of(at):
        return "A line starts today or on a day to come: what stood before stays on record."
    if said.team_id is not None and said.team_id == said.deputy_team_id:
        return "The deputy is another team: it is rung when the first does not answer."
    for team in Team.objects.filter(pk__in=filter(None, (said.team_id, said.deputy_team_id))):
        if answering_in([team], at):
            continue
        return f"Nobody in {team.name} may answer for somebody in danger. Appoint somebody first."
    return ""
