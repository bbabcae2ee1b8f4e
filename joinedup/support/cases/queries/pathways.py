"""Pathways: their versions, where a case stands on its own, and how many cases kept which limits (S1-33)."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.pipeline.disclosure import Shown, shown
from joinedup.support.cases.choices.pathway import Became, CountedFrom, StepSign, StepState
from joinedup.support.cases.models import (
    AssessmentSection,
    Case,
    CaseReview,
    FollowedPathway,
    Measurement,
    Pathway,
    PathwayMark,
    PlanVersion,
)
from joinedup.support.cases.rules.pathway import (
    Followed,
    Marked,
    StepFigures,
    StepSaid,
    figures,
    follow,
    is_finished,
    next_of,
)
from joinedup.support.contacts.choices import How
from joinedup.support.contacts.models import Contact

COUNTING = Viewer.system("counting how many cases kept the limits of a pathway")
NOT_IN_TOUCH = (How.NOTE, How.APPOINTMENT, How.OTHERS, How.VOICEMAIL)
"""Nobody spoke with them, or it is still to come."""
YEAR = datetime.timedelta(days=365)


@dataclass(frozen=True)
class OnPathway:
    """A case on a pathway: each step against its limit."""

    followed: FollowedPathway
    steps: tuple[Followed, ...]

    @property
    def overdue(self) -> int:
        """How many steps are past their limit."""
        return sum(each.state is StepState.OVERDUE for each in self.steps)

    @property
    def settled(self) -> int:
        """How many are done or left out."""
        return sum(bool(each.done_on) for each in self.steps)

    @property
    def is_finished(self) -> bool:
        """Whether nothing of it is to do."""
        return is_finished(self.steps)

    @property
    def next(self) -> Followed | None:
        """The open step that is due first."""
        return next_of(self.steps)


@dataclass(frozen=True)
class PathwayFigures:
    """How the cases that began on a version within a year stand, step by step."""

    pathway: Pathway
    cases: Shown
    steps: tuple[StepFigures, ...]


def versions() -> list[Pathway]:
    """Every version with its steps, the newest first; about nobody."""
    found = Pathway.objects.select_related("proposed_by__user", "published_by__user")
    return list(found.prefetch_related("steps").order_by("title", "-version"))


def one_version(pathway_id: int) -> Pathway | None:
    """One version with its steps, or none."""
    return Pathway.objects.prefetch_related("steps").filter(pk=pathway_id).first()


def in_force(day: datetime.date) -> list[Pathway]:
    """Of each pathway the version that holds on that day."""
    return Pathway.objects.on(day)


def to_begin(
    case_pathways: Iterable[OnPathway], programme: str, day: datetime.date
) -> list[Pathway]:
    """What a case may begin today: those of its programme first, none that it is on already."""
    on = {each.followed.pathway.code for each in case_pathways if each.followed.ends_on is None}
    found = [each for each in in_force(day) if each.code not in on]
    return sorted(found, key=lambda each: (each.programme != programme, each.title))


def pathways_of(viewer: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> list[OnPathway]:
    """The pathways of a case, those that go on first."""
    with reading(viewer):
        found = of_cases([matter_id], at).get(matter_id, [])
    return sorted(
        found, key=lambda each: (each.followed.ends_on is not None, each.followed.starts_on)
    )


def overdue_of_cases(ids: Iterable[uuid.UUID], at: datetime.datetime) -> dict[uuid.UUID, int]:
    """How many steps of these cases are past their limit; inside `acting(viewer)`."""
    return {case: sum(each.overdue for each in found) for case, found in of_cases(ids, at).items()}


def of_cases(ids: Iterable[uuid.UUID], at: datetime.datetime) -> dict[uuid.UUID, list[OnPathway]]:
    """The pathways of these cases as the viewer sees them; inside `acting(viewer)`.

    A fixed number of statements, however many the cases are.
    """
    rows = FollowedPathway.objects.filter(case__in=list(ids)).select_related("pathway", "case")
    return _stand(list(rows), at)


def figures_of_all(viewer: Viewer, at: datetime.datetime) -> list[PathwayFigures]:
    """Version by version, how cases that began within a year stand; raises NotPermitted."""
    viewer.must(Permission.SEE_ACCESS_FIGURES)
    with acting(COUNTING):
        since = day_of(at) - YEAR
        rows = FollowedPathway.objects.filter(starts_on__gte=since).select_related(
            "pathway", "case"
        )
        found = _stand(list(rows), at)
    by: dict[int, list[OnPathway]] = defaultdict(list)
    for on in (each for some in found.values() for each in some):
        by[on.followed.pathway_id].append(on)
    published = [each for each in versions() if each.published_at]
    return [
        PathwayFigures(
            each,
            shown(len(by[each.pk])),
            tuple(figures(_steps(each), [on.steps for on in by[each.pk]])),
        )
        for each in published
    ]


def _stand(
    rows: Sequence[FollowedPathway], at: datetime.datetime
) -> dict[uuid.UUID, list[OnPathway]]:
    if not rows:
        return {}
    cases = {row.case_id for row in rows}
    asked = Pathway.objects.filter(pk__in={row.pathway_id for row in rows})
    steps = {each.pk: _steps(each) for each in asked.prefetch_related("steps")}
    marks: dict[uuid.UUID, dict[int, Marked]] = defaultdict(dict)
    for mark in PathwayMark.objects.filter(case__in=cases, corrected_by__isnull=True):
        marks[mark.followed_id][mark.step_id] = Marked(Became(mark.became), mark.on, mark.words)
    days = _days(cases, {s.sign for some in steps.values() for s in some if s.sign})
    found: dict[uuid.UUID, list[OnPathway]] = defaultdict(list)
    for row in rows:
        signs = {
            sign: first
            for sign, by_case in days.items()
            if (first := _first(by_case.get(row.case_id, ()), row.starts_on)) is not None
        }
        closed = day_of(row.case.closed_at) if row.case.closed_at else None
        found[row.case_id].append(
            OnPathway(
                row,
                tuple(
                    follow(
                        steps[row.pathway_id], row.starts_on, day_of(at), marks=marks[row.pk],
                        signs=signs, ends_on=row.ends_on or closed,
                    )
                ),
            )
        )  # fmt: skip
    return found


def _first(days: Iterable[datetime.date], since: datetime.date) -> datetime.date | None:
    return min((day for day in days if day >= since), default=None)


_Days = dict[uuid.UUID, list[datetime.date]]


def _days(cases: set[uuid.UUID], wanted: set[StepSign | None]) -> dict[StepSign, _Days]:
    """On which days each case shows which sign; a statement for each sign that is asked for."""
    found: dict[StepSign, _Days] = {}
    for sign in StepSign:
        if sign in wanted:
            by: _Days = defaultdict(list)
            for case, when in _SIGNS[sign](cases):
                if when is not None:
                    by[case].append(day_of(when) if isinstance(when, datetime.datetime) else when)
            found[sign] = by
    return found


_SIGNS = {
    StepSign.CONTACT: lambda cases: Contact.objects.filter(matter__in=cases, corrected_by__isnull=True)
    .exclude(how__in=NOT_IN_TOUCH).values_list("matter", "at"),
    StepSign.ASSESSED: lambda cases: AssessmentSection.objects.filter(
        case__in=cases, signed_at__isnull=False
    ).values_list("case", "signed_at"),
    StepSign.MEASURED: lambda cases: Measurement.objects.filter(case__in=cases).values_list(
        "case", "taken_on"
    ),
    StepSign.PLAN_PUT: lambda cases: PlanVersion.objects.filter(case__in=cases).values_list(
        "case", "recorded_at"
    ),
    StepSign.REVIEWED: lambda cases: CaseReview.objects.filter(
        case__in=cases, held_on__isnull=False
    ).values_list("case", "held_on"),
    StepSign.CLOSED: lambda cases: Case.objects.filter(
        pk__in=cases, closed_at__isnull=False
    ).values_list("pk", "closed_at"),
}  # fmt: skip


def _steps(pathway: Pathway) -> tuple[StepSaid, ...]:
    return tuple(
        StepSaid(
            each.pk, each.place, each.what, each.who, each.shared, each.days,
            CountedFrom(each.counted), StepSign(each.sign) if each.sign else None,
        )
        for each in pathway.steps.all()
    )  # fmt: skip
