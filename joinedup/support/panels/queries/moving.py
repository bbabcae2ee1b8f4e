"""Cases of a team that could go to another: each with its lead now, to whom, who cannot and why; viewer first."""

import datetime
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.models import Post, Team
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.partnership.workforce.choices import FunctionCode
from joinedup.partnership.workforce.queries import may_do
from joinedup.partnership.workforce.queries.capacity import percent_on
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.queries.caseload import caseload
from joinedup.support.cases.rules.caseload import CaseFacts, Load, week_of
from joinedup.support.handovers.models import Handover
from joinedup.support.handovers.queries.answering import barred_posts
from joinedup.support.handovers.rules.roles import MANAGERS, TAKES
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.models import CaseMove, MovedCase
from joinedup.support.panels.queries.kept_from import LOOKING
from joinedup.support.panels.queries.leading import loads_of, weights_of
from joinedup.support.panels.rules.moving import Goes, Shared, Taker, share_out

_LEADS_UNDER = {
    Programme.CHILDRENS_SOCIAL_CARE: FunctionCode.CHILD_IN_NEED,
    Programme.SOCIAL_CARE: FunctionCode.CARE_ACT_ASSESSMENT,
}
"""Under these programmes a lapsed approval is allocated no case (S4-21)."""


@dataclass(frozen=True)
class MovePreview:
    """What a move would do, before it is done."""

    to_team: Team
    cases: tuple[CaseFacts, ...]
    shared: Shared
    names: dict[uuid.UUID, str]
    after: tuple[Load, ...]
    other_agency: bool
    """Its manager accepts each case first; until then whoever leads it leads it (P33)."""


def cases_to_move(viewer: Viewer, at: datetime.datetime, programme: str = "") -> list[CaseFacts]:
    """The open cases that posts of the viewer's own team lead, all or of one programme. Inside `acting(viewer)`."""
    posts = set(Post.objects.filter(team=viewer.team_id).values_list("pk", flat=True))
    found = [each for each in caseload(viewer, at=at) if each.lead_post_id in posts]
    return [each for each in found if not programme or each.programme == programme]


def teams_to_move_to(viewer: Viewer, at: datetime.datetime, locality: str = "") -> list[Team]:
    """Teams that have somebody who takes work on, and a manager: of a locality, where one is asked for."""
    held = Post.objects.held_on(day_of(at)).filter(user__is_active=True)
    teams = Team.objects.filter(pk__in=held.filter(role__in=TAKES).values("team"))
    teams = teams.filter(pk__in=held.filter(role__in=MANAGERS).values("team"))
    if viewer.team_id is None:
        return []
    if locality:
        areas = teams.filter(areas__locality=locality, areas__starts_on__lte=day_of(at))
        teams = teams.filter(pk__in=areas.values("pk"))
    teams = teams.exclude(pk=viewer.team_id).exclude(agency__name_reveals=True)
    return list(teams.select_related("agency").order_by("agency__name", "name"))


def preview_of(
    viewer: Viewer, cases: Sequence[CaseFacts], to_team: Team, at: datetime.datetime
) -> MovePreview:
    """To whom each of these cases would go, which stay and why, and what the team would carry after."""
    with reading(LOOKING):
        posts = takers(to_team, at)
        loads = _with_what_comes(loads_of([post.pk for post in posts], at), at)
        waiting = set(
            Handover.objects.waiting()
            .filter(matter__in=[each.matter_id for each in cases])
            .values_list("matter_id", flat=True)
        )
        goes = [_goes(each, posts, waiting, at) for each in cases]
        shares = percent_on([post.pk for post in posts], day_of(at))
    week = {post.pk: week_of(shares.get(post.pk)) for post in posts}
    shared = share_out(goes, [Taker(post.pk, loads[post.pk][1], week[post.pk]) for post in posts])
    names = {post.pk: post.user.name for post in posts}
    count = {post: list(shared.to.values()).count(post) for post in names}
    return MovePreview(
        to_team=to_team,
        cases=tuple(cases),
        shared=shared,
        names=names,
        after=tuple(
            Load(post, name, loads[post][0] + count[post], shared.after[post], week[post])
            for post, name in names.items()
        ),
        other_agency=to_team.agency_id != viewer.agency,
    )


def takers(team: Team, at: datetime.datetime) -> list[Post]:
    """The posts of a team to whom cases are shared out: those who take work on, its managers where nobody else does."""
    held = Post.objects.held_on(day_of(at)).filter(team=team, user__is_active=True, role__in=TAKES)
    away = held.filter(leave__starts_on__lte=day_of(at), leave__ends_on__gt=day_of(at))
    found = list(
        held.exclude(pk__in=away.values("pk"))
        .select_related("user", "team")
        .order_by("user__name", "pk")
    )
    return [post for post in found if post.role not in MANAGERS] or found


def move_shown(viewer: Viewer, move_id: uuid.UUID) -> tuple[CaseMove, list[MovedCase]]:
    """One move and its cases, for the managers of its two sides; raises CaseMove.DoesNotExist."""
    found = CaseMove.objects.select_related("from_team__agency", "to_team__agency", "by_post__user")
    move = found.get(pk=move_id)
    sides = {move.from_team_id, move.to_team_id}
    if viewer.role not in MANAGERS or viewer.team_id not in sides:
        raise CaseMove.DoesNotExist
    with reading(LOOKING):
        rows = MovedCase.objects.filter(move=move).select_related(
            "case", "from_post__user", "to_post__user", "handover"
        )
        return move, list(rows.order_by("pk"))


def cases_read(viewer: Viewer, move_id: uuid.UUID) -> list[uuid.UUID]:
    """Which cases of a move the viewer works at, as the wall has it. Inside `acting(viewer)`."""
    return list(MovedCase.objects.filter(move=move_id).values_list("case_id", flat=True))


def moves_of(viewer: Viewer) -> list[CaseMove]:
    """The moves that the viewer's team sent or was sent, newest first."""
    if viewer.role not in MANAGERS:
        return []
    mine = CaseMove.objects.filter(from_team=viewer.team_id)
    mine |= CaseMove.objects.filter(to_team=viewer.team_id)
    return list(mine.select_related("from_team__agency", "to_team__agency").order_by("-at")[:50])


def _with_what_comes(
    loads: dict[uuid.UUID, tuple[int, int]], at: datetime.datetime
) -> dict[uuid.UUID, tuple[int, int]]:
    """What each carries and is about to: cases of other moves that wait to be accepted are counted."""
    coming = MovedCase.objects.filter(
        to_post__in=loads, state__in=[MovedState.WAITING, MovedState.OFFERED]
    ).values_list("to_post_id", "case_id")
    pairs = list(coming)
    weights = weights_of([case for _, case in pairs], at)
    for post, case in pairs:
        if post is not None:
            loads[post] = (loads[post][0] + 1, loads[post][1] + weights[case])
    return loads


def _goes(
    case: CaseFacts, posts: Sequence[Post], waiting: set[uuid.UUID], at: datetime.datetime
) -> Goes:
    if case.matter_id in waiting:
        return Goes(case.matter_id, case.weight, why_not="It is offered to somebody else already.")
    not_by = set(barred_posts(case.matter_id, at))
    function = _LEADS_UNDER.get(case.programme)
    if function is not None:
        not_by |= {post.pk for post in posts if may_do(post.pk, function, at).lapsed_on is not None}
    return Goes(case.matter_id, case.weight, frozenset(not_by))
