"""The measures of a case: who was asked what when, and what changed as far as it can be told."""

import datetime
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models import Measurement, of_its_people
from joinedup.support.cases.queries.frame import Frame
from joinedup.support.cases.rules.measures import SCALES, Change, Scale, values_of
from joinedup.support.questions.queries.answers import answers_between


@dataclass(frozen=True)
class Taken:
    """One taking: when, at which point of the work, and its numbers by scale."""

    point: MeasurePoint
    on: datetime.date
    values: dict[str, int]


@dataclass(frozen=True)
class ScaleShown:
    """One scale over time, with its change from the first taking to the last."""

    scale: Scale
    takings: tuple[Taken, ...]

    @property
    def change(self) -> Change | None:
        """From the first taking that answered it to the last; None where there are not two."""
        known = [each.values[self.scale.code] for each in self.takings if self.scale.code in each.values]  # fmt: skip
        return Change(self.scale, known[0], known[-1]) if len(known) > 1 else None


@dataclass(frozen=True)
class MeasureShown:
    """A measure of one person or carer."""

    measure: MeasureCode
    whose: str
    person_id: uuid.UUID | None
    carer_id: uuid.UUID | None
    takings: tuple[Taken, ...]
    scales: tuple[ScaleShown, ...]


def measures_of(viewer: Viewer, frame: Frame) -> list[MeasureShown]:
    """Every measure that was taken in a case, person by person, then the carers."""
    with acting(viewer):
        rows = list(
            Measurement.objects.filter(of_its_people(), case=frame.matter_id)
            .select_related("carer")
            .order_by("subject", "measure", "taken_on", "pk")
        )
        groups: dict[tuple[int, str], list[Measurement]] = {}
        for row in rows:
            groups.setdefault((row.subject, row.measure), []).append(row)
        taken = {key: tuple(map(_taken, group)) for key, group in groups.items()}
    return [_shown(frame, group, taken[key]) for key, group in groups.items()]


def last_taken_of_cases(
    viewer: Viewer, case_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, datetime.date]:
    """When a measure was last taken in each of these cases; one question for all."""
    with acting(viewer):
        rows = Measurement.objects.filter(case__in=case_ids).order_by("taken_on")
        return dict(rows.values_list("case_id", "taken_on"))


def _taken(row: Measurement) -> Taken:
    answers = answers_between(
        row.case_id, row.version_id, row.subject, row.first_answer, row.last_answer
    )
    return Taken(
        MeasurePoint(row.point), row.taken_on, values_of(MeasureCode(row.measure), answers.values)
    )


def _shown(frame: Frame, group: list[Measurement], takings: tuple[Taken, ...]) -> MeasureShown:
    first = group[0]
    measure = MeasureCode(first.measure)
    return MeasureShown(
        measure=measure,
        whose=first.carer.name if first.carer else _name(frame, first.person_id),
        person_id=first.person_id,
        carer_id=first.carer_id,
        takings=takings,
        scales=tuple(ScaleShown(scale, takings) for scale in SCALES[measure]),
    )


def _name(frame: Frame, person_id: uuid.UUID | None) -> str:
    same = set(identifiers_of(person_id)) if person_id else set()
    return next((p.name for p in frame.persons if p.person_id in same), "Somebody of this case")
