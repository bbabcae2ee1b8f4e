"""How a move of cases reads: its preview, what became of each, the moves of a team."""

import uuid
from collections.abc import Iterable, Mapping

from django.urls import reverse

from joinedup.foundations.core.tables import Cell, Column, Table, table
from joinedup.foundations.core.wording import moment
from joinedup.support.cases.choices import Programme
from joinedup.support.handovers.presenters import name_of
from joinedup.support.panels.choices import MovedState
from joinedup.support.panels.models import CaseMove, JointMove, JointMoveTeam, MovedCase
from joinedup.support.panels.queries.moving import MovePreview
from joinedup.support.panels.queries.moving_together import JointShown

_TAGS = {
    MovedState.WAITING: "govuk-tag--yellow",
    MovedState.OFFERED: "govuk-tag--yellow",
    MovedState.MOVED: "govuk-tag--green",
    MovedState.NOT_MOVED: "govuk-tag--grey",
}


def preview(seen: MovePreview) -> Table | None:
    """Each case, who leads it now and who would."""
    rows = [
        [
            Cell(
                case.title, note=case.programme.label, href=reverse("case", args=[case.matter_id])
            ),
            case.lead_name or "Nobody",
            seen.names[seen.shared.to[case.matter_id]]
            if case.matter_id in seen.shared.to
            else Cell("Stays", note=seen.shared.stays[case.matter_id]),
        ]
        for case in seen.cases
    ]
    return table("What would move", ["About", "Lead now", "Lead then"], rows) if rows else None


def after(seen: MovePreview) -> Table | None:
    """What each of the receiving team would carry."""
    rows = [
        [
            load.lead_name,
            str(load.cases),
            f"{load.weight} of {load.full}{', more than their week' if load.is_over else ''}",
        ]
        for load in seen.after
    ]
    columns = ["Who", Column("Cases then", numeric=True), "Weight then"]
    return table("What the team would carry", columns, rows, stacks=False) if rows else None


def cases(found: Iterable[MovedCase], titles: Mapping[uuid.UUID, str]) -> Table | None:
    """What became of each case of a move."""
    rows = [
        [
            Cell(
                titles.get(each.case_id, "A case you do not work at"),
                note=Programme(each.case.programme).label,
                href=reverse("case", args=[each.case_id]) if each.case_id in titles else "",
            ),
            name_of(each.from_post),
            name_of(each.to_post),
            Cell(MovedState(each.state).label, note=each.why, tag=_TAGS[MovedState(each.state)]),
        ]
        for each in found
    ]
    columns = ["About", "Lead before", "Lead after", "Where it stands"]
    return table("Cases of this move", columns, rows) if rows else None


def teams_of(found: JointShown, own_team: int | None) -> Table:
    """What each team of a joint move answered; its cases only for whoever moves them or receives them."""

    def stands(each: JointMoveTeam) -> Cell:
        if each.move is not None:
            may = own_team in (each.team_id, found.joint.to_team_id)
            href = reverse("case-move", args=[each.move.pk]) if may else ""
            return Cell("They go", note=moment(each.move.at), href=href, tag="govuk-tag--green")
        if each.answered_at is not None:
            return Cell("They stay", note=each.stays_because, tag="govuk-tag--grey")
        return Cell("Asked", tag="govuk-tag--yellow")

    rows = [
        [
            Cell(each.team.name, note=each.team.agency.name),
            stands(each),
            name_of(each.answered_by) if each.answered_by else "",
        ]
        for each in found.teams
    ]
    return table("Teams whose cases these are", ["Team", "Where it stands", "Said by"], rows)


def joint_moves(found: Iterable[JointMove]) -> Table | None:
    """The moves of several teams, newest first."""
    rows = [
        [
            Cell(
                f"Several teams to {each.to_team}",
                note=each.to_team.agency.name,
                href=reverse("case-moves-together", args=[each.pk]),
            ),
            moment(each.at),
            each.reason,
        ]
        for each in found
    ]
    columns = ["Which", Column("Begun", date=True), "Why"]
    return table("Moves of several teams", columns, rows) if rows else None


def moves(found: Iterable[CaseMove]) -> Table | None:
    """The moves of a team, newest first."""
    rows = [
        [
            Cell(
                f"{each.from_team} to {each.to_team}",
                note=each.to_team.agency.name,
                href=reverse("case-move", args=[each.pk]),
            ),
            moment(each.at),
            each.reason,
        ]
        for each in found
    ]
    return table("Moves", ["Which", Column("Begun", date=True), "Why"], rows) if rows else None
