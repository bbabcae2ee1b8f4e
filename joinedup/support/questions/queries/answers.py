"""What was answered in a matter, each with its version, its source and its day; and what was spared."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.choices import How
from joinedup.support.questions.models import Answer
from joinedup.support.questions.queries.asking import version_asked
from joinedup.support.questions.rules.asked import Asked, AskedVersion, Value
from joinedup.support.questions.rules.reading import Meaning, meanings, said, triggers_in
from joinedup.support.questions.rules.showing import counted
from joinedup.support.safeguarding.choices import Trigger


@dataclass(frozen=True)
class Answered:
    """The answer that counts to one question."""

    answer_id: int
    question: Asked
    value: Value
    words: str
    how: How
    source: str
    source_on: datetime.date | None
    by_post_id: uuid.UUID | None
    at: datetime.datetime


@dataclass(frozen=True)
class AnsweredSet:
    """What was answered of one version about one subject of a matter, in the order it was asked."""

    version: AskedVersion
    subject: int
    answers: tuple[Answered, ...]

    @property
    def values(self) -> dict[str, Value]:
        """The answers by the codes of their questions."""
        return {each.question.code: each.value for each in self.answers}

    @property
    def triggers(self) -> list[Trigger]:
        """The triggers among them."""
        return triggers_in(self.version, self.values)

    @property
    def meanings(self) -> list[Meaning]:
        """What they tell triage."""
        return meanings(self.version, self.values)


def sets_answered(viewer: Viewer, matter_id: uuid.UUID, *, set_code: str = "") -> list[AnsweredSet]:
    """What this viewer may read of what was answered in a matter; the newest version of a set last.

    Inside `acting(viewer)`, as all reading of a matter is.
    """
    rows = Answer.objects.filter(matter_id=matter_id)
    if set_code:
        rows = rows.filter(version__question_set=set_code)
    latest: dict[tuple[uuid.UUID, int], dict[str, Answer]] = {}
    for row in rows.order_by("id"):
        latest.setdefault((row.version_id, row.subject), {})[row.question_code] = row
    found = [
        _in_order(version_asked(version_id), subject, answers)
        for (version_id, subject), answers in latest.items()
    ]
    return sorted(
        found, key=lambda each: (each.version.set_code, each.version.number, each.subject)
    )


def answers_between(
    matter_id: uuid.UUID, version_id: uuid.UUID, subject: int, first: int, last: int
) -> AnsweredSet:
    """What was answered of a version from one row to another, whatever was answered since; inside `acting`."""
    rows = Answer.objects.filter(
        matter_id=matter_id, version_id=version_id, subject=subject, id__gte=first, id__lte=last
    )
    latest = {row.question_code: row for row in rows.order_by("id")}
    return _in_order(version_asked(version_id), subject, latest)


def _in_order(version: AskedVersion, subject: int, answers: dict[str, Answer]) -> AnsweredSet:
    given = {code: row.value for code, row in answers.items() if row.value is not None}
    return AnsweredSet(
        version,
        subject,
        tuple(
            _answered(version.question(code), answers[code], value)
            for code, value in counted(version, given).items()
        ),
    )


def _answered(question: Asked, row: Answer, value: Value) -> Answered:
    return Answered(
        answer_id=row.pk,
        question=question,
        value=value,
        words=said(question, value),
        how=How(row.how),
        source=row.source,
        source_on=row.source_on,
        by_post_id=row.by_post_id,
        at=row.at,
    )


def answers_of(viewer: Viewer, matter_id: uuid.UUID, *, set_code: str = "") -> list[Answered]:
    """Every answer of a matter that counts and that this viewer may read, set after set."""
    return [
        each for found in sets_answered(viewer, matter_id, set_code=set_code)
        for each in found.answers
    ]  # fmt: skip


def not_asked_again(viewer: Viewer, matter_id: uuid.UUID) -> int:
    """How many questions of a matter were known and not asked again."""
    return spared(answers_of(viewer, matter_id))


def spared(answers: Iterable[Answered]) -> int:
    """How many of these were known and not asked again."""
    return sum(each.how.spared for each in answers)
