"""A move of several teams' cases to one: whom to ask, what each answered, whether anybody is without a lead."""

import datetime
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.models import Case, Lead
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.models import JointMove, JointMoveTeam, MovedCase
from joinedup.support.panels.queries.kept_from import LOOKING


@dataclass(frozen=True)
class JointShown:
    """A joint move, what each team answered, and the viewer's own part where it waits."""

    joint: JointMove
    teams: tuple[JointMoveTeam, ...]
    waits_for_viewer: bool
    without_a_lead: int
    """Open cases of the whole move that nobody leads now: none, or something is wrong (P33)."""


def teams_to_ask(viewer: Viewer, at: datetime.datetime) -> list[Team]:
    """Other teams that lead cases and have a manager who could agree."""
    held = Post.objects.held_on(day_of(at)).filter(user__is_active=True)
    with reading(LOOKING):
        leading = Lead.objects.filter(ends_at__isnull=True, case__closed_at__isnull=True)
        teams = set(leading.values_list("post__team", flat=True))
    found = Team.objects.filter(pk__in=teams).filter(
        pk__in=held.filter(role__in=MANAGERS).values("team")
    )
    found = found.exclude(pk=viewer.team_id or 0).exclude(agency__name_reveals=True)
    return list(found.select_related("agency").order_by("agency__name", "name"))


def joint_shown(viewer: Viewer, joint_id: uuid.UUID) -> JointShown:
    """A joint move for the managers of its teams and of the receiving one; raises JointMove.DoesNotExist."""
    joint = JointMove.objects.select_related("to_team__agency", "by_post__user").get(pk=joint_id)
    found = JointMoveTeam.objects.filter(joint=joint).select_related(
        "team__agency", "move", "answered_by__user"
    )
    teams = tuple(found.order_by("team__agency__name", "team__name"))
    sides = {joint.to_team_id, *(each.team_id for each in teams)}
    if viewer.role not in MANAGERS or viewer.team_id not in sides:
        raise JointMove.DoesNotExist
    waits = any(each.team_id == viewer.team_id and each.answered_at is None for each in teams)
    with reading(LOOKING):
        moved = MovedCase.objects.filter(move__of_joint__joint=joint).values("case")
        led = Lead.objects.filter(case=OuterRef("pk"), ends_at__isnull=True)
        without = Case.objects.open().filter(pk__in=moved).exclude(Exists(led)).count()
    return JointShown(joint, teams, waits, without)


def joint_moves_of(viewer: Viewer) -> list[JointMove]:
    """The joint moves that the viewer's team is part of, or receives, newest first."""
    if viewer.role not in MANAGERS:
        return []
    mine = JointMove.objects.filter(teams__team=viewer.team_id)
    mine |= JointMove.objects.filter(to_team=viewer.team_id)
    return list(mine.distinct().select_related("to_team__agency").order_by("-at")[:50])
