"""Which version of a set is asked on a day in a place, and what it asks; about nobody."""

import datetime
import uuid

from django.db import transaction

from joinedup.support.questions.choices import KnownFrom, QuestionKind
from joinedup.support.questions.models import Question, SetVersion
from joinedup.support.questions.rules.asked import (
    Asked,
    AskedSection,
    AskedVersion,
    choice_of,
    shown_if_of,
)


def version_for(
    set_code: str, day: datetime.date, locality: str | None = None
) -> AskedVersion | None:
    """The version asked on that day there: the locality's own, else the one for the whole place."""
    versions = SetVersion.objects.filter(question_set=set_code).in_force(day)
    found = versions.for_place(locality).select_related("question_set").first()
    return None if found is None else as_asked(found)


def version_asked(version_id: uuid.UUID) -> AskedVersion:
    """What that version asks, whatever its state; raises SetVersion.DoesNotExist."""
    if version_id in _PUBLISHED:
        return _PUBLISHED[version_id]
    return as_asked(SetVersion.objects.select_related("question_set").get(pk=version_id))


def published_version(version_id: uuid.UUID) -> AskedVersion | None:
    """What that version asks, where it is or was published."""
    if version_id in _PUBLISHED:
        return _PUBLISHED[version_id]
    found = SetVersion.objects.select_related("question_set").filter(pk=version_id).first()
    return None if found is None or found.is_draft else as_asked(found)


_PUBLISHED: dict[uuid.UUID, AskedVersion] = {}
"""Versions that were published: they never change again, so that they are read once."""
_MOST_KEPT = 200


def as_asked(version: SetVersion) -> AskedVersion:
    """A version with all it asks."""
    if version.pk in _PUBLISHED:
        return _PUBLISHED[version.pk]
    asked = _read(version)
    if not version.is_draft:
        # Not before it is sure that it stays published.
        transaction.on_commit(lambda: _keep(asked))
    return asked


def _keep(asked: AskedVersion) -> None:
    if len(_PUBLISHED) >= _MOST_KEPT:
        _PUBLISHED.clear()
    _PUBLISHED[asked.id] = asked


def _read(version: SetVersion) -> AskedVersion:
    under: dict[uuid.UUID, list[Asked]] = {}
    for question in version.questions.all():
        under.setdefault(question.section_id, []).append(question_asked(question))
    return AskedVersion(
        id=version.pk,
        set_code=version.question_set_id,
        title=version.question_set.title,
        number=version.number,
        variant=version.variant,
        introduction=version.introduction,
        source=version.source,
        licence=version.licence,
        sections=tuple(
            AskedSection(section.title, section.words, tuple(under.get(section.pk, ())))
            for section in version.sections.all()
        ),
    )


def question_asked(question: Question) -> Asked:
    """One question, as plain facts."""
    return Asked(
        code=question.code,
        kind=QuestionKind(question.kind),
        text=question.text,
        help=question.help,
        required=question.required,
        choices=tuple(map(choice_of, question.choices)),
        lowest=question.lowest,
        highest=question.highest,
        lowest_means=question.lowest_means,
        highest_means=question.highest_means,
        shown_if=shown_if_of(question.shown_if),
        known_from=KnownFrom(question.known_from),
        source=question.source,
    )
