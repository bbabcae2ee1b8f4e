"""Keep the register of who can lead what: competences by name and day, languages, as whom somebody works."""

import datetime
import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.models import Post
from joinedup.foundations.audit.operations import record_change
from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import NotPermitted, Viewer
from joinedup.partnership.workforce.choices import CompetenceCode, WorkerSex
from joinedup.partnership.workforce.models import Competence, Language, WorksAs
from joinedup.partnership.workforce.queries.competence import keeps


class CannotKeepRegister(Exception):
    """The register cannot say so; says why."""


def must_keep(
    by: Viewer, holder_id: uuid.UUID, at: datetime.datetime, *, own: bool = False
) -> None:
    """Raise NotPermitted unless the viewer keeps this practitioner's register, or is them where `own`."""
    if str(by.user_id) == str(holder_id):
        if own:
            return
        raise NotPermitted(
            "Nobody enters this of themselves. Your manager or the administrator does."
        )
    held = Post.objects.held_on(day_of(at)).filter(user=holder_id)
    if not held.filter(keeps(by)).exists():
        raise NotPermitted("Their manager or the partnership administrator enters this.")


def enter_competence(
    *,
    by: Viewer,
    holder_id: uuid.UUID,
    code: CompetenceCode,
    evidence: str,
    starts_on: datetime.date,
    at: datetime.datetime,
    ends_on: datetime.date | None = None,
) -> Competence:
    """Enter that somebody can lead a kind of case, from a day on; what stood before ends on that day.

    Raises CannotKeepRegister, NotPermitted.
    """
    must_keep(by, holder_id, at)
    if not evidence.strip():
        raise CannotKeepRegister(
            "Say what it rests on: a course, a qualification, work that was seen."
        )
    if ends_on is not None and ends_on <= starts_on:
        raise CannotKeepRegister("It ends after it starts.")
    with transaction.atomic():
        standing = Competence.objects.select_for_update().filter(holder=holder_id, code=code)
        for before in standing.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)):
            before.ends_on = max(starts_on, before.starts_on)
            before.save(update_fields=["ends_on"])
        made = Competence.objects.create(
            holder_id=holder_id, code=code, evidence=evidence.strip(), starts_on=starts_on,
            ends_on=ends_on, set_by_id=by.post_id,
        )  # fmt: skip
        leave_a_line(by, "entered a competence", "competence", made.pk, at, {"code": str(code)})
    return made


def end_competence(
    *, by: Viewer, competence_id: int, ends_on: datetime.date, at: datetime.datetime
) -> Competence:
    """Say from which day somebody can no longer lead a kind of case.

    Raises CannotKeepRegister, Competence.DoesNotExist, NotPermitted.
    """
    with transaction.atomic():
        found = Competence.objects.select_for_update().get(pk=competence_id)
        must_keep(by, found.holder_id, at)
        if found.ends_on is not None and found.ends_on <= ends_on:
            raise CannotKeepRegister("It ends on that day or before it already.")
        found.ends_on = max(ends_on, found.starts_on)
        found.save(update_fields=["ends_on"])
        leave_a_line(by, "ended a competence", "competence", found.pk, at, {"code": found.code})
    return found


def say_languages(
    *, by: Viewer, holder_id: uuid.UUID, names: Collection[str], at: datetime.datetime
) -> list[str]:
    """Write down the languages somebody works in, in place of those of before. Raises NotPermitted."""
    must_keep(by, holder_id, at, own=True)
    said = sorted({" ".join(name.split()).capitalize() for name in names if name.strip()})
    if any(len(name) > 60 for name in said):
        raise CannotKeepRegister("Write one language on each line.")
    with transaction.atomic():
        Language.objects.filter(holder=holder_id).exclude(name__in=said).delete()
        for name in said:
            Language.objects.get_or_create(holder_id=holder_id, name=name)
        leave_a_line(by, "said languages", "account", holder_id, at, {"many": len(said)})
    return said


def say_works_as(*, by: Viewer, sex: WorkerSex | None, at: datetime.datetime) -> None:
    """Say as whom one works oneself, for people who ask for a woman or a man (P28); or no longer."""
    if by.user_id is None:
        raise NotPermitted("Only somebody themself says this.")
    with transaction.atomic():
        if sex is None:
            WorksAs.objects.filter(holder=by.user_id).delete()
        else:
            WorksAs.objects.update_or_create(holder_id=by.user_id, defaults={"as_sex": sex})
        leave_a_line(by, "said as whom they work", "account", by.user_id, at, {})


def leave_a_line(
    by: Viewer, act: str, kind: str, key: object, at: datetime.datetime, detail: dict[str, object]
) -> None:
    """A line in the audit for a change of the register."""
    record_change(
        at=at, post_id=by.post_id, act=act, subject_kind=kind, subject_id=str(key),
        purpose=by.purpose, detail=detail, agency=by.agency, role=by.role,
    )  # fmt: skip
