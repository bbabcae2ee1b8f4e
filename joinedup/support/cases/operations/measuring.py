"""Take an outcome measure of a person or a carer at the start, a review or the end."""

import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.identity.sharing.models import MatterPerson
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.measure import MeasureCode, MeasurePoint
from joinedup.support.cases.models import Carer, Measurement
from joinedup.support.cases.operations.assessing import CannotAssess, assessing_in, subject_of
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.questions.operations.answering import CannotAnswer, record_answers
from joinedup.support.questions.queries.asking import version_asked


@dataclass(frozen=True)
class Taking:
    """A measure as it was taken: of whom, which, when in the work, and the answers."""

    measure: MeasureCode
    point: MeasurePoint
    taken_on: datetime.date
    version_id: uuid.UUID
    values: Mapping[str, object]
    person_id: uuid.UUID | None = None
    carer_id: uuid.UUID | None = None


def take_measure(
    *, by: Viewer, case_id: uuid.UUID, taking: Taking, at: datetime.datetime
) -> Measurement:
    """Write a measure down as it was taken; raises CannotAssess, NoPart."""
    if taking.taken_on > day_of(at):
        raise CannotAssess("The day it was taken is in the future.")
    with assessing_in(by, case_id) as case:
        carers = Carer.objects.filter(case=case)
        carer = carers.filter(pk=taking.carer_id).first() if taking.carer_id else None
        if carer is None:
            _must_be_of_case(case_id, taking.person_id)
        subject = subject_of(case_id, taking.person_id if carer is None else None, carer)
        _must_come_in_order(case_id, subject, taking)
        asked = version_asked(taking.version_id)
        if asked.set_code != taking.measure:
            raise CannotAssess("These are not the questions of that measure. Open the page again.")
        if not taking.values:
            raise CannotAssess("Answer at least one question, or leave it for another day.")
        values = {question.code: taking.values.get(question.code) for question in asked}
        try:
            rows = record_answers(
                by=by, matter_id=case_id, version_id=asked.id, values=values, at=at, subject=subject
            )
        except CannotAnswer as why:
            raise CannotAssess(str(why)) from why
        made = Measurement.objects.create(
            case=case, person_id=taking.person_id if carer is None else None, carer=carer,
            subject=subject, measure=taking.measure, point=taking.point, version_id=asked.id,
            first_answer=min(row.pk for row in rows), last_answer=max(row.pk for row in rows),
            taken_on=taking.taken_on, by_post_id=by.post_id, recorded_at=at,
        )  # fmt: skip
        leave_a_line(
            by, case_id, "took a measure", at, {"measure": taking.measure, "point": taking.point}
        )
    return made


def _must_be_of_case(case_id: uuid.UUID, person_id: uuid.UUID | None) -> None:
    same = identifiers_of(person_id) if person_id else []
    if not MatterPerson.objects.filter(matter=case_id, person__in=same).exists():
        raise CannotAssess("Say of whom it is taken: somebody of this case, or a carer.")


def _must_come_in_order(case_id: uuid.UUID, subject: int, taking: Taking) -> None:
    taken = Measurement.objects.filter(case=case_id, subject=subject, measure=taking.measure)
    start = taken.filter(point=MeasurePoint.START).first()
    if taking.point is MeasurePoint.START:
        if start is not None:
            raise CannotAssess("It was taken at the start already. Take it as a review.")
    elif start is None:
        raise CannotAssess("It was not taken at the start, so that nothing stands to compare with.")
    elif taking.taken_on < start.taken_on:
        raise CannotAssess("This day is before it was taken at the start.")
