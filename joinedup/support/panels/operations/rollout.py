"""Write down how far a practice has got with its care team meetings (S0-55)."""

import datetime

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.places.models import Practice
from joinedup.identity.sharing.access import Viewer
from joinedup.support.panels.choices import RolloutStage
from joinedup.support.panels.models import Rollout


class CannotRollOut(Exception):
    """A stage cannot be written down so; says why."""


def set_stage(
    *,
    by: Viewer,
    practice: Practice,
    stage: RolloutStage,
    on: datetime.date,
    words: str,
    at: datetime.datetime,
) -> Rollout:
    """Say from which day a practice is at a stage; what was said before stays. Raises CannotRollOut, NotPermitted."""
    by.must(Permission.COORDINATE_PANELS)
    if on > day_of(at):
        raise CannotRollOut("Write down where it stands, not where it will. Give today or earlier.")
    last = Rollout.objects.filter(practice=practice).order_by("-on", "-pk").first()
    if last is not None and on < last.on:
        raise CannotRollOut(
            f"It stood at “{RolloutStage(last.stage).label}” on a later day already."
        )
    if stage is RolloutStage.STOPPED and not words.strip():
        raise CannotRollOut("Say why it stopped.")
    made = Rollout.objects.create(
        practice=practice, stage=stage, on=on, words=words.strip()[:300], set_by_id=by.post_id,
        set_at=at,
    )  # fmt: skip
    record_change(
        at=at, post_id=by.post_id, act="said how far a practice has got", subject_kind="practice",
        subject_id=practice.pk, purpose=by.purpose, agency=by.agency, role=by.role,
        detail={"stage": stage},
    )  # fmt: skip
    return made
