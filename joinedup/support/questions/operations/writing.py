"""Write a draft: begin it, say what it is, write its sections and questions; two at once lose nothing."""

import datetime
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, Model

from joinedup.foundations.agencies.choices import Permission
from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.models import Question, QuestionSet, Section, SetVersion
from joinedup.support.questions.rules.asked import plain_choice, yes_no
from joinedup.support.questions.rules.writing import code_from, fresh_code

VERSION_FIELDS = ("variant", "locality_id", "introduction", "source", "licence", "tested")
SECTION_FIELDS = ("title", "words")
QUESTION_FIELDS = (
    "text", "kind", "help", "required", "choices", "lowest", "highest", "lowest_means",
    "highest_means", "shown_if", "known_from", "source",
)  # fmt: skip


class CannotWrite(Exception):
    """Why this is not written, fit for the page."""


class WrittenMeanwhile(Exception):
    """Somebody else saved first; nothing is lost, and both versions can be shown."""

    def __init__(self, saved: Model) -> None:
        super().__init__("Somebody else changed this while you were writing.")
        self.saved = saved


class TakenOutMeanwhile(Exception):
    """Somebody else took it out while it was being written; it can be written anew."""


def make_set(*, by: Viewer, title: str, about: str, at: datetime.datetime) -> SetVersion:
    """Begin a set with an empty first draft. Raises CannotWrite or NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    code = code_from(title, most=40)
    if not code:
        raise CannotWrite("Give it a title with letters or digits in it.")
    try:
        with transaction.atomic():
            made = QuestionSet.objects.create(
                code=code,
                title=title.strip(),
                about=about.strip(),
                made_by_id=by.post_id,
                made_at=at,
            )
            draft = SetVersion.objects.create(
                question_set=made, number=1, made_by_id=by.post_id, made_at=at
            )
            Section.objects.create(version=draft, place=1, title="")
            leave_line(by, draft, "began a question set", at)
    except IntegrityError as taken:
        raise CannotWrite(
            "There is a set of this name. Write a new version of it, or choose another title."
        ) from taken
    return draft


def start_draft(*, by: Viewer, version_id: uuid.UUID, at: datetime.datetime) -> SetVersion:
    """Begin the next version with all that this one asks. Raises SetVersion.DoesNotExist, NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        before = SetVersion.objects.select_related("question_set").get(pk=version_id)
        QuestionSet.objects.select_for_update().get(pk=before.question_set_id)
        last = SetVersion.objects.filter(question_set=before.question_set).aggregate(
            n=Max("number")
        )
        draft = SetVersion.objects.create(
            question_set=before.question_set,
            number=(last["n"] or 0) + 1,
            begun_from=before,
            made_by_id=by.post_id,
            made_at=at,
            **{name: getattr(before, name) for name in VERSION_FIELDS},
        )
        for section in before.sections.all():
            questions = list(section.questions.order_by("place", "id"))
            section.pk, section.version, section.edited = uuid.uuid4(), draft, 0
            section.save(force_insert=True)
            for question in questions:
                question.pk, question.version, question.edited = uuid.uuid4(), draft, 0
                question.section = section
            Question.objects.bulk_create(questions)
        leave_line(by, draft, "began a version", at)
    return draft


def edit_version(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> SetVersion:
    """Write what a draft says of itself. Raises WrittenMeanwhile, CannotWrite, SetVersion.DoesNotExist."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = SetVersion.objects.select_for_update().get(pk=version_id)
        _is_open(draft)
        _write(draft, values, VERSION_FIELDS, edited)
        leave_line(by, draft, "wrote a draft", at, what="words")
    return draft


def throw_away(*, by: Viewer, version_id: uuid.UUID, at: datetime.datetime) -> None:
    """Take a draft out; a set with no other version goes with it. Raises CannotWrite."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = SetVersion.objects.select_for_update().get(pk=version_id)
        _is_open(draft)
        leave_line(by, draft, "threw a draft away", at)
        SetVersion.objects.filter(begun_from=draft).update(begun_from=None)
        of = draft.question_set
        draft.delete()
        if not of.versions.exists():
            of.delete()


def add_section(
    *, by: Viewer, version_id: uuid.UUID, title: str, words: str, at: datetime.datetime
) -> Section:
    """Put a section at the end of a draft. Raises CannotWrite, SetVersion.DoesNotExist, NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _draft(version_id)
        place = _next(draft.sections)
        section = Section.objects.create(version=draft, place=place, title=title, words=words)
        leave_line(by, draft, "wrote a draft", at, what="section added")
    return section


def edit_section(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    section_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> Section:
    """Write a section. Raises WrittenMeanwhile, TakenOutMeanwhile, CannotWrite or NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _draft(version_id)
        section = draft.sections.filter(pk=section_id).first()
        if section is None:
            raise TakenOutMeanwhile("Somebody took this section out while you were writing.")
        _write(section, values, SECTION_FIELDS, edited)
        leave_line(by, draft, "wrote a draft", at, what="section")
    return section


def add_question(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    section_id: uuid.UUID,
    values: Mapping[str, Any],
    at: datetime.datetime,
) -> Question:
    """Put a question at the end of a section. Raises CannotWrite, TakenOutMeanwhile or NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _draft(version_id)
        section = draft.sections.filter(pk=section_id).first()
        if section is None:
            raise TakenOutMeanwhile("Somebody took this section out while you were writing.")
        taken = set(draft.questions.values_list("code", flat=True))
        usual = yes_no() if values.get("kind") == QuestionKind.YES_NO else ()
        question = Question.objects.create(
            version=draft,
            section=section,
            place=_next(section.questions),
            code=fresh_code(values["text"], taken),
            **{
                "choices": [plain_choice(choice) for choice in usual],
                **{name: values[name] for name in QUESTION_FIELDS if name in values},
            },
        )
        leave_line(by, draft, "wrote a draft", at, what="question added", question=question.code)
    return question


def edit_question(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    question_id: uuid.UUID,
    values: Mapping[str, Any],
    edited: int,
    at: datetime.datetime,
) -> Question:
    """Write a question of a draft. Raises WrittenMeanwhile, TakenOutMeanwhile, CannotWrite, NotPermitted."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _draft(version_id)
        question = draft.questions.filter(pk=question_id).first()
        if question is None:
            raise TakenOutMeanwhile("Somebody took this question out while you were writing.")
        _write(question, values, QUESTION_FIELDS, edited)
        leave_line(by, draft, "wrote a draft", at, what="question", question=question.code)
    return question


def leave_line(
    by: Viewer, version: SetVersion, act: str, at: datetime.datetime, **detail: object
) -> None:
    """Put what was done with a version in the audit."""
    record_change(
        at=at,
        post_id=by.post_id,
        act=act,
        subject_kind="question set",
        subject_id=str(version.pk),
        purpose=by.purpose,
        agency=by.agency,
        role=by.role,
        detail={"set": version.question_set_id, "version": version.number, **detail},
    )


def _draft(version_id: uuid.UUID) -> SetVersion:
    """The draft, locked: whoever writes in it waits for whoever is writing."""
    draft = SetVersion.objects.select_for_update().get(pk=version_id)
    _is_open(draft)
    return draft


def _is_open(version: SetVersion) -> None:
    if not version.is_draft:
        raise CannotWrite(
            "This version is published. Write a new version: this one stays as it is."
        )


def _write(row: Any, values: Mapping[str, Any], fields: tuple[str, ...], edited: int) -> None:
    changed = [name for name in fields if name in values and getattr(row, name) != values[name]]
    if row.edited != edited:
        raise WrittenMeanwhile(row)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.edited += 1
        row.save()


def _next(rows: Any) -> int:
    return (rows.aggregate(n=Max("place"))["n"] or 0) + 1
