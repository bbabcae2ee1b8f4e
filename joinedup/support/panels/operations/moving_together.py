"""Several teams' cases go to one team in one move: each team's own manager agrees for theirs (S0-97, P27)."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, reading
from joinedup.support.handovers.operations.silence import managers_of
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.models import CaseMove, JointMove, JointMoveTeam
from joinedup.support.panels.operations.moving import CannotMove, begin_move
from joinedup.support.panels.queries.moving import cases_to_move, teams_to_move_to
from joinedup.support.panels.queries.moving_together import teams_to_ask


def begin_joint_move(
    *,
    by: Viewer,
    to_team_id: int,
    team_ids: Collection[int],
    reason: str,
    at: datetime.datetime,
    programme: str = "",
) -> JointMove:
    """Ask these teams to let their cases go to one team for one reason; one's own go at once.

    Nobody moves another team's cases: each manager sees their own preview and agrees, or says why they
    stay. Raises CannotMove, NotPermitted.
    """
    post_id, own = _must_manage(by)
    if not reason.strip():
        raise CannotMove("Say why these cases move: whoever leads them reads this.")
    if to_team_id not in {team.pk for team in teams_to_move_to(by, at)}:
        raise CannotMove("Choose a team that has a manager and somebody who takes work on.")
    asked = {team.pk: team for team in teams_to_ask(by, at)}
    chosen = set(team_ids) - {to_team_id, own}
    if not chosen:
        raise CannotMove("Choose at least one other team, or move your own team’s cases alone.")
    if not chosen <= set(asked):
        raise CannotMove("One of these teams has no manager who could agree. Choose again.")
    with transaction.atomic():
        joint = JointMove.objects.create(
            to_team_id=to_team_id, programme=programme, reason=reason.strip(),
            by_post_id=post_id, at=at,
        )  # fmt: skip
        JointMoveTeam.objects.bulk_create(
            JointMoveTeam(joint=joint, team_id=team) for team in sorted({*chosen, own})
        )
        record_change(
            at=at, post_id=by.post_id, act="began a joint move of cases", subject_kind="move",
            subject_id=str(joint.pk), purpose=by.purpose, agency=by.agency, role=by.role,
            detail={"teams": len(chosen) + 1},
        )  # fmt: skip
        posts = {post for key in chosen for post in managers_of(asked[key], at)}
        posts |= set(managers_of(joint.to_team, at))
        tell(
            by=by.post_id, posts=sorted(posts), kind=NoticeKind.CASES_MOVED, link=link_of(joint),
            at=at, once=f"joint {joint.pk}",
        )  # fmt: skip
    with reading(by):
        leads_some = bool(cases_to_move(by, at, programme))
    if leads_some:
        join_in(by=by, joint_id=joint.pk, at=at)
    else:
        stay_out(by=by, joint_id=joint.pk, because="The team leads no such case.", at=at)
    return joint


def join_in(*, by: Viewer, joint_id: uuid.UUID, at: datetime.datetime) -> CaseMove:
    """Let one's own team's cases go with the others, by a move of their own. Raises CannotMove, NotPermitted."""
    with transaction.atomic():
        part = _own_part(by, joint_id)
        move = begin_move(
            by=by, to_team_id=part.joint.to_team_id, reason=part.joint.reason,
            programme=part.joint.programme, at=at,
        )  # fmt: skip
        part.move, part.answered_by_id, part.answered_at = move, by.post_id, at
        part.save(update_fields=["move", "answered_by", "answered_at"])
    return move


def stay_out(
    *, by: Viewer, joint_id: uuid.UUID, because: str, at: datetime.datetime
) -> JointMoveTeam:
    """Say that one's own team's cases stay, and why; whoever began it reads that. Raises CannotMove, NotPermitted."""
    if not because.strip():
        raise CannotMove("Say why your team’s cases stay: whoever began the move reads this.")
    with transaction.atomic():
        part = _own_part(by, joint_id)
        part.stays_because, part.answered_by_id, part.answered_at = (
            because.strip()[:500],
            by.post_id,
            at,
        )
        part.save(update_fields=["stays_because", "answered_by", "answered_at"])
        record_change(
            at=at, post_id=by.post_id, act="kept cases out of a joint move", subject_kind="move",
            subject_id=str(joint_id), purpose=by.purpose, agency=by.agency, role=by.role,
        )  # fmt: skip
        tell(
            by=by.post_id, posts=[part.joint.by_post_id], kind=NoticeKind.CASES_MOVED,
            link=link_of(part.joint), at=at,
        )  # fmt: skip
    return part


def link_of(joint: JointMove) -> str:
    """Where a joint move is read and answered."""
    return f"/cases/moves/together/{joint.pk}/"


def _own_part(by: Viewer, joint_id: uuid.UUID) -> JointMoveTeam:
    _must_manage(by)
    found = JointMoveTeam.objects.select_for_update(of=("self",)).select_related("joint")
    part = found.filter(joint=joint_id, team=by.team_id).first()
    if part is None:
        raise NotPermitted("The manager whose team’s cases these are answers for them.")
    if part.answered_at is not None:
        raise CannotMove("Your team has answered this already.")
    return part


def _must_manage(by: Viewer) -> tuple[uuid.UUID, int]:
    if by.role not in MANAGERS or by.post_id is None or by.team_id is None:
        raise NotPermitted("A manager of the team moves its cases.")
    return by.post_id, by.team_id
