"""Start a step of the one clock, finish it, stop what runs on when there is nothing left to do."""

import datetime
import uuid
from collections.abc import Sequence

from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.handovers.choices import StepKind
from joinedup.support.handovers.models import Step
from joinedup.support.handovers.operations.grounds import WORKING, locked, must_work_at
from joinedup.support.handovers.queries.limits import limits_at
from joinedup.support.handovers.rules.limits import due


def start_step(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    kind: StepKind,
    at: datetime.datetime,
    urgent: bool = False,
) -> Step:
    """Start a step of a matter's clock; one that runs already runs on, and is no later for it.

    Raises NoPart.
    """
    return start_steps(by=by, matter_id=matter_id, kinds=[kind], at=at, urgent=urgent)[0]


def start_steps(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    kinds: Sequence[StepKind],
    at: datetime.datetime,
    urgent: bool = False,
) -> list[Step]:
    """Start several steps at once, each as `start_step` does. Raises NoPart."""
    must_work_at(by, matter_id)
    with acting(WORKING):
        locked(matter_id)
        limits = limits_at(at)
        running = Step.objects.running().filter(matter=matter_id, kind__in=kinds)
        there = {step.kind: step for step in running}
        for step in there.values():
            if urgent and not step.is_urgent:
                step.is_urgent = True
                limit = limits[StepKind(step.kind)]
                step.due_at = min(step.due_at, due(limit, step.started_at, urgent=True))
                step.save(update_fields=["is_urgent", "due_at"])
        new = Step.objects.bulk_create(
            Step(
                matter_id=matter_id,
                kind=kind,
                is_urgent=urgent,
                started_at=at,
                due_at=due(limits[kind], at, urgent=urgent),
            )
            for kind in kinds
            if kind not in there
        )
    there.update({step.kind: step for step in new})
    return [there[kind] for kind in kinds]


def finish_step(
    *, by: Viewer, matter_id: uuid.UUID, kind: StepKind, at: datetime.datetime
) -> Step | None:
    """Say that a step is done; None where it did not run. Raises NoPart."""
    must_work_at(by, matter_id)
    with acting(WORKING):
        return _ended(matter_id, kind, done_at=at)


def stop_step(
    *, by: Viewer, matter_id: uuid.UUID, kind: StepKind, at: datetime.datetime
) -> Step | None:
    """Say that a step will not be done and need not be; None where it did not run. Raises NoPart."""
    must_work_at(by, matter_id)
    with acting(WORKING):
        return _ended(matter_id, kind, stopped_at=at)


def stop_all_steps(matter_id: uuid.UUID, at: datetime.datetime) -> None:
    """Stop whatever runs, as the system: the matter is closed."""
    Step.objects.running().filter(matter=matter_id).update(stopped_at=at)


def _ended(matter_id: uuid.UUID, kind: StepKind, **when: datetime.datetime) -> Step | None:
    running = Step.objects.running().select_for_update()
    step = running.filter(matter=matter_id, kind=kind).first()
    if step is None:
        return None
    for name, at in when.items():
        setattr(step, name, at)
    step.save(update_fields=[*when])
    return step
