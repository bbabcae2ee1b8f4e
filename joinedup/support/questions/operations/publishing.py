"""Publish a draft from a day on, retire what is published, and note how it was tested."""

import datetime
import uuid

from django.db import transaction
from django.db.models import Q

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.core.dates import day_of
from joinedup.foundations.core.wording import day
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.choices import VersionState
from joinedup.support.questions.models import QuestionSet, SetVersion
from joinedup.support.questions.operations.writing import leave_line
from joinedup.support.questions.queries.asking import as_asked
from joinedup.support.questions.rules.writing import faults


class CannotPublish(Exception):
    """Why this version does not begin, fit for the page."""


class CannotRetire(Exception):
    """Why this version is not retired, fit for the page."""


def publish(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    starts_on: datetime.date,
    read: str,
    at: datetime.datetime,
) -> SetVersion:
    """Begin to ask a draft on a day; the version of the same place ends as it begins.

    `read` is the mark of the draft as it was read, so that nothing is published that nobody saw.
    Raises CannotPublish, SetVersion.DoesNotExist or NotPermitted.
    """
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = SetVersion.objects.select_for_update().get(pk=version_id)
        QuestionSet.objects.select_for_update().get(pk=draft.question_set_id)
        if not draft.is_draft:
            raise CannotPublish("This version is published already.")
        if read != mark(draft):
            raise CannotPublish(
                "Somebody changed this draft while you were reading. Read it again."
            )
        if starts_on < day_of(at):
            raise CannotPublish(
                "Choose today or a later day: what was asked before stays as it was."
            )
        found = faults(as_asked(draft))
        if found:
            raise CannotPublish(f"Mend this first. {found[0]}")
        _end_the_one_before(draft, starts_on)
        draft.state = VersionState.PUBLISHED
        draft.starts_on = starts_on
        draft.published_at = at
        draft.published_by_id = by.post_id
        draft.save()
        leave_line(by, draft, "published a question set", at, starts_on=str(starts_on))
    return draft


def _end_the_one_before(draft: SetVersion, starts_on: datetime.date) -> None:
    """What runs there ends; what would begin there on that day or later stands in the way."""
    there = SetVersion.objects.filter(
        question_set=draft.question_set, locality=draft.locality, state=VersionState.PUBLISHED
    ).select_for_update()
    later = there.filter(starts_on__gt=starts_on).exclude(ends_on__lte=starts_on).first()
    if later is not None:
        raise CannotPublish(
            f"Version {later.number} begins there on {day(later.starts_on)}. Retire it first, or begin later."
        )
    there.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)).update(ends_on=starts_on)


def retire(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    at: datetime.datetime,
    ends_on: datetime.date | None = None,
) -> SetVersion:
    """Stop asking a version, today or from a later day on. Raises CannotRetire or NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        version = SetVersion.objects.select_for_update().get(pk=version_id)
        last = ends_on or day_of(at)
        if version.state != VersionState.PUBLISHED or version.starts_on is None:
            raise CannotRetire("Only a published version is retired.")
        if last < day_of(at):
            raise CannotRetire("Choose today or a later day.")
        if version.ends_on is not None and version.ends_on <= last:
            raise CannotRetire(f"It ends on {day(version.ends_on)} already.")
        version.ends_on = max(last, version.starts_on)
        version.state = VersionState.RETIRED
        version.save()
        leave_line(by, version, "retired a question set", at, ends_on=str(version.ends_on))
    return version


def note_test(
    *, by: Viewer, version_id: uuid.UUID, tested: str, at: datetime.datetime
) -> SetVersion:
    """Say how a version was tested and with what result, also after it began (S4-7)."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        version = SetVersion.objects.select_for_update().get(pk=version_id)
        version.tested = tested.strip()
        version.save()
        leave_line(by, version, "noted a test of a question set", at)
    return version


def mark(version: SetVersion) -> str:
    """A mark of a draft as it stands: it changes with everything that is written in it."""
    parts = [f"{version.edited}"]
    parts += [f"{s.pk}.{s.place}.{s.edited}" for s in version.sections.order_by("pk")]
    parts += [f"{q.pk}.{q.place}.{q.edited}" for q in version.questions.order_by("pk")]
    return uuid.uuid5(uuid.NAMESPACE_OID, " ".join(parts)).hex[:16]
