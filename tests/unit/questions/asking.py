"""Versions made up for tests of questions."""

import datetime
import uuid

from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.models import Question, QuestionSet, Section, SetVersion
from joinedup.support.questions.operations.ship import written
from joinedup.support.questions.rules.asked import (
    Asked,
    AskedSection,
    AskedVersion,
    ShownIf,
    yes_no,
)
from joinedup.support.questions.shipped import SHIPPED

AT = datetime.datetime(2026, 11, 22, 9, tzinfo=datetime.UTC)
DAY = AT.date()


def asked(*questions: Asked, code: str = "a-set") -> AskedVersion:
    """A version that is in no database."""
    sections = (AskedSection("", "", questions),)
    return AskedVersion(uuid.uuid4(), code, "A set", 1, sections=sections)


def shipped(code: str) -> AskedVersion:
    """A shipped set as it is asked, without a database."""
    found = next(each for each in SHIPPED if each.code == code)
    return AskedVersion(uuid.uuid4(), code, found.title, 1, sections=found.sections)


def yes_or_no(code: str, *, if_yes_to: str = "", **more: object) -> Asked:
    """A question of yes or no."""
    condition = ShownIf(if_yes_to, ("yes",)) if if_yes_to else None
    return Asked(code, QuestionKind.YES_NO, f"{code.capitalize()}?", choices=yes_no(),
                 shown_if=condition, **more)  # type: ignore[arg-type]  # fmt: skip


def draft(*questions: Asked, code: str = "a-set", **more: object) -> SetVersion:
    """A draft in the database that asks these in one section."""
    of, _ = QuestionSet.objects.get_or_create(code=code, defaults={"title": "A set", "made_at": AT})
    number = of.versions.count() + 1
    said = {"source": "Made up", "licence": "None needed", **more}
    version = SetVersion.objects.create(question_set=of, number=number, made_at=AT, **said)
    section = Section.objects.create(version=version, place=1, title="One")
    for place, question in enumerate(questions, 1):
        Question.objects.create(version=version, section=section, place=place, **written(question))
    return version


def in_force(
    *questions: Asked, code: str = "a-set", since: datetime.date = DAY, **more: object
) -> SetVersion:
    """A published version that asks these."""
    version = draft(*questions, code=code, **more)
    version.state, version.starts_on, version.published_at = "published", since, AT
    version.save()
    return version
