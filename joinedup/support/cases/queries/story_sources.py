"""What tells how the work went: who led, hand-overs, the clock, danger, warnings, levels; few lines, with words."""

import datetime
import uuid
from collections.abc import Collection, Iterator
from typing import NamedTuple

from django.db import connection

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.choices.level import LevelSource, NeedLevel
from joinedup.support.cases.rules.story import Line
from joinedup.support.handovers.choices import HandoverState, StepKind
from joinedup.support.safeguarding.queries.exits import exits_from

ONE_DAY = datetime.timedelta(days=1)
_WORK = """
SELECT 'lead' AS kind, lead.id::text AS key, lead.starts_at AS at, NULL::timestamptz AS other_at,
    team.agency_id AS agency, who.name AS one, team.name AS two, '' AS three, lead.is_acting AS mark,
    NULL::uuid AS person
FROM cases_lead lead JOIN agencies_post post ON post.id = lead.post_id
    JOIN agencies_team team ON team.id = post.team_id JOIN accounts_user who ON who.id = post.user_id
WHERE lead.case_id = %(case)s
UNION ALL
SELECT 'handover', given.id::text, given.offered_at, given.answered_at, side.agency_id, given.state,
    side.name, coalesce(other.name, given.to_place), false, NULL
FROM handovers_handover given JOIN agencies_team side ON side.id = given.from_team_id
    LEFT JOIN agencies_team other ON other.id = given.to_team_id
WHERE given.matter_id = %(case)s
UNION ALL
SELECT 'step', step.id::text, step.done_at, step.due_at, '', step.kind, '', '', false, NULL
FROM handovers_step step WHERE step.matter_id = %(case)s AND step.done_at IS NOT NULL
UNION ALL
SELECT 'warning', plan.id::text, plan.starts_at, plan.ends_at, '', plan.warning, plan.end_words, '',
    false, plan.person_id
FROM safeguarding_riskplan plan
WHERE (plan.matter_id = %(case)s AND plan.person_id IS NULL) OR plan.person_id = ANY (%(about)s::uuid[])
UNION ALL
SELECT 'level', level.id::text, level.starts_at, NULL, coalesce(team.agency_id, ''), level.source,
    level.because, level.level::text, false, NULL
FROM cases_caselevel level LEFT JOIN agencies_post post ON post.id = level.by_post_id
    LEFT JOIN agencies_team team ON team.id = post.team_id
WHERE level.case_id = %(case)s
"""


class _Row(NamedTuple):
    """One row of one of the tables, under names that fit them all."""

    kind: str
    key: str
    at: datetime.datetime
    other_at: datetime.datetime | None
    agency: str
    one: str
    two: str
    three: str
    mark: bool
    person: uuid.UUID | None


def work_lines(
    viewer: Viewer, case_id: uuid.UUID, identifiers: Collection[uuid.UUID]
) -> list[Line]:
    """How the work went, as far as the wall lets the viewer read it; inside `reading(viewer)`.

    The tables are asked together: each question of its own would cost more than all of these rows.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WORK, {"case": case_id, "about": list(identifiers)})
        rows = [_Row(*row) for row in cursor.fetchall()]
    return [*(_SAID[row.kind](row) for row in rows), *_exits(viewer, case_id)]


def _lead(row: _Row) -> Line:
    leads = "acts as lead" if row.mark else "leads the case"
    return _work(LineKind.LEAD, row, f"{row.one} {leads}", row.two)


def _handover(row: _Row) -> Line:
    state = HandoverState(row.one)
    answered = f"{state.label} on {wording.day(row.other_at)}" if row.other_at else state.label
    return _work(
        LineKind.HANDOVER, row, f"{_verb(state)} {row.two} to {row.three}", answered, Significance.NOTABLE
    )  # fmt: skip


def _verb(state: HandoverState) -> str:
    return {
        HandoverState.ACCEPTED: "Handed over from",
        HandoverState.SIGNPOSTED: "Shown the way by",
    }.get(state, "Offered by")


def _step(row: _Row) -> Line:
    """A step of the one clock that was done, and whether in time (P33)."""
    late = row.other_at is not None and row.at > row.other_at
    return _work(
        LineKind.STEP, row, f"{StepKind(row.one).label}: done",
        f"Due {wording.moment(row.other_at)}" if late and row.other_at else "In time",
    )  # fmt: skip


def _warning(row: _Row) -> Line:
    """A warning note on somebody of the case, from when until when, and why it ended (S0-32)."""
    ended = row.other_at
    return Line(
        LineKind.WARNING, row.key, day_of(row.at), day_of(ended) + ONE_DAY if ended else None,
        Topic.SAFETY, "", Significance.NOTABLE, row.person, row.at, text=f"Warning: {row.one}",
        more=row.two if ended else "",
    )  # fmt: skip


def _level(row: _Row) -> Line:
    """That the level of need changed, and why (S2-29)."""
    text = f"{NeedLevel(int(row.three)).label}. {LevelSource(row.one).label}"
    return _work(LineKind.LEVEL, row, text, row.two, Significance.NOTABLE)


def _exits(viewer: Viewer, case_id: uuid.UUID) -> Iterator[Line]:
    """Danger raised from the case: that it was and how urgent; its words stay with those who have it."""
    for each in exits_from(viewer, case_id):
        day = day_of(each.raised_at)
        yield Line(
            LineKind.EXIT, str(each.pk), day, day + ONE_DAY, Topic.SAFETY, "", Significance.SERIOUS,
            None, each.raised_at, text=f"Danger: {each.door.label.lower()}",
            more=f"{each.acknowledged_by} has it" if each.acknowledged_by else "Nobody has it yet",
        )  # fmt: skip


def _work(
    kind: LineKind,
    row: _Row,
    text: str,
    more: str,
    significance: Significance = Significance.ORDINARY,
) -> Line:
    day = day_of(row.at)
    return Line(
        kind, row.key, day, day + ONE_DAY, Topic.THE_WORK, row.agency, significance, None, row.at,
        text=text, more=more,
    )  # fmt: skip


_SAID = {
    "lead": _lead, "handover": _handover, "step": _step, "warning": _warning, "level": _level
}  # fmt: skip
