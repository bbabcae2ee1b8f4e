"""Put in place the sets that come with the product, where they are not there yet."""

import datetime

from django.db import transaction

from joinedup.foundations.audit.operations import record_change
from joinedup.identity.sharing.access import Viewer
from joinedup.support.questions.choices import VersionState
from joinedup.support.questions.models import Question, QuestionSet, Section, SetVersion
from joinedup.support.questions.rules.asked import Asked, plain_choice, plain_condition
from joinedup.support.questions.shipped import SHIPPED
from joinedup.support.questions.shipped.written import ShippedSet

SHIPPING = Viewer.system("putting shipped question sets in place")


def ensure_shipped(*, at: datetime.datetime) -> int:
    """Publish each shipped set that is missing, as its first version; return how many were.

    A set that is there is left as it is, whatever was made of it here.
    """
    with transaction.atomic():
        there = set(QuestionSet.objects.values_list("code", flat=True))
        missing = [shipped for shipped in SHIPPED if shipped.code not in there]
        for shipped in missing:
            _publish(shipped, at)
    return len(missing)


def _publish(shipped: ShippedSet, at: datetime.datetime) -> None:
    made = QuestionSet.objects.create(
        code=shipped.code, title=shipped.title, about=shipped.about, is_shipped=True, made_at=at
    )
    version = SetVersion.objects.create(
        question_set=made, number=1, introduction=shipped.introduction, source=shipped.source,
        licence=shipped.licence, tested=shipped.tested, made_at=at,
    )  # fmt: skip
    for place, section in enumerate(shipped.sections, 1):
        under = Section.objects.create(
            version=version, place=place, title=section.title, words=section.words
        )
        Question.objects.bulk_create(
            Question(version=version, section=under, place=n, **written(question))
            for n, question in enumerate(section.questions, 1)
        )
    version.state = VersionState.PUBLISHED
    version.starts_on = shipped.starts_on
    version.published_at = at
    version.save()
    record_change(
        at=at,
        post_id=None,
        act="published a question set",
        subject_kind="question set",
        subject_id=str(version.pk),
        purpose=SHIPPING.purpose,
        detail={"set": shipped.code, "version": 1},
    )


def written(question: Asked) -> dict[str, object]:
    """A question as the columns of its row."""
    return {
        "code": question.code,
        "kind": question.kind,
        "text": question.text,
        "help": question.help,
        "required": question.required,
        "choices": [plain_choice(choice) for choice in question.choices],
        "lowest": question.lowest,
        "highest": question.highest,
        "lowest_means": question.lowest_means,
        "highest_means": question.highest_means,
        "shown_if": plain_condition(question.shown_if),
        "known_from": question.known_from,
        "source": question.source,
    }
