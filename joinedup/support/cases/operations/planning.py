"""Write the plan of a case, put a version of it down, and write down what each person says to it."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from joinedup.identity.people.models import Record
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.plan import PlanKind
from joinedup.support.cases.models import Plan, PlanAgreement, PlanVersion
from joinedup.support.cases.operations.editing import (
    WORKING,
    CannotPlan,
    ChangedMeanwhile,
    at_work_on,
    case_of,
    must_be_of_the_case,
)
from joinedup.support.cases.operations.plan_versions import plan_of, version_now
from joinedup.support.cases.operations.reviews import book_first
from joinedup.support.cases.rules.plan_answers import Answered, why_not_written
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.operations import finish_step
from joinedup.support.handovers.operations.grounds import leave_a_line

FIELDS = ("kind", "what_matters", "signs", "what_to_do", "whom_to_ring")


def write_plan(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> Plan:
    """Write what matters to the person, and what to do when it gets worse.

    `edited` is the count the form was opened with, 0 where there was no plan.
    Raises ChangedMeanwhile, CannotPlan, NoPart.
    """
    with at_work_on(by, matter_id) as case:
        begun = not Plan.objects.filter(case=case).exists()
        plan = plan_of(case, by, at)
        if not begun and plan.edited != edited:
            raise ChangedMeanwhile(plan)
        for name in FIELDS:
            setattr(plan, name, values[name])
        plan.edited += 1
        plan.edited_by_id, plan.edited_at = by.post_id, at
        plan.save()
        leave_a_line(by, matter_id, "wrote the plan of a case", at, {"kind": plan.kind})
    return plan


def put_down_version(*, by: Viewer, matter_id: uuid.UUID, at: datetime.datetime) -> PlanVersion:
    """Put the plan down as it stands, to be agreed and copied; unchanged it is the version of before.

    With the first the step "plan" of the clock is done, and the first review is booked by rule (P33).
    Raises CannotPlan, NoPart.
    """
    with at_work_on(by, matter_id) as case:
        plan = plan_of(case, by, at)
        if not case.goals.exists():
            raise CannotPlan("Write down one goal at least, in the person’s own words.")
        last = case.plan_versions.order_by("-number").first()
        version = version_now(case, by, at)
        if last is None or version.pk != last.pk:
            leave_a_line(by, matter_id, "put a version of a plan down", at, {"n": version.number})
        finish_step(by=WORKING, matter_id=matter_id, kind=StepKind.PLAN, at=at)
        book_first(case, PlanKind(plan.kind), at)
    return version


def record_answer(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    person_id: uuid.UUID,
    answer: Answered,
    at: datetime.datetime,
) -> PlanAgreement:
    """Write down what one person says to a version; said anew it supersedes what they said before (P12).

    Raises CannotPlan, NoPart, PlanVersion.DoesNotExist.
    """
    matter_id = case_of(by, PlanVersion, version_id)
    with at_work_on(by, matter_id) as case:
        must_be_of_the_case(case, person_id)
        refused = why_not_written(answer, born_on=born(person_id), today=at.date())
        if refused:
            raise CannotPlan(refused)
        before = PlanAgreement.objects.filter(
            version=version_id, person=person_id, superseded_by__isnull=True
        ).first()
        made = PlanAgreement.objects.create(
            case=case,
            version_id=version_id,
            person_id=person_id,
            said=answer.said,
            words=answer.words.strip(),
            spoken_by=answer.spoken_by,
            speaker=answer.speaker.strip(),
            best_interests=answer.best_interests.strip(),
            assessed_by=answer.assessed_by.strip(),
            assessed_on=answer.assessed_on,
            said_on=answer.said_on,
            instead_of=before,
            by_post_id=by.post_id,
            recorded_at=at,
        )
        leave_a_line(by, matter_id, "wrote down an answer to a plan", at, {"said": answer.said})
    return made


def born(person_id: uuid.UUID) -> datetime.date | None:
    """The birth date that stands first among what is held of somebody; asked as the system."""
    known = Record.objects.filter(person=person_id, gone_on=None, born_on__isnull=False)
    return known.order_by("pk").values_list("born_on", flat=True).first()
