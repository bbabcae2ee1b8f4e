"""What people sign of their own assessment: for those at work, and on their own page what waits for them."""

import datetime
import uuid
from dataclasses import dataclass

from joinedup.identity.sharing.access import NotPermitted, Viewer, acting
from joinedup.identity.sharing.choices import PageFor
from joinedup.identity.sharing.models import OwnAccess
from joinedup.identity.sharing.queries.facts import identifiers_of
from joinedup.support.cases.choices.assessment import Profession
from joinedup.support.cases.models import AssessmentSection, OwnSignature
from joinedup.support.questions.queries.answers import answers_between

SIGNING = Viewer.system("keeping what people sign of their own assessment")


@dataclass(frozen=True)
class MyPart:
    """One's own part of an assessment: when it was written down, and what one said to it."""

    section_id: uuid.UUID
    case_id: uuid.UUID
    written_at: datetime.datetime
    signature: OwnSignature | None


def signature_of(viewer: Viewer, section_id: uuid.UUID) -> OwnSignature | None:
    """What the person said to their part, as those at work at the case read it."""
    with acting(viewer):
        return (
            OwnSignature.objects.select_related("by_post__user").filter(section=section_id).first()
        )


def my_parts(viewer: Viewer) -> list[MyPart]:
    """One's own parts of assessments, for the person themselves alone; what was corrected is left out."""
    if viewer.own_access_id is None:
        return []
    with acting(viewer):
        access = OwnAccess.objects.filter(pk=viewer.own_access_id, right=PageFor.PERSON).first()
    if access is None:
        return []
    with acting(SIGNING):
        found = AssessmentSection.objects.select_related("own_signature").filter(
            assessment__person__in=identifiers_of(access.person_id), profession=Profession.SELF,
            signed_at__isnull=False, corrected_by__isnull=True, case__agency__name_reveals=False,
            assessment__refusals__isnull=True,
        )  # fmt: skip
        return [
            MyPart(each.pk, each.case_id, each.signed_at, getattr(each, "own_signature", None))
            for each in found.order_by("-signed_at")
            if each.signed_at is not None
        ]


def own_section(by: Viewer, section_id: uuid.UUID) -> AssessmentSection:
    """The viewer's own part, signed by whoever wrote it down; for the person themselves alone.

    Raises AssessmentSection.DoesNotExist, NotPermitted.
    """
    if by.own_access_id is None:
        raise NotPermitted("This is done on somebody’s own page.")
    with acting(by):
        access = OwnAccess.objects.filter(pk=by.own_access_id, right=PageFor.PERSON).first()
    if access is None:
        raise NotPermitted("Only the person themselves signs their own part.")
    with acting(SIGNING):
        found = AssessmentSection.objects.select_related("assessment").filter(
            assessment__person__in=identifiers_of(access.person_id),
            case__agency__name_reveals=False,
            profession=Profession.SELF, signed_at__isnull=False,
        )  # fmt: skip
        return found.get(pk=section_id)


def my_part(viewer: Viewer, section_id: uuid.UUID) -> list[tuple[str, str]]:
    """The questions and answers of one's own part; raises AssessmentSection.DoesNotExist, NotPermitted."""
    section = own_section(viewer, section_id)
    if section.first_answer is None or section.last_answer is None:
        raise AssessmentSection.DoesNotExist
    with acting(SIGNING):
        answered = answers_between(
            section.case_id, section.version_id, section.assessment.subject, section.first_answer,
            section.last_answer,
        )  # fmt: skip
    return [(each.question.text, each.words) for each in answered.answers]
