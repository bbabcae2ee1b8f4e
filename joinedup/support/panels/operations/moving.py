"""Move many cases to another team in one act: with history, resumable, nobody without a lead for an instant (S0-97)."""

import datetime
import uuid
from collections.abc import Mapping

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import NotPermitted, Viewer, acting, reading
from joinedup.support.cases.models import Lead
from joinedup.support.cases.operations import CannotHandLead, hand_lead, take_over
from joinedup.support.handovers import operations as handovers
from joinedup.support.handovers.choices import HandoverState
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.operations import NoPart
from joinedup.support.handovers.operations.grounds import leave_a_line, locked
from joinedup.support.handovers.operations.silence import managers_of
from joinedup.support.handovers.rules.roles import MANAGERS
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.models import CaseMove, MovedCase
from joinedup.support.panels.queries.moving import cases_to_move, preview_of, teams_to_move_to

MOVING = Viewer.system("moving many cases to another team")


class CannotMove(Exception):
    """Cases cannot be moved so; says why."""


def begin_move(
    *,
    by: Viewer,
    to_team_id: int,
    reason: str,
    at: datetime.datetime,
    programme: str = "",
) -> CaseMove:
    """Write down which cases of one's own team go to which post of another, and move them.

    Within the agency each gets its new lead at once; to another agency each is handed over, and its lead
    leads on until the manager there accepts. Where it dies half-way, `go_on` does the rest, and what was
    done is not done again. Raises CannotMove, NotPermitted.
    """
    post_id, team_id = _must_manage(by)
    if not reason.strip():
        raise CannotMove("Say why these cases move: whoever leads them reads this.")
    team = next((each for each in teams_to_move_to(by, at) if each.pk == to_team_id), None)
    if team is None:
        raise CannotMove("Choose a team that has a manager and somebody who takes work on.")
    with reading(by):
        cases = cases_to_move(by, at, programme)
    if not cases:
        raise CannotMove("Your team leads no such case.")
    seen = preview_of(by, cases, team, at)
    with transaction.atomic(), acting(MOVING):
        move = CaseMove.objects.create(
            from_team_id=team_id, to_team=team, programme=programme, reason=reason.strip(),
            by_post_id=post_id, at=at,
        )  # fmt: skip
        MovedCase.objects.bulk_create(
            MovedCase(
                move=move,
                case_id=case.matter_id,
                from_post_id=case.lead_post_id,
                to_post_id=seen.shared.to.get(case.matter_id),
                state=MovedState.NOT_MOVED
                if case.matter_id in seen.shared.stays
                else MovedState.WAITING,
                why=seen.shared.stays.get(case.matter_id, ""),
                settled_at=at if case.matter_id in seen.shared.stays else None,
            )
            for case in cases
            if case.lead_post_id is not None
        )
        record_change(
            at=at, post_id=by.post_id, act="began a move of cases", subject_kind="move",
            subject_id=str(move.pk), purpose=by.purpose, agency=by.agency, role=by.role,
            detail={"cases": len(cases)},
        )  # fmt: skip
    go_on(by=by, move_id=move.pk, at=at)
    return move


def go_on(*, by: Viewer, move_id: uuid.UUID, at: datetime.datetime) -> dict[MovedState, int]:
    """Do what is left of a move, case by case; return how many came to what.

    Each case stands or falls by itself. Raises CannotMove, NotPermitted.
    """
    _must_manage(by)
    with acting(MOVING):
        move = CaseMove.objects.select_related("to_team", "from_team").get(pk=move_id)
        left = MovedCase.objects.filter(move=move, state=MovedState.WAITING)
        keys = list(left.order_by("pk").values_list("pk", flat=True))
    if by.team_id != move.from_team_id:
        raise NotPermitted("The manager whose team’s cases these are moves them.")
    done = dict.fromkeys(MovedState, 0)
    for key in keys:
        with transaction.atomic():
            done[_one(by, move, key, at)] += 1
    if keys:
        with transaction.atomic(), acting(MOVING):
            _tell(by, move, at)
            CaseMove.objects.filter(pk=move.pk).update(done_at=at)
    return done


def accept_moved(
    *,
    by: Viewer,
    move_id: uuid.UUID,
    at: datetime.datetime,
    leads: Mapping[uuid.UUID, uuid.UUID] | None = None,
) -> tuple[int, list[tuple[uuid.UUID, str]]]:
    """Accept for the receiving agency what was handed over in a move: each with its lead, by `leads` or as proposed.

    Return how many were accepted, and which were not, and why: those go on waiting for an answer.
    Raises CannotMove, NotPermitted.
    """
    _must_manage(by)
    with acting(MOVING):
        move = CaseMove.objects.get(pk=move_id)
        offered = MovedCase.objects.filter(move=move, state=MovedState.OFFERED)
        rows = list(offered.select_related("handover").order_by("pk"))
    if by.team_id != move.to_team_id:
        raise NotPermitted("The manager of the team that they go to accepts them.")
    accepted, not_accepted = 0, []
    for row in rows:
        to = (leads or {}).get(row.case_id, row.to_post_id)
        try:
            with transaction.atomic():
                _accept(by, row, to, at)
        except (handovers.CannotAccept, NoPart) as why:
            not_accepted.append((row.case_id, str(why)))
        else:
            accepted += 1
    return accepted, not_accepted


def follow_moves(*, at: datetime.datetime) -> int:
    """Follow what was answered of a move elsewhere, on the hand-over's own page; return how many."""
    followed = 0
    with acting(MOVING):
        offered = MovedCase.objects.filter(state=MovedState.OFFERED, handover__isnull=False)
        for row in offered.exclude(handover__state__in=["open", "asked"]).select_related(
            "handover"
        ):
            taken = row.handover is not None and row.handover.state == HandoverState.ACCEPTED
            row.state = MovedState.MOVED if taken else MovedState.NOT_MOVED
            row.why = "" if taken else "It was sent back, or taken back."
            row.settled_at = at
            row.save(update_fields=["state", "why", "settled_at"])
            followed += 1
    return followed


def _one(by: Viewer, move: CaseMove, key: int, at: datetime.datetime) -> MovedState:
    with acting(MOVING):
        found = MovedCase.objects.select_for_update(of=("self",)).get(pk=key)
        if found.state != MovedState.WAITING:
            return MovedState(found.state)
        locked(found.case_id)
        leading = Lead.objects.filter(case=found.case_id, ends_at__isnull=True).first()
    why = ""
    if leading is None:
        why = "It was closed meanwhile."
    elif leading.post_id != found.from_post_id:
        why = "It got another lead meanwhile. Look at it again."
    else:
        try:
            with transaction.atomic():
                _goes(by, move, found, at)
        except (CannotHandLead, handovers.CannotOffer, NoPart) as refused:
            why = str(refused)
    with acting(MOVING):
        if why:
            found.state, found.why = MovedState.NOT_MOVED, why[:500]
        if found.state != MovedState.OFFERED:
            found.settled_at = at
        found.save()
        leave_a_line(by, found.case_id, "moved a case with others", at, {"state": str(found.state)})
    return MovedState(found.state)


def _goes(by: Viewer, move: CaseMove, found: MovedCase, at: datetime.datetime) -> None:
    if found.to_post_id is None:
        raise CannotHandLead("Nobody of the team can lead it.")
    if move.to_team.agency_id == by.agency:
        hand_lead(by=by, matter_id=found.case_id, post_id=found.to_post_id, at=at)
        found.state = MovedState.MOVED
        return
    found.handover = handovers.offer(
        by=by,
        matter_id=found.case_id,
        from_team_id=move.from_team_id,
        to_team_id=move.to_team_id,
        words=move.reason,
        at=at,
        link=link_of(move),
    )
    found.state = MovedState.OFFERED


def _accept(by: Viewer, row: MovedCase, to: uuid.UUID | None, at: datetime.datetime) -> None:
    if row.handover_id is None or to is None:
        raise handovers.CannotAccept("Name who leads it.")
    with acting(MOVING):
        state = Handover.objects.values_list("state", flat=True).get(pk=row.handover_id)
    if state not in (HandoverState.OPEN, HandoverState.ASKED):
        raise handovers.CannotAccept("It has been answered already.")
    take_over(by=by, handover_id=row.handover_id, at=at, post_id=to)
    with acting(MOVING):
        row.state, row.to_post_id, row.settled_at = MovedState.MOVED, to, at
        row.save(update_fields=["state", "to_post", "settled_at"])
        tell(
            by=by.post_id, posts=[row.from_post_id, to], kind=NoticeKind.CASES_MOVED,
            link="/cases/", at=at,
        )  # fmt: skip


def _tell(by: Viewer, move: CaseMove, at: datetime.datetime) -> None:
    """Leads of before and of now, each once, and the managers of both teams."""
    rows = MovedCase.objects.filter(move=move).exclude(state=MovedState.NOT_MOVED)
    posts = {post for pair in rows.values_list("from_post", "to_post") for post in pair if post}
    managers = {*managers_of(move.from_team, at), *managers_of(move.to_team, at)}
    once = f"move {move.pk}"
    kind, me = NoticeKind.CASES_MOVED, by.post_id
    tell(by=me, posts=posts - managers - {me}, kind=kind, link="/cases/", at=at, once=once)
    tell(by=me, posts=managers - {me}, kind=kind, link=link_of(move), at=at, once=once)


def link_of(move: CaseMove) -> str:
    """Where a move is read, and what waits of it accepted."""
    return f"/cases/moves/{move.pk}/"


def _must_manage(by: Viewer) -> tuple[uuid.UUID, int]:
    if by.role not in MANAGERS or by.post_id is None or by.team_id is None:
        raise NotPermitted("A manager of the team moves its cases.")
    return by.post_id, by.team_id
