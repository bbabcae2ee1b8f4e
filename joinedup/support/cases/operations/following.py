"""Begin a pathway in a case, say what became of a step, end it before its end (S1-33)."""

import datetime
import uuid

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.cases.choices.pathway import Became
from joinedup.support.cases.models import FollowedPathway, Pathway, PathwayMark, PathwayStep
from joinedup.support.cases.operations.editing import CannotPlan, at_work_on, case_of
from joinedup.support.handovers.operations.grounds import leave_a_line


def begin_pathway(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    pathway_id: int,
    starts_on: datetime.date,
    at: datetime.datetime,
) -> FollowedPathway:
    """Let a case go along a pathway from that day; the version stays, whatever is published later.

    Raises CannotPlan, NoPart.
    """
    if starts_on > day_of(at):
        raise CannotPlan("The day it begins is still to come.")
    with at_work_on(by, matter_id) as case:
        if starts_on < day_of(case.opened_at):
            raise CannotPlan("The case was not open on that day yet.")
        in_force = {each.pk: each for each in Pathway.objects.on(starts_on)}
        pathway = in_force.get(pathway_id)
        if pathway is None:
            raise CannotPlan("This version was not in force on that day. Open the page again.")
        going_on = FollowedPathway.objects.going_on().filter(case=case)
        if going_on.filter(pathway__code=pathway.code).exists():
            raise CannotPlan("This case is on that pathway already.")
        made = FollowedPathway.objects.create(
            case=case, pathway=pathway, starts_on=starts_on, begun_by_id=by.post_id, recorded_at=at
        )
        leave_a_line(by, matter_id, "began a pathway", at, {"pathway": str(pathway)})
    return made


def mark_step(
    *,
    by: Viewer,
    followed_id: uuid.UUID,
    step_id: int,
    became: Became,
    on: datetime.date,
    words: str,
    at: datetime.datetime,
) -> PathwayMark:
    """Say what became of a step; said again it stands instead of what was said before.

    Raises CannotPlan, NoPart, FollowedPathway.DoesNotExist.
    """
    if on > day_of(at):
        raise CannotPlan("That day is still to come.")
    if became is not Became.DONE and not words.strip():
        raise CannotPlan("Say why: whoever takes over reads it.")
    matter_id = case_of(by, FollowedPathway, followed_id)
    with at_work_on(by, matter_id) as case:
        followed = FollowedPathway.objects.get(pk=followed_id)
        if on < followed.starts_on:
            raise CannotPlan("The pathway had not begun on that day.")
        step = PathwayStep.objects.filter(pathway=followed.pathway_id, pk=step_id).first()
        if step is None:
            raise CannotPlan("This is no step of that pathway. Open the page again.")
        before = PathwayMark.objects.filter(
            followed=followed, step=step_id, corrected_by__isnull=True
        ).first()
        if before is None and became is Became.NOT_DONE and not step.sign:
            raise CannotPlan("Nobody has said that this step is done or left out.")
        made = PathwayMark.objects.create(
            case=case, followed=followed, step_id=step_id, became=became, on=on,
            words=words.strip(), by_post_id=by.post_id, recorded_at=at, instead_of=before,
        )  # fmt: skip
        leave_a_line(by, matter_id, "said what became of a step", at, {"became": became})
    return made


def end_pathway(
    *,
    by: Viewer,
    followed_id: uuid.UUID,
    because: str,
    at: datetime.datetime,
) -> FollowedPathway:
    """End a pathway in a case today, with the reason; raises as `mark_step` does."""
    if not because.strip():
        raise CannotPlan("Say why it ends here.")
    matter_id = case_of(by, FollowedPathway, followed_id)
    with at_work_on(by, matter_id):
        followed = FollowedPathway.objects.get(pk=followed_id)
        if followed.ends_on is None:
            followed.ends_on, followed.ended_because = day_of(at), because.strip()
            followed.save(update_fields=["ends_on", "ended_because"])
            leave_a_line(by, matter_id, "ended a pathway", at)
    return followed
