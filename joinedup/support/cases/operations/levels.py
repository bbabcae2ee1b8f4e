"""Say at which level of need a case is from now on, and why."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer, acting
from joinedup.support.cases.choices import Programme
from joinedup.support.cases.choices.level import LevelSource, NeedLevel, usual_level
from joinedup.support.cases.models import Case, CaseLevel, ThresholdDocument
from joinedup.support.handovers.operations.grounds import leave_a_line, locked, must_work_at

WORKING = Viewer.system("keeping the level of need of cases")


class CannotSetLevel(Exception):
    """A case cannot be at this level so; says why."""


def set_level(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    level: NeedLevel,
    because: str,
    at: datetime.datetime,
    source: LevelSource = LevelSource.REVIEW,
) -> CaseLevel:
    """Let a case be at a level from now on, in the words of the document in force; the same is no change.

    Raises CannotSetLevel, NoPart.
    """
    must_work_at(by, matter_id)
    if not because.strip():
        raise CannotSetLevel("Say what shows that this is the level now.")
    with transaction.atomic(), acting(WORKING):
        locked(matter_id)
        case = Case.objects.get(pk=matter_id)
        if case.closed_at is not None:
            raise CannotSetLevel("This case is closed. Open it again first.")
        document = ThresholdDocument.objects.on(day_of(at))
        if document is None:
            raise CannotSetLevel(
                "No threshold document is in force. A manager proposes one and a second publishes it."
            )
        now = _now(case, at)
        if now.level == level and now.pk is not None:
            return now
        if now.pk is None:
            now.save()
        now.ends_at = max(at, now.starts_at)
        now.save(update_fields=["ends_at"])
        made = CaseLevel.objects.create(
            case=case,
            level=level,
            source=source,
            because=because.strip(),
            document=document,
            by_post_id=by.post_id,
            starts_at=now.ends_at,
        )
        leave_a_line(
            by, matter_id, "set a level of need", at, {"from": now.level, "to": int(level)}
        )
    return made


def level_now(case: Case, at: datetime.datetime) -> NeedLevel:
    """The level of a case at this moment, as the system knows it."""
    return NeedLevel(_now(case, at).level)


def _now(case: Case, at: datetime.datetime) -> CaseLevel:
    """The level it is at; not written yet where nobody has said one since it was opened."""
    found = CaseLevel.objects.filter(case=case, ends_at__isnull=True).first()
    if found is not None:
        return found
    programme = Programme(case.programme)
    return CaseLevel(
        case=case,
        level=usual_level(programme),
        source=LevelSource.OPENED,
        because=f"As {programme.label} usually is when a case is opened.",
        document=ThresholdDocument.objects.on(day_of(case.opened_at)),
        starts_at=min(case.opened_at, at),
    )
