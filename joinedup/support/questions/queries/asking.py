"""Which version of a set is asked on a day in a place, and what it asks; about nobody."""

import datetime
import uuid

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
    return as_asked(SetVersion.objects.select_related("question_set").get(pk=version_id))


_READ: dict[tuple[uuid.UUID, datetime.datetime | None], AskedVersion] = {}
_MOST_KEPT = 200


def as_asked(version: SetVersion) -> AskedVersion:
    """A version with all it asks. A published one never changes, so that it is read once."""
    if version.is_draft:
        return _read(version)
    key = version.pk, version.published_at
    if key not in _READ:
        if len(_READ) >= _MOST_KEPT:
            _READ.clear()
        _READ[key] = _read(version)
    return _READ[key]


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
