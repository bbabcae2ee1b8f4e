"""The level of need of cases, now and over time, and whether the risk is rising; many cases at once."""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Max

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, reading
from joinedup.support.cases.choices import Programme, Significance
from joinedup.support.cases.choices.level import LevelSource, NeedLevel, usual_level
from joinedup.support.cases.models import Case, CaseLevel, CaseStep, StoryEntry, ThresholdDocument
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.rising import LATELY, At, why_rising
from joinedup.support.handovers.choices import WAITING


@dataclass(frozen=True)
class LevelNow:
    """At what level a case is, since when, and why its risk is rising, if it is."""

    level: NeedLevel
    since: datetime.datetime
    why: str = ""

    @property
    def is_rising(self) -> bool:
        """Whether the risk is rising."""
        return self.why != ""


def levels_of_cases(
    matter_ids: Iterable[uuid.UUID], at: datetime.datetime
) -> dict[uuid.UUID, LevelNow]:
    """The level of each of these cases that the viewer sees; inside `acting(viewer)`, four statements."""
    return levels_of(Case.objects.filter(pk__in=list(matter_ids)), at)


def levels_of(seen: Iterable[Case], at: datetime.datetime) -> dict[uuid.UUID, LevelNow]:
    """The level of each of these cases, which the viewer sees; inside `acting(viewer)`.

    Three statements, however many the cases are.
    """
    cases = {case.pk: case for case in seen}
    rows: dict[uuid.UUID, list[CaseLevel]] = {}
    for row in CaseLevel.objects.filter(case__in=cases).order_by("starts_at", "pk"):
        rows.setdefault(row.case_id, []).append(row)
    serious = dict(
        StoryEntry.objects.filter(
            case__in=cases, significance=Significance.SERIOUS, corrected_by__isnull=True,
            starts_on__gte=day_of(at) - LATELY, starts_on__lte=day_of(at),
        )
        .values("case")
        .annotate(last=Max("starts_on"))
        .values_list("case", "last")
    )  # fmt: skip
    protected = dict(
        CaseStep.objects.filter(case__in=cases, is_protection=True, sent_at__gte=at - LATELY)
        .values("case")
        .annotate(last=Max("sent_at"))
        .values_list("case", "last")
    )
    return {
        key: _now(case, rows.get(key, []), at, serious.get(key), protected.get(key))
        for key, case in cases.items()
    }


def _now(
    case: Case,
    rows: Sequence[CaseLevel],
    at: datetime.datetime,
    serious_on: datetime.date | None,
    protection_at: datetime.datetime | None,
) -> LevelNow:
    found = [At(row.level, row.starts_at) for row in rows]
    if not found:
        found = [At(int(usual_level(Programme(case.programme))), case.opened_at)]
    why = why_rising(found, at, serious_on=serious_on, protection_at=protection_at)
    return LevelNow(NeedLevel(found[-1].level), found[-1].since, why)


def levels_over_time(viewer: Viewer, matter_id: uuid.UUID) -> list[CaseLevel]:
    """Every level of a case, first to last; one not written yet where nobody has said one."""
    with reading(viewer):
        rows = list(
            CaseLevel.objects.filter(case=matter_id)
            .select_related("document", "by_post__user")
            .order_by("starts_at", "pk")
        )
        if rows:
            return rows
        case = Case.objects.get(pk=matter_id)
    programme = Programme(case.programme)
    return [
        CaseLevel(
            case=case, level=usual_level(programme), source=LevelSource.OPENED, starts_at=case.opened_at,
            because=f"As {programme.label} usually is when a case is opened.",
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class LevelsToSet:
    """The level a case is at, and what each level is called in the document in force."""

    now: NeedLevel
    names: dict[NeedLevel, str]


def levels_to_set(viewer: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> LevelsToSet:
    """What a review chooses from; no names where no document is in force."""
    now = NeedLevel(levels_over_time(viewer, matter_id)[-1].level)
    document = document_in_force(day_of(at))
    named = document.levels.order_by("level") if document else ()
    return LevelsToSet(now, {NeedLevel(each.level): each.name for each in named})


@dataclass(frozen=True)
class LevelAndStep:
    """What the overview tells: the level, and a step that waits."""

    now: LevelNow
    step_waits: bool
    step_id: uuid.UUID | None


def for_overview(viewer: Viewer, frame: Frame, at: datetime.datetime) -> LevelAndStep:
    """The level of the case and whether a step of it waits for an answer."""
    with reading(viewer):
        now = levels_of_cases([frame.matter_id], at)[frame.matter_id]
        waits = CaseStep.objects.filter(
            case=frame.matter_id, handover__state__in=[state.value for state in WAITING]
        ).first()
    return LevelAndStep(now, waits is not None, waits.pk if waits else None)


def document_in_force(day: datetime.date) -> ThresholdDocument | None:
    """The threshold document of that day."""
    return ThresholdDocument.objects.on(day)


def documents() -> list[ThresholdDocument]:
    """Every version, newest first, with its levels; about nobody."""
    found = ThresholdDocument.objects.select_related("proposed_by__user", "published_by__user")
    return list(found.prefetch_related("levels").order_by("-version"))
