"""What tells how the work went: one function a source, viewer first; few lines, which carry their words."""

import datetime
import uuid
from collections.abc import Callable, Iterable

from joinedup.foundations.core import wording
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices import LineKind, Significance, Topic
from joinedup.support.cases.choices.level import LevelSource, NeedLevel
from joinedup.support.cases.models import CaseLevel, Lead
from joinedup.support.cases.rules.story import Line
from joinedup.support.handovers.choices import HandoverState, StepKind
from joinedup.support.handovers.queries.seen import handovers_of, steps
from joinedup.support.safeguarding.queries.exits import exits_from
from joinedup.support.safeguarding.queries.plans import plans_of

ONE_DAY = datetime.timedelta(days=1)
Source = Callable[[Viewer, uuid.UUID], Iterable[Line]]


def leads(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Who led the case from when."""
    found = Lead.objects.filter(case=case_id).select_related("post__user", "post__team")
    return [
        _work(
            LineKind.LEAD, each.pk, each.starts_at, each.post.team.agency_id,
            f"{each.post.user.name} {'acts as lead' if each.is_acting else 'leads the case'}",
            each.post.team.name,
        )
        for each in found
    ]  # fmt: skip


def handovers(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Hand-overs that the viewer hears of: between whom, and what became of each."""
    return [
        _work(
            LineKind.HANDOVER, each.pk, each.offered_at, each.from_team.agency_id,
            f"{_verb(each.state_word)} {each.from_team.name} to "
            f"{each.to_team.name if each.to_team else each.to_place}",
            f"{each.state_word.label} on {wording.day(each.answered_at)}"
            if each.answered_at
            else each.state_word.label,
            Significance.NOTABLE,
        )
        for each in handovers_of(viewer, case_id)
    ]  # fmt: skip


def _verb(state: HandoverState) -> str:
    return {
        HandoverState.ACCEPTED: "Handed over from",
        HandoverState.SIGNPOSTED: "Shown the way by",
    }.get(state, "Offered by")


def done_steps(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """The steps of the one clock that were done, and whether in time (P33)."""
    return [
        _work(
            LineKind.STEP, each.pk, each.done_at, "", f"{StepKind(each.kind).label}: done",
            "In time" if each.done_at <= each.due_at else f"Due {wording.moment(each.due_at)}",
        )
        for each in steps(viewer, case_id)
        if each.done_at is not None
    ]  # fmt: skip


def exits(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Danger raised from the case: that it was and how urgent; its words stay with those who have it."""
    return [
        _work(
            LineKind.EXIT, each.pk, each.raised_at, "", f"Danger: {each.door.label.lower()}",
            f"{each.acknowledged_by} has it" if each.acknowledged_by else "Nobody has it yet",
            Significance.SERIOUS, Topic.SAFETY,
        )
        for each in exits_from(viewer, case_id)
    ]  # fmt: skip


def warnings(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Warning notes on the people of the case, from when until when, and why one ended (S0-32)."""
    return [
        Line(
            LineKind.WARNING, str(shown.plan.pk), day_of(shown.plan.starts_at),
            day_of(shown.plan.ends_at) + ONE_DAY if shown.plan.ends_at else None, Topic.SAFETY, "",
            Significance.NOTABLE, shown.plan.person_id, shown.plan.starts_at,
            text=f"Warning: {shown.plan.warning}",
            more=shown.plan.end_words if shown.plan.ends_at else "",
        )
        for shown in plans_of(viewer, case_id, ended=True)
    ]  # fmt: skip


def levels(viewer: Viewer, case_id: uuid.UUID) -> list[Line]:
    """Each time the level of need changed, and why (S2-29)."""
    found = CaseLevel.objects.filter(case=case_id).select_related("by_post__team")
    return [
        _work(
            LineKind.LEVEL, each.pk, each.starts_at,
            each.by_post.team.agency_id if each.by_post else "",
            f"{NeedLevel(each.level).label}. {LevelSource(each.source).label}", each.because,
            Significance.NOTABLE,
        )
        for each in found
    ]  # fmt: skip


def _work(
    kind: LineKind,
    key: object,
    at: datetime.datetime,
    agency: str,
    text: str,
    more: str = "",
    significance: Significance = Significance.ORDINARY,
    topic: Topic = Topic.THE_WORK,
) -> Line:
    day = day_of(at)
    return Line(
        kind, str(key), day, day + ONE_DAY, topic, agency, significance, None, at, text=text, more=more
    )  # fmt: skip


SOURCES: tuple[Source, ...] = (leads, handovers, done_steps, exits, warnings, levels)
"""What tells how the work went: few lines, which carry their words with them."""
