"""What the second page of a referral goes by: the first page, who it is, what is known, what is asked."""

import dataclasses
import datetime
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joinedup.foundations.core.dates import day_of
from joinedup.identity.sharing.access import Viewer
from joinedup.support.frontdoor.forms.refer import ReferralForm
from joinedup.support.frontdoor.models import Draft
from joinedup.support.frontdoor.operations.matching import MatchLine
from joinedup.support.frontdoor.queries.place import locality_of
from joinedup.support.frontdoor.rules.typed import TypedAnswers, TypedReferral
from joinedup.support.frontdoor.views.refer import (
    match_of,
    purposes_of,
    referral_form,
    values_of,
    with_purpose,
)
from joinedup.support.questions.choices import QuestionKind
from joinedup.support.questions.forms.asking import QuestionForm, question_form
from joinedup.support.questions.queries.asking import version_for
from joinedup.support.questions.queries.known import known_answers
from joinedup.support.questions.rules.asked import AskedVersion
from joinedup.support.questions.rules.drafting import Values
from joinedup.support.questions.rules.known import Known
from joinedup.support.safeguarding.choices import Trigger

SET = "front-door"


@dataclass(frozen=True)
class Asking:
    """The second page, before and after it was answered."""

    viewer: Viewer
    first: ReferralForm
    match: MatchLine | None
    person: uuid.UUID | None
    questions: QuestionForm | None

    def is_valid(self) -> bool:
        """Whether every question that comes up is answered."""
        return self.questions is None or self.questions.is_valid()

    @property
    def triggers(self) -> list[Trigger]:
        """What among the answers as they stand means danger."""
        return self.questions.triggers if self.questions else []

    def typed(self) -> TypedReferral:
        """The whole referral, once it is valid."""
        typed = self.first.typed()
        first = dataclasses.replace(typed.subjects[0], person_id=self.person)
        answers = None
        if self.questions is not None:
            answers = TypedAnswers(
                self.questions.version.id, self.questions.values,
                frozenset(self.questions.confirmed), self.questions.known,
            )  # fmt: skip
        return dataclasses.replace(typed, subjects=(first, *typed.subjects[1:]), answers=answers)


def asking_of(
    viewer: Viewer, draft: Draft, at: datetime.datetime, data: Mapping[str, Any] | None = None
) -> Asking:
    """The second page of a draft: what is known is what this viewer may see, and no more (P17)."""
    values = values_of(draft)
    first, version = _first_page(viewer, values, at)
    under = with_purpose(viewer, values.get("purpose", [""])[0])
    match = match_of(viewer, draft.pk, values, at) if first.is_valid() else None
    person = chosen_person(match, values)
    questions = None
    if version is not None:
        known = known_to(under, person, version, at)
        questions = question_form(version, data, known, typed=typed_answers(values, version))
    return Asking(under, first, match, person, questions)


def answered_so_far(
    viewer: Viewer, draft: Draft, at: datetime.datetime, data: Mapping[str, Any]
) -> Asking:
    """The second page as it is being answered, for what of it means danger.

    That is asked each time anew and never known before, so nobody is looked up for it.
    """
    values = values_of(draft)
    first, version = _first_page(viewer, values, at)
    typed = {} if version is None else typed_answers(values, version)
    questions = question_form(version, data, typed=typed) if version else None
    return Asking(viewer, first, None, None, questions)


def _first_page(
    viewer: Viewer, values: Values, at: datetime.datetime
) -> tuple[ReferralForm, AskedVersion | None]:
    """The first page, and the questions that follow upon it where they live."""
    first = referral_form(values, today=day_of(at), purposes=purposes_of(viewer), judged=True)
    first.is_valid()
    return first, version_for(SET, day_of(at), locality_of(first.subjects()[0].postcode))


def chosen_person(match: MatchLine | None, values: Values) -> uuid.UUID | None:
    """Whom the spine is sure of, or whom the referrer chose of those they were shown."""
    if match is None:
        return None
    if match.person is not None:
        return match.person
    chosen = values.get("person", [""])[0]
    return next((one.person for one in match.may_be if str(one.person) == chosen), None)


def known_to(
    viewer: Viewer, person: uuid.UUID | None, version: AskedVersion, at: datetime.datetime
) -> dict[str, Known]:
    """What this viewer may be told is known already; nothing where nobody is sure who it is."""
    return known_answers(viewer, person, version, at) if person else {}


def typed_answers(values: Values, version: AskedVersion) -> dict[str, Any]:
    """What a draft kept of the answers, as the form shows it again."""
    several = {f"q-{each.code}" for each in version if each.kind is QuestionKind.SEVERAL_OF}
    return {
        name: each if name in several else each[0]
        for name, each in values.items()
        if name.startswith("q-") and each
    }
