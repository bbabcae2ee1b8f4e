"""Move and take out what stands in a draft."""

import datetime
import uuid

from django.db import transaction

from joinedup.foundations.agencies.choices import Permission
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.models import Question, Section, SetVersion
from joinedup.support.questions.operations.writing import CannotWrite, leave_line


def move_question(
    *, by: Viewer, version_id: uuid.UUID, question_id: uuid.UUID, up: bool, at: datetime.datetime
) -> None:
    """Move a question by one place, over the edge of its section into the next. Raises CannotWrite."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _open(version_id)
        order: list[Section | Question] = []
        for section in draft.sections.all():
            order += [section, *section.questions.order_by("place", "id")]
        ids = [row.pk for row in order]
        if question_id not in ids:
            raise CannotWrite("This question was taken out meanwhile.")
        here = ids.index(question_id)
        there = here - 1 if up else here + 1
        if there < 1 or there >= len(order):
            return
        order.insert(there, order.pop(here))
        _renumber(order)
        leave_line(by, draft, "wrote a draft", at, what="question moved")


def move_section(
    *, by: Viewer, version_id: uuid.UUID, section_id: uuid.UUID, up: bool, at: datetime.datetime
) -> None:
    """Move a section with its questions by one place. Raises CannotWrite."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _open(version_id)
        sections = list(draft.sections.all())
        here = next((n for n, row in enumerate(sections) if row.pk == section_id), None)
        if here is None:
            raise CannotWrite("This section was taken out meanwhile.")
        there = here - 1 if up else here + 1
        if there < 0 or there >= len(sections):
            return
        sections.insert(there, sections.pop(here))
        for place, section in enumerate(sections, 1):
            Section.objects.filter(pk=section.pk).update(place=place)
        leave_line(by, draft, "wrote a draft", at, what="section moved")


def remove_question(
    *,
    by: Viewer,
    version_id: uuid.UUID,
    question_id: uuid.UUID,
    edited: int,
    at: datetime.datetime,
) -> None:
    """Take a question out, as it was read; one that was changed since stays. Raises CannotWrite."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _open(version_id)
        question = draft.questions.filter(pk=question_id).first()
        if question is None:
            return
        if question.edited != edited:
            raise CannotWrite("Somebody changed this question meanwhile. Look at it again first.")
        for other in draft.questions.exclude(shown_if__isnull=True):
            if other.shown_if and other.shown_if["question"] == question.code:
                raise CannotWrite(f"“{other.text}” is asked by its answer. Change that one first.")
        question.delete()
        leave_line(by, draft, "wrote a draft", at, what="question out", question=question.code)


def remove_section(
    *, by: Viewer, version_id: uuid.UUID, section_id: uuid.UUID, at: datetime.datetime
) -> None:
    """Take out a section that asks nothing. Raises CannotWrite."""
    by.must(Permission.WRITE_QUESTIONS)
    with transaction.atomic():
        draft = _open(version_id)
        section = draft.sections.filter(pk=section_id).first()
        if section is None:
            return
        if section.questions.exists():
            raise CannotWrite(
                "There are questions in this section. Move them or take them out first."
            )
        if draft.sections.count() == 1:
            raise CannotWrite("A version has at least one section.")
        section.delete()
        leave_line(by, draft, "wrote a draft", at, what="section out")


def _open(version_id: uuid.UUID) -> SetVersion:
    draft = SetVersion.objects.select_for_update().get(pk=version_id)
    if not draft.is_draft:
        raise CannotWrite(
            "This version is published. Write a new version: this one stays as it is."
        )
    return draft


def _renumber(order: list[Section | Question]) -> None:
    """Questions take the section above them, and their place in the row."""
    section: Section | None = None
    for place, row in enumerate(order, 1):
        if isinstance(row, Section):
            section = row
        elif section is not None:
            Question.objects.filter(pk=row.pk).update(section=section, place=place)
