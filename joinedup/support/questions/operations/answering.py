"""Record what was answered, in the version it was asked in, with where it was known from."""

import datetime
import uuid
from collections.abc import Collection, Mapping

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer, acting, reading
from joinedup.identity.sharing.choices import PartLevel
from joinedup.identity.sharing.models import Matter, MatterPerson
from joinedup.identity.sharing.queries.matters import part_of
from joinedup.support.questions.choices import How
from joinedup.support.questions.models import Answer
from joinedup.support.questions.queries.asking import published_version
from joinedup.support.questions.rules.asked import AskedVersion, Value
from joinedup.support.questions.rules.checking import Unfit, checked
from joinedup.support.questions.rules.known import Known
from joinedup.support.questions.rules.showing import counted

WRITING = Viewer.system("recording what was answered")
ANSWERED = "These questions were answered when it was sent. Who works at it goes on."


class CannotAnswer(Exception):
    """Why this is not recorded, fit for the page."""


def record_answers(
    *,
    by: Viewer,
    matter_id: uuid.UUID,
    version_id: uuid.UUID,
    values: Mapping[str, object],
    at: datetime.datetime,
    confirmed: Collection[str] = (),
    known: Mapping[str, Known] | None = None,
    subject: int = 1,
    with_it: bool = False,
) -> list[Answer]:
    """Add what was answered to a matter; a question left out keeps the answer it had, None takes it back.

    `known` is what was known when it was asked, and `confirmed` are the codes of what was confirmed.
    Answers to questions that do not come up are not kept. Who sends a matter answers it once, which
    the room that takes it in says by `with_it`; after that only who works at it. Raises CannotAnswer.
    """
    version = _asked(version_id)
    fit = _fit(version, values)
    with acting(WRITING):
        if not with_it:
            _may_answer(by, matter_id, version_id, subject)
        # So that two who answer at once stand one after the other, and the later counts.
        Matter.objects.select_for_update().get(pk=matter_id)
        stored = _stored(matter_id, version_id, subject)
        if with_it and stored:
            raise CannotAnswer(ANSWERED)
        rows = Answer.objects.bulk_create(
            _row(by, matter_id, version_id, subject, code, value, at,
                 (known or {}).get(code), code in confirmed)
            for code, value in _kept(version, fit, stored).items()
        )  # fmt: skip
        about = list(
            MatterPerson.objects.filter(matter_id=matter_id).values_list("person", flat=True)
        )
        _leave_lines(by, matter_id, version, rows, about, at)
    return rows


def _asked(version_id: uuid.UUID) -> AskedVersion:
    found = published_version(version_id)
    if found is None:
        raise CannotAnswer("These questions are not published. Open the page again.")
    return found


def _fit(version: AskedVersion, values: Mapping[str, object]) -> dict[str, Value | None]:
    fit: dict[str, Value | None] = {}
    for code, typed in values.items():
        try:
            question = version.question(code)
            fit[code] = checked(question, typed)
        except KeyError as unknown:
            raise CannotAnswer(f"These questions do not ask “{code}”.") from unknown
        except Unfit as why:
            raise CannotAnswer(f"{question.text} {why}.") from why
    return fit


def _stored(matter_id: uuid.UUID, version_id: uuid.UUID, subject: int) -> dict[str, Value]:
    rows = Answer.objects.filter(matter_id=matter_id, version_id=version_id, subject=subject)
    latest = dict(rows.order_by("id").values_list("question_code", "value"))
    return {code: value for code, value in latest.items() if value is not None}


def _kept(
    version: AskedVersion, fit: Mapping[str, Value | None], stored: Mapping[str, Value]
) -> dict[str, Value | None]:
    """What is written: what comes up given all the answers there are, and what takes one back."""
    together = {**stored, **fit}
    counts = counted(version, {code: v for code, v in together.items() if v is not None})
    return {
        code: value
        for code, value in fit.items()
        if (code in counts if value is not None else code in stored)
    }


def _may_answer(by: Viewer, matter_id: uuid.UUID, version_id: uuid.UUID, subject: int) -> None:
    with reading(by):
        part = part_of(by, matter_id)
    if part is PartLevel.WORK:
        return
    if part is PartLevel.NOTHING:
        raise CannotAnswer("You have no part in this, so you cannot answer its questions.")
    if Answer.objects.filter(matter_id=matter_id, version_id=version_id, subject=subject).exists():
        raise CannotAnswer(ANSWERED)


def _row(
    by: Viewer,
    matter_id: uuid.UUID,
    version_id: uuid.UUID,
    subject: int,
    code: str,
    value: Value | None,
    at: datetime.datetime,
    known: Known | None,
    confirmed: bool,
) -> Answer:
    how = How.ASKED
    if known is not None:
        same = value == known.value
        how = How.CHANGED if not same else How.CONFIRMED if confirmed else How.CARRIED
    from_source = known is not None and how.spared
    return Answer(
        matter_id=matter_id, version_id=version_id, subject=subject, question_code=code,
        value=value, how=how, by_post_id=by.post_id, at=at,
        source=known.source if known and from_source else "",
        source_on=known.on if known and from_source else None,
    )  # fmt: skip


def _leave_lines(
    by: Viewer,
    matter_id: uuid.UUID,
    version: AskedVersion,
    rows: list[Answer],
    about: list[uuid.UUID],
    at: datetime.datetime,
) -> None:
    """A line for each person the matter is about, or one where that is not known yet."""
    whom: list[uuid.UUID | None] = [*about]
    for person_id in whom or [None]:
        record_change(
            at=at,
            post_id=by.post_id,
            act="answered questions",
            subject_kind="matter",
            subject_id=str(matter_id),
            purpose=by.purpose,
            detail={
                "set": version.set_code, "version": version.number, "answers": len(rows),
                "not_asked_again": sum(How(row.how).spared for row in rows),
            },
            person_id=person_id,
            agency=by.agency,
            role=by.role,
        )  # fmt: skip
