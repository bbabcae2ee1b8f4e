"""Which numbers answer now, which will, and which did."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.agencies.roles import roles_that_may
from joinedup.foundations.core.dates import day_of
from joinedup.support.safeguarding.choices import Audience, Door, Hours
from joinedup.support.safeguarding.models import DoorLine
from joinedup.support.safeguarding.rules import Line, line_at

MAY_ANSWER = (Permission.ANSWER_EXITS, Permission.MANAGE_FRONT_DOOR)
"""Who may say that they have somebody in danger."""


@dataclass(frozen=True)
class LineShown(Line):
    """A line with the words and the number that a page shows."""

    name: str
    number: str
    procedures: str
    source: str
    row: DoorLine

    @property
    def dialled(self) -> str:
        """The number as a telephone takes it."""
        return "".join(letter for letter in self.number.split(",")[0] if letter in "+0123456789")


def lines(rows: Iterable[DoorLine] | None = None) -> list[LineShown]:
    """Every line there is or was, in the order of the doors."""
    found = DoorLine.objects.select_related("team", "deputy_team") if rows is None else rows
    shown = [
        LineShown(
            Door(row.door), Audience(row.audience), Hours(row.hours), row.starts_on, row.ends_on,
            row.pk, row.name, row.number, row.procedures, row.source, row,
        )
        for row in found
    ]  # fmt: skip
    hours = list(Hours)
    return sorted(
        shown,
        key=lambda line: (line.audience, line.door.rank, hours.index(line.hours), line.starts_on),
    )


def line_now(door: Door, audience: Audience, at: datetime.datetime) -> DoorLine | None:
    """The line of that door that answers at that moment."""
    of_door = DoorLine.objects.select_related("team", "deputy_team").filter(
        door=door.value, audience=audience.value
    )
    found = line_at(lines(of_door), door, audience, at)
    return found.row if found else None


def lines_now(at: datetime.datetime) -> dict[tuple[Door, Audience], LineShown]:
    """For each door, for adults and for children, the line that answers at that moment."""
    every = lines()
    found = {
        (door, audience): line_at(every, door, audience, at)
        for audience in Audience
        for door in Door
    }
    return {key: line for key, line in found.items() if line is not None}


def lines_kept(at: datetime.datetime) -> list[LineShown]:
    """The lines of today and of days to come, for whoever keeps them."""
    today = day_of(at)
    return [line for line in lines() if line.ends_on is None or line.ends_on > today]


def teams_that_answer(at: datetime.datetime) -> list[Team]:
    """The teams in which somebody may answer for somebody in danger today."""
    roles = roles_that_may(*MAY_ANSWER)
    posts = Post.objects.held_on(day_of(at)).filter(role__in=roles, user__is_active=True)
    teams = Team.objects.filter(pk__in=posts.values("team")).select_related("agency")
    return list(teams.order_by("agency__name", "name"))


def as_form(key: str) -> dict[str, object]:
    """What stands in a line, for the form that changes it; nothing where there is no such line."""
    row = DoorLine.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 10 else None
    if row is None:
        return {}
    return {
        "door": row.door, "audience": row.audience, "hours": row.hours, "name": row.name,
        "number": row.number, "source": row.source, "team": row.team_id or "",
        "deputy": row.deputy_team_id or "", "procedures": row.procedures,
    }  # fmt: skip
