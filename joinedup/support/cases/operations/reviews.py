"""Book a review, hold it, tell lead and manager of one that is late."""

import datetime
import uuid
from dataclasses import dataclass

from django.db import transaction

from joinedup.foundations.core.dates import day_of, start_of
from joinedup.foundations.notices.choices import NoticeKind
from joinedup.foundations.notices.operations import tell
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices.level import NeedLevel
from joinedup.support.cases.choices.plan import PlanKind
from joinedup.support.cases.choices.review import LeastStep
from joinedup.support.cases.models import Case, CaseReview, Lead
from joinedup.support.cases.operations.editing import (
    WORKING,
    CannotPlan,
    ChangedMeanwhile,
    at_work_on,
    case_of,
)
from joinedup.support.cases.operations.levels import CannotSetLevel, level_now, set_level
from joinedup.support.cases.operations.plan_versions import plan_of, version_now
from joinedup.support.cases.rules.reviewing import Due, next_review, why_not_booked
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Step
from joinedup.support.handovers.operations import finish_step, start_step
from joinedup.support.handovers.operations.grounds import leave_a_line
from joinedup.support.handovers.queries.answering import who_answers
from joinedup.support.handovers.queries.limits import limits_at

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """What a review came to."""

    held_on: datetime.date
    present: str
    person_words: str
    found: str
    least_step: LeastStep
    why_not_less: str = ""
    person_would_choose: str = ""


@dataclass(frozen=True)
class LevelSaid:
    """At which level of need a review leaves a case, and what shows it."""

    level: NeedLevel
    because: str


def book_review(
    *, by: Viewer, matter_id: uuid.UUID, due_on: datetime.date, at: datetime.datetime
) -> CaseReview:
    """Book the next review for a day, no later than the rule's; one booked already is moved.

    Raises CannotPlan, NoPart.
    """
    with at_work_on(by, matter_id) as case:
        plan = plan_of(case, by, at)
        last = case.reviews.filter(held_on__isnull=False).order_by("-held_on").first()
        since = start_of(last.held_on) if last and last.held_on else plan.recorded_at
        due = _due(PlanKind(plan.kind), since, last is not None, at)
        booked = case.reviews.filter(held_on__isnull=True).first()
        refused = why_not_booked(due_on, due, day_of(at))
        if refused and not (due.on < day_of(at) and due_on >= day_of(at)):
            raise CannotPlan(refused)
        booked = booked or CaseReview(case=case, recorded_at=at)
        booked.due_on, booked.rule, booked.told_at = due_on, due.rule, None
        booked.edited += 1
        booked.save()
        _run_the_clock(booked, at)
        leave_a_line(by, matter_id, "booked a review", at)
    return booked


def book_first(case: Case, kind: PlanKind, at: datetime.datetime) -> None:
    """Book the next review by rule where none is booked; as the system, the case held."""
    if case.reviews.filter(held_on__isnull=True).exists():
        return
    held = case.reviews.filter(held_on__isnull=False).exists()
    due = _due(kind, at, held, at)
    _run_the_clock(
        CaseReview.objects.create(case=case, due_on=due.on, rule=due.rule, recorded_at=at), at
    )


def hold_review(
    *,
    by: Viewer,
    review_id: uuid.UUID,
    held: Held,
    next_on: datetime.date | None,
    edited: int,
    at: datetime.datetime,
    level: LevelSaid | None = None,
) -> CaseReview:
    """Write down a review that was held, set the level it came to, and book the next.

    The next is by rule where no day is named. Where no level is said, or the one it is at, none is set.

    It keeps the plan of last time and of now, so that what moved stays readable. Where nothing more is
    needed no further review is booked: the case is to be closed.
    Raises CannotPlan, ChangedMeanwhile, NoPart, CaseReview.DoesNotExist.
    """
    matter_id = case_of(by, CaseReview, review_id)
    with at_work_on(by, matter_id) as case:
        review = CaseReview.objects.get(pk=review_id)
        if review.held_on is not None or review.edited != edited:
            raise ChangedMeanwhile(review)
        _must_be_whole(held, at)
        plan = plan_of(case, by, at)
        before = case.plan_versions.order_by("-number").first()
        review.before, review.after = before, version_now(case, by, at)
        for name in held.__dataclass_fields__:
            setattr(review, name, getattr(held, name))
        review.held_by_id, review.recorded_at = by.post_id, at
        review.edited += 1
        review.save()
        finish_step(by=WORKING, matter_id=matter_id, kind=StepKind.REVIEW, at=at)
        leave_a_line(by, matter_id, "held a review", at, {"step": held.least_step})
        _set_level(by, case, level, at)
        if held.least_step is not LeastStep.ENDS:
            _book_next(case, PlanKind(plan.kind), held.held_on, next_on, at)
    return review


def tell_late_reviews(*, at: datetime.datetime) -> int:
    """Tell whoever leads a case, and their operational manager, of a review past its day, once."""
    told = 0
    with transaction.atomic(), acting(WORKING):
        late = CaseReview.objects.booked().filter(
            due_on__lt=day_of(at), told_at__isnull=True, case__closed_at__isnull=True
        )
        rows = {each.case_id: each for each in late.select_for_update(of=("self",))}
        leads = Lead.objects.filter(case__in=rows, ends_at__isnull=True)
        for lead in leads.select_related("post"):
            posts = [lead.post_id, lead.post.operational_manager_id]
            answering = [who_answers(post, at).post for post in posts if post is not None]
            told += tell(
                by=None,
                posts=answering,
                kind=NoticeKind.CASE_REVIEW_LATE,
                link=f"/cases/{lead.case_id}/reviews/",
                at=at,
            )
            review = rows[lead.case_id]
            review.told_at = at
            review.save(update_fields=["told_at"])
    return told


def _due(kind: PlanKind, since: datetime.datetime, held_before: bool, at: datetime.datetime) -> Due:
    """By when, under the limits of the clock that are in force now."""
    usual = limits_at(at)[StepKind.REVIEW]
    return next_review(kind, since, held_before=held_before, usual=usual)


def _must_be_whole(held: Held, at: datetime.datetime) -> None:
    if held.held_on > day_of(at):
        raise CannotPlan("The day it was held is still to come.")
    if not held.present.strip():
        raise CannotPlan("Say who was there, and whether the person was.")
    if not held.person_words.strip():
        raise CannotPlan("Write down what the person said, or why they were not asked.")
    if held.least_step.needs_reason and not held.why_not_less.strip():
        raise CannotPlan("Could less do? Say why it would not.")


def _set_level(by: Viewer, case: Case, said: LevelSaid | None, at: datetime.datetime) -> None:
    if said is None or level_now(case, at) is said.level:
        return
    try:
        set_level(by=by, matter_id=case.pk, level=said.level, because=said.because, at=at)
    except CannotSetLevel as why:
        raise CannotPlan(str(why)) from None


def _book_next(
    case: Case,
    kind: PlanKind,
    held_on: datetime.date,
    next_on: datetime.date | None,
    at: datetime.datetime,
) -> None:
    due = _due(kind, start_of(held_on), True, at)
    day = next_on or max(due.on, day_of(at))
    refused = why_not_booked(day, due, day_of(at)) if next_on else None
    if refused:
        raise CannotPlan(refused)
    booked = CaseReview.objects.create(case=case, due_on=day, rule=due.rule, recorded_at=at)
    _run_the_clock(booked, at)


def _run_the_clock(booked: CaseReview, at: datetime.datetime) -> None:
    """The review on the one clock of the case (P33), due when it is booked for."""
    step = start_step(by=WORKING, matter_id=booked.case_id, kind=StepKind.REVIEW, at=at)
    Step.objects.filter(pk=step.pk).update(due_at=max(start_of(booked.due_on + _DAY), at + _DAY))
